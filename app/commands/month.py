"""``month 2026-11 --out FILE``: one desk's cases of a month, as a table; nobody's name in it."""

from __future__ import annotations

import argparse
import json
import re
import sys
from datetime import date
from pathlib import Path

from app.consulting import zone_of
from app.failure import Failure
from app.known_settings import in_force
from app.month import FORMS, lines_of_month
from app.paper_forms import document_content
from app.storage_words import unread
from app.system_clock import SystemClock
from app.writing import write_file
from desktop.paths import Places
from handoff.file_name import safe_name
from handoff.month_paper import month_document
from scripts_ja.texts import t
from storage.troubles import StorageError

# The month as a paper to be printed or sent, by the ending of its file.
_PAPERS = {".pdf": "pdf", ".html": "html", ".md": "md", ".txt": "text"}
_MONTH = re.compile(r"(2[01]\d\d)-(0[1-9]|1[0-2])")


def run(arguments: argparse.Namespace, where: Places) -> int:
    """Write the file.

    Raises:
        Failure: that is no month or no form, or the records cannot be read.
    """
    month, path = _month(arguments.month), Path(arguments.out)
    if path.is_dir():
        title = t("month.title", year=month.year, month=month.month)
        path /= safe_name(title, "xlsx")
    ending = path.suffix.lower()
    if ending not in FORMS and ending not in _PAPERS:
        raise Failure(t("cli.month.bad_form", path=path))
    settings, _ = in_force(where)
    now = SystemClock().now()
    try:
        lines = lines_of_month(where.database, month, now, settings.limits(), zone_of(now))
    except StorageError as error:
        raise unread(error) from None
    if ending in FORMS:
        content = FORMS[ending](lines, month)
    else:
        made_at = now.wall.astimezone(zone_of(now))
        content = document_content(_PAPERS[ending], month_document("month", lines, month, made_at))
    written = write_file(path, content)
    if arguments.json:
        told = {"month": arguments.month, "path": str(written), "cases": len(lines)}
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(t("cli.exported", path=written) + "\n")
    return 0


def _month(text: str) -> date:
    found = _MONTH.fullmatch(text)
    if found is None:
        raise Failure(t("cli.month.bad", month=text))
    return date(int(found[1]), int(found[2]), 1)
