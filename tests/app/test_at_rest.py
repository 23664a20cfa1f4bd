"""A window at rest, and one on a call, hold nothing in memory that only other moments need."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.made_ready import MODULES

PROGRAM = Path(__file__).parent / "programs" / "at_rest.py"
# Megabytes each, and all of them for something that is asked for by a key or a setting.
RARE = {
    "PySide6.QtNetwork", "PySide6.QtPrintSupport", "PySide6.QtSvg", "_hashlib", "app.encryption",
    "app.scenario",
    "asyncio", "click", "cryptography", "email", "handoff.html_form", "handoff.printed", "hashlib",
    "importlib.metadata", "jinja2", "keyring", "secrets", "sqlcipher3", "sqlite_utils", "ssl",
    "storage.conversion", "storage.encryption", "storage.restoring", "storage.schema", "tomlkit",
    "ui.paper.window", "ui.settings_window", "unittest", "xlsxwriter",
    "app.department_copy", "app.department_look", "app.inbox", "app.paper_shelf", "app.papers",
    "app.restore_desk", "app.seals", "handoff", "storage.purge", "storage.rebuilding",
    "storage.salvage", "ui.agenda_sheet", "ui.backup_sheets", "ui.callback_page",
    "ui.compact_strip", "ui.paint_report", "ui.papers", "ui.retention_sheets", "ui.rows.row_list",
    "ui.rows.row_sheet", "ui.settings_desk", "ui.visits.sheet", "ui.wrap_up_sheets",
}  # fmt: skip
# A key or what comes from outside asks for these, and a call begins without them.
NOT_YET = {
    "app.case_search", "app.phrase_book", "app.wording_marks", "scripts_ja.wording",
    "storage.search", "ui.case_sheets", "ui.case_sheet", "ui.painted_list", "ui.phrase_sheets",
    "ui.stage_sheets", "ui.wording_offer",
}  # fmt: skip
# Of 2600 texts: those of the waiting window, and whatever stands in a table with them.
MOST_TEXTS = 700
# Imported by others in case they need them, or a part of something of which another is needed.
UNUSED = {
    "_strptime", "argparse", "ast", "budoux", "bz2", "calendar", "dataclasses", "dis", "html",
    "html.entities", "importlib.resources", "inspect", "ipaddress", "locale", "lzma", "pickle",
    "subprocess", "tokenize", "typing_extensions",
}  # fmt: skip
# Made ready where PySide has to look through all classes for that of a widget of Qt's own.
ALL_WIDGETS = {"QCalendarWidget", "QColumnView", "QMdiArea", "QWizard"}


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What two moments of an ordinary day said; the first start of all makes files and is over."""
    folder = tmp_path_factory.mktemp("data")
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, PROGRAM, folder],
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            capture_output=True,
            text=True,
            check=True,
        )
    return dict(zip(("waiting", "calling"), map(json.loads, done.stdout.splitlines()), strict=True))


def test_what_is_rarely_needed_is_not_loaded(told):
    assert (RARE | UNUSED) & set(told["waiting"]["modules"]) == set()


def test_a_call_brings_only_what_is_made_ready_for_its_keys(told):
    assert (RARE | UNUSED) & set(told["calling"]["modules"]) <= set(MODULES)


def test_what_a_key_asks_for_is_not_loaded_before(told):
    assert NOT_YET & set(told["waiting"]["modules"]) == set()


def test_only_the_texts_of_the_waiting_window_are_in_memory(told):
    assert 100 < told["waiting"]["texts"] < MOST_TEXTS


@pytest.mark.parametrize("moment", ["waiting", "calling"])
def test_pyside_has_not_looked_through_all_classes(told, moment):
    assert ALL_WIDGETS & set(told[moment]["widgets"]) == set()
    assert "QPlainTextEdit" in told[moment]["widgets"]


def test_no_sources_are_kept_in_memory(told):
    assert told["waiting"]["sources"] == []
