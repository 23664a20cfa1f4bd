"""The reflection that is being written: in its own file, as little anybody else's as the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from storage.reflections import Reflection

_FIELDS = ("keep", "change", "first_phrase")


class ReflectionDraft:
    """Three fields; ``write`` puts them into the file beside the window."""

    def __init__(self, write: Callable[[Mapping[str, str]], None]) -> None:
        self._write = write
        self._texts: dict[str, str] = {}
        self._is_known = False

    def text(self, field: str) -> str:
        """What stands there so far."""
        return self._texts.get(field, "")

    def keep(self, field: str, text: str) -> None:
        """Keep what is typed there."""
        if text != self.text(field):
            self._is_known = True
            self._texts[field] = text
            self._write(self._texts)

    def drop(self, field: str) -> None:
        """It was given up."""
        self.keep(field, "")

    def clear(self) -> None:
        """All of it was written, or given up."""
        if any(self._texts.values()):
            self._texts = {}
            self._write(self._texts)

    def find(self, draft: Reflection | None) -> None:
        """Take over what was being written when the program stopped, once, unless one writes."""
        if not self._is_known and draft is not None:
            self._texts = {field: getattr(draft, field) for field in _FIELDS}
        self._is_known = True
