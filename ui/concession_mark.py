"""What every line about a case says of more than one concession."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts_ja.texts import t

if TYPE_CHECKING:
    from call.fold_concession import ConcessionMark


def mark_words(mark: ConcessionMark) -> str:
    """The mark in words; empty where there is at most one."""
    return t(f"concession_mark.{mark}") if mark else ""


def mark_tone(mark: ConcessionMark) -> str:
    """Its tone: a conflict weighs more than a second one."""
    return {"conflict": "danger", "second": "warn"}.get(mark, "")


def marked(mark: ConcessionMark, text: str) -> str:
    """A line about a case with its mark in front, where it cannot be cut off."""
    return t("concession_mark.in_front", mark=mark_words(mark), text=text) if mark else text
