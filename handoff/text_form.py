"""A paper as plain text: for the clipboard, a chat, a CRM's note field, a file."""

from __future__ import annotations

from collections.abc import Iterator

from handoff.document import Document, Section, row_line
from handoff.typed_text import clean


def as_text(document: Document) -> str:
    """Block after block, parted by blank lines; of the handoff note the 30 seconds first.

    The text ends with a line end, holds no tab and no control character, and can always be
    written as UTF-8.
    """
    blocks = (
        "\n".join(line for section in block.sections for line in _lines(section))
        for block in document.blocks
    )
    return clean("\n\n".join(blocks)) + "\n"


def _lines(section: Section) -> Iterator[str]:
    if section.title:
        yield section.heading
    yield from (row_line(row) for row in section.rows)
