"""``flows check [DIR]``: what is wrong with flow files, for the person who edits them.

The folder is one's own, or a department's shared one (docs/DEPARTMENT.md).
"""

from __future__ import annotations

import argparse
import contextlib
import sys
from pathlib import Path

from app.department_folder import CARDS, FLOWS, is_department_folder, read_shared
from desktop.paths import Places
from scripts_ja.card_loader import check_cards
from scripts_ja.flow_problem import FlowProblem
from scripts_ja.loader import check_flows
from scripts_ja.own_wording import wording_problems
from scripts_ja.texts import t


def run(arguments: argparse.Namespace, where: Places) -> int:
    """Name each problem; exit 1 where there is one."""
    folder = Path(arguments.folder) if arguments.folder else where.flows
    if not arguments.folder and not folder.exists():
        # Nobody has flows of their own yet: the shipped ones are what there is to check.
        sys.stdout.write(t("cli.flows_shipped", path=folder) + "\n")
        return 0
    check = _of_department if is_department_folder(folder) else _of_person
    problems = check(folder)
    for problem in problems:
        sys.stderr.write(f"{problem.sentence}\n")
    if not problems:
        sys.stdout.write(t("cli.flows_good", path=folder) + "\n")
    return 1 if problems else 0


def _of_person(folder: Path) -> list[FlowProblem]:
    """One's own folder: flows in it, cards in a folder of it."""
    return [*check_flows(folder), *_card_problems(folder / "cards"), *wording_problems(folder)]


def _of_department(folder: Path) -> list[FlowProblem]:
    """A shared folder: what would not be taken from it, each thing said once."""
    flows, cards = folder / FLOWS, folder / CARDS
    found: list[FlowProblem] = []
    with contextlib.suppress(OSError):
        found += read_shared(folder).problems
    found += check_flows(flows) if flows.exists() else ()
    found += _card_problems(cards)
    return list(dict.fromkeys([*found, *wording_problems(flows, cards)]))


def _card_problems(folder: Path) -> tuple[FlowProblem, ...]:
    """Most people have no cards of their own: no folder is no problem."""
    return check_cards(folder) if folder.exists() else ()
