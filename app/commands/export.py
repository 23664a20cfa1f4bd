"""``export CASE_NO --format FORM --out FILE``: a case that was recorded, as a note or a bundle."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

from app.failure import Failure
from app.handing_over import author_of, named, write_note, zone_of
from app.settings import Settings, load
from app.storage_words import unread
from app.system_clock import SystemClock
from call.case import Case
from call.decision import Situation
from call.events import Envelope
from call.reception import reception_at
from desktop.paths import Places
from handoff.bundle import Stamp, as_bundle
from handoff.html_form import as_html
from handoff.markdown_form import as_markdown
from handoff.masks import Mask, masked
from handoff.note import HandoffNote, build_note
from handoff.text_form import as_text
from scripts_ja.loader import load_flows
from scripts_ja.texts import t
from storage.archive import Archive
from storage.troubles import StorageError

_NOTES: dict[str, Callable[[HandoffNote], str]] = {
    "text": as_text,
    "md": as_markdown,
    "html": as_html,
}


def run(arguments: argparse.Namespace, where: Places) -> int:
    """Write the file; what is missing in the note is said on standard error."""
    masks = tuple(mask for mask in Mask if mask in arguments.mask)
    case_id, recorded = _recorded(arguments.case_no, where)
    history = masked(recorded, masks)
    case = Case.of(case_id, history)
    settings, _ = load(where.settings)
    note = _note(case, settings, where, masks)
    bundle = as_bundle(case, history, _stamp(note), masks)
    content = bundle if arguments.format == "json" else _NOTES[arguments.format](note)
    path = write_note(Path(arguments.out), content)
    _tell(arguments, note, path)
    return 0


def _note(case: Case, settings: Settings, where: Places, masks: tuple[Mask, ...]) -> HandoffNote:
    book, first_flow = load_flows(where.flows).book, settings.text("flow.first")
    at = Situation(case, SystemClock().now(), book, settings.limits(), first_flow)
    reception = reception_at(at)
    return build_note(case, author_of(settings), at.now, zone_of(at.now), reception, masks)


def _stamp(note: HandoffNote) -> Stamp:
    author = note.author
    return Stamp(
        made_at=note.created_at,
        company=author.company,
        department=author.department,
        name=author.name,
    )


def _tell(arguments: argparse.Namespace, note: HandoffNote, path: Path) -> None:
    if arguments.json:
        told = {
            "case_no": note.case_no,
            "path": str(path),
            "format": arguments.format,
            "masks": note.masks,
            "missing": note.missing,
        }
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
        return
    sys.stdout.write(t("cli.exported", path=path) + "\n")
    if note.missing:
        names = t("list.comma").join(named(note.missing))
        sys.stderr.write(t("cli.missing", names=names) + "\n")


def _recorded(case_no: str, where: Places) -> tuple[str, tuple[Envelope, ...]]:
    """The case of that number and its events."""
    try:
        with Archive(where.database) as archive:
            summary = archive.by_case_no(case_no)
            if summary is None:
                raise Failure(t("cli.no_case", number=case_no))
            # A call that was joined to an earlier case is told of in that case's note.
            case_id = summary.joined_to or summary.case_id
            return case_id, archive.events_of(case_id)
    except StorageError as error:
        raise unread(error) from None
