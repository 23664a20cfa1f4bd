"""Searching notes: how the time grows from 10,000 to 100,000 (and a million) notes, against LIKE.

The corpus is synthetic: phrases of complaints with rare names and numbers strewn in, three notes a
case. Each class of query has words of its own. The million is measured only when it is asked for
(``--million``): making it takes minutes.
"""

from __future__ import annotations

import os
import random
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from results import Samples

from call.case import CaseSummary
from call.clock import Reading
from call.events import CaseOpened, Envelope, NoteTaken
from scripts_ja.model import NoteKind
from storage.archive import Archive
from storage.connection import connect_reader, connect_writer, transaction
from storage.journal_file import JournalFile
from storage.rows import case_row, iso
from storage.search_family import Doc
from storage.search_terms import document
from storage.search_wanted import Shelf, Wanted
from storage.writing import _UPSERT_CASE

TITLE = "Searching notes: by class of query and number of notes"
_SMALL, _LARGE, _MILLION = 10_000, 100_000, 1_000_000
_NOTES_PER_CASE = 3
_ROUNDS_OF_SMOKE_TEST = 20
_PAGE = 50
_SLOWEST_LIKES = 3
_LONGEST_CALL = 10_000
_START = datetime(2020, 1, 1, tzinfo=UTC)

_PHRASES = """
返金を希望されています 交換でご案内しました 修理の日程をお伝えしました 責任者を出せと仰せです
担当者から折り返しのお約束 電話がつながらないとのお叱り 説明が前と違うとのお申し出
洗濯機から水が漏れる 食洗機のエラーが消えない 配送の箱がつぶれていた 請求額に納得がいかない
冷静にお話しになる 声を荒げて泣きながら話された お詫びを申し上げました ご理解をいただいた
土下座しろと要求 領収書の写しを送付 保証期間は過ぎている 部品の取り寄せに二週間 ﾒｰｶｰに確認中
""".split()  # noqa: SIM905 - as it is read
_NAMES = [
    "髙橋",
    "山﨑",
    "佐々木",
    "渡邉",
    "長谷川",
    "鵜飼",
    "勅使河原",
    "五十嵐",
    "齋藤",
    "小比類巻",
]
_RARE = ["消費生活センター", "弁護士", "内容証明", "異臭", "発煙"]


@dataclass(frozen=True)
class QueryClass:
    """Queries of one kind; ``like`` are the same as patterns, where LIKE can ask for them."""

    name: str
    queries: tuple[Wanted, ...]
    like: tuple[str, ...] = ()


def measure(rounds: int) -> list[str]:
    """The lines of the section."""
    is_smoke = rounds <= _ROUNDS_OF_SMOKE_TEST
    sizes = [300, 1_000] if is_smoke else [_SMALL, _LARGE]
    if os.environ.get("YORISOI_BENCH_MILLION") and not is_smoke:
        sizes.append(_MILLION)
    lines = [
        f"The latest {_PAGE} cases and their pieces, milliseconds, median (p95), with open file.",
        "In brackets behind: how many times longer the same takes by `LIKE` over the notes as they",
        "were typed, which does not know widths and variants (median, newest first).",
        "",
    ]
    columns: dict[str, list[str]] = {}
    sums = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "bench.db"
            seconds = make_corpus(path, size)
            sums.append(f"{size:,} notes: {_megabytes(path):.0f} MB, made in {seconds:.0f} s.")
            for name, cell in _cells(path, min(rounds, 200)):
                columns.setdefault(name, []).append(cell)
    lines += ["| query | " + " | ".join(f"{size:,}" for size in sizes) + " |"]
    lines += ["|---|" + "--:|" * len(sizes)]
    lines += [f"| {name} | " + " | ".join(cells) + " |" for name, cells in columns.items()]
    return [*lines, "", *sums, "", *_append_lines(is_smoke=is_smoke)]


