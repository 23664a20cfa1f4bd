"""``limits.toml`` of a department: the settings that an agent's own cannot override."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from app.settings import TABLE, Problem, Value, checked
from scripts_ja.flow_problem import FlowProblem, shown
from scripts_ja.texts import t
from scripts_ja.toml_file import TomlFile, read_toml

# What is one and the same for everybody who tells it to a customer.
_LOCKABLE_DESK = {"contact_tel", "hours", "address", "help_line", "help_line_checked"}
LOCKABLE = frozenset(
    setting.name
    for setting in TABLE
    if setting.section == "limits" or (setting.section == "desk" and setting.key in _LOCKABLE_DESK)
)
_BY_NAME = {setting.name: setting for setting in TABLE}

Locks = Mapping[str, Value]


def read_locks(path: Path, content: bytes) -> dict[str, Value] | tuple[FlowProblem, ...]:
    """The locked values by name, or what is wrong: a file with one bad value locks nothing.

    A repaired value would be one that nobody chose, and it would stand over the agent's own.
    """
    file = read_toml(path, content)
    if isinstance(file, FlowProblem):
        return (file,)
    settings, problems = checked(file.data)
    found = [_problem(file, problem.name, _message(problem)) for problem in problems]
    locks = settings.given_values()
    found += [
        _problem(file, name, t("department.not_lockable", name=shown(name)))
        for name in sorted(set(locks) - LOCKABLE)
    ]
    return tuple(found) if found else locks


def _message(problem: Problem) -> str:
    """What is wrong with a value, without the repair: here nothing is repaired."""
    setting = _BY_NAME.get(problem.name)
    if setting is None:
        return problem.message
    label = t(f"settings.label.{setting.name}")
    if isinstance(setting.default, int):
        return t("department.bad_number", label=label, low=setting.low, high=setting.high)
    return t("department.bad_text", label=label)


def _problem(file: TomlFile, name: str, message: str) -> FlowProblem:
    return file.problem(tuple(name.split(".", 1)), message)
