"""Synthetic notes: phrases of complaints with rare names and numbers strewn in, three a case."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

from scripts_ja.model import NoteKind
from storage.journal_file import JournalFile
from storage.rows import iso
from storage.search_family import Doc

START = datetime(2020, 1, 1, tzinfo=UTC)
_NOTES_PER_CASE = 3

PHRASES = """
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


def doc(rng: random.Random, number: int) -> Doc:
    """A note of that number, as it is searched."""
    case = number // _NOTES_PER_CASE
    words = rng.choices(PHRASES, k=rng.randrange(3, 9))
    if rng.random() < 0.01:
        words.append(rng.choice(_RARE))
    if rng.random() < 0.1:
        words.append(f"注文番号{rng.randrange(10**8):08d}")
    words += [chr(rng.randrange(0x4E00, 0x9000)) for _ in range(6)]
    rng.shuffle(words)
    phone = f"090-{case % 10_000:04d}-{case * 7919 % 10_000:04d}"
    fields = f"K7Q2-{case}\n{_NAMES[case % len(_NAMES)]}\n{phone}\n{phone.replace('-', '')}"
    kind = list(NoteKind)[number % len(NoteKind)].value
    at = iso(START + timedelta(minutes=number * 3))
    return Doc(number + 1, f"c{case}", kind, at, "、".join(words), fields)


def new_database(path: Path) -> None:
    """An empty database, its index whole."""
    file = JournalFile(path, 2.0, lambda: START, lambda _: None)
    while file.index_some():
        pass
    file.close()
