"""Whether what somebody typed fits into a sentence as a noun (体言止め), or as a reason.

A note is typed in a hurry and in any form; a phrase around it is read out as it stands. So this
is strict: what is not surely a noun is none, and the phrase shows its gap. The patterns hold
Japanese, as those of :mod:`scripts_ja.dates` do: they are how a text is read, not what is said.
"""

from __future__ import annotations

import re

MAX_CHARS = 30

# Letters, digits, and what stands inside a noun. No sentence ends, no quotes, no commas, and no
# mark of a masked number.
_ONE_NOUN = re.compile(r"[\w々ー・〜%％/／\- 　()（）]+")
# Particles of a clause. A noun may hold them too (はがき); then the gap stays, which is no harm.
_CLAUSE = re.compile("[をがは]|(?:から(?!の)|ので|のに|ため|でも)(?=.)")
_ENDS_IN_WORD = re.compile(r"[\u4e00-\u9fff々\u30a1-\u30faーA-Za-z0-9０-９%％)）]$")
# Nouns made of verbs: one letter after a kanji (写し, 水漏れ, 手続き), or two (お知らせ).
_ENDS_IN_STEM = re.compile(
    r"[\u4e00-\u9fff](?:[みりきちびしせけれめげえ]|わせ|らせ|もり|がり|わり|まり)$"
    r"|[違扱払舞匂願使祝伝買償]い$|(?:もの|こと|ところ|とおり|もれ|ずれ|ズレ)$"
)
# The ends of verbs and adjectives that are written with kanji only by accident.
_NO_NOUN = re.compile(r"(?:希望|要望|予定|可能性あり|無し|有り)$")
_WISH = re.compile("(?:を?(?:ご|御)?(?:希望|要望|要求)|をしてほしい|してほしい|をお願いしたい)$")
_REASON = re.compile("(?P<reason>.+?)(?:のため|なため|ため|なので|ので)$")
_LEAD = re.compile("^.*[。：:]")


def as_noun(text: str) -> str:
    """``text`` where it can stand in a phrase as a noun, else an empty string."""
    bare = text.strip().removesuffix("。").strip()
    if len(bare) > MAX_CHARS or not _ONE_NOUN.fullmatch(bare) or _CLAUSE.search(bare):
        return ""
    is_noun = _ENDS_IN_WORD.search(bare) or _ENDS_IN_STEM.search(bare)
    return bare if is_noun and not _NO_NOUN.search(bare) else ""


def as_wish(text: str) -> str:
    """What is wished for, as a noun, without the word that it is: 返金希望 is 返金."""
    bare = text.strip().removesuffix("。").strip()
    return as_noun(_WISH.sub("", bare))


def as_reason(text: str) -> str:
    """The reason that ``text`` ends with, in the form that 「という理由」 follows; else empty.

    Only what says itself that it is a reason (…ため, …ので) counts: of a bare refusal nobody
    knows why.
    """
    bare = _LEAD.sub("", text.strip().removesuffix("。")).strip()
    found = _REASON.fullmatch(bare)
    if found is None or len(bare) > MAX_CHARS or re.search("[、,？！?!「」『』＊\n]", bare):
        return ""
    return found["reason"]
