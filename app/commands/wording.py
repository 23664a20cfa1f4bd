"""``wording``: reads lines from standard input and says of each what could be said better."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence

from app.failure import Failure
from desktop.paths import Places
from scripts_ja.texts import t
from scripts_ja.wording import Finding, check


def run(arguments: argparse.Namespace, where: Places) -> int:  # noqa: ARG001 - as every command
    """Answer each line in order; to find something is no failure."""
    for number, line in enumerate(_lines(), start=1):
        findings = check(line, arguments.context, facts_confirmed=arguments.facts_confirmed)
        said = _as_json(line, findings) if arguments.json else _as_sentences(number, findings)
        sys.stdout.write(said)
    return 0


def _lines() -> Iterator[str]:
    """The lines of standard input without their ends; a byte order mark is let pass.

    Raises:
        Failure: a line is not UTF-8.
    """
    for number, raw in enumerate(sys.stdin.buffer, start=1):
        try:
            line = raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            raise Failure(t("cli.wording_not_utf8", line=number)) from None
        yield line.removesuffix("\n").removesuffix("\r")


def _as_json(line: str, findings: Sequence[Finding]) -> str:
    found = [
        {
            "category": finding.category,
            "span": [finding.start, finding.end],
            "found": finding.found,
            "better": finding.better,
        }
        for finding in findings
    ]
    return json.dumps({"text": line, "findings": found}, ensure_ascii=False) + "\n"


def _as_sentences(number: int, findings: Sequence[Finding]) -> str:
    return "".join(
        t(
            "cli.wording_found",
            line=number,
            start=finding.start + 1,
            found=finding.found,
            category=t(f"wording.category.{finding.category}"),
            better=finding.better,
        )
        + "\n"
        for finding in findings
    )
