"""What after-call work still lacks, the conclusion first (F8-S1, F8-S2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from call.case import Case
from call.fold_facts import FACT_KINDS
from scripts_ja.model import NoteKind

CONCLUSION, APOLOGY = "conclusion", "apology"


def wrap_up_gaps(case: Case) -> tuple[str, ...]:
    """Ids of what is missing, in the order it is written; words ``wrap_up.gap.<id>``.

    None of them stops anybody: after-call work can be parked or finished with gaps.
    """
    return tuple(gap for gap, lacks in _GAPS.items() if lacks(case))


def _blank(key: str) -> Callable[[Case], bool]:
    return lambda case: not case.field(key).strip()


def _lacks_request(case: Case) -> bool:
    is_noted = case.field("request").strip() or case.notes.of_kind(NoteKind.REQUEST)
    return not is_noted and case.field("request_unheard") != "1"


def _has_open_promise(case: Case) -> bool:
    """A promise without a time or an owner."""
    return any(entry.lacks for entry in case.columns.of_kind(NoteKind.PROMISE))


_GAPS: Mapping[str, Callable[[Case], bool]] = {
    CONCLUSION: _blank(CONCLUSION),
    "issue": _blank("issue"),
    "request": _lacks_request,
    "facts": lambda case: not case.notes.of_kind(*FACT_KINDS),
    "promise": _has_open_promise,
    "temperature": lambda case: case.marks.temperature == 0,
    APOLOGY: _blank(APOLOGY),
    "disposition": lambda case: case.wrap_up.ending is None,
    "unread_report": lambda case: any(not sent.read_by for sent in case.wrap_up.reports),
}
