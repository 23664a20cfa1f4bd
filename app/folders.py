"""The folders that a person may want to look into."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from app.background import Background
from desktop.paths import Places, make_private
from ui.port.folders import FolderView


class Folders:
    """Knows where they are; makes one beside the window before it is opened."""

    def __init__(self, places: Places, background: Background) -> None:
        self._background = background
        self._paths: dict[str, Path] = {
            "data": places.data,
            "handoffs": places.handoffs,
            "logs": places.logs,
        }

    def all(self) -> Sequence[FolderView]:
        """Every folder, in the order in which they are shown."""
        return [FolderView(name, str(path)) for name, path in self._paths.items()]

    def prepare(self, name: str, then: Callable[[str], None]) -> None:
        """Make it where it is not there yet, then bring its path."""
        path = self._paths[name]
        self._background.run(lambda: make_private(path), lambda _: then(str(path)))
