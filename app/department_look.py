"""A look at the department's shared folder: what is new in it is copied, and worked by soon.

Runs beside the window; imported where a department shares something.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from app.department_copy import Copy, find_copy, forget_copy, make_count, write_copy
from app.department_desks import read_desks
from app.department_folder import DESKS, Shared, read_shared
from app.rule_layers import Layers, load_layers
from desktop.paths import Places
from scripts_ja.card_loader import check_cards
from scripts_ja.flow_problem import FlowProblem
from scripts_ja.loader import check_flows
from scripts_ja.texts import t


class Found(Struct, frozen=True):
    """What a look at the folder brought. ``layers`` is None where nothing is to be changed.

    ``is_reached``: the folder could be read. ``is_kept``: its copy could be written.
    """

    folder: str
    copy: Copy | None
    layers: Layers | None
    problems: tuple[FlowProblem, ...] = ()
    is_reached: bool = True
    is_kept: bool = True


def look_at(folder: str, places: Places, present: Copy | None, now: datetime) -> Found:
    """Read the folder and keep its copy; ``present`` is the copy that is worked by.

    Reads a share, so it may take for ever; reads and writes the data folder.
    """
    copy = find_copy(places.department, folder) if folder else None
    if not folder:
        forget_copy(places.department)
        return Found(folder, None, load_layers(places, None))
    try:
        shared = read_shared(Path(folder), _trusted(copy).get(DESKS, b""))
    except OSError:
        return Found(folder, copy, _changed(places, copy, present), is_reached=False)
    try:
        kept, problems = _kept(shared, copy, folder, places, now)
    except OSError:
        return Found(folder, copy, _changed(places, copy, present), is_kept=False)
    return Found(folder, kept, _changed(places, kept, present), problems)


def _changed(places: Places, copy: Copy | None, present: Copy | None) -> Layers | None:
    """The layers with ``copy``, or None where that is what is worked by already."""
    before, after = (
        (c.folder, c.path, c.is_whole, c.lacks_desks) if c else None for c in (present, copy)
    )
    return load_layers(places, copy) if before != after else None


def _kept(
    shared: Shared, old: Copy | None, folder: str, places: Places, now: datetime
) -> tuple[Copy, tuple[FlowProblem, ...]]:
    """The new copy, and what is wrong with the folder.

    Of a file that is no good now, the version is kept that was good before.

    Raises:
        OSError: the data folder cannot be written.
    """
    where, earlier = places.department, _trusted(old)
    gone = _gone_desks(shared, earlier, Path(folder))
    files = {**shared.files, **_earlier(earlier, shared.doubtful | {DESKS for _ in gone})}
    lacks_desks = DESKS in shared.doubtful and DESKS not in files
    copy = write_copy(where, folder, files, now, lacks_desks=lacks_desks)
    clashes = _clashes(copy)
    better = files | _earlier(earlier, {_place(copy, problem) for problem in clashes})
    if better != files:
        copy = write_copy(where, folder, better, now, lacks_desks=lacks_desks)
    make_count(where, copy)
    return copy, (*shared.problems, *gone, *clashes)


def _trusted(old: Copy | None) -> dict[str, bytes]:
    """What may go on: a spoilt flow is no flow, but a spoilt list of desks may look like one."""
    files = old.files() if old else {}
    if old is not None and not old.is_whole:
        files.pop(DESKS, None)
    return files


def _gone_desks(
    shared: Shared, earlier: Mapping[str, bytes], folder: Path
) -> tuple[FlowProblem, ...]:
    """Sealing ends by a ``desks.toml`` that says so, not by one that somebody moved or lost."""
    if DESKS in shared.files or DESKS in shared.doubtful or DESKS not in earlier:
        return ()
    rules = read_desks(folder / DESKS, earlier[DESKS])
    if isinstance(rules, tuple) or not rules.is_required:
        return ()
    return (FlowProblem(folder / DESKS, None, t("department.desks_gone")),)


def _earlier(files: Mapping[str, bytes], places: AbstractSet[str]) -> dict[str, bytes]:
    return {place: content for place, content in files.items() if place in places}


def _clashes(copy: Copy) -> tuple[FlowProblem, ...]:
    """Good files that cannot stand beside the others: an id or a code twice."""
    flows = check_flows(copy.flows) if copy.flows.is_dir() else ()
    cards = check_cards(copy.cards) if copy.cards.is_dir() else ()
    return (*flows, *cards)


def _place(copy: Copy, problem: FlowProblem) -> str:
    with contextlib.suppress(ValueError):
        return problem.path.relative_to(copy.path).as_posix()
    return ""
