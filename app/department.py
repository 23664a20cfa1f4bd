"""The department's shared folder: its copy in force at once, the folder looked at beside.

What is new in it is adopted between calls, all in one piece: a call is worked from its first
second to the end of its after-call work by the rules that it began with. Only how cases are sealed
counts at once.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from app.department_copy import Copy, find_copy, forget_copy, make_count, write_copy
from app.department_desks import SealRules, read_desks
from app.department_folder import DESKS, Shared, read_shared
from app.errands import Errands
from app.notice_board import NoticeBoard
from app.own_settings import OwnSettings
from app.rule_layers import Layers, load_layers
from app.session import Session
from call import commands as c
from call.clock import Reading, elapsed_seconds
from call.fold_times import CallPhase
from desktop.paths import Places
from scripts_ja.card_loader import check_cards
from scripts_ja.dates import echo_due
from scripts_ja.flow_problem import FlowProblem
from scripts_ja.loader import check_flows
from scripts_ja.texts import t
from ui.port.change import Change

# A sidebar stays open for days; the folder is looked at again between calls, not more often.
_LOOK_AGAIN_SECONDS = 3600
# Where nobody can tell whether cases are to be sealed, none leaves until the folder was read.
_LOOK_SOON_SECONDS = 60
_BETWEEN_CALLS = (CallPhase.IDLE, CallPhase.CLOSED)


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


class Department:
    """Looks, keeps the copy, and hands new rules on when no call is disturbed by them."""

    def __init__(
        self,
        places: Places,
        layers: Layers,
        session: Session,
        settings: OwnSettings,
        notices: NoticeBoard,
        errands: Errands,
        adopt: Callable[[Layers], None],
        seal_by: Callable[[SealRules], None],
    ) -> None:
        self._places = places
        self._layers = layers
        self._session = session
        self._settings = settings
        self._notices = notices
        self._errands = errands
        self._adopt = adopt
        self._seal_by = seal_by
        self._pending: Layers | None = None
        self._looking_for: str | None = None
        self._looked_at: Reading | None = None
        self._asked_for = self._folder
        settings.listen(self._on_settings)
        session.listen(self._on_change)

    def look(self) -> None:
        """Look at the folder, beside the window; nothing where there is none and was none."""
        folder, present, now = self._folder, self._latest.copy, self._session.now()
        if folder == self._looking_for:
            return
        self._asked_for, self._looked_at = folder, now
        self._looking_for = folder if folder or present else None
        if self._looking_for is not None:
            self._errands.run(
                lambda: look_at(folder, self._places, present, now.wall),
                self._on_found,
                lambda: self._on_late(folder),
            )

    def before(self, command: c.Command) -> None:
        """A call is about to begin: the last moment for new rules, on a desk that is never free."""
        if isinstance(command, c.Ring | c.StartCall) and not self._session.phase.is_live:
            self._release()

    @property
    def _folder(self) -> str:
        return self._settings.get("department.folder")

    @property
    def _latest(self) -> Layers:
        """What is in force, or will be after this call."""
        return self._pending or self._layers

    def _on_found(self, found: Found) -> None:
        if found.folder != self._looking_for:
            return  # meanwhile somebody named another folder
        self._looking_for = None
        if found.layers is not None:
            self._pending = found.layers
            # Nobody reads these out, and a case that is to leave in this call cannot wait for its end.
            self._seal_by(found.layers.seals)
        self._tell(found)
        self._release_between_calls()

    def _tell(self, found: Found) -> None:
        if not found.is_reached:
            self._say_unreached(found.copy)
        elif not found.is_kept:
            self._say("unwritable", path=self._places.department)
        elif found.problems:
            self._say(
                "bad_files" if len(found.problems) > 1 else "bad_file",
                first=found.problems[0].sentence,
                others=len(found.problems) - 1,
            )
        else:
            self._notices.say("department", "")

    def _on_late(self, folder: str) -> None:
        """Slow is out of reach, until it comes after all."""
        if folder == self._looking_for:
            self._say_unreached(self._latest.copy)

    def _say_unreached(self, copy: Copy | None) -> None:
        if copy is None:
            self._say("never_reached", path=self._folder)
        elif self._latest.seals.unknown:
            self._say("unreached_spoilt", path=self._folder)
        else:
            self._say("unreached", since=echo_due(copy.seen_at.astimezone()))

    def _say(self, key: str, **values: object) -> None:
        """One notice at a time, which stands until it is over; it never asks for anything."""
        self._notices.say("department", t(f"department.{key}", **values), "warn")

    def _on_settings(self) -> None:
        if self._folder != self._asked_for:
            self.look()

    def _on_change(self, change: Change) -> None:
        if self._session.phase not in _BETWEEN_CALLS:
            return
        self._release_between_calls()
        at, copy = self._looked_at, self._latest.copy
        is_known = copy is not None and not self._latest.seals.unknown
        patience = _LOOK_AGAIN_SECONDS if is_known or not self._folder else _LOOK_SOON_SECONDS
        if at is not None and elapsed_seconds(at, self._session.now()) >= patience:
            self.look()

    def _release_between_calls(self) -> None:
        """An earlier case that lies open is read as it was opened."""
        if self._session.phase in _BETWEEN_CALLS and not self._session.is_chosen:
            self._release()

    def _release(self) -> None:
        if self._pending is not None:
            self._layers, self._pending = self._pending, None
            self._adopt(self._layers)


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
    before, after = ((c.path, c.is_whole, c.lacks_desks) if c else None for c in (present, copy))
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
