"""Measures the wording check by sentences that were written without sight of its rules.

Usage: python tools/wording_report.py          (prints the report and writes docs/WORDING.md)
"""

from __future__ import annotations

import hashlib
import sys
import tomllib
from collections import Counter
from pathlib import Path

import msgspec
from msgspec import Struct

sys.path.insert(0, str(Path(__file__).parents[1]))

from scripts_ja.wording import Category, check

ROOT = Path(__file__).resolve().parents[1]
SENTENCES = ROOT / "tests" / "scripts_ja" / "wording_sentences.toml"
RULES = ROOT / "scripts_ja" / "wording.toml"
REPORT = ROOT / "docs" / "WORDING.md"
NONE = "(none)"


class Sentence(Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence, where it stands, and the faults that its writer gave it."""

    text: str
    context: str
    faults: tuple[Category, ...]
    facts_confirmed: bool = False


class Outcome(Struct, frozen=True):
    """A sentence with the categories that the check found in it."""

    sentence: Sentence
    found: frozenset[Category]
    words: str

    @property
    def expected(self) -> frozenset[Category]:
        """What should have been found."""
        return frozenset(self.sentence.faults)


class Sentences(Struct, frozen=True):
    """What the file of sentences holds."""

    sentence: tuple[Sentence, ...]


def outcomes() -> list[Outcome]:
    """Every sentence with what the check says of it."""
    data = tomllib.loads(SENTENCES.read_text("utf-8"))
    return [_outcome(each) for each in msgspec.convert(data, Sentences).sentence]


def report() -> str:
    """The report as Markdown."""
    results = outcomes()
    digest = hashlib.sha256(RULES.read_bytes()).hexdigest()[:16]
    lines = [
        "# How well the wording check finds what it should",
        "",
        "Written by `tools/wording_report.py`; a test compares this page with what the tool says.",
        "The sentences (`tests/scripts_ja/wording_sentences.toml`) were written from the names of",
        "the categories alone, before there were rules. Aim: precision and recall of 0.95.",
        f"Rules: `scripts_ja/wording.toml`, SHA-256 `{digest}…`.",
        "",
        *_overall(results),
        *_by_category(results),
        *_confusion(results),
        *_misses(results),
    ]
    return "\n".join(lines) + "\n"


def _outcome(sentence: Sentence) -> Outcome:
    findings = check(sentence.text, sentence.context, facts_confirmed=sentence.facts_confirmed)
    words = ", ".join(f"{each.category} 「{each.found}」" for each in findings)
    return Outcome(sentence, frozenset(each.category for each in findings), words or NONE)


def _overall(results: list[Outcome]) -> list[str]:
    right = sum(len(each.expected & each.found) for each in results)
    extra = sum(len(each.found - each.expected) for each in results)
    missed = sum(len(each.expected - each.found) for each in results)
    wrong = [each for each in results if each.expected]
    good = [each for each in results if not each.expected]
    flagged_wrong = sum(bool(each.found) for each in wrong)
    flagged_good = sum(bool(each.found) for each in good)
    return [
        "| measure | right | extra | missed | precision | recall |",
        "|---|--:|--:|--:|--:|--:|",
        f"| categories of sentences | {_row(right, extra, missed)} |",
        "| sentence flagged at all | "
        f"{_row(flagged_wrong, flagged_good, len(wrong) - flagged_wrong)} |",
        "",
        f"{len(results)} sentences: {len(wrong)} with a fault, {len(good)} without.",
        "",
    ]


def _by_category(results: list[Outcome]) -> list[str]:
    lines = [
        "## By category",
        "",
        "| category | right | extra | missed | precision | recall |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for category in Category:
        right = sum(category in each.expected & each.found for each in results)
        extra = sum(category in each.found - each.expected for each in results)
        missed = sum(category in each.expected - each.found for each in results)
        lines.append(f"| {category} | {_row(right, extra, missed)} |")
    return [*lines, ""]


def _confusion(results: list[Outcome]) -> list[str]:
    """Expected against found; what was found as expected stands for itself alone."""
    pairs: Counter[tuple[str, str]] = Counter()
    for each in results:
        pairs.update((category, category) for category in each.expected & each.found)
        missed = sorted(each.expected - each.found) or [NONE]
        extra = sorted(each.found - each.expected) or [NONE]
        pairs.update((wanted, got) for wanted in missed for got in extra)
    lines = ["## Confusion", "", "| expected | found | times |", "|---|---|--:|"]
    lines += [f"| {wanted} | {got} | {times} |" for (wanted, got), times in sorted(pairs.items())]
    return [*lines, ""]


def _misses(results: list[Outcome]) -> list[str]:
    lines = ["## Every miss", "", "| sentence | context | expected | found |", "|---|---|---|---|"]
    for each in results:
        if each.found != each.expected:
            wanted = ", ".join(sorted(each.expected)) or NONE
            lines.append(
                f"| {each.sentence.text} | {each.sentence.context} | {wanted} | {each.words} |"
            )
    return lines


def _row(right: int, extra: int, missed: int) -> str:
    precision = f"{right / (right + extra):.3f}" if right + extra else "–"
    recall = f"{right / (right + missed):.3f}" if right + missed else "–"
    return f"{right} | {extra} | {missed} | {precision} | {recall}"


if __name__ == "__main__":
    text = report()
    REPORT.write_text(text, "utf-8")
    sys.stdout.reconfigure(encoding="utf-8")
    print(text, end="")
