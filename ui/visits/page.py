"""What the pages of a visit have in common."""

from __future__ import annotations

from call.fold_visits import Visit
from scripts_ja.texts import t
from ui.rows.page import joined, when
from ui.rows.row import Row


def no_visit() -> list[Row]:
    """What a page says before anything was agreed on."""
    return [Row("no_visit", t("visit.sheet.no_visit"), tone="muted")]


def head(visit: Visit) -> Row:
    """When, where and who, in one row."""
    parts = (when(visit.visit_at), place_of(visit), people_of(visit))
    return Row("head", joined(parts), tone="accent")


def place_of(visit: Visit) -> str:
    """The place with its kind; nothing where no place was named."""
    return t(f"visit.place.{visit.place_kind}") + visit.place if visit.place else ""


def people_of(visit: Visit) -> str:
    """Everybody who goes."""
    return t("list.comma").join(visit.people)
