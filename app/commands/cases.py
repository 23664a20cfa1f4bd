"""``cases [QUERY] [--json]``: the cases that were recorded, found by words.

Telephone numbers show their end only, as on the screen: what a command says ends up in other
programs' logs. Who needs a whole one has it in the case, and in the papers.
"""

from __future__ import annotations

import argparse
import json
import sys

from app.failure import Failure
from app.found_cases import shown_case
from app.progress_bar import ProgressBar
from app.search_words import read_words
from app.storage_words import unread
from app.system_clock import SystemClock
from call.phone_masks import mask_numbers
from desktop.paths import Places
from scripts_ja.texts import t
from storage.archive import Archive
from storage.troubles import MISSING, StorageError
from ui.port.cases import FoundCase


def run(arguments: argparse.Namespace, where: Places) -> int:
    """Say what was found, the latest first; to find nothing is no failure."""
    if arguments.limit < 1:
        raise Failure(t("cli.cases.bad_limit", limit=arguments.limit))
    asked = read_words(" ".join(arguments.query), SystemClock().now().wall.astimezone())
    try:
        looking = ProgressBar(t("cli.cases.looking"), sys.stderr)
        with looking, Archive(where.database) as archive:
            findings = archive.find(asked.wanted, arguments.limit)
    except StorageError as error:
        if not (arguments.json and error.kind == MISSING):
            raise unread(error) from None
        sys.stdout.write("[]\n")
        return 0
    rows = [shown_case(found) for found in findings.found]
    if asked.unread:
        sys.stderr.write(t("case_search.unread", words=" ".join(asked.unread)) + "\n")
    if not findings.is_whole:
        sys.stderr.write(t("case_search.not_whole") + "\n")
    sys.stdout.write(_as_json(rows) if arguments.json else _as_lines(rows))
    return 0


def _as_json(rows: list[FoundCase]) -> str:
    objects = [
        {
            "case_no": row.case.case_no,
            "customer": row.case.customer,
            "opened_at": row.case.opened_at.isoformat(),
            "status": row.case.status,
            "snippet": _snippet(row),
        }
        for row in rows
    ]
    return json.dumps(objects, ensure_ascii=False, indent=2) + "\n"


def _snippet(row: FoundCase) -> str:
    """Where nothing was sought, what the case is about."""
    return row.text or mask_numbers(row.case.issue)


def _as_lines(rows: list[FoundCase]) -> str:
    if not rows:
        return t("cli.cases.none") + "\n"
    return "".join(
        t(
            "cli.cases.line",
            case_no=row.case.case_no,
            opened=f"{row.case.opened_at.astimezone():%Y-%m-%d %H:%M}",
            status=t(f"cli.cases.status.{row.case.status}"),
            who=row.case.customer or t("header.no_name"),
            snippet=_snippet(row),
        ).rstrip()
        + "\n"
        for row in rows
    )
