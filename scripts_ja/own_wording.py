"""What the wording check says of a person's own flow and card files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from scripts_ja.card_file import parse_cards
from scripts_ja.flow_file import parse_flow
from scripts_ja.flow_messages import table_place
from scripts_ja.flow_problem import FlowProblem, shown
from scripts_ja.model import Audience, Phrase
from scripts_ja.source_lines import DataPath
from scripts_ja.texts import t
from scripts_ja.toml_file import TomlFile
from scripts_ja.toml_folder import exists, read_folder
from scripts_ja.wording import check


def wording_problems(folder: Path, cards: Path | None = None) -> tuple[FlowProblem, ...]:
    """Every customer phrase of the flows in ``folder``, and of the cards, that could be better.

    Cards stand in ``folder/cards`` unless another folder is named. Files that cannot be read
    are the business of the loaders. Never raises.
    """
    return (*_of_flows(folder), *_of_cards(cards or folder / "cards"))


def _of_flows(folder: Path) -> Iterator[FlowProblem]:
    found = read_folder(folder, parse_flow)[0] if exists(folder) else []
    for own in found:
        for index, stage in enumerate(own.flow.stages):
            yield from _of_phrases(own.file, ("stages", index), stage.phrases)


def _of_cards(folder: Path) -> Iterator[FlowProblem]:
    found = read_folder(folder, parse_cards)[0] if exists(folder) else []
    for own in found:
        for index, card in enumerate(own.cards):
            yield from _of_phrases(own.file, ("cards", index), card.phrases)


def _of_phrases(
    file: TomlFile, holder: DataPath, phrases: Sequence[Phrase]
) -> Iterator[FlowProblem]:
    for number, phrase in enumerate(phrases):
        if phrase.audience is not Audience.CUSTOMER:
            continue
        path = (*holder, "phrases", number, "text")
        for finding in check(phrase.text, "phrase"):
            message = t(
                "wording.in_own_file",
                where=table_place(path, file.data),
                found=shown(finding.found),
                category=t(f"wording.category.{finding.category}"),
                better=finding.better.replace("。", ""),
            )
            yield file.problem(path, message)
