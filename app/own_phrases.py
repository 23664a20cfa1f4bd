"""The agent's own phrases: wordings beside the shipped ones, and the first phrase of a stage.

They are the agent's, not the case's: no event speaks of them, and they hold placeholders instead
of what a customer is called. A wording is kept by its stage (or card) and by the shipped phrase
that it stands for, so that it outlives new flow files.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from app import own_phrases_file as file
from app.background import Background
from app.notice_board import NoticeBoard
from app.own_phrases_file import Change, OwnFile, OwnWording
from call.screening import screen_final, sound
from scripts_ja.flow_problem import FlowProblem
from scripts_ja.texts import t

# A line of the file holds at most 1000 characters, and nobody says more than this in one breath.
MAX_CHARS = 400
_NOTICE = "own_phrases"


class OwnPhrases:
    """Holds them; changed at once here, beside the window in the file."""

    def __init__(self, path: Path, background: Background, notices: NoticeBoard) -> None:
        self._path = path
        self._background = background
        self._notices = notices
        self._held = OwnFile()
        self._unsaved: list[Change] = []
        self._listeners: list[Callable[[], None]] = []

    def load(self) -> None:
        """Read the file beside the window."""
        self._background.run(
            lambda: file.read(self._path),
            self._on_read,
            lambda _: self._say(t("own.unreadable", path=self._path)),
        )

    def listen(self, listener: Callable[[], None]) -> None:
        """Hear that something was read or changed."""
        self._listeners.append(listener)

    # -- reading ------------------------------------------------------------------------------

    @property
    def held(self) -> OwnFile:
        """All that is held; another object with every change."""
        return self._held

    @property
    def wordings(self) -> tuple[OwnWording, ...]:
        """All own wordings, in the order they were written."""
        return self._held.wordings

    def wording(self, place: str, original: str) -> str:
        """The own wording of that phrase, or empty."""
        found = (w.text for w in self.wordings if (w.place, w.original) == (place, original))
        return next(found, "")

    def first_phrase(self, stage_id: str) -> str:
        """What the agent says first in that stage, or empty."""
        found = (first.text for first in self._held.first_phrases if first.stage == stage_id)
        return next(found, "")

    # -- writing ------------------------------------------------------------------------------

    def keep_wording(self, place: str, original: str, text: str) -> None:
        """Keep an own wording; an empty ``text`` removes it."""
        self._keep(Change(place, original, _fit(text)))

    def keep_first(self, stage_id: str, text: str) -> None:
        """Keep the first phrase of a stage; an empty ``text`` removes it."""
        self._keep(Change(stage_id, "", _fit(text)))

    def _keep(self, change: Change) -> None:
        """A change that could not be written goes along with the next one."""
        self._held = change.applied(self._held)
        self._unsaved.append(change)
        changes = tuple(self._unsaved)
        self._background.run(
            lambda: file.save(self._path, changes),
            lambda aside: self._on_saved(changes, aside),
            lambda _: self._say(t("own.unwritable", path=self._path)),
        )
        self._tell()

    def _on_saved(self, changes: Sequence[Change], aside: Path | None) -> None:
        saved = {id(change) for change in changes}
        self._unsaved = [change for change in self._unsaved if id(change) not in saved]
        self._say(t("own.set_aside", path=aside) if aside else "")

    def _on_read(self, found: OwnFile | FlowProblem) -> None:
        """What was written while the file was being read stands over what it held."""
        if isinstance(found, FlowProblem):
            self._say(t("own.broken", problem=found.sentence))
            return
        for change in self._unsaved:
            found = change.applied(found)
        self._held = found
        self._tell()

    def _say(self, text: str) -> None:
        self._notices.say(_NOTICE, text, "warn")

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()


def _fit(text: str) -> str:
    """One line of a length that can be said; card numbers and codes are masked as everywhere."""
    return screen_final(sound(" ".join(text.split())[:MAX_CHARS])).text