def make_corpus(path: Path, count: int) -> float:
    """A database of that many notes; the seconds it took."""
    begun = time.perf_counter()
    new_database(path)
    rng = random.Random(20260401)  # noqa: S311 - the same corpus in every run
    with closing(connect_writer(path)) as writer:
        writer.execute("PRAGMA synchronous = OFF")
        with transaction(writer):
            writer.executemany(_UPSERT_CASE, (_case(number) for number in range(count // 3 + 1)))
        for start in range(0, count, 20_000):
            docs = [doc(rng, number) for number in range(start, min(count, start + 20_000))]
            with transaction(writer):
                writer.executemany("INSERT INTO search_docs VALUES (?, ?, ?, ?, ?, ?)", docs)
                writer.executemany(
                    "INSERT INTO search_tokens (rowid, t) VALUES (?, ?)",
                    ((doc.id, document(doc.body, doc.fields, doc.kind, doc.at)) for doc in docs),
                )
        writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return time.perf_counter() - begun


def new_database(path: Path) -> None:
    """An empty database, its index whole."""
    file = JournalFile(path, 2.0, lambda: _START, lambda _: None)
    while file.index_some():
        pass
    file.close()


def _case(number: int) -> tuple[object, ...]:
    at = _START + timedelta(minutes=10 * number)
    status = "open" if number % 200 == 0 else "done"
    name = _NAMES[number % len(_NAMES)]
    return case_row(
        CaseSummary(f"c{number}", f"K7Q2-{number}", status, at, at, customer=name, number="0")
    )


def doc(rng: random.Random, number: int) -> Doc:
    """A note of that number, as it is searched."""
    case = number // _NOTES_PER_CASE
    words = rng.choices(_PHRASES, k=rng.randrange(3, 9))
    if rng.random() < 0.01:
        words.append(rng.choice(_RARE))
    if rng.random() < 0.1:
        words.append(f"注文番号{rng.randrange(10**8):08d}")
    words += [chr(rng.randrange(0x4E00, 0x9000)) for _ in range(6)]
    rng.shuffle(words)
    phone = f"090-{case % 10_000:04d}-{case * 7919 % 10_000:04d}"
    fields = f"K7Q2-{case}\n{_NAMES[case % len(_NAMES)]}\n{phone}\n{phone.replace('-', '')}"
    kind = list(NoteKind)[number % len(NoteKind)].value
    at = iso(_START + timedelta(minutes=number * 3))
    return Doc(number + 1, f"c{case}", kind, at, "、".join(words), fields)


def classes() -> Iterator[QueryClass]:
    """All that is asked, by class."""

    def words(name: str, *texts: str, like: bool = True) -> QueryClass:
        queries = tuple(Wanted(tuple(text.split())) for text in texts)
        return QueryClass(name, queries, texts if like else ())

    yield words("one character", "返", "泣", "箱", "額", "鵜", like=False)
    yield words("two characters, frequent", "返金", "交換", "修理", "お詫", "電話")
    yield words("two characters, rare", "異臭", "発煙", "弁護", "内容")
    yield words("two characters, absent", "鰐鮫", "雪崩", "温泉")
    yield words("a phrase", "責任者を出せ", "土下座しろ", "消費生活センター", "メーカーに確認")
    yield words("a name, any variant", "高橋", "山崎", "渡辺", "小比類巻")
    yield words("two digits", "12", "90", "48", like=False)
    yield words("four digits", "4821", "7919", "0001", "1234")
    yield words("a phone number", "090-0012-7919", "09000040123", "090-0777", like=False)
    yield words("two words", "返金 佐々木", "異臭 髙橋", "電話 箱", "土下座 発煙", like=False)
    yield QueryClass(
        "word left out", tuple(Wanted((w,), unwanted=("返金",)) for w in ("交換", "電話", "弁護"))
    )
    yield QueryClass(
        "kind of note", tuple(Wanted((w,), kinds=("promise",)) for w in ("返金", "弁護", "箱"))
    )
    month = timedelta(days=30)
    yield QueryClass(
        "period", tuple(Wanted((w,), since=_START, until=_START + month) for w in ("返金", "弁護"))
    )
    yield QueryClass(
        "open cases", tuple(Wanted((w,), shelf=Shelf.OPEN) for w in ("返金", "弁護", "電話"))
    )


def _cells(path: Path, rounds: int) -> Iterator[tuple[str, str]]:
    with Archive(path) as archive, closing(connect_reader(path)) as reader:
        for each in classes():
            samples = Samples(each.name)
            for number in range(rounds):
                wanted = each.queries[number % len(each.queries)]
                begun = time.perf_counter()
                archive.find(wanted, _PAGE)
                samples.seconds.append(time.perf_counter() - begun)
            cell = f"{samples.median * 1000:.1f} ({samples.p95 * 1000:.1f})"
            if each.like:
                cell += f" [×{_like(reader, each).median / samples.median:.0f}]"
            yield each.name, cell


def _like(reader: sqlite3.Connection, queries: QueryClass) -> Samples:
    statement = f"SELECT * FROM search_docs WHERE body LIKE ? ORDER BY id DESC LIMIT {_PAGE}"  # noqa: S608 - a constant
    samples = Samples("LIKE")
    for text in queries.like[:_SLOWEST_LIKES]:
        begun = time.perf_counter()
        reader.execute(statement, (f"%{text}%",)).fetchall()
        samples.seconds.append(time.perf_counter() - begun)
    return samples


def _append_lines(*, is_smoke: bool) -> list[str]:
    """What the index adds to the commit of a note, and how that grows with the call."""
    count = 20 if is_smoke else _LONGEST_CALL
    with tempfile.TemporaryDirectory() as folder:
        notes = _time_notes(Path(folder) / "with.db", count, NoteTaken)
        events = _time_notes(Path(folder) / "without.db", min(count, 1_000), None)
    lines = [
        "Committing a note with its index (in the writer's thread), in a call of so many notes,",
        "against the median commit of an event that is not searched:",
        "",
        "| notes before it | commit of the next one |",
        "|--:|--:|",
    ]
    size = 10
    while size <= count:
        near = Samples("append", notes.seconds[size - size // 5 : size])
        lines.append(f"| {size:,} | {near.median / events.median:.1f} |")
        size *= 10
    return lines


def _time_notes(path: Path, rounds: int, body: type[NoteTaken] | None) -> Samples:
    from call.events import TemperatureSet
    from storage.batch import Batch

    file = JournalFile(path, 2.0, lambda: _START, lambda _: None)
    while file.index_some():
        pass
    samples = Samples("append")
    text = "、".join(_PHRASES[:5])
    for seq in range(rounds):
        at = Reading(_START + timedelta(seconds=seq), float(seq), "b")
        what = body(f"n{seq}", NoteKind.MEMO, text, at) if body else TemperatureSet(seq % 5 + 1)
        event = Envelope(
            id=f"e{seq}",
            desk_id="d",
            case_id="c",
            call_id="k",
            seq=seq,
            at=at,
            body=CaseOpened("N-1") if seq == 0 else what,
        )
        line = CaseSummary("c", "N-1", "open", _START, at.wall)
        begun = time.perf_counter()
        file.write(Batch.of_append([event], [line], (), 0.0))
        samples.seconds.append(time.perf_counter() - begun)
    file.close()
    return samples


def _megabytes(path: Path) -> float:
    return path.stat().st_size / 1e6
