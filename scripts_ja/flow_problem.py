"""What is wrong with a flow or card file, in words for the person who edits it."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from scripts_ja.texts import t

_SHOWN_LENGTH = 40


class FlowProblem(Struct, frozen=True):
    """One thing wrong with one file (or folder): one Japanese sentence, and the line if known."""

    path: Path
    line: int | None
    message: str

    @property
    def sentence(self) -> str:
        """The message with the file's name and line in front, ready to be shown or printed."""
        name = shown(self.path.name)
        if self.line is None:
            return t("flows.in_file", file=name, message=self.message)
        return t("flows.at_line", file=name, line=self.line, message=self.message)


def shown(text: object) -> str:
    """``text`` from a file as a message may show it: one short line that any terminal takes.

    Control characters, line ends and undecodable parts of file names become U+FFFD.
    """
    safe = "".join(char if char.isprintable() else "\ufffd" for char in str(text))
    return safe if len(safe) <= _SHOWN_LENGTH else safe[:_SHOWN_LENGTH] + "…"
