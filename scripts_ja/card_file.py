"""One file of interrupt cards: read, checked, and either cards or a list of what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from scripts_ja.flow_messages import Finding, table_place
from scripts_ja.flow_problem import FlowProblem
from scripts_ja.model import CardSheet, InterruptCard
from scripts_ja.phrase_findings import brace_findings
from scripts_ja.source_lines import DataPath
from scripts_ja.texts import t
from scripts_ja.toml_file import TomlFile, read_toml


class CardFile(Struct, frozen=True):
    """A file that holds cards, and its source for messages about it."""

    file: TomlFile
    cards: tuple[InterruptCard, ...]

    @property
    def path(self) -> Path:
        """Where the file stands."""
        return self.file.path

    def place_of(self, index: int) -> str:
        """The card at ``index`` of this file in words."""
        return table_place(("cards", index), self.file.data)

    def problem(self, path: DataPath, message: str) -> FlowProblem:
        """A problem with the value at ``path`` of this file."""
        return self.file.problem(path, message)


def parse_cards(path: Path, content: bytes) -> CardFile | tuple[FlowProblem, ...]:
    """The cards in ``content``, or what is wrong with them. ``path`` is only named in problems."""
    file = read_toml(path, content)
    if isinstance(file, FlowProblem):
        return (file,)
    sheet = file.converted(CardSheet)
    if isinstance(sheet, FlowProblem):
        return (sheet,)
    problems = tuple(file.as_problem(finding) for finding in _findings(sheet, file.data))
    return problems or CardFile(file, sheet.cards)


def _findings(sheet: CardSheet, data: object) -> Iterator[Finding]:
    """What the types cannot say: ids and codes that repeat, unknown placeholders."""
    ids: set[str] = set()
    codes: set[str] = set()
    for index, card in enumerate(sheet.cards):
        path = ("cards", index)
        where = table_place(path, data)
        if card.id in ids:
            yield Finding((*path, "id"), t("cards.id_twice", where=where, id=card.id))
        if card.code in codes:
            yield Finding((*path, "code"), t("cards.code_twice", where=where, code=card.code))
        ids.add(card.id)
        codes.add(card.code)
        yield from brace_findings(path, card.phrases, data)
