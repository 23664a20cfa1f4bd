"""The handoff note and the consultation card of the case in hand, and the note's file."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, tzinfo
from pathlib import Path

from app.settings import Settings
from call.clock import Reading
from call.decision import Situation
from call.reception import reception_at
from handoff.block_a import block_a
from handoff.consult_card import as_text as card_text
from handoff.consult_card import build_card
from handoff.document import row_line
from handoff.file_name import handoff_file_name
from handoff.note import Author, HandoffNote, build_note
from handoff.text_form import as_text
from scripts_ja.texts import t
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


def handoff_view(at: Situation, settings: Settings, folder: Path) -> HandoffView:
    """The note's text, what is missing in it by id, and where its file goes."""
    note = _note(at, settings)
    name = handoff_file_name(at.case.case_no, note.created_at, "txt")
    return HandoffView(as_text(note), named(note.missing), str(folder / name), note.missing)


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
    )


def zone_of(now: Reading) -> tzinfo:
    """The local time zone at that moment."""
    return now.wall.astimezone().tzinfo or UTC


def named(missing: tuple[str, ...]) -> tuple[str, ...]:
    """The names of what is missing."""
    return tuple(t(f"handoff.gap.{gap}") for gap in missing)


def write_note(path: Path, text: str) -> Path:
    """Write the file, this user's alone; a crash leaves the old one or the new.

    Raises:
        OSError: the folder cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".tmp")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        return beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink(missing_ok=True)  # on a full disk half a note is room for a whole one
        raise
