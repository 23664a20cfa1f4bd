"""A paper laid out: blocks of sections of rows, which every form writes in its own way.

The words are chosen here once, so that no two forms can say different things.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from handoff.call_picture import CallPicture
from scripts_ja.texts import t


class Level(StrEnum):
    """How much a finding of the validation weighs (必須, 停止, 注意, 目安 of artefacts.md 1).

    ``STOP`` has to be mended before the paper leaves; ``REQUIRED`` may be passed by saying so; the
    other two are shown.
    """

    STOP = "stop"
    REQUIRED = "required"
    CAUTION = "caution"
    HINT = "hint"


class Finding(Struct, frozen=True):
    """Something that the validation found: its ``code`` in the table, its name, what to do.

    ``where`` says in words where it stands, ``target`` is the id of that note or the key of that
    field; both empty where the name says it all.
    """

    id: str
    code: str
    level: Level
    name: str
    advice: str
    where: str = ""
    target: str = ""


class PageSize(StrEnum):
    """The sheet a paper is printed on, upright."""

    A4 = "a4"
    A5 = "a5"
    A6 = "a6"


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
    """Rows under a title; ``remark`` stands beside the title.

    ``is_title``: its title is that of the paper, so that a form that writes the paper's title does
    not write this one again. ``heads`` are those of a table of moments, kinds and values.
    """

    title: str
    rows: tuple[Row, ...]
    remark: str = ""
    is_title: bool = False
    heads: tuple[str, str, str] | None = None

    @property
    def heading(self) -> str:
        """Title and remark in one line."""
        return t("handoff.row.heading", title=self.title, remark=self.remark)


class Block(Struct, frozen=True):
    """Sections that belong together. ``id`` is ``a``, ``b``, ``c`` or ``d`` (artefacts.md 1).

    Block ``a`` is what is read first: forms that can frame it.
    """

    id: str
    sections: tuple[Section, ...]


class Document(Struct, frozen=True, kw_only=True):
    """One paper, of which every form is made. ``name`` is one of :mod:`handoff.papers`.

    ``title`` says what it is and of which case. ``pictures`` stand after the first block.
    ``missing`` are ids of what is not known, ``missing_names`` their words. ``findings`` are what
    the validation found, the gravest first; ``gauge`` says how long what is read first is.
    ``is_letter``: only the
    rows are written, no title, no page number (a neighbour may see it). ``screen_only`` is
    what whoever prints it must know and no form says.
    """

    name: str
    title: str
    case_no: str
    blocks: tuple[Block, ...]
    author: str = ""
    pictures: tuple[CallPicture, ...] = ()
    missing: tuple[str, ...] = ()
    missing_names: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    gauge: str = ""
    page: PageSize = PageSize.A4
    is_letter: bool = False
    screen_only: str = ""


def row_line(row: Row) -> str:
    """A row in one line (or as many as its value has)."""
    said = t("handoff.row.labelled", label=row.label, value=row.value) if row.label else row.value
    for cell in filter(None, (row.kind, row.moment)):
        said = t("handoff.row.after", before=cell, said=said)
    return t("handoff.row.item", line=said) if row.is_item else said


def layout_of(row: Row) -> str:
    """How forms with columns set a row: ``table``, ``pairs`` or ``list``.

    Rows of one layout that follow each other stand together.
    """
    if row.kind:
        return "table"
    return "pairs" if row.label and not row.moment else "list"


def table_heads(section: Section) -> tuple[str, str, str]:
    """The heads of a table in that section."""
    when, kind, fact = (t(f"handoff.table.{key}") for key in ("when", "kind", "fact"))
    return section.heads or (when, kind, fact)
