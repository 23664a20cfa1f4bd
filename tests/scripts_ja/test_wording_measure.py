"""The committed figures of the wording check are what the tool says: nobody can make them nicer."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_report_is_what_the_tool_produces(monkeypatch) -> None:
    path = ROOT / "tools" / "wording_report.py"
    spec = importlib.util.spec_from_file_location("wording_report", path)
    tool = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "wording_report", tool)
    monkeypatch.setattr(sys, "path", list(sys.path))
    spec.loader.exec_module(tool)
    assert (ROOT / "docs" / "WORDING.md").read_text("utf-8") == tool.report()
