"""The whole note in its fixed order: blocks A to D of artefacts.md 1; its time line alone."""

from __future__ import annotations

from handoff.block_a import block_a
from handoff.blocks_bc import block_b, block_c, block_d, time_line
from handoff.document import Block, Document, Section
from handoff.note import HandoffNote
from handoff.typed_text import one_line
from scripts_ja.texts import t

HANDOFF, TIMELINE = "handoff", "timeline"


def laid_out(note: HandoffNote) -> tuple[Block, ...]:
    """The blocks of a note, as every form shows them."""
    return (
        Block("a", (block_a(note),)),
        Block("b", tuple(block_b(note))),
        Block("c", tuple(block_c(note))),
        Block("d", tuple(block_d(note))),
    )


def handoff_document(note: HandoffNote) -> Document:
    """The handoff note as a paper."""
    return Document(
        name=HANDOFF,
        title=t("handoff.form.title", case_no=one_line(note.case_no)),
        case_no=note.case_no,
        blocks=laid_out(note),
        author=note.author.name,
        pictures=note.pictures,
        missing=note.missing,
        missing_names=tuple(t(f"handoff.gap.{gap}") for gap in note.missing),
    )


def timeline_document(note: HandoffNote) -> Document:
    """What happened when in the calls of the case, drawn and in words."""
    title, case_no = t("paper.name.timeline"), one_line(note.case_no)
    remark = t("paper.case_no", case_no=case_no)
    section = Section(title, time_line(note).rows, remark, is_title=True)
    return Document(
        name=TIMELINE,
        title=t("paper.title", title=title, case_no=case_no),
        case_no=note.case_no,
        blocks=(Block("c", (section,)),),
        author=note.author.name,
        pictures=note.pictures,
    )
