"""The handoff note as plain text: for the clipboard, a chat, a CRM's note field, a file."""

from __future__ import annotations

from collections.abc import Iterable

from handoff.block_a import block_a
from handoff.blocks_bc import block_b, block_c, contact_and_author
from handoff.note import HandoffNote
from handoff.typed_text import clean


def as_text(note: HandoffNote) -> str:
    """Block A first, then B, C and the administration, parted by blank lines.

    The text ends with a line end, holds no tab and no control character, and can always be
    written as UTF-8.
    """
    blocks: tuple[Iterable[str], ...] = (
        block_a(note),
        block_b(note),
        block_c(note),
        contact_and_author(note),
    )
    return clean("\n\n".join("\n".join(block) for block in blocks)) + "\n"
