"""The flows of this desk: the shipped ones with the department's and a person's own over them.

Loading never fails. A file that cannot be used is named in ``problems`` and everything else
loads; where a version of a flow is broken, the one that it was laid over stands in for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from scripts_ja.flow_file import FlowFile, parse_flow
from scripts_ja.flow_problem import FlowProblem, shown
from scripts_ja.model import Flow, FlowBook
from scripts_ja.texts import t
from scripts_ja.toml_folder import MAX_FILES, exists, is_toml_name, read_folder

__all__ = ["MAX_FILES", "FlowProblem", "LoadedFlows", "check_flows", "load_flows"]


class LoadedFlows(Struct, frozen=True):
    """The flows that can be used, and what could not be."""

    book: FlowBook
    problems: tuple[FlowProblem, ...]


def load_flows(*folders: Path | None) -> LoadedFlows:
    """The shipped flows with those of each folder laid over the ones before, and every problem.

    A flow of the same id takes the place of the one before; new ids come after them, by file
    name. A folder that does not exist is no problem: most people have none. Never raises.
    """
    flows, problems = _shipped_flows()
    for folder in folders:
        if folder is not None and exists(folder):
            flows, more = _laid_over(flows, folder)
            problems = (*problems, *more)
    return LoadedFlows(FlowBook(tuple(flows.values())), problems)


def check_flows(folder: Path) -> tuple[FlowProblem, ...]:
    """What is wrong with the flow files of ``folder``, laid over the shipped ones. Never raises."""
    if not exists(folder):
        return (FlowProblem(folder, None, t("flows.no_folder")),)
    _, problems = _laid_over(_shipped_flows()[0], folder)
    return problems


def _shipped_flows() -> tuple[dict[str, Flow], tuple[FlowProblem, ...]]:
    """The flows inside the program by id, in the order of their codes (F1, F2, … F10)."""
    parsed = [
        parse_flow(path, path.read_bytes())
        for path in Path(__file__).with_name("flows").iterdir()
        if is_toml_name(path.name)
    ]
    flows = [found.flow for found in parsed if isinstance(found, FlowFile)]
    problems = [problem for found in parsed if isinstance(found, tuple) for problem in found]
    flows.sort(key=lambda flow: (len(flow.code), flow.code))
    return {flow.id: flow for flow in flows}, tuple(problems)


def _laid_over(
    below: Mapping[str, Flow], folder: Path
) -> tuple[dict[str, Flow], tuple[FlowProblem, ...]]:
    found, problems = read_folder(folder, parse_flow)
    flows = dict(below)
    taken: dict[str, FlowFile] = {}
    for file in found:
        conflict = _conflict(file, flows, taken)
        if conflict is not None:
            problems.append(conflict)
            continue
        taken[file.flow.id] = file
        flows[file.flow.id] = file.flow
    return flows, tuple(problems)


def _conflict(
    file: FlowFile, flows: Mapping[str, Flow], taken: Mapping[str, FlowFile]
) -> FlowProblem | None:
    """Why ``file`` cannot join ``flows``; the file that comes first by name wins."""
    flow = file.flow
    if flow.id in taken:
        other = shown(taken[flow.id].path.name)
        return file.problem(("id",), t("flows.flow_twice", id=flow.id, other=other))
    # Stage ids begin with the code: two flows of one code would have the same stages.
    for rival in flows.values():
        if rival.code == flow.code and rival.id != flow.id:
            message = t("flows.code_taken", code=flow.code, other=rival.id)
            return file.problem(("code",), message)
    return None
