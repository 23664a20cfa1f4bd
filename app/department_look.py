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

from app.department_copy import Copy, find_copy, make_count, write_copy
from app.department_folder import Shared, read_shared
from app.rule_layers import Layers, load_layers
from desktop.paths import Places
from scripts_ja.card_loader import check_cards
from scripts_ja.flow_problem import FlowProblem
from scripts_ja.loader import check_flows


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
        return Found(folder, None, load_layers(places, None))
    try:
        shared = read_shared(Path(folder))
    except OSError:
        return Found(folder, copy, _changed(places, copy, present), is_reached=False)
    try:
        kept, problems = _kept(shared, copy, folder, places, now)
    except OSError:
        return Found(folder, copy, _changed(places, copy, present), is_kept=False)
    return Found(folder, kept, _changed(places, kept, present), problems)


def _changed(places: Places, copy: Copy | None, present: Copy | None) -> Layers | None:
    """The layers with ``copy``, or None where that is what is worked by already."""
    before, after = (c.path if c else None for c in (present, copy))
    return load_layers(places, copy) if before != after else None


def _kept(
    shared: Shared, old: Copy | None, folder: str, places: Places, now: datetime
) -> tuple[Copy, tuple[FlowProblem, ...]]:
    """The new copy, and what is wrong with the folder.

    Of a file that is no good now, the version is kept that was good before.

    Raises:
        OSError: the data folder cannot be written.
    """
    where, earlier = places.department, old.files() if old else {}
    files = {**shared.files, **_earlier(earlier, shared.doubtful)}
    copy = write_copy(where, folder, files, now)
    clashes = _clashes(copy)
    better = files | _earlier(earlier, {_place(copy, problem) for problem in clashes})
    if better != files:
        copy = write_copy(where, folder, better, now)
    make_count(where, copy)
    return copy, (*shared.problems, *clashes)


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
