"""A sample call as a file: commands with times, for the demonstration and the tests.

A step is a command of ``call/commands.py`` by its tag (``do``) with that command's own fields,
and ``at`` (minutes and seconds after ``starts_at``). A deadline is typed as an agent would type
it: ``due = "+30"`` becomes the command's ``due_at``. ``washing_machine.toml`` shows all of it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Union

import msgspec
from msgspec import Meta, Struct

from call.commands import Command
from scripts_ja.dates import parse_due
from scripts_ja.flow_messages import syntax_line, syntax_message
from scripts_ja.flow_problem import shown
from scripts_ja.source_lines import line_of
from scripts_ja.texts import t

MAX_FILE_BYTES = 256 * 1024
# A start without a zone is Japan's own time, which knows no daylight saving.
_JAPAN = timezone(timedelta(hours=9), "JST")
_YEARS = range(2000, 2200)
# Times are typed as an agent would type them, and become these fields of the command.
_TYPED_TIMES = {
    "due": "due_at",
    "expires": "expires_at",
    "visit": "visit_at",
    "call": "call_at",
    "next": "next_at",
    "check": "check_at",
}
_AT = re.compile(r"([0-9]{1,3}):([0-5][0-9])")
_COMMANDS: Mapping[str, type[Command]] = {
    str(kind.__struct_config__.tag): kind for kind in Command.__subclasses__()
}
_ANY_COMMAND: Any = Union[tuple(_COMMANDS.values())]  # noqa: UP007 - built from a tuple

Text = Annotated[str, Meta(min_length=1)]


class ScenarioError(ValueError):
    """A scenario that cannot be used; its text is one Japanese sentence with the place."""


class Step(Struct, frozen=True):
    """A command and when it comes, in seconds after the start of the scenario."""

    at_seconds: int
    command: Command


class Scenario(Struct, frozen=True):
    """A whole call: who takes it, by which flow, and what is done when.

    ``starts_at`` is aware; its zone is the one that the call's local times are in. ``follows``
    names the scenario whose case this one takes over, or is empty.
    """

    title: str
    starts_at: datetime
    flow: str
    agent: str
    company: str
    department: str
    steps: tuple[Step, ...]
    follows: str = ""
    contact_tel: str = ""
    hours: str = ""


class _Header(Struct, frozen=True, forbid_unknown_fields=True):
    """What stands in the file before its steps."""

    title: Text
    starts_at: Any
    flow: Text
    agent: Text
    company: Text
    department: str
    step: tuple[dict[str, Any], ...]
    follows: str = ""
    contact_tel: str = ""
    hours: str = ""


class _Problem(Exception):  # noqa: N818 - never leaves this module
    """What is wrong, and where in the data."""

    def __init__(self, path: tuple[str | int, ...], message: str) -> None:
        super().__init__(message)
        self.path = path
        self.message = message


def load_scenario(path_or_name: str | Path) -> Scenario:
    """The shipped scenario of that name, or the one in that file.

    Raises:
        ScenarioError: there is none, or what stands there is no scenario.
    """
    name, content = _read(path_or_name)
    source = _decoded(name, content)
    try:
        return _scenario(_parsed(name, source))
    except _Problem as problem:
        raise _error(name, problem.message, line_of(source, problem.path)) from None


def shipped_scenarios() -> tuple[str, ...]:
    """The names of the scenarios inside the program."""
    folder = files("scripts_ja").joinpath("scenarios")
    names = (entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return tuple(sorted(name.removesuffix(".toml") for name in names))


def _read(path_or_name: str | Path) -> tuple[str, bytes]:
    """The name to say in messages, and the bytes."""
    wanted = str(path_or_name)
    if wanted in shipped_scenarios():
        resource = files("scripts_ja").joinpath("scenarios", f"{wanted}.toml")
        return resource.name, resource.read_bytes()
    path = Path(path_or_name)
    try:
        # Only a regular file: opening a pipe would wait for ever.
        if path.is_file():
            with path.open("rb") as stream:
                return path.name, stream.read(MAX_FILE_BYTES + 1)
        is_there = path.exists()
    except (OSError, ValueError):
        raise _error(path.name, t("scenario.unreadable")) from None
    if is_there:
        raise _error(path.name, t("scenario.not_a_file"))
    names = ", ".join(shipped_scenarios())
    raise ScenarioError(t("scenario.unknown", name=shown(wanted), names=names))


def _decoded(name: str, content: bytes) -> str:
    if len(content) > MAX_FILE_BYTES:
        raise _error(name, t("scenario.too_large", limit=MAX_FILE_BYTES // 1024))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _error(name, t("scenario.not_utf8"), line) from None


def _parsed(name: str, source: str) -> dict[str, Any]:
    try:
        return tomllib.loads(source)
    except RecursionError:
        raise _error(name, t("scenario.too_deep")) from None
    except ValueError as error:
        raise _error(name, syntax_message(error), syntax_line(error, source)) from None


def _error(name: str, message: str, line: int | None = None) -> ScenarioError:
    if line is None:
        return ScenarioError(t("scenario.in_file", file=shown(name), message=message))
    return ScenarioError(t("scenario.at_line", file=shown(name), line=line, message=message))


def _scenario(data: dict[str, Any]) -> Scenario:
    header = _header(data)
    if not header.step:
        raise _Problem((), t("scenario.no_steps"))
    starts_at = _start(str(header.starts_at))
    steps: list[Step] = []
    for index, raw in enumerate(header.step):
        step = _step(index, raw, starts_at)
        if steps and step.at_seconds < steps[-1].at_seconds:
            message = t("scenario.not_in_order", where=_where(("step", index)))
            raise _Problem(("step", index, "at"), message)
        steps.append(step)
    return Scenario(
        title=header.title,
        starts_at=starts_at,
        flow=header.flow,
        agent=header.agent,
        company=header.company,
        department=header.department,
        steps=tuple(steps),
        follows=header.follows,
        contact_tel=header.contact_tel,
        hours=header.hours,
    )


def _start(text: str) -> datetime:
    try:
        starts_at = datetime.fromisoformat(text)
    except ValueError:
        starts_at = None
    # At the ends of the calendar, zones and deadlines have no room.
    if starts_at is None or starts_at.year not in _YEARS:
        raise _Problem(("starts_at",), t("scenario.bad_start"))
    return starts_at if starts_at.tzinfo else starts_at.replace(tzinfo=_JAPAN)


def _step(index: int, raw: dict[str, Any], starts_at: datetime) -> Step:
    path = ("step", index)
    fields = dict(raw)
    found = _AT.fullmatch(str(fields.pop("at", "")))
    if found is None:
        raise _Problem((*path, "at"), t("scenario.bad_at", where=_where(path)))
    at_seconds = int(found[1]) * 60 + int(found[2])
    kind = _COMMANDS.get(str(fields.get("do", "")))
    if kind is None:
        message = t("scenario.bad_do", where=_where(path), value=shown(fields.get("do", "")))
        raise _Problem((*path, "do"), message)
    now = starts_at + timedelta(seconds=at_seconds)
    for typed, meant in _TYPED_TIMES.items():
        if typed in fields and typed not in kind.__struct_fields__:
            fields[meant] = _due((*path, typed), str(fields.pop(typed)), now, (kind, meant))
    return Step(at_seconds, _command(fields, path))


def _due(
    path: tuple[str | int, ...], text: str, now: datetime, field: tuple[type[Command], str]
) -> datetime:
    kind, meant = field
    if meant not in kind.__struct_fields__:
        raise _Problem(path, t("scenario.no_due", where=_where(path), field=path[-1]))
    due_at = parse_due(text, now)
    if due_at is None:
        values = {"where": _where(path), "field": path[-1], "value": shown(text)}
        raise _Problem(path, t("scenario.bad_due", **values))
    return due_at


def _header(data: dict[str, Any]) -> _Header:
    try:
        return msgspec.convert(data, _Header)
    except msgspec.ValidationError as error:
        raise _problem(str(error), ()) from None


def _command(fields: dict[str, Any], path: tuple[str | int, ...]) -> Command:
    try:
        command: Command = msgspec.convert(fields, _ANY_COMMAND)
    except msgspec.ValidationError as error:
        raise _problem(str(error), path) from None
    return command


def _problem(english: str, path: tuple[str | int, ...]) -> _Problem:
    if found := re.match(r"Object (missing required|contains unknown) field `(.*?)`", english):
        key = "missing" if found[1] == "missing required" else "unknown_field"
        message = t(f"scenario.{key}", where=_where(path), field=shown(found[2]))
        return _Problem((*path, found[2]), message)
    if found := re.search(r"at `\$\.(\w+)(?:\[(\d+)\])?", english):
        return _Problem((*path, found[1]), t("scenario.wrong", where=_where(path), field=found[1]))
    return _Problem(path, t("scenario.wrong_table", where=_where(path)))


def _where(path: tuple[str | int, ...]) -> str:
    """The step in words, or the part before the steps."""
    if len(path) > 1 and isinstance(path[1], int):
        return t("scenario.place.step", number=path[1] + 1)
    return t("scenario.place.top")
