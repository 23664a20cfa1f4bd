"""The program in dist/ is the one in the source: it plays the sample call to the same note.

Run by `make build`, which names the program in YORISOI_PROGRAM.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_CASE_NO = re.compile(r"\d{6}-[0-9A-Z]{4}-\d\d")
SOURCE = [sys.executable, str(ROOT / "main.py")]


@pytest.fixture(scope="module")
def built() -> Path:
    named = os.environ.get("YORISOI_PROGRAM", "")
    assert named, "YORISOI_PROGRAM names the program that was built"
    return Path(named)


def said(program: list[str], *arguments: str, code: int = 0, **environment: str) -> str:
    done = subprocess.run(
        [*program, *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == code, done.stderr
    return done.stdout


@pytest.mark.parametrize(
    "scenario", ["washing_machine", "second_line", "absent_visit", "abusive_call"]
)
def test_a_sample_call_ends_in_the_same_note(built, scenario, tmp_path):
    for name, program in (("built", [str(built)]), ("source", SOURCE)):
        said(program, "demo", "--scenario", scenario, "--out", str(tmp_path / name))
    built_texts, source_texts = (_texts(tmp_path / name) for name in ("built", "source"))
    assert built_texts
    assert built_texts == source_texts


def test_what_is_bundled_brings_its_licence(built, monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "installer"))
    from bundled import OF_QT, bundled

    inside = built.parent / "_internal"
    known = {
        re.sub(r"[-_.]+", "-", folder.name.rpartition("-")[0] or folder.name).lower(): folder
        for folder in (path.with_suffix("") for path in inside.glob("*.dist-info"))
    }
    for name in set(bundled(ROOT)) - OF_QT:
        texts = [
            path
            for path in inside.glob(f"{known[name].name}.dist-info/**/*")
            if re.search(r"licen[cs]e|copying", path.name, re.IGNORECASE) and path.is_file()
        ]
        assert texts, name
    assert {"LGPL-3.0.txt", "GPL-3.0.txt"} <= {p.name for p in (inside / "licences").iterdir()}
    if sys.platform == "linux":
        assert list((inside / "licences" / "system").glob("zlib1g.txt"))


def _texts(folder: Path) -> dict[str, str]:
    """What was written; each desk chooses letters of its own for its case numbers."""
    return {
        _CASE_NO.sub("CASE", file.name): _CASE_NO.sub("CASE", file.read_text(encoding="utf-8"))
        for file in folder.rglob("*.txt")
    }


def test_it_answers_on_the_command_line(built, tmp_path):
    where = {"YORISOI_DATA_DIR": str(tmp_path)}
    assert json.loads(said([str(built)], "cases", "--json", **where)) == []
    assert said([str(built)], "flows", "check") == said(SOURCE, "flows", "check")
    assert said([str(built)], "--version") == said(SOURCE, "--version")


def test_licences_and_flows_are_in_the_folder(built):
    inside = built.parent / "_internal"
    for file in (
        "licences/LGPL-3.0.txt",
        "licences/GPL-3.0.txt",
        "licences/DEPENDENCIES.md",
        "LICENSE",
    ):
        assert (inside / file).is_file(), file
    assert list((inside / "scripts_ja").rglob("*.toml"))


def test_what_seals_cases_is_in_the_folder(built):
    """No analysis sees that PyNaCl's compiled part imports the one of cffi."""
    inside = built.parent / "_internal"
    assert list((inside / "nacl").glob("_sodium*"))
    assert list(inside.rglob("_cffi_backend*"))


def test_what_it_never_opens_is_not_in_the_folder(built):
    names = {path.name for path in built.parent.rglob("*")}
    heavy = {
        name for name in names if any(word in name for word in ("Qt6Quick", "Qt6Qml", "libgtk"))
    }
    assert heavy == set()
    has_network = any("Qt6Network" in name for name in names)
    assert has_network == (os.name == "nt")  # the local door; elsewhere that is Python's own
