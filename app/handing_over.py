"""The handoff note and the consultation card of the case in hand, and the note's file."""

from __future__ import annotations

from pathlib import Path

from app.consulting import zone_of
from app.settings import Settings
from call.clock import Reading
from call.decision import Situation
from call.reception import reception_at
from handoff.block_a import block_a
from handoff.document import Document, row_line
from handoff.file_name import paper_file_name
from handoff.note import Author, HandoffNote, build_note
from handoff.text_form import as_text
from ui.port.papers import HandoffView

FORM = "text"


def handoff_view(document: Document, now: Reading, folder: Path) -> HandoffView:
    """The note's text, what is missing in it by id, and where its file goes."""
    made_at = now.wall.astimezone(zone_of(now))
    path = folder / paper_file_name(document, made_at, "txt")
    return HandoffView(as_text(document), document.missing_names, str(path), document.missing)


def block_a_lines(at: Situation, settings: Settings) -> tuple[str, ...]:
    """What is read first, without its heading."""
    return tuple(row_line(row) for row in block_a(_note(at, settings)).rows)


def _note(at: Situation, settings: Settings) -> HandoffNote:
    zone = zone_of(at.now)
    return build_note(at.case, author_of(settings), at.now, zone, reception_at(at))


def author_of(settings: Settings) -> Author:
    """Who writes."""
    return Author(
        settings.text("desk.name"),
        settings.text("desk.company"),
        settings.text("desk.department"),
        settings.text("desk.extension"),
    )
