"""What the superior has ready before speaking (F3-S0, F4-S1): read off the case, nothing kept."""

from __future__ import annotations

from msgspec import Struct

from call.case import Case
from call.events import PlanItem
from call.fold_plan import TakenView
from scripts_ja.model import NoteKind

# Fields of the plan; they are filled like every other placeholder of the case.
LANDING_POINT = "landing_point"
APPROVER = "approver"
NEVER_OFFER = "never_offer"
FIRST_PHRASE = "first_phrase"
GAP = "gap"


class Check(Struct, frozen=True):
    """One of the five things to read. ``is_known``: the case has something to read there."""

    item: PlanItem
    is_checked: bool
    is_known: bool


class Preparation(Struct, frozen=True):
    """The plan as it stands. Empty texts were not settled yet."""

    checks: tuple[Check, ...]
    legal: TakenView | None
    landing_point: str
    approver: str
    never_offer: str
    first_phrase: str
    gap: str

    @property
    def count(self) -> int:
        """How many of the five were read."""
        return sum(check.is_checked for check in self.checks)

    @property
    def is_ready(self) -> bool:
        """Whether the call may begin: five of five, and a landing point (F3-S0, #11)."""
        return self.count == len(self.checks) and bool(self.landing_point)


def preparation_of(case: Case) -> Preparation:
    """The plan of a case."""
    return Preparation(
        checks=tuple(
            Check(item, item in case.plan.checked, is_known(case, item)) for item in PlanItem
        ),
        legal=case.plan.legal,
        landing_point=case.field(LANDING_POINT),
        approver=case.field(APPROVER),
        never_offer=case.field(NEVER_OFFER),
        first_phrase=case.field(FIRST_PHRASE),
        gap=case.field(GAP),
    )


def is_known(case: Case, item: PlanItem) -> bool:
    """Whether the case says something there, be it only that there is nothing."""
    match item:
        case PlanItem.ISSUE:
            return _is_filled(case, "issue")
        case PlanItem.REQUEST:
            return _is_said(case, "request", NoteKind.REQUEST, "request_unheard")
        case PlanItem.ANSWERED:
            return _is_said(case, "answered", NoteKind.ANSWERED, "answered_none")
        case PlanItem.NG:
            return _is_said(case, "", NoteKind.NG, "ng_none")
        case PlanItem.DEADLINE:
            return _is_filled(case, "deadline") or bool(case.dues())


def _is_said(case: Case, key: str, kind: NoteKind, flag: str) -> bool:
    """By a field, by a note, or by one key that answered "none" or "not heard"."""
    return _is_filled(case, key) or bool(case.notes.of_kind(kind)) or case.field(flag) == "1"


def _is_filled(case: Case, key: str) -> bool:
    return bool(case.field(key).strip())
