"""The folders that a person may want to look into."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from app.background import Background
from app.errands import Errands
from app.papers_folder import PapersFolder
from desktop.paths import Places, make_private
from ui.port.folders import FolderView


class Folders:
    """Knows where they are; makes one beside the window before it is opened."""

    def __init__(
        self, places: Places, papers: PapersFolder, background: Background, errands: Errands
    ) -> None:
        self._background = background
        self._errands = errands
        self._papers = papers
        self._own: dict[str, Path] = {
            "data": places.data,
            "handoffs": places.handoffs,
            "inbox": places.inbox,
            "backups": places.backups,
            "logs": places.logs,
        }

    def all(self) -> Sequence[FolderView]:
        """Every folder, in the order in which they are shown."""
        return [FolderView(name, str(path)) for name, path in self._paths().items()]

    def prepare(self, name: str, then: Callable[[str], None]) -> None:
        """Make it where it is not there yet, then bring its path."""
        path = self._paths()[name]
        if path == self._own[name]:
            self._background.run(lambda: make_private(path), lambda _: then(str(path)))
        else:  # a share may never answer: then opening it says so
            self._errands.run(
                lambda: make_private(path), lambda _: then(str(path)), lambda: then(str(path))
            )

    def _paths(self) -> dict[str, Path]:
        return self._own | {"handoffs": self._papers.path}
