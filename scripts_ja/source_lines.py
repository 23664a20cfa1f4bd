"""On which line of a TOML source a value stands.

``tomllib`` gives lines for broken syntax only; a file that parses but means nothing needs one
too. Instead of a second TOML parser, the source is cut into its statements: lines are joined
until ``tomllib`` accepts them alone, which is right inside strings and arrays of many lines as
well. Used for error messages only, so it may give up (None) where a file is absurd.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

# Where a value stands in the parsed data: ("stages", 2, "goal").
DataPath = tuple[str | int, ...]

# A statement that is longer is not looked into: growing it line by line takes quadratic time.
_MAX_STATEMENT_LINES = 100
_MAX_STATEMENT_CHARS = 10_000
# The data of a flow is five levels deep; what is deeper than this is a mistake or an attack.
_MAX_DEPTH = 8


class _Statement(Struct, frozen=True):
    """One table header or one ``key = value``, with what ``tomllib`` makes of it alone."""

    first_line: int
    lines: tuple[str, ...]
    data: dict[str, object]

    @property
    def is_header(self) -> bool:
        return self.lines[0].lstrip().startswith("[")

    @property
    def is_array_header(self) -> bool:
        return self.lines[0].lstrip().startswith("[[")


def line_of(source: str, path: Sequence[str | int]) -> int | None:
    """The line (from 1) where ``path`` stands in ``source``, which must be valid TOML.

    Where it does not stand there (a missing key), the line of what would hold it; None for the
    top of the file, and where the source is too unusual to be sure.
    """
    lines = _line_map(source)
    for length in range(len(path), 0, -1):
        line = lines.get(tuple(path[:length]))
        if line is not None:
            return line
    return None


def _line_map(source: str) -> Mapping[DataPath, int]:
    """The first line of every path of ``source``."""
    lines: dict[DataPath, int] = {}
    last_index: dict[DataPath, int] = {}
    table: DataPath = ()
    for statement in _statements(source):
        if statement.is_header:
            table = _enter_table(statement, last_index)
            for length in range(1, len(table) + 1):
                lines.setdefault(table[:length], statement.first_line)
        else:
            for path, line in _value_lines(statement):
                lines.setdefault(table + path, line)
    return lines


def _statements(source: str) -> Iterator[_Statement]:
    """The statements of ``source`` up to the first one that is too long to look into."""
    chunk: list[str] = []
    for number, line in enumerate(source.split("\n"), start=1):
        chunk.append(line.removesuffix("\r"))
        data = _parsed("\n".join(chunk))
        if data is not None:
            if data:
                yield _Statement(number - len(chunk) + 1, tuple(chunk), data)
            chunk = []
        elif len(chunk) >= _MAX_STATEMENT_LINES or sum(map(len, chunk)) > _MAX_STATEMENT_CHARS:
            return


def _parsed(text: str) -> dict[str, object] | None:
    """What ``text`` alone says, or None where it is not (yet) whole."""
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError):
        return None


def _enter_table(header: _Statement, last_index: dict[DataPath, int]) -> DataPath:
    """The path of the table that ``header`` opens; counts the elements of arrays of tables."""
    names = _header_names(header.data)
    path: DataPath = ()
    for position, name in enumerate(names, start=1):
        path += (name,)
        if header.is_array_header and position == len(names):
            last_index[path] = last_index.get(path, -1) + 1
        if path in last_index:
            path += (last_index[path],)
    return path


def _header_names(data: object) -> list[str]:
    names: list[str] = []
    while isinstance(data, dict) and data:
        name, data = next(iter(data.items()))
        names.append(name)
    return names


def _value_lines(statement: _Statement) -> Iterator[tuple[DataPath, int]]:
    """Every path inside one ``key = value`` with its line."""
    yield from _nested((), statement.data, statement.first_line, _element_lines(statement))


def _nested(
    path: DataPath, value: object, line: int, element_lines: Sequence[int] = ()
) -> Iterator[tuple[DataPath, int]]:
    if path:
        yield path, line
    if len(path) >= _MAX_DEPTH:
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _nested((*path, key), inner, line, element_lines)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            inner_line = element_lines[index] if index < len(element_lines) else line
            yield from _nested((*path, index), inner, inner_line)


def _element_lines(statement: _Statement) -> list[int]:
    """The lines of the elements where the value is an array that spans several lines.

    The array is closed after each of its lines in turn; the elements that have come with that
    line stand on it. What came with the last line cannot be told so, and stands on the last.
    """
    lines: list[int] = []
    if len(statement.lines) == 1:
        return lines
    for taken in range(1, len(statement.lines)):
        data = _parsed("\n".join([*statement.lines[:taken], "]"]))
        if data is not None:
            new = _array_length(data) - len(lines)
            lines += [statement.first_line + taken - 1] * new
    last_line = statement.first_line + len(statement.lines) - 1
    return lines + [last_line] * (_array_length(statement.data) - len(lines))


def _array_length(data: object) -> int:
    """The length of the array under a chain of single keys; 0 where it is no array."""
    while isinstance(data, dict) and len(data) == 1:
        data = next(iter(data.values()))
    return len(data) if isinstance(data, list) else 0
