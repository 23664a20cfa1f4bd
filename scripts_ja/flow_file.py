"""One flow file: read, checked, and either a flow or a list of what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from scripts_ja.flow_messages import Finding, field_place, table_place
from scripts_ja.flow_problem import FlowProblem, shown
from scripts_ja.model import BACK, Flow, Stage
from scripts_ja.phrase_findings import brace_findings
from scripts_ja.placeholders import definitions
from scripts_ja.source_lines import DataPath
from scripts_ja.texts import t
from scripts_ja.toml_file import MAX_FILE_BYTES, MAX_LINE_CHARS, TomlFile, read_toml

__all__ = ["MAX_FILE_BYTES", "MAX_LINE_CHARS", "FlowFile", "parse_flow"]


class FlowFile(Struct, frozen=True):
    """A file that holds a flow, and its source for messages about it."""

    file: TomlFile
    flow: Flow

    @property
    def path(self) -> Path:
        """Where the file stands."""
        return self.file.path

    def problem(self, path: DataPath, message: str) -> FlowProblem:
        """A problem with the value at ``path`` of this file."""
        return self.file.problem(path, message)


def parse_flow(path: Path, content: bytes) -> FlowFile | tuple[FlowProblem, ...]:
    """The flow in ``content``, or what is wrong with it. ``path`` is only named in problems."""
    file = read_toml(path, content)
    if isinstance(file, FlowProblem):
        return (file,)
    flow = file.converted(Flow)
    if isinstance(flow, FlowProblem):
        return (flow,)
    problems = tuple(file.as_problem(finding) for finding in _findings(flow, file.data))
    return problems or FlowFile(file, flow)


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
        yield from brace_findings(path, stage.phrases, data)
        yield from _ask_findings(index, stage, data)


def _exit_findings(flow: Flow, index: int, stage: Stage, data: object) -> Iterator[Finding]:
    """Exits into this flow must lead somewhere; other flows may not be there (yet)."""
    for number, way in enumerate(stage.exits):
        path = ("stages", index, "exits", number, "to")
        where = field_place(path, data)
        if way.to == BACK and not flow.opens_anywhere:
            yield Finding(path, t("flows.back_nowhere", where=where))
        if way.to.startswith(f"{flow.code}-") and flow.stage(way.to) is None:
            yield Finding(path, t("flows.exit_nowhere", where=where, id=way.to))


def _ask_findings(index: int, stage: Stage, data: object) -> Iterator[Finding]:
    for number, key in enumerate(stage.asks):
        if key not in definitions():
            path = ("stages", index, "asks", number)
            where = table_place(path, data)
            yield Finding(path, t("flows.unknown_ask", where=where, key=shown(key)))
