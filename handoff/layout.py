"""The whole note in its fixed order: blocks A to D of artefacts.md 1."""

from __future__ import annotations

from handoff.block_a import block_a
from handoff.blocks_bc import block_b, block_c, block_d
from handoff.document import Block
from handoff.note import HandoffNote


def laid_out(note: HandoffNote) -> tuple[Block, ...]:
    """The blocks of a note, as every form shows them."""
    return (
        Block("a", (block_a(note),)),
        Block("b", tuple(block_b(note))),
        Block("c", tuple(block_c(note))),
        Block("d", tuple(block_d(note))),
    )
