"""``export CASE_NO --paper NAME --format FORM --out FILE``: a paper of a case that was recorded."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from msgspec import structs

from app.exported_files import keep_exported
from app.failure import Failure
from app.known_settings import in_force
from app.paper_forms import BUNDLE, Origin, extension_of, file_content, forms_of
from app.paper_wishes import desk_of, masks_of, stamp_of
from app.seals import Close, SealError, Seals, seals_of
from app.storage_words import unread
from app.system_clock import SystemClock
from app.writing import write_file
from call.case import Case
from call.decision import Situation
from call.events import Envelope
from desktop.paths import Places
from handoff.document import Document, Level
from handoff.file_name import paper_file_name
from handoff.masks import masked
from handoff.papers import make_checked
from handoff.validation import barrier, required
from scripts_ja.loader import load_flows
from scripts_ja.texts import t
from storage.archive import Archive
from storage.troubles import StorageError
from ui.port.paper_shelf import LeaveOut

_REQUIRED_MISSING, _TO_BE_MENDED = 3, 4


def run(arguments: argparse.Namespace, where: Places) -> int:
    """Write the file; what is missing in the paper is said on standard error.

    Raises:
        Failure: there is no such case, nothing to write on that paper, or it may not leave yet.
    """
    if arguments.format not in forms_of(arguments.paper):
        raise Failure(t("cli.no_such_form", form=arguments.format, paper=_name(arguments.paper)))
    wanted = LeaveOut(tuple(arguments.mask), arguments.page)
    case_id, recorded = _recorded(arguments.case_no, where)
    history = masked(recorded, masks_of(wanted))
    settings, copy = in_force(where)
    book = load_flows(copy.flows if copy else None, where.flows).book
    first_flow = settings.text("flow.first")
    now = SystemClock().now()
    at = Situation(Case.of(case_id, recorded), now, book, settings.limits(), first_flow)
    shown = structs.replace(at, case=Case.of(case_id, history))
    document = make_checked(
        arguments.paper,
        at,
        shown,
        desk_of(settings, at, wanted),
        as_unconfirmed=arguments.as_unconfirmed,
    )
    if document is None:
        raise Failure(t("cli.no_paper", number=arguments.case_no, paper=_name(arguments.paper)))
    _refuse_unready(arguments, document)
    passed = tuple(each.id for each in required(document))
    stamp = structs.replace(stamp_of(settings, at), unconfirmed=passed)
    seals = seals_of(where, settings)
    close = _closing(seals) if arguments.format == BUNDLE else bytes
    content = file_content(
        arguments.format, document, Origin(at.case, history, stamp, masks_of(wanted))
    )
    path = Path(arguments.out)
    if path.is_dir():
        extension = seals.extension(extension_of(arguments.format))
        path /= paper_file_name(document, stamp.made_at, extension)
    written = write_file(path, close(content))
    if where.handoffs.resolve() not in written.resolve().parents:
        keep_exported(where, document.case_no, written)
    _tell(arguments, document, wanted, written)
    return 0


def _closing(seals: Seals) -> Close:
    """What seals a case, where the department wants that.

    Raises:
        Failure: it cannot be sealed, or nobody knows whether it has to be.
    """
    if not seals.rules.is_required:
        return bytes
    try:
        return seals.closing()
    except SealError as error:
        said = t(f"seal.unsealed.{error.kind}", folder=seals.rules.folder)
        raise Failure(said) from None


def _refuse_unready(arguments: argparse.Namespace, document: Document) -> None:
    """What must be mended, or said to be unconfirmed, comes before any file.

    Raises:
        Failure: exit code 3 for required items, 4 for what must be mended.
    """
    held_back = barrier(document, as_unconfirmed=arguments.as_unconfirmed)
    if held_back is None:
        return
    level, said = held_back
    if arguments.json:
        told = {
            "case_no": document.case_no,
            "paper": document.name,
            "refused": level,
            "findings": _found(document),
        }
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    if level is Level.STOP:
        raise Failure(said, _TO_BE_MENDED)
    raise Failure(t("cli.not_unconfirmed", barrier=said), _REQUIRED_MISSING)


def _found(document: Document) -> list[dict[str, str]]:
    """What the validation found, for programs."""
    return [
        {"code": each.code, "id": each.id, "level": each.level, "where": each.where}
        for each in document.findings
    ]


def _name(paper: str) -> str:
    return t(f"paper.name.{paper}")


def _tell(arguments: argparse.Namespace, document: Document, wanted: LeaveOut, path: Path) -> None:
    if arguments.json:
        told = {
            "case_no": document.case_no,
            "path": str(path),
            "paper": document.name,
            "format": arguments.format,
            "masks": masks_of(wanted),
            "missing": document.missing,
            "findings": _found(document),
        }
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
        return
    sys.stdout.write(t("cli.exported", path=path) + "\n")
    if document.screen_only:
        sys.stderr.write(document.screen_only + "\n")
    if document.missing:
        names = t("list.comma").join(document.missing_names)
        sys.stderr.write(t("cli.missing", names=names) + "\n")
    for each in document.findings:
        if each.id not in document.missing:
            level, where = t(f"handoff.level.{each.level}"), each.where and f"（{each.where}）"
            sys.stderr.write(t("cli.found", level=level, advice=each.advice, where=where) + "\n")


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
