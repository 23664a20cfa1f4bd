"""Measures the wording check by sentences that were written without sight of its rules.

Each set is measured once. Afterwards its misses may be read and the rules be changed; what counts
then is a new set. So the figures of each measure are kept (``tests/scripts_ja/wording_measures.toml``)
together with the rules' hash, and only the newest set is read again.

Usage: python tools/wording_report.py            (writes docs/WORDING.md and prints it)
       python tools/wording_report.py --measure  (keeps the figures of the newest set as well)
"""

from __future__ import annotations

import hashlib
import json
import sys
import tomllib
from collections import Counter
from pathlib import Path

import msgspec
from msgspec import Struct

sys.path.insert(0, str(Path(__file__).parents[1]))

from scripts_ja.wording import Category, check

ROOT = Path(__file__).resolve().parents[1]
SETS = ROOT / "tests" / "scripts_ja"
MEASURES = SETS / "wording_measures.toml"
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


class Measure(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The figures of one set as they were when it was measured.

    ``afterwards`` says what was changed since in the file of rules, where that is no rule.
    """

    set: str
    rules: str
    sentences: int
    right: int
    extra: int
    missed: int
    flagged_right: int
    flagged_extra: int
    flagged_missed: int
    afterwards: str = ""


class Measures(Struct, frozen=True):
    """What the file of measures holds, the first measure first."""

    measure: tuple[Measure, ...] = ()


class Sentences(Struct, frozen=True):
    """What the file of sentences holds."""

    sentence: tuple[Sentence, ...]


def outcomes(name: str) -> list[Outcome]:
    """Every sentence of the set ``name`` with what the check says of it."""
    data = tomllib.loads((SETS / name).read_text("utf-8"))
    return [_outcome(each) for each in msgspec.convert(data, Sentences).sentence]


def newest() -> str:
    """The set that was written last."""
    return max((path.name for path in SETS.glob("wording_sentences*.toml")), key=_number)


def measures() -> tuple[Measure, ...]:
    """What was measured so far."""
    return msgspec.convert(tomllib.loads(MEASURES.read_text("utf-8")), Measures).measure


def measured(name: str) -> Measure:
    """The figures of the set ``name`` with the rules as they are."""
    results = outcomes(name)
    wrong = [each for each in results if each.expected]
    good = [each for each in results if not each.expected]
    return Measure(
        set=name,
        rules=hashlib.sha256(RULES.read_bytes()).hexdigest()[:16],
        sentences=len(results),
        right=sum(len(each.expected & each.found) for each in results),
        extra=sum(len(each.found - each.expected) for each in results),
        missed=sum(len(each.expected - each.found) for each in results),
        flagged_right=sum(bool(each.found) for each in wrong),
        flagged_extra=sum(bool(each.found) for each in good),
        flagged_missed=sum(not each.found for each in wrong),
    )


def keep(figures: Measure) -> None:
    """Write a measure down behind the others.

    Raises:
        SystemExit: the set was measured before.
    """
    if any(each.set == figures.set for each in measures()):
        raise SystemExit(f"{figures.set} was measured before: a new set is needed.")
    lines = [f"{key} = {json.dumps(value)}" for key, value in msgspec.to_builtins(figures).items()]
    with MEASURES.open("a", encoding="utf-8") as file:
        file.write("\n".join(["", "[[measure]]", *lines]) + "\n")


def report() -> str:
    """The report as Markdown."""
    name = newest()
    results = outcomes(name)
    lines = [
        "# How well the wording check finds what it should",
        "",
        "Written by `tools/wording_report.py`; a test compares this page with what the tool says.",
        "Each set of sentences was written by somebody who had not seen the rules, and was measured",
        "once with the rules as they stood; only then were its misses used to mend them. So a row",
        "is a blind measure, and nothing but a new set can give a new one. Aim: 0.95 and 0.95.",
        "",
        "## Every measure",
        "",
        "| set | rules (SHA-256) | sentences | right | extra | missed | precision | recall "
        "| flagged: precision | recall |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|",
        *[_measure_row(each) for each in measures()],
        "",
        "A sentence may have several faults: *right*, *extra* and *missed* count categories of",
        "sentences; *flagged* asks only whether a sentence was flagged at all.",
        "",
        f"## The newest set, `{name}`, with the rules as they are now",
        "",
        *_now(name),
        *_by_category(results),
        *_confusion(results),
        *_misses(results),
    ]
    return "\n".join(lines) + "\n"


def _outcome(sentence: Sentence) -> Outcome:
    findings = check(sentence.text, sentence.context, facts_confirmed=sentence.facts_confirmed)
    words = ", ".join(f"{each.category} 「{each.found}」" for each in findings)
    return Outcome(sentence, frozenset(each.category for each in findings), words or NONE)


def _number(name: str) -> int:
    digits = name.removeprefix("wording_sentences").removesuffix(".toml").removeprefix("_")
    return int(digits or 1)


def _measure_row(each: Measure) -> str:
    flagged = _rates(each.flagged_right, each.flagged_extra, each.flagged_missed)
    return (
        f"| `{each.set}` | `{each.rules}…` | {each.sentences} "
        f"| {_row(each.right, each.extra, each.missed)} | {flagged} |"
    )


def _now(name: str) -> list[str]:
    """Whether what follows is the blind measure itself."""
    now = measured(name)
    then = next((each for each in measures() if each.set == name), None)
    if then is None:
        return ["Not measured yet.", ""]
    if now.rules == then.rules:
        return ["These are the rules that it was measured with: what follows is the measure.", ""]
    if msgspec.structs.replace(then, rules=now.rules, afterwards="") == now:
        return [f"The figures are those of the measure. {then.afterwards}".rstrip(), ""]
    return [
        "The rules were changed after the measure, with its misses in sight. So this is no measure:",
        f"it has {now.extra} extra and {now.missed} missed on it.",
        "",
    ]


def _by_category(results: list[Outcome]) -> list[str]:
    lines = [
        "### By category",
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
    lines = ["### Confusion", "", "| expected | found | times |", "|---|---|--:|"]
    lines += [f"| {wanted} | {got} | {times} |" for (wanted, got), times in sorted(pairs.items())]
    return [*lines, ""]


def _misses(results: list[Outcome]) -> list[str]:
    lines = ["### Every miss", "", "| sentence | context | expected | found |", "|---|---|---|---|"]
    for each in results:
        if each.found != each.expected:
            wanted = ", ".join(sorted(each.expected)) or NONE
            lines.append(
                f"| {each.sentence.text} | {each.sentence.context} | {wanted} | {each.words} |"
            )
    return lines


def _row(right: int, extra: int, missed: int) -> str:
    return f"{right} | {extra} | {missed} | {_rates(right, extra, missed)}"


def _rates(right: int, extra: int, missed: int) -> str:
    precision = f"{right / (right + extra):.3f}" if right + extra else "–"
    recall = f"{right / (right + missed):.3f}" if right + missed else "–"
    return f"{precision} | {recall}"


if __name__ == "__main__":
    if "--measure" in sys.argv[1:]:
        keep(measured(newest()))
    text = report()
    REPORT.write_text(text, "utf-8")
    sys.stdout.reconfigure(encoding="utf-8")
    print(text, end="")
