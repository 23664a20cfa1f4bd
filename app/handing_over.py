"""The handoff note and the consultation card of the case in hand, and the note's file."""

from __future__ import annotations

from datetime import UTC, tzinfo
from pathlib import Path

from app.settings import Settings
from call.clock import Reading
from call.decision import Situation
from call.reception import reception_at
from handoff.block_a import block_a
from handoff.consult_card import as_text as card_text
from handoff.consult_card import build_card
from handoff.document import Document, row_line
from handoff.file_name import paper_file_name
from handoff.note import Author, HandoffNote, build_note
from handoff.text_form import as_text
from ui.port.papers import ConsultView, HandoffView
from ui.port.stage import CardRow

FORM = "text"
# Rows of the card that the case itself gives: nobody types them.
_FIGURES = (0, 3)


def consult_view(at: Situation) -> ConsultView:
    """The card of this moment."""
    card = build_card(at.case, at.now, at.limits, zone_of(at.now))
    rows = tuple(
        CardRow(f"{row.number} {row.label}", row.value, row.is_missing, place in _FIGURES)
        for place, row in enumerate(card.rows)
    )
    return ConsultView(rows, card_text(card), card.spoken)


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


def zone_of(now: Reading) -> tzinfo:
    """The local time zone at that moment."""
    return now.wall.astimezone().tzinfo or UTC
