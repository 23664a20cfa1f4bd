"""The committed figures of the wording check are what the tool says: nobody can make them nicer."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


# What was measured and then read: the rules were mended by these, and must not fall back.
READ = ["wording_sentences.toml", "wording_sentences_2.toml", "wording_sentences_3.toml"]


@pytest.fixture
def tool(monkeypatch) -> ModuleType:
    path = ROOT / "tools" / "wording_report.py"
    spec = importlib.util.spec_from_file_location("wording_report", path)
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "wording_report", module)
    monkeypatch.setattr(sys, "path", list(sys.path))
    spec.loader.exec_module(module)
    return module


def test_the_report_is_what_the_tool_produces(tool) -> None:
    assert (ROOT / "docs" / "WORDING.md").read_text("utf-8") == tool.report()


def test_every_set_was_measured_once(tool) -> None:
    names = [measure.set for measure in tool.measures()]
    assert names == [*READ, tool.newest()]
    with pytest.raises(SystemExit):
        tool.keep(tool.measured(tool.newest()))


@pytest.mark.parametrize("name", READ)
def test_a_set_that_was_read_stays_mended(tool, name: str) -> None:
    figures = tool.measured(name)
    assert figures.extra + figures.missed <= 1
