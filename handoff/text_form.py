"""The handoff note as plain text: for the clipboard, a chat, a CRM's note field, a file."""

from __future__ import annotations

from collections.abc import Iterator

from handoff.document import Section, row_line
from handoff.layout import laid_out
from handoff.note import HandoffNote
from handoff.typed_text import clean


def as_text(note: HandoffNote) -> str:
    """Block A first, then B, C and the administration, parted by blank lines.

    The text ends with a line end, holds no tab and no control character, and can always be
    written as UTF-8.
    """
    blocks = (
        "\n".join(line for section in block.sections for line in _lines(section))
        for block in laid_out(note)
    )
    return clean("\n\n".join(blocks)) + "\n"


def _lines(section: Section) -> Iterator[str]:
    yield section.heading
    yield from (row_line(row) for row in section.rows)
