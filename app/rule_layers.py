"""Flows, cards and locks as they lie over each other: shipped, the department's, one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, structs

from app.seal_rules import BROKEN, SPOILT, SealRules, unknown_rules
from scripts_ja.card_loader import load_cards
from scripts_ja.loader import load_flows
from scripts_ja.toml_file import MAX_FILE_BYTES

if TYPE_CHECKING:
    from pathlib import Path

    from app.department_copy import Copy
    from app.department_limits import Locks
    from desktop.paths import Places
    from scripts_ja.flow_problem import FlowProblem
    from scripts_ja.model import CardBook, FlowBook


class Layers(Struct, frozen=True):
    """What a desk works by besides its own settings, and what of one's own could not be used.

    ``copy`` is the department's layer in it, None without one; what is wrong with that is told
    by whoever looks at the shared folder.
    """

    book: FlowBook
    cards: CardBook
    locks: Locks
    problems: tuple[FlowProblem, ...]
    copy: Copy | None
    seals: SealRules = SealRules()


def load_layers(where: Places, copy: Copy | None) -> Layers:
    """Everything that can be used. Reads files of the data folder; never raises."""
    flows = load_flows(copy.flows if copy else None, where.flows)
    cards = load_cards(copy.cards if copy else None, where.cards)
    locks = locks_of(copy) if copy else {}
    problems = (*flows.problems, *cards.problems)
    own = tuple(p for p in problems if not (copy and p.path.is_relative_to(copy.path)))
    return Layers(flows.book, cards.book, locks, own, copy, seal_rules(copy))


def seal_rules(copy: Copy | None) -> SealRules:
    """What the department wants sealed; nothing without one.

    Where that cannot be told any more from what was kept, the rules say so, and nothing leaves.
    """
    if copy is None:
        return SealRules()
    if copy.lacks_desks:
        return unknown_rules(BROKEN, copy.folder)
    try:
        content = copy.desks.read_bytes() if copy.desks.exists() else b""
    except OSError:
        return unknown_rules(SPOILT, copy.folder)
    # Here and below: many desks have no department's folder.
    from app.department_desks import read_desks

    found = read_desks(copy.desks, content)
    if isinstance(found, tuple) or not copy.is_whole:
        return unknown_rules(SPOILT, copy.folder)
    return structs.replace(found, folder=copy.folder)


def locks_of(copy: Copy) -> Locks:
    """The locked settings of a copy; what was kept was good, so what is bad now is spoilt."""
    from app.department_limits import read_locks

    content = _content(copy.limits)
    found = read_locks(copy.limits, content) if content is not None else {}
    return {} if isinstance(found, tuple) else found


def _content(path: Path) -> bytes | None:
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_FILE_BYTES + 1)
    except OSError:
        return None
