"""The agent's own reflections: written and read beside the window, told to nobody."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from pathlib import Path

from app.background import Background
from app.notice_board import NoticeBoard
from app.reflection_draft import ReflectionDraft
from app.session import Session
from call.screening import screen_final, sound
from scripts_ja.texts import t
from storage.reflections import CARE, Reflection, Reflections
from storage.troubles import StorageError

_NOTICE = "reflections"

_log = logging.getLogger(__name__)


class OwnReflections:
    """One thing to keep, one to change, the next first phrase; and care after a hard call.

    Numbers that must not be kept are screened here too. What is wrong is said without the words.
    """

    def __init__(
        self, session: Session, path: Path, background: Background, notices: NoticeBoard
    ) -> None:
        self._session = session
        self._file = Reflections(path)
        self._background = background
        self._notices = notices
        self.draft = ReflectionDraft(self._write_draft)

    def keep(self, keep: str = "", change: str = "", first_phrase: str = "") -> None:
        """Write a reflection of now; what was being written is written."""
        at = self._session.now().wall
        self._write(Reflection(at, _screened(keep), _screened(change), _screened(first_phrase)))
        self.draft.clear()

    def care(self, words: str) -> None:
        """Write what was offered or helped after a hard call (F7-S5): no event of any case."""
        self._write(Reflection(self._session.now().wall, _screened(words), kind=CARE))

    def remove(self, reflection_id: int) -> None:
        """Take one out; nothing of it stays."""
        self._run(lambda: self._file.remove(reflection_id))

    def fetch(self, then: Callable[[tuple[Reflection, ...]], None]) -> None:
        """Bring all of them, the last one first; none where the file cannot be read.

        What was being written when the program stopped is in the draft by then.
        """

        def read() -> tuple[Reflection | None, tuple[Reflection, ...]] | None:
            try:
                return self._file.draft(), self._file.all()
            except StorageError as error:
                _log.warning("reflections cannot be read: %s", error.kind)
                return None

        def bring(found: tuple[Reflection | None, tuple[Reflection, ...]] | None) -> None:
            self._say_whether(found is not None)
            draft, reflections = found or (None, ())
            self.draft.find(draft)
            then(reflections)

        self._background.run(read, bring)

    def _write(self, reflection: Reflection) -> None:
        self._run(lambda: self._file.add(reflection))

    def _write_draft(self, texts: Mapping[str, str]) -> None:
        fields = ("keep", "change", "first_phrase")
        keep, change, first = (_screened(texts.get(field, "")) for field in fields)
        draft = Reflection(self._session.now().wall, keep, change, first)
        self._run(lambda: self._file.keep_draft(draft))

    def _run(self, action: Callable[[], None]) -> None:
        def work() -> bool:
            try:
                action()
            except StorageError as error:
                _log.warning("a reflection cannot be written: %s", error.kind)
                return False
            return True

        self._background.run(work, self._say_whether)

    def _say_whether(self, was_done: bool) -> None:
        self._notices.say(_NOTICE, "" if was_done else t("reflection.failed"), "warn")


def _screened(text: str) -> str:
    return screen_final(sound(text), frozenset()).text
