"""How a reason to word something better reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts_ja.texts import t

if TYPE_CHECKING:
    from ui.port.notes import WordingReason


def category_of(reason: WordingReason) -> str:
    """What kind of fault it is."""
    return t(f"wording.category.{reason.category}")


def title_of(reason: WordingReason) -> str:
    """The words it is about, and what kind of fault it is."""
    return t("wording.offer.title", found=reason.found, category=category_of(reason))
