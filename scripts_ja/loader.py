"""The flows of this desk: the shipped ones with a person's own folder laid over them.

Loading never fails. A file that cannot be used is named in ``problems`` and everything else
loads; where a person's version of a flow is broken, the shipped one stands in for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path

from msgspec import Struct

from scripts_ja.flow_file import MAX_FILE_BYTES, FlowFile, parse_flow
from scripts_ja.flow_problem import FlowProblem, shown
from scripts_ja.model import Flow, FlowBook
from scripts_ja.texts import t

__all__ = ["FlowProblem", "LoadedFlows", "check_flows", "load_flows"]

MAX_FILES = 100


class LoadedFlows(Struct, frozen=True):
    """The flows that can be used, and what could not be."""

    book: FlowBook
    problems: tuple[FlowProblem, ...]


def load_flows(user_dir: Path | None) -> LoadedFlows:
    """The shipped flows with those of ``user_dir`` laid over them, and every problem found.

    A flow of the same id takes the place of the shipped one; new ids come after them, by file
    name. A folder that does not exist is no problem: most people have none. Never raises.
    """
    shipped, problems = _shipped_flows()
    if user_dir is not None and _exists(user_dir):
        flows, user_problems = _laid_over(shipped, user_dir)
        return LoadedFlows(FlowBook(flows), (*problems, *user_problems))
    return LoadedFlows(FlowBook(tuple(shipped.values())), problems)


def check_flows(folder: Path) -> tuple[FlowProblem, ...]:
    """What is wrong with the flow files of ``folder``, laid over the shipped ones. Never raises."""
    if not _exists(folder):
        return (FlowProblem(folder, None, t("flows.no_folder")),)
    _, problems = _laid_over(_shipped_flows()[0], folder)
    return problems


def _shipped_flows() -> tuple[dict[str, Flow], tuple[FlowProblem, ...]]:
    """The flows inside the program by id, in the order of their codes (F1, F2, … F10)."""
    parsed = [
        parse_flow(Path(str(resource)), resource.read_bytes())
        for resource in files("scripts_ja").joinpath("flows").iterdir()
        if _is_flow_name(resource.name)
    ]
    flows = [found.flow for found in parsed if isinstance(found, FlowFile)]
    problems = [problem for found in parsed if isinstance(found, tuple) for problem in found]
    flows.sort(key=lambda flow: (len(flow.code), flow.code))
    return {flow.id: flow for flow in flows}, tuple(problems)


def _laid_over(
    shipped: Mapping[str, Flow], folder: Path
) -> tuple[tuple[Flow, ...], tuple[FlowProblem, ...]]:
    found, problems = _read_folder(folder)
    flows = dict(shipped)
    taken: dict[str, FlowFile] = {}
    for file in found:
        conflict = _conflict(file, flows, taken)
        if conflict is not None:
            problems.append(conflict)
            continue
        taken[file.flow.id] = file
        flows[file.flow.id] = file.flow
    return tuple(flows.values()), tuple(problems)


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


def _read_folder(folder: Path) -> tuple[list[FlowFile], list[FlowProblem]]:
    try:
        paths = sorted(path for path in folder.iterdir() if _is_flow_name(path.name))
    except OSError:
        return [], [FlowProblem(folder, None, t("flows.unreadable_folder"))]
    problems: list[FlowProblem] = []
    if len(paths) > MAX_FILES:
        problems.append(FlowProblem(folder, None, t("flows.too_many_files", limit=MAX_FILES)))
    found: list[FlowFile] = []
    for path in paths[:MAX_FILES]:
        parsed = _read_file(path)
        if isinstance(parsed, FlowFile):
            found.append(parsed)
        else:
            problems.extend(parsed)
    return found, problems


def _read_file(path: Path) -> FlowFile | Iterable[FlowProblem]:
    try:
        # Only a regular file: opening a pipe would wait for ever.
        if not path.is_file():
            return (FlowProblem(path, None, t("flows.not_a_file")),)
        with path.open("rb") as stream:
            content = stream.read(MAX_FILE_BYTES + 1)
    except OSError:
        return (FlowProblem(path, None, t("flows.unreadable")),)
    return parse_flow(path, content)


def _is_flow_name(name: str) -> bool:
    """Editors and macOS leave hidden companions (``._x.toml``, ``.#x.toml``) beside a file."""
    return name.lower().endswith(".toml") and not name.startswith(".")


def _exists(folder: Path) -> bool:
    """Whether something is there; what may not be looked at counts, so that reading tells why."""
    try:
        return folder.exists()
    except OSError:
        return True
