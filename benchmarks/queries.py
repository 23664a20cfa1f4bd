"""What is asked of many notes, by class of query, and the same as `LIKE` would be asked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from notes import START

from storage.rows import iso
from storage.search_wanted import Shelf, Wanted

PAGE = 50
_LIKE = "(body LIKE ? OR fields LIKE ?)"
_EVER = ("0000", "9999")


@dataclass(frozen=True)
class QueryClass:
    """Queries of one kind; contrived ones find nothing among as many hits as can be."""

    name: str
    queries: tuple[Wanted, ...]
    is_contrived: bool = False


def classes() -> Iterator[QueryClass]:
    """All that is asked, by class; the contrived ones come last."""

    def words(name: str, *texts: str, **more: object) -> QueryClass:
        return QueryClass(name, tuple(Wanted(tuple(text.split()), **more) for text in texts))  # type: ignore[arg-type]

    month = timedelta(days=30)
    yield words("one character", "返", "泣", "箱", "額", "鵜")
    yield words("two characters, frequent", "返金", "交換", "修理", "お詫", "電話")
    yield words("two characters, rare", "異臭", "発煙", "弁護", "内容")
    yield words("two characters, absent", "鰐鮫", "雪崩", "温泉")
    yield words("a phrase", "責任者を出せ", "土下座しろ", "消費生活センター", "メーカーに確認")
    yield words("a phrase with marks", "、返金を", "希望されています、", "箱がつぶれていた、")
    yield words("a mark alone", "、", "。", "★", "@")
    yield words("a name, any variant", "高橋", "山崎", "渡辺", "小比類巻")
    yield words("one digit", "7", "1")
    yield words("two digits", "12", "90", "48")
    yield words("three digits", "482", "090", "777")
    yield words("four digits", "4821", "7919", "0001", "1234")
    yield words("a phone number", "090-0012-7919", "09000040123", "090-0777", "(090)0012")
    yield words("two words", "返金 佐々木", "異臭 髙橋", "電話 箱", "土下座 発煙")
    yield words("word left out", "交換", "電話", "弁護", unwanted=("返金",))
    yield words("kind of note", "返金", "弁護", "箱", kinds=("promise",))
    yield words("period, a month", "返金", "弁護", since=START, until=START + month)
    yield words("period, a day", "返金", "弁護", since=START, until=START + timedelta(days=1))
    yield words("period without words", "", since=START, until=START + month)
    yield words("open cases", "返金", "弁護", "電話", "小比類巻", shelf=Shelf.OPEN)
    yield words("closed cases", "返金", "弁護", "電話", shelf=Shelf.CLOSED)
    for contrived in (
        words("two names that never meet", "佐々木 髙橋", "鵜飼 齋藤"),
        words("nothing is left", "返金", "箱", unwanted=("を希望", "つぶれ")),
    ):
        yield replace(contrived, is_contrived=True)


def ask_like(reader: sqlite3.Connection, wanted: Wanted) -> int:
    """The same by a scan over the notes as they were typed; how many were found.

    It knows no widths and no variants: what it finds may be less.
    """
    conditions = [_LIKE] * len(wanted.words) + [f"NOT {_LIKE}"] * len(wanted.unwanted)
    patterns = [f"%{word}%" for word in (*wanted.words, *wanted.unwanted) for _ in range(2)]
    conditions += [f"kind IN ({','.join('?' * len(wanted.kinds))})"] if wanted.kinds else []
    since, until = wanted.since, wanted.until
    period = (iso(since) if since else _EVER[0], iso(until) if until else _EVER[1])
    if since or until:
        conditions.append("at >= ? AND at < ?")
    if wanted.shelf is not Shelf.ALL:
        status = "open" if wanted.shelf is Shelf.OPEN else "done"
        conditions.append(f"case_id IN (SELECT case_id FROM cases WHERE status = '{status}')")  # noqa: S608 - constants
    statement = f"""
        SELECT * FROM search_docs NOT INDEXED WHERE {" AND ".join(conditions or ["1"])}
        ORDER BY id DESC LIMIT {PAGE}
    """  # noqa: S608 - constants
    values = [*patterns, *wanted.kinds, *(period if since or until else ())]
    return len(reader.execute(statement, values).fetchall())
