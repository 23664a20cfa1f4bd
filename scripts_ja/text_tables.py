"""Texts in TOML files by dotted key, parsed table by table when they are asked for."""

from __future__ import annotations

import re
import threading
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property
from itertools import accumulate
from pathlib import Path

# Read alone, so that the first frame waits for none of the other 150 kB.
FIRST = "first_frame.toml"
_HEADER = re.compile(r"^\[([\w.]+)\]", re.MULTILINE)


class TextTables:
    """All texts of a folder, each in a table of its file. May be asked by any thread.

    Whatever is wrong in a file is a mistake in what we ship, so it is loud where it is met, and
    met by the tests: ValueError for a key that is given twice, TypeError for what is no text.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, str] = {}
        self._lock = threading.Lock()

    def text(self, key: str) -> str:
        """The text of a key.

        Raises:
            KeyError: no such key.
        """
        return self._known.get(key) or self._fetched(key)

    @property
    def known(self) -> int:
        """How many texts are in memory."""
        return len(self._known)

    def all(self) -> Mapping[str, str]:
        """All texts by their keys."""
        with self._lock:
            for waiting in (self._first, self._others):
                for file, names in waiting.items():
                    self._take(file, names)
            return self._known

    def _fetched(self, key: str) -> str:
        """A text that was not asked for yet, brought with all that stands in the same tables."""
        around = set(accumulate(key.split(".")[:-1], "{}.{}".format))
        with self._lock:
            for file, names in self._first.items():
                self._take(file, names)
            if key not in self._known:
                for file, names in self._others.items():
                    self._take(file, names & around)
            return self._known[key]

    @cached_property
    def _first(self) -> dict[str, set[str]]:
        """The first file and its tables that are not parsed yet."""
        return self._tables_of([self._folder / FIRST])

    @cached_property
    def _others(self) -> dict[str, set[str]]:
        """So for all others. To look for the names takes a tenth of the time of parsing."""
        paths = self._folder.glob("*.toml")
        return self._tables_of(sorted(path for path in paths if path.name != FIRST))

    @staticmethod
    def _tables_of(paths: Iterable[Path]) -> dict[str, set[str]]:
        return {path.name: set(_HEADER.findall(path.read_text("utf-8"))) for path in paths}

    def _take(self, file: str, names: AbstractSet[str]) -> None:
        """Parse the tables of these names, which wait no more."""
        if not names:
            return
        taken: dict[str, str] = {}
        for name, source in _cut((self._folder / file).read_text("utf-8")):
            if name in names:
                for key, text in _flat(tomllib.loads(source)):
                    if key in self._known or key in taken:
                        raise ValueError(f"{file}: text {key} is given twice")
                    taken[key] = text
        self._known.update(taken)
        waiting = self._first if file == FIRST else self._others
        waiting[file] = waiting[file] - names


def _cut(source: str) -> Iterator[tuple[str, str]]:
    """The tables of a file with their names, each good TOML of its own."""
    headers = list(_HEADER.finditer(source))
    ends = [*(header.start() for header in headers[1:]), len(source)]
    for header, end in zip(headers, ends, strict=True):
        yield header[1], source[header.start() : end]


def _flat(table: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    """The texts of a table with their dotted keys.

    Raises:
        TypeError: a value is neither a text nor a table.
    """
    for name, value in table.items():
        key = f"{prefix}{name}"
        if isinstance(value, str):
            yield key, value
        elif isinstance(value, dict):
            yield from _flat(value, f"{key}.")
        else:
            raise TypeError(f"{key} is not a text")
