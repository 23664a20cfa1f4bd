"""A TOML file that a person may have written: read with limits, and converted to a model.

Nothing here raises for what a file holds. A person's typing mistake, a file of the wrong kind
and a hostile one all end as :class:`FlowProblem`.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec import Struct

from scripts_ja.flow_problem import FlowProblem
from scripts_ja.texts import t

if TYPE_CHECKING:
    from scripts_ja.flow_messages import Finding
    from scripts_ja.source_lines import DataPath

# The largest shipped file is about 15 kB with lines of about 250 characters. The limits keep
# tomllib, whose dotted keys take quadratic time, from holding up the start.
MAX_FILE_BYTES = 128 * 1024
MAX_LINE_CHARS = 1000

_Model = TypeVar("_Model")


class TomlFile(Struct, frozen=True):
    """A file that is good TOML, and its source for messages about it."""

    path: Path
    source: str
    data: dict[str, object]

    def problem(self, path: DataPath, message: str) -> FlowProblem:
        """A problem with the value at ``path`` of this file."""
        from scripts_ja.source_lines import line_of  # here and below: most files are right

        return FlowProblem(self.path, line_of(self.source, path), message)

    def as_problem(self, finding: Finding) -> FlowProblem:
        """``finding`` with its place in this file."""
        return self.problem(finding.path, finding.message)

    def converted(self, model: type[_Model]) -> _Model | FlowProblem:
        """What the file holds, as ``model``, or why it is none."""
        try:
            return msgspec.convert(self.data, model)
        except msgspec.ValidationError as error:
            from scripts_ja.flow_messages import validation_finding

            return self.as_problem(validation_finding(error, self.data))


def read_toml(path: Path, content: bytes) -> TomlFile | FlowProblem:
    """The TOML in ``content``, or why it is none. ``path`` is only named in problems."""
    source = _decoded(path, content)
    if isinstance(source, FlowProblem):
        return source
    data = _parsed(path, source)
    return data if isinstance(data, FlowProblem) else TomlFile(path, source, data)


def _decoded(path: Path, content: bytes) -> str | FlowProblem:
    """The text of the file; a byte order mark, as Notepad writes it, is let pass."""
    if len(content) > MAX_FILE_BYTES:
        return FlowProblem(path, None, t("flows.too_large", limit=MAX_FILE_BYTES // 1024))
    try:
        source = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return FlowProblem(path, line, t("flows.not_utf8"))
    for number, line_text in enumerate(source.split("\n"), start=1):
        if len(line_text) > MAX_LINE_CHARS:
            return FlowProblem(path, number, t("flows.line_too_long", limit=MAX_LINE_CHARS))
    return source


def _parsed(path: Path, source: str) -> dict[str, object] | FlowProblem:
    try:
        return tomllib.loads(source)
    except RecursionError:
        return FlowProblem(path, None, t("flows.too_deep"))
    except ValueError as error:  # TOMLDecodeError, and e.g. an integer of 5000 digits
        from scripts_ja.flow_messages import syntax_line, syntax_message

        return FlowProblem(path, syntax_line(error, source), syntax_message(error))
