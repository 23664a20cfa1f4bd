"""What a handoff note still lacks: conditions H01 to H12, H16 and H19 to H21 of the validation table.

Nothing here stops anybody: an export with gaps is possible, and the note says 未確認 in place.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from call.case import Case
from call.events import PlanItem, Safety
from call.fold_columns import Lack
from call.fold_facts import FACT_KINDS
from call.preparation import is_known
from scripts_ja.model import NoteKind


class Gap(Struct, frozen=True):
    """Something a note may lack. ``is_required`` marks 必須, else 注意.

    The words are ``handoff.gap.<id>`` (its name) and ``handoff.missing.<id>`` (what to do).
    """

    id: str
    code: str
    is_required: bool
    applies: Callable[[Case], bool]


def missing_ids(case: Case) -> tuple[str, ...]:
    """The ids of all gaps of this case, in the order of :data:`GAPS`."""
    return tuple(gap.id for gap in GAPS if gap.applies(case))


def _is_blank(case: Case, key: str) -> bool:
    return not case.field(key).strip()


def _has_callback(case: Case) -> bool:
    commitment = case.handing_up.commitment
    return commitment is not None and commitment.accepted is not False


def _lacks_deadline(case: Case) -> bool:
    """H03: nothing is promised for a date, or a promise has none (a refused callback is none)."""
    promises = case.notes.of_kind(NoteKind.PROMISE)
    if any(note.due_at is None for note in promises):
        return True
    return not promises and not _has_callback(case)


def _lacks_callback_tel(case: Case) -> bool:
    """H04: a callback stands, and no number was read back for it."""
    return _has_callback(case) and _is_blank(case, "callback_tel")


def _lacks_owner(case: Case) -> bool:
    """H05: nobody named has committed; a promise of the agent's own names nobody."""
    return case.handing_up.commitment is None


def facts_without_kind(case: Case) -> tuple[int, ...]:
    """H11: which of the fields ``fact1``, ``fact2`` no note of a fact holds, so has no 区分."""
    noted = [note.text for note in case.notes.of_kind(*FACT_KINDS)]
    facts = {number: case.field(f"fact{number}").strip() for number in (1, 2)}
    return tuple(
        number for number, fact in facts.items() if fact and all(fact not in n for n in noted)
    )


def _has_promise_without_owner(case: Case) -> bool:
    """H21: a promise names nobody, and nobody who is still to call back answers for it."""
    promises = case.columns.of_kind(NoteKind.PROMISE)
    is_nobodys = any(Lack.OWNER in promise.lacks for promise in promises)
    return is_nobodys and not any(due.kind == "callback" for due in case.dues())


def _has_act_without_words(case: Case) -> bool:
    """H16: acts were recorded, or a warning given, and nothing says what was said or done when."""
    acts, warnings = case.abuse.acts, case.abuse.warnings
    quotes = [act.quote for act in acts]
    is_only_warned = bool(warnings) and not any([*quotes, *(one.quote for one in warnings)])
    return is_only_warned or not all(quotes)


GAPS = (
    Gap("issue", "H01", True, lambda case: not is_known(case, PlanItem.ISSUE)),
    Gap("request", "H02", True, lambda case: not is_known(case, PlanItem.REQUEST)),
    Gap("deadline", "H03", True, _lacks_deadline),
    Gap("callback_tel", "H04", True, _lacks_callback_tel),
    Gap("owner", "H05", True, _lacks_owner),
    Gap("temperature", "H06", True, lambda case: case.marks.temperature == 0),
    Gap("safety", "H07", True, lambda case: case.marks.safety is Safety.UNASKED),
    Gap("decision", "H08", True, lambda case: _is_blank(case, "decision")),
    Gap("answered", "H09", False, lambda case: not is_known(case, PlanItem.ANSWERED)),
    Gap("ng", "H10", False, lambda case: not is_known(case, PlanItem.NG)),
    Gap("fact_kind", "H11", False, lambda case: bool(facts_without_kind(case))),
    Gap("apology", "H12", False, lambda case: _is_blank(case, "apology")),
    Gap("act_words", "H16", False, _has_act_without_words),
    Gap("one_concession", "H19", True, lambda case: bool(case.concession.conflict)),
    Gap("approver", "H20", False, lambda case: case.concession.lacks_approver),
    Gap("promise_owner", "H21", False, _has_promise_without_owner),
)
