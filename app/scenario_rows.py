"""Which row a scenario means: a file cannot know ids, so it says how the row begins.

``note_id = "= 昨日の訪問"`` is the last note whose words begin so, and likewise for next actions
and for what is owed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import structs

from app.scenario import ScenarioError
from call.case import Case
from call.commands import Command
from scripts_ja.flow_problem import shown
from scripts_ja.texts import t

Rows = list[tuple[str, str]]

_MARK = "= "


def with_ids(command: Command, case: Case | None) -> Command:
    """The same command with the ids of the rows it means.

    Raises:
        ScenarioError: no row of the case begins so.
    """
    meant = {}
    for name, rows_of in _ROWS.items():
        value = getattr(command, name, "")
        if value.startswith(_MARK):
            rows = rows_of(case) if case else []
            meant[name] = _id_of(value.removeprefix(_MARK), rows)
    return structs.replace(command, **meant) if meant else command


def _id_of(start: str, rows: Rows) -> str:
    found = [row_id for text, row_id in rows if text.startswith(start)]
    if not found:
        raise ScenarioError(t("scenario.no_row", text=shown(start)))
    return found[-1]


def _notes(case: Case) -> Rows:
    return [(note.text, note.note_id) for note in case.notes.notes]


def _actions(case: Case) -> Rows:
    return [(action.text, action.action_id) for action in case.actions.actions]


def _dues(case: Case) -> Rows:
    """What is owed; a callback has no words but those of who calls."""
    return [(due.text or due.owner, due.target) for due in case.dues()]


_ROWS: Mapping[str, Callable[[Case], Rows]] = {
    "note_id": _notes,
    "after": _notes,
    "request_id": _notes,
    "entry_id": _notes,
    "action_id": _actions,
    "target": _dues,
}
