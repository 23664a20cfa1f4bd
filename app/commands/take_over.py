"""``import FILE``: take over a case of another desk.

Only one program writes: where a sidebar is open, the file is laid into its inbox and it does the
writing; otherwise the lock is taken for as long as this lasts.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from msgspec import Struct

from app.answers import Reply, answer_file
from app.bundle_import import Arrival, arrival_of, content_of
from app.commands.hear_answer import ANSWERS, hear_answer
from app.failure import Failure
from app.lone_writer import write_alone
from app.seals import SealError, Seals, seals_of
from app.settings import Settings, load
from app.storage_words import unread
from app.system_clock import SystemClock
from app.turn import turn
from app.writing import write_file
from desktop.paths import Places, make_private
from handoff.bundle import EXTENSION, BundleError
from handoff.file_name import safe_name
from handoff.sealing import SEALED, is_sealed
from scripts_ja.texts import t
from storage.troubles import StorageError

_WAIT_SECONDS = 15.0
_LOOK_SECONDS = 0.2


class _Came(Struct, frozen=True):
    """A file as it came, what was in it, and what of that is new."""

    raw: bytes
    content: bytes
    arrival: Arrival


def run(arguments: argparse.Namespace, where: Places) -> int:
    """Take it over, or say in one sentence why not; nothing is half taken over."""
    path = Path(arguments.file)
    settings, _ = load(where.settings)
    seals = seals_of(where, settings)
    if path.name.endswith(ANSWERS):
        return hear_answer(arguments, path, where, seals)
    came = _read(path, where, seals)
    arrival = came.arrival
    reply = _reply(path, arrival, settings, seals) if arrival.new else None
    outcome = _take_over(came, where) if arrival.new else "known"
    answer = _answer(path, reply) if reply is not None and outcome == "done" else None
    if arguments.json:
        told: dict[str, object] = {
            "case_no": arrival.case_no,
            "outcome": outcome,
            "events": len(arrival.new),
        }
        if answer is not None:
            told["answer"] = str(answer)
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(t(f"import.{outcome}", case_no=arrival.case_no) + "\n")
        if answer is not None:
            sys.stdout.write(t("import.answer_here", path=answer) + "\n")
    return 0


def _reply(path: Path, arrival: Arrival, settings: Settings, seals: Seals) -> Reply:
    """Made first: nothing is taken over that cannot be answered as it came.

    Raises:
        Failure: the key for it is not to be had any more.
    """
    try:
        return answer_file(arrival, settings, SystemClock().now(), seals)
    except SealError as error:
        raise Failure(t(f"import.refused.key_{error.kind}", path=path)) from None


def _answer(path: Path, reply: Reply) -> Path | None:
    """Beside the bundle, for whoever sent it; a folder that cannot be written is no failure."""
    beside = path.parent / reply.name
    try:
        return write_file(beside, reply.content)
    except OSError:
        sys.stderr.write(t("import.answer_unwritten", path=beside) + "\n")
        return None


def _read(path: Path, where: Places, seals: Seals) -> _Came:
    try:
        raw = content_of(path)
        content, sender = seals.opened(raw)
        return _Came(raw, content, arrival_of(content, where.database, sender))
    except BundleError as error:
        raise Failure(t(f"import.refused.{error.kind}", path=path)) from None
    except StorageError as error:
        raise unread(error) from None
    except OSError:
        raise Failure(t("import.refused.unreadable", path=path)) from None


def _take_over(came: _Came, where: Places) -> str:
    with turn(where) as sidebar:
        if sidebar is not None:
            return _hand_to_sidebar(came, where)
        write_alone(came.arrival, where.database)
    return "done"


def _hand_to_sidebar(came: _Came, where: Places) -> str:
    """Lay it into the inbox as it came, under its full name only when it is whole there."""
    make_private(where.inbox)
    stem = f"{came.arrival.case_no}_{came.arrival.new[-1].id}"
    laid = where.inbox / safe_name(stem, SEALED[EXTENSION] if is_sealed(came.raw) else EXTENSION)
    beside = laid.with_name(laid.name + ".tmp")
    beside.touch(mode=0o600)
    beside.write_bytes(came.raw)
    beside.replace(laid)
    until = time.monotonic() + _WAIT_SECONDS
    while time.monotonic() < until:
        if not arrival_of(came.content, where.database).new:
            return "done"
        time.sleep(_LOOK_SECONDS)
    return "handed"
