"""Says for each rule of complaint handling where it lives in the house and which tests hold it.

Usage: python tools/rules_report.py          (writes docs/RULES.md and prints its summary)

What it reads: the ``rules`` of flows and cards, citations (``rules.md #58, #67``) in docstrings and
beside assignments, the prompts of guidance, the places named in rules.toml, and the marker
``@pytest.mark.rule("58")`` of tests. A number that rules.toml does not know is an error.
"""

from __future__ import annotations

import ast
import re
import sys
import tokenize
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import msgspec
from msgspec import Struct

sys.path.insert(0, str(Path(__file__).parents[1]))

from scripts_ja.card_loader import load_cards
from scripts_ja.loader import load_flows
from scripts_ja.model import Phrase

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "tools" / "rules.toml"
REPORT = ROOT / "docs" / "RULES.md"
ROOMS = ("app", "call", "desktop", "handoff", "scripts_ja", "storage", "ui")

_NUMBER = r"(?:#?[A-Z]?\d+(?:\.\d+)?)"
_LIST = rf"{_NUMBER}(?:\s?(?:[-–,]|and)\s?{_NUMBER})*"
_CITATION = re.compile(rf"rules\.md\s+({_LIST})")
_PLACE = r"(?:[FX]\d+(?:-S\d+)?)"  # a stage or a card that is named among rules
_ONE = rf"(?:#\d+|[A-Z]\d+|\d\.\d|{_PLACE})"
_WHOLE_LIST = re.compile(rf"{_ONE}(?:, {_ONE})*")

_ATTITUDES = ("mind", "why")
_BACKGROUND = ("law", "finding")
_SECTIONS = [
    ("The five source articles", r"\d+"),
    ("Law and official guidance on harassment", r"[LT]\d+"),
    ("Handing over and keeping records", r"R\d+"),
    ("Figures and telephone norms", r"M\d+"),
    ("Personal data", r"D\d+"),
    ("Whole sections", r"\d\.\d"),
]


class RuleBook(Struct, forbid_unknown_fields=True):
    """What rules.toml holds: kind and paraphrase by number, places, notes."""

    rules: dict[str, tuple[str, str]]
    places: dict[str, tuple[str, ...]]
    notes: dict[str, str]


class Home:
    """Where one rule lives: in texts that carry its number, in code, in tests."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.code: list[str] = []
        self.tests: list[str] = []

    def state(self, kind: str) -> str:
        """What can be said of it honestly."""
        if self.tests:
            return "tested"
        if self.code:
            return "in the program"
        if kind in _ATTITUDES:
            return "attitude"
        if self.texts:
            return "in the texts"
        return "background" if kind in _BACKGROUND else "not served"


def read_book() -> RuleBook:
    """The rules by number.

    Raises:
        msgspec.ValidationError: rules.toml does not hold what it should.
    """
    return msgspec.convert(tomllib.loads(DATA.read_text("utf-8")), RuleBook)


def find_homes(book: RuleBook) -> dict[str, Home]:
    """Every rule with its places.

    Raises:
        ValueError: something names a rule, or a place, that is not there.
    """
    homes = {number: Home() for number in book.rules}
    for place, number in _of_flows_and_cards():
        _home(homes, number, place).texts.append(place)
    for place, number in (*_of_code(), *_of_places(book)):
        _home(homes, number, place).code.append(place)
    for place, number in _of_tests():
        _home(homes, number, place).tests.append(place)
    return homes


def report() -> str:
    """The page as Markdown."""
    book = read_book()
    homes = find_homes(book)
    lines = [
        "# Which rule lives where",
        "",
        "Written by `tools/rules_report.py`; a test compares this page with what the tool says. The",
        "paraphrases are ours (`tools/rules.toml`). **tested**: a test marked with the number would",
        "fail if the program broke it. **in the program**: code cites it, no test carries it. **in",
        "the texts**: a stage, phrase or card carries its number, so the agent reads it; no program",
        "can see whether it is kept. **attitude**: a stance or a reason. **background**: a fact that",
        "no part of the house uses. **not served**: nothing here does it.",
        "",
        *_summary(book, homes),
        *_gaps(book, homes),
        *_about_limits(),
    ]
    for title, pattern in _SECTIONS:
        lines += _section(title, pattern, book, homes)
    return "\n".join(lines) + "\n"


def cited_in(text: str) -> list[str]:
    """The numbers after each ``rules.md`` of a text; a range stands for all of its numbers."""
    return [number for found in _CITATION.finditer(text) for number in _numbers(found[1])]


# -- where rules are named ------------------------------------------------------------------------


def _of_flows_and_cards() -> Iterator[tuple[str, str]]:
    for flow in load_flows(None).book.flows:
        for stage in flow.stages:
            yield from _of_holder(stage.id, stage.rules, stage.phrases)
    for card in load_cards(None).book.cards:
        yield from _of_holder(card.code, card.rules, card.phrases)


def _of_holder(
    name: str, rules: Iterable[str], phrases: Iterable[Phrase]
) -> Iterator[tuple[str, str]]:
    yield from ((name, number) for number in rules)
    for place, phrase in enumerate(phrases, start=1):
        yield from ((f"{name} phrase {place}", number) for number in phrase.rules)


def _of_code() -> Iterator[tuple[str, str]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            found = [*_of_docstrings(path, name), *_of_comments(path, name), *_of_advice(path)]
            yield from dict.fromkeys(found)


def _of_docstrings(path: Path, name: str) -> Iterator[tuple[str, str]]:
    documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, documented):
            place = name if isinstance(node, ast.Module) else f"{name}: {node.name}"
            yield from ((place, number) for number in cited_in(ast.get_docstring(node) or ""))


def _of_comments(path: Path, name: str) -> Iterator[tuple[str, str]]:
    """Comments behind an assignment, such as those of the limits; a limit unread is no home."""
    unread = _unread_limits() if name == "call/limits.py" else []
    for token in tokenize.tokenize(BytesIO(path.read_bytes()).readline):
        target = re.match(r"\s*(\w+)\s*[:=]", token.line)
        if token.type != tokenize.COMMENT or not target or target[1] in unread:
            continue
        if target[1].islower():
            yield from ((f"{name}: {target[1]}", number) for number in cited_in(token.string))


def _of_advice(path: Path) -> Iterator[tuple[str, str]]:
    """Prompts: a call that is given an id first and, somewhere, a list of rules and no more."""
    if path.parent.name != "call":
        return
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        values = [*node.args, *(keyword.value for keyword in node.keywords)]
        texts = [
            v.value for v in values if isinstance(v, ast.Constant) and isinstance(v.value, str)
        ]
        for listed in filter(_WHOLE_LIST.fullmatch, texts[1:]):
            rules = re.sub(rf"{_PLACE}(?:, )?", "", listed).removesuffix(", ")
            yield from ((f"advice: {texts[0]}", number) for number in _numbers(rules) if number)


def _of_places(book: RuleBook) -> Iterator[tuple[str, str]]:
    for place, numbers in book.places.items():
        file, _, words = place.partition(": ")
        if words not in (ROOT / file).read_text("utf-8"):
            raise ValueError(f"{file} no longer holds {words!r}")
        yield from ((place, number) for number in numbers)


def _of_tests() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        folder = path.parent.relative_to(ROOT / "tests").as_posix()
        name = f"{folder}/{path.stem}".removeprefix("./")
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                place = f"{name}: {node.name.removeprefix('test_')}"
                for decorator in node.decorator_list:
                    yield from ((place, number) for number in _marked(decorator))


def _marked(decorator: ast.expr) -> list[str]:
    if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "pytest.mark.rule":
        return [str(ast.literal_eval(argument)) for argument in decorator.args]
    return []


def _numbers(listed: str) -> list[str]:
    """``#12-#15, T3`` as its numbers."""
    found = []
    for piece in re.split(r",\s?|\s?and\s?", listed.replace("#", "")):
        first, _, last = re.sub(r"\s?[-–]\s?", "-", piece).partition("-")
        letter = first.rstrip("0123456789.")
        if last:
            start, end = int(first.removeprefix(letter)), int(last.removeprefix(letter))
            found += [f"{letter}{number}" for number in range(start, end + 1)]
        else:
            found.append(first)
    return found


