"""A window at rest, and one on a call, hold nothing in memory that only other moments need."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(__file__).parent / "programs" / "at_rest.py"
# Megabytes each, and all of them for something that is asked for by a key or a setting.
RARE = {
    "PySide6.QtNetwork", "PySide6.QtPrintSupport", "PySide6.QtSvg", "_hashlib", "app.encryption",
    "app.scenario",
    "asyncio", "click", "cryptography", "email", "handoff.html_form", "handoff.printed", "hashlib",
    "importlib.metadata", "jinja2", "keyring", "secrets", "sqlcipher3", "sqlite_utils", "ssl",
    "storage.conversion", "storage.encryption", "storage.restoring", "storage.schema", "tomlkit",
    "ui.paper.window", "ui.settings_window", "unittest", "xlsxwriter",
}  # fmt: skip
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


@pytest.mark.parametrize("moment", ["waiting", "calling"])
def test_what_is_rarely_needed_is_not_loaded(told, moment):
    assert (RARE | UNUSED) & set(told[moment]["modules"]) == set()


@pytest.mark.parametrize("moment", ["waiting", "calling"])
def test_pyside_has_not_looked_through_all_classes(told, moment):
    assert ALL_WIDGETS & set(told[moment]["widgets"]) == set()
    assert "QPlainTextEdit" in told[moment]["widgets"]


def test_no_sources_are_kept_in_memory(told):
    assert told["waiting"]["sources"] == []
