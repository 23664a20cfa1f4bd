"""An empty file that is there while a case is in hand, for the first frame of the next start.

That frame is shown before the journal can be read. Without the file it would say to an agent whose
program has just been killed in the middle of a call that nobody is on the line.
"""

from __future__ import annotations

from pathlib import Path

from app.background import Background
from app.session import Session
from ui.port.change import Change


class InHandMark:
    """Follows the session. What cannot be written is left: the journal says what is true."""

    def __init__(self, session: Session, path: Path, background: Background) -> None:
        self._session = session
        self._path = path
        self._background = background
        self._is_set: bool | None = None
        session.listen(self._on_change)

    def _on_change(self, _: Change) -> None:
        is_wanted = not self._session.phase.is_waiting
        if not self._session.is_open or is_wanted is self._is_set:
            return
        self._is_set = is_wanted
        self._background.run(lambda: _write(self._path, is_wanted), lambda _: None, lambda _: None)


def _write(path: Path, is_wanted: bool) -> None:
    if is_wanted:
        path.touch(mode=0o600)
    else:
        path.unlink(missing_ok=True)
