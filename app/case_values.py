"""What clock, marks, calls and the callback of a case say about placeholders."""

from __future__ import annotations

from call.case import Case
from call.decide_phase import expected_hold_kind
from call.decision import Situation
from call.events import Direction
from call.fold_times import CallRecord
from scripts_ja.dates import said_dates
from scripts_ja.model import FlowBook
from scripts_ja.noun_form import as_noun
from scripts_ja.texts import t

# More dates than these nobody listens to.
_MOST_DATES = 3


def timer_values(at: Situation) -> dict[str, str]:
    """Minutes of this call and of its holds, and the number that rings."""
    call = at.case.call
    if call is None:
        return {}
    elapsed = int(call.call_seconds(at.now) // 60)
    announced = call.hold.announced_minutes if call.hold else call.announced_minutes
    usual = -(-at.limits.hold_red_seconds(expected_hold_kind(at)) // 60)
    return {
        "hold_min": str(announced or usual),
        "elapsed_min": str(elapsed),
        "extra_min": str(max(1, at.limits.call_amber_minutes - elapsed)),
        "callback_tel": call.number,
    }


def mark_values(at: Situation) -> dict[str, str]:
    """What was marked with a key, and what was told the customer with weight."""
    case = at.case
    return {
        "temp": t(f"temperature.{case.marks.temperature}") if case.marks.temperature else "",
        "safety": t(f"safety.spoken.{case.marks.safety}"),
        "case_no": case.field("company_no") or case.case_no,
        "act": _spoken_act(at.book, act) if (act := _last_act(case)) else "",
    }


def history_values(at: Situation) -> dict[str, str]:
    """The customer's earlier calls of this case, and how often they had to ring."""
    call = at.case.call
    taken = [record for record in at.case.calls.values() if _was_taken(record)]
    earlier = [record for record in taken if record is not call]
    if not earlier:
        return {}
    today = at.now.wall.astimezone().date()
    days = sorted({r.started_at.wall.astimezone().date() for r in earlier if r.started_at})
    said = said_dates([day for day in days if day != today][-_MOST_DATES:])
    parts = [said, t("values.today") if today in days else ""]
    return {
        "prev_dates": t("dates.and").join(part for part in parts if part),
        "burden": _calls_in_words(len(taken)),
    }


def _was_taken(call: CallRecord) -> bool:
    """A call of the customer's that somebody answered."""
    return call.direction is Direction.INCOMING and call.started_at is not None


def _calls_in_words(count: int) -> str:
    numbers = t("values.times").split("/")
    return t("values.calls", times=numbers[count - 2]) if 2 <= count < len(numbers) + 2 else ""


def _last_act(case: Case) -> str:
    """What the customer did last in this call, as it was recorded; else what they were warned of."""
    kinds = [kind for act in case.abuse.acts_in(case.call_id) for kind in act.act_types]
    warned = [warning.act for _, warning in case.handing_up.warnings]
    return (kinds or warned or [""])[-1]


def _spoken_act(book: FlowBook, act: str) -> str:
    """How an act is named to the customer: the name for our records would be an accusation."""
    kinds = (kind for flow in book.flows for kind in flow.act_types)
    kind = next((kind for kind in kinds if act in (kind.id, kind.title)), None)
    return kind.spoken if kind else as_noun(act)
