"""The plan of the house, as tests: who may import whom, what is nowhere, what stays small.

The import contracts stand in pyproject.toml under [tool.importlinter]. They are run here, and
each is also shown a small house that breaks it: a contract that nothing can break guards nothing.
"""

import ast
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ROOMS = PYPROJECT["tool"]["importlinter"]["root_packages"]
LINT = "import sys, importlinter.cli as cli; sys.exit(cli.lint_imports(no_cache=True))"

# Put in front of a program, this makes every import of what is listed in BLOCKED fail, installed
# or not: Python asks the finders on sys.meta_path in turn, and the first one here refuses.
BLOCKER = """
import sys

class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in BLOCKED:
            raise ModuleNotFoundError(f"{name} is blocked", name=name)

sys.meta_path.insert(0, Blocker())
"""
OTHER_ROOMS = {"PySide6", "shiboken6", "sqlite_utils", "app", "desktop", "handoff", "storage", "ui"}
NOT_FOR_CALL = OTHER_ROOMS | {"sqlite3", "platformdirs", "tomlkit", "budoux", "keyboard"}


def run_python(*arguments: str, cwd: Path = ROOT, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(cwd), "COLUMNS": "200", **env},
        capture_output=True,
        text=True,
        check=False,
    )


def own_sources() -> list[Path]:
    return [ROOT / "main.py", *(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))]


def test_import_contracts_are_kept():
    result = run_python("-c", LINT)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("where", "line", "contract"),
    [
        ("call/hold.py", "import app.session", "Imports go one way"),
        ("call/hold.py", "import scripts_ja.texts", "call knows of scripts_ja only the model"),
        ("call/hold.py", "import threading", "call knows no screen"),
        ("ui/window.py", "import storage", "never import each other"),
        ("app/session.py", "import PySide6.QtCore", "PySide6 is imported only in"),
        ("handoff/note.py", "import sqlite3", "SQL is spoken only in storage"),
        ("storage/journal.py", "import scripts_ja.model", "storage knows events"),
        ("desktop/edge.py", "import call", "desktop knows the operating system"),
        ("app/session.py", "import Xlib", "What hears keys is spoken to only in"),
        ("app/session.py", "import main", "Nothing imports main"),
    ],
)
def test_contract_notices_what_breaks_it(tmp_path, where, line, contract):
    config = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(config, encoding="utf-8")
    for module in ["app/session.py", "scripts_ja/model.py", "scripts_ja/texts.py", where]:
        (tmp_path / module).parent.mkdir(exist_ok=True)
        (tmp_path / module).touch()
    for room in ROOMS:
        (tmp_path / room).mkdir(exist_ok=True)
        (tmp_path / room / "__init__.py").touch()
    (tmp_path / where).write_text(line + "\n", encoding="utf-8")

    result = run_python("-c", LINT, cwd=tmp_path)

    assert result.returncode == 1
    broken = [said for said in result.stdout.splitlines() if "BROKEN" in said]
    assert [said for said in broken if contract in said], result.stdout + result.stderr


def test_call_imports_with_everything_else_blocked():
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in sorted((ROOT / "call").rglob("*.py"))
        if path.name != "__init__.py"
    ]
    program = f"BLOCKED = {NOT_FOR_CALL!r}\n{BLOCKER}\nimport {', '.join(['call', *modules])}"
    result = run_python("-W", "error", "-c", program)
    assert result.returncode == 0, result.stderr


def test_call_passes_its_tests_without_the_other_rooms(tmp_path):
    """Runs tests/call again, with few examples, where neither Qt nor storage can be imported."""
    # Settings of its own, because pytest-qt is left out and with it the meaning of its options.
    own = "[pytest]\nfilterwarnings = error\nmarkers = rule(*numbers): as in pyproject.toml\n"
    (tmp_path / "pytest.ini").write_text(own, encoding="utf-8")
    (tmp_path / "blocker.py").write_text(f"BLOCKED = {OTHER_ROOMS!r}\n{BLOCKER}", encoding="utf-8")
    result = run_python(
        *["-m", "pytest", "tests/call", "-p", "blocker", "-p", "no:pytest-qt"],
        *["-p", "no:cacheprovider", "-c", str(tmp_path / "pytest.ini"), "--rootdir", str(ROOT)],
        *["--import-mode=importlib", "--hypothesis-profile=quick", "-q"],
        PYTHONPATH=f"{tmp_path}{os.pathsep}{ROOT}",
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_no_room_for_odds_and_ends():
    names = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}
    found = [str(path.relative_to(ROOT)) for path in own_sources() if path.stem in names]
    assert found == []


def test_rooms_shadow_no_module_of_python():
    assert [room for room in ROOMS if room in sys.stdlib_module_names] == []


def test_every_package_is_installed():
    packages = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for path in own_sources()
        if path.name == "__init__.py"
    }
    assert packages == set(PYPROJECT["tool"]["setuptools"]["packages"])


def test_main_only_hands_over_to_app():
    source = (ROOT / "main.py").read_text(encoding="utf-8")
    imported = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            imported |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").partition(".")[0])
    assert imported - sys.stdlib_module_names <= {"app"}
    assert len(source.splitlines()) <= 40
