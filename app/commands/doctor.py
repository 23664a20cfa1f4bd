"""``doctor [--json]``: looks at everything and says what is wrong and what to do."""

from __future__ import annotations

import argparse
import json
import sys

from app.checkup import BAD, Finding, examine
from app.progress_bar import ProgressBar
from desktop.paths import Places
from scripts_ja.texts import t


def run(arguments: argparse.Namespace, where: Places) -> int:
    """Exit 1 where something is wrong; what is only to be known is none of that."""
    with ProgressBar(t("doctor.title"), sys.stderr) as bar:
        findings = examine(where, bar.show)
    sys.stdout.write(_as_json(findings) if arguments.json else _as_lines(findings))
    return 1 if any(finding.level == BAD for finding in findings) else 0


def _as_json(findings: list[Finding]) -> str:
    objects = [finding._asdict() for finding in findings]
    return json.dumps(objects, ensure_ascii=False, indent=2) + "\n"


def _as_lines(findings: list[Finding]) -> str:
    return "".join(t(f"doctor.line.{each.level}", text=each.text) + "\n" for each in findings)
