"""``export CASE_NO --format text --out FILE``: a handoff note of a case that was recorded."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from app.failure import Failure
from app.handing_over import handoff_view, write_note
from app.settings import load
from app.system_clock import SystemClock
from call.case import Case
from call.decision import Situation
from desktop.paths import Places
from scripts_ja.loader import load_flows
from scripts_ja.texts import t
from storage.archive import Archive
from storage.troubles import (
    DAMAGED,
    LOCKED,
    MISSING,
    NEWER_VERSION,
    NOT_OURS,
    OLDER_VERSION,
    StorageError,
)

# Nothing is written, moved or tried again here, so these are not the words of the journal.
_OWN_WORDS = (MISSING, DAMAGED, NOT_OURS, NEWER_VERSION, OLDER_VERSION, LOCKED)


def run(arguments: argparse.Namespace, where: Places) -> int:
    """Write the note; what is missing in it is said on standard error."""
    case = _case(arguments.case_no, where)
    settings, _ = load(where.settings)
    book, first_flow = load_flows(where.flows).book, settings.text("flow.first")
    situation = Situation(case, SystemClock().now(), book, settings.limits(), first_flow)
    view = handoff_view(situation, settings, where.handoffs)
    path = write_note(Path(arguments.out), view.text)
    sys.stdout.write(t("cli.exported", path=path) + "\n")
    if view.missing:
        names = t("list.comma").join(view.missing)
        sys.stderr.write(t("cli.missing", names=names) + "\n")
    return 0


def _case(case_no: str, where: Places) -> Case:
    try:
        with Archive(where.database) as archive:
            summary = archive.by_case_no(case_no)
            if summary is None:
                raise Failure(t("cli.no_case", number=case_no))
            # A call that was joined to an earlier case is told of in that case's note.
            case_id = summary.joined_to or summary.case_id
            return Case.of(case_id, archive.events_of(case_id))
    except StorageError as error:
        raise unread(error) from None


def unread(error: StorageError) -> Failure:
    """Why the database could not be read, in a sentence."""
    kind = error.kind if error.kind in _OWN_WORDS else "other"
    return Failure(t(f"cli.unread.{kind}", path=error.path))
