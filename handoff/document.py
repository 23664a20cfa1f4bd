"""A handoff note laid out: blocks of sections of rows, which every form writes in its own way.

The words are chosen here once, so that no two forms can say different things.
"""

from __future__ import annotations

from msgspec import Struct

from scripts_ja.texts import t


class Row(Struct, frozen=True, kw_only=True):
    """One thing that is said. Empty cells are not there.

    ``moment`` is when it was (or the day that was named), ``kind`` the 区分 of a fact. ``value``
    may have several lines. ``is_item``: one of a list, which text forms begin with a dot.
    ``is_open``: what should stand here is not known, which the superior has to see.
    """

    value: str
    label: str = ""
    moment: str = ""
    kind: str = ""
    is_item: bool = True
    is_open: bool = False


class Section(Struct, frozen=True):
    """Rows under a title; ``remark`` stands beside the title."""

    title: str
    rows: tuple[Row, ...]
    remark: str = ""

    @property
    def heading(self) -> str:
        """Title and remark in one line."""
        return t("handoff.row.heading", title=self.title, remark=self.remark)


class Block(Struct, frozen=True):
    """Sections that belong together. ``id`` is ``a``, ``b``, ``c`` or ``d`` (artefacts.md 1)."""

    id: str
    sections: tuple[Section, ...]


def row_line(row: Row) -> str:
    """A row in one line (or as many as its value has)."""
    said = t("handoff.row.labelled", label=row.label, value=row.value) if row.label else row.value
    for cell in filter(None, (row.kind, row.moment)):
        said = t("handoff.row.after", before=cell, said=said)
    return t("handoff.row.item", line=said) if row.is_item else said
