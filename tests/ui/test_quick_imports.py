"""What PySide puts off says the same when it is wanted."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from ui import quick_imports

ROOT = Path(__file__).parents[2]
AS_IT_IS = "import PySide6.QtCore"
PUT_OFF = "from ui.quick_imports import import_qt; import_qt()"
WAITING = """
import sys
print(sorted(name for name, module in sys.modules.items()
             if name.startswith("shibokensupport")
             and type(module.__loader__).__name__ == "LateLoader"))
"""
MISTAKES = """
import inspect
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication(["x", "-platform", "offscreen"])
label = QLabel()
for mistake in (
    lambda: label.setText(3), lambda: label.setText(), lambda: label.resize("x"),
    lambda: label.move(1.5, "s"), lambda: QLabel(nonsense=3), lambda: QTimer.singleShot("x"),
    lambda: print(QLabel.setText.__doc__), lambda: print(inspect.signature(QLabel.resize)),
):
    try:
        mistake()
    except Exception as error:
        print(type(error).__name__, error)
from PySide6.support.signature.lib import pyi_generator
print(pyi_generator.generate_pyi.__module__)
"""


def said(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT, check=True, capture_output=True, text=True, env=dict(os.environ),
    )  # fmt: skip
    return done.stdout


def test_it_is_put_off():
    assert said(AS_IT_IS + WAITING) == "[]\n"
    assert said(PUT_OFF + WAITING) == f"{sorted(quick_imports._PUT_OFF)}\n"


def test_who_makes_a_mistake_is_told_the_same():
    as_it_is = said(AS_IT_IS + MISTAKES)
    assert "wrong argument types" in as_it_is
    assert said(PUT_OFF + MISTAKES) == as_it_is


def test_pyside_is_found_as_before():
    before = "import sys; kept, before = sys.meta_path, list(sys.meta_path)"
    after = "print(kept is sys.meta_path, kept == before)"
    assert said(f"{before}; {PUT_OFF}; {after}") == "True True\n"


def test_a_finder_that_stays_is_itself_and_does_not_stand_behind_ours(tmp_path: Path):
    """As other versions do it: one that puts its finder in front and leaves it there."""
    package = tmp_path / "PySide6"
    package.mkdir()
    leaves = """
        import sys
        class Theirs:
            def find_spec(self, name, path, target=None):
                return None
        sys.meta_path.insert(0, Theirs())
    """
    (package / "__init__.py").write_text("")
    (package / "QtCore.py").write_text(textwrap.dedent(leaves))
    here = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); kept = sys.meta_path"
    after = "print(kept is sys.meta_path, type(sys.meta_path[0]).__name__)"
    assert said(f"{here}; {PUT_OFF}; {after}") == "True Theirs\n"


def test_a_version_that_asks_otherwise_is_left_alone(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, quick_imports._FEATURE, None)
    assert not quick_imports.spare_sources()


def test_a_version_that_leaves_its_finder_in_place_keeps_it():
    theirs, ours = object(), object()
    finders = quick_imports._Finders([ours])
    finders.insert(0, theirs)
    finders.append(ours)
    assert quick_imports._as_they_were(finders) == [theirs, ours, ours]
