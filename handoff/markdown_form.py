"""A paper as Markdown (CommonMark), for wikis, tickets and chats that show it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handoff.document import Document, Row, Section
from handoff.typed_text import clean
from scripts_ja.texts import t

# Whatever could begin a format, a link, a picture, a table or HTML inside a line.
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#&!])")
# What begins a list, a rule or a heading only at the head of a line.
_LEADING = re.compile(r"^(\s*)(?:([-+=])|([0-9]{1,9})([.)]))")
_BREAK = "  \n  "


def as_markdown(document: Document) -> str:
    """The same words as every form; what was typed can be no format, link, picture or HTML."""
    lines = [] if document.is_letter else [f"# {escaped(document.title)}"]
    for block in document.blocks:
        for section in block.sections:
            lines += [*_heading(section), "", *_body(section)]
    return clean("\n".join(lines)).lstrip("\n") + "\n"


def escaped(text: str) -> str:
    """``text`` as Markdown shows it letter for letter; further lines stay in the same item."""
    return _BREAK.join(_escaped_line(line) for line in clean(text).split("\n"))


def _heading(section: Section) -> list[str]:
    return ["", f"## {escaped(section.title)}"] if section.title and not section.is_title else []


def _body(section: Section) -> Iterator[str]:
    if section.remark and not section.is_title:
        yield escaped(section.remark)
        yield ""
    for place, row in enumerate(section.rows):
        if section.title:
            yield f"- {_row(row)}"
        else:  # the paragraphs of a letter
            yield from ["", _row(row)] if place else [_row(row)]


def _row(row: Row) -> str:
    said = escaped(row.value)
    if row.label:
        said = t("handoff.row.labelled", label=_bold(row.label), value=said)
    for cell in filter(None, (_bold(row.kind), escaped(row.moment))):
        said = t("handoff.row.after", before=cell, said=said)
    return said


def _bold(text: str) -> str:
    return f"**{escaped(text)}**" if text else ""


def _escaped_line(line: str) -> str:
    return _LEADING.sub(_escaped_head, _SPECIAL.sub(r"\\\1", line))


def _escaped_head(found: re.Match[str]) -> str:
    blank, mark, number, dot = found.groups()
    return f"{blank}\\{mark}" if mark else f"{blank}{number}\\{dot}"
