"""The folders that the program writes to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from msgspec import Struct


class FolderView(Struct, frozen=True):
    """A folder: ``path`` is where it is, ``name`` what it is for (``folders.<name>``)."""

    name: str
    path: str


class FoldersPort(Protocol):
    """Where everything lies."""

    def all(self) -> Sequence[FolderView]:
        """Every folder that a person may want to look into."""
        ...

    def prepare(self, name: str, then: Callable[[str], None]) -> None:
        """Make the folder where it is not there yet, beside the window, and bring its path."""
        ...
