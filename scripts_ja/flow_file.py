"""One flow file: read, checked, and either a flow or a list of what is wrong with it.

Nothing here raises for what a file holds. A person's typing mistake, a file of the wrong kind
and a hostile one all end as :class:`FlowProblem`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from scripts_ja.flow_messages import (
    Finding,
    field_place,
    syntax_line,
    syntax_message,
    table_place,
    validation_finding,
)
from scripts_ja.flow_problem import FlowProblem, shown
from scripts_ja.model import Flow, Stage
from scripts_ja.placeholders import definitions, wrong_braces
from scripts_ja.source_lines import DataPath, line_of
from scripts_ja.texts import t

# The shipped flows are about 10 kB with lines of about 200 characters. The limits keep tomllib,
# whose dotted keys take quadratic time, from holding up the start.
MAX_FILE_BYTES = 128 * 1024
MAX_LINE_CHARS = 1000


class FlowFile(Struct, frozen=True):
    """A file that holds a flow, and its source for messages about it."""

    path: Path
    flow: Flow
    source: str

    def problem(self, path: DataPath, message: str) -> FlowProblem:
        """A problem with the value at ``path`` of this file."""
        return FlowProblem(self.path, line_of(self.source, path), message)


def parse_flow(path: Path, content: bytes) -> FlowFile | tuple[FlowProblem, ...]:
    """The flow in ``content``, or what is wrong with it. ``path`` is only named in problems."""
    source = _decoded(path, content)
    if isinstance(source, FlowProblem):
        return (source,)
    data = _parsed(path, source)
    if isinstance(data, FlowProblem):
        return (data,)
    try:
        flow = msgspec.convert(data, Flow)
    except msgspec.ValidationError as error:
        findings = [validation_finding(error, data)]
    else:
        findings = list(_findings(flow, data))
        if not findings:
            return FlowFile(path, flow, source)
    return tuple(
        FlowProblem(path, line_of(source, finding.path), finding.message) for finding in findings
    )


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
        return FlowProblem(path, syntax_line(error, source), syntax_message(error))


def _findings(flow: Flow, data: object) -> Iterator[Finding]:
    """What the types cannot say: ids that repeat or lead nowhere, unknown placeholders."""
    seen: set[str] = set()
    for index, stage in enumerate(flow.stages):
        path = ("stages", index)
        where = table_place(path, data)
        if stage.id in seen:
            yield Finding((*path, "id"), t("flows.stage_twice", where=where, id=stage.id))
        seen.add(stage.id)
        if not stage.id.startswith(f"{flow.code}-"):
            message = t("flows.stage_code", where=where, id=stage.id, code=flow.code)
            yield Finding((*path, "id"), message)
        yield from _exit_findings(flow, index, stage, data)
        yield from _placeholder_findings(index, stage, data)


def _exit_findings(flow: Flow, index: int, stage: Stage, data: object) -> Iterator[Finding]:
    """Exits into this flow must lead somewhere; other flows may not be there (yet)."""
    for number, way in enumerate(stage.exits):
        if way.to.startswith(f"{flow.code}-") and flow.stage(way.to) is None:
            path = ("stages", index, "exits", number, "to")
            where = field_place(path, data)
            yield Finding(path, t("flows.exit_nowhere", where=where, id=way.to))


def _placeholder_findings(index: int, stage: Stage, data: object) -> Iterator[Finding]:
    for number, phrase in enumerate(stage.phrases):
        for piece in wrong_braces(phrase.text):
            path: DataPath = ("stages", index, "phrases", number, "text")
            where = table_place(path, data)
            message = t("flows.unknown_placeholder", where=where, piece=shown(piece))
            yield Finding(path, message)
    for number, key in enumerate(stage.asks):
        if key not in definitions():
            path = ("stages", index, "asks", number)
            where = table_place(path, data)
            yield Finding(path, t("flows.unknown_ask", where=where, key=shown(key)))