def _home(homes: dict[str, Home], number: str, place: str) -> Home:
    if number not in homes:
        raise ValueError(f"{place} names a rule {number} that tools/rules.toml does not know")
    return homes[number]


# -- the page -------------------------------------------------------------------------------------

_STATES = (
    "tested",
    "in the program",
    "in the texts",
    "attitude",
    "background",
    "not served",
)


def _summary(book: RuleBook, homes: dict[str, Home]) -> list[str]:
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for number, (kind, _) in book.rules.items():
        group = "1–122" if number.isdigit() else "other"
        counts[group, homes[number].state(kind)] += 1
    lines = ["| state | rules 1–122 | the others |", "|---|--:|--:|"]
    lines += [f"| {s} | {counts['1–122', s]} | {counts['other', s]} |" for s in _STATES]
    return [*lines, ""]


def _gaps(book: RuleBook, homes: dict[str, Home]) -> list[str]:
    lines = ["## Honest gaps", ""]
    for number, (kind, words) in book.rules.items():
        unserved = "not served" if homes[number].state(kind) == "not served" else ""
        said = "; ".join(part for part in (unserved, book.notes.get(number, "")) if part)
        if said:
            lines.append(f"- **{number}** {words}: {said}")
    return [*lines, ""]


@cache
def _unread_limits() -> list[str]:
    """Limits that can be set and that nothing compares anything with."""
    tree = ast.parse((ROOT / "call" / "limits.py").read_text("utf-8"))
    fields = [
        node.target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    ]
    read = {
        node.attr
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
    }
    return [field for field in fields if field not in read]


def _about_limits() -> list[str]:
    unread = ", ".join(f"`{field}`" for field in _unread_limits())
    return [f"Limits that can be set but that nothing reads: {unread}.", ""] if unread else []


def _section(title: str, pattern: str, book: RuleBook, homes: dict[str, Home]) -> list[str]:
    lines = [
        f"## {title}",
        "",
        "| rule | kind | asks | texts | program | tests | state |",
        "|--:|---|---|---|---|---|---|",
    ]
    for number, (kind, words) in book.rules.items():
        if re.fullmatch(pattern, number):
            home = homes[number]
            cells = (_cell(home.texts), _cell(home.code, code=True), _cell(home.tests))
            lines.append(
                f"| {number} | {kind} | {words} | {' | '.join(cells)} | {home.state(kind)} |"
            )
    return [*lines, ""]


def _cell(places: list[str], *, code: bool = False) -> str:
    shown = dict.fromkeys(places)
    return "<br>".join(f"`{place}`" if code else place for place in shown)


if __name__ == "__main__":
    text = report()
    REPORT.write_text(text, "utf-8")
    sys.stdout.reconfigure(encoding="utf-8")
    print(text.partition("## Honest gaps")[0], end="")
