"""What a good supervisor would whisper now: at most one prompt, as an id.

A pure function of the case, the agenda, the clock and the limits. Priorities are the order of one
table; the words stand in the resources under ``advice.<id>``. What each row waits for stands in
``call/advice_*.py``.
"""

from __future__ import annotations

from call.advice import Level, Look, Prompt, Row, minutes_without_news
from call.advice_after import acw_guide, visit_alone
from call.advice_agenda import OPEN_CASE, reminder
from call.advice_call import call_amber, call_red, in_circles, tell_callback, tries_used
from call.advice_calm import (
    pause_cue,
    reception_end,
    reception_over,
    reception_runs,
    reception_start,
)
from call.advice_hold import hold_amber, hold_announced, hold_red, second_hold
from call.advice_superior import beside_you, danger, long_call, stalemate, warnings_used
from call.agenda import Agenda
from call.case import Case
from call.clock import Reading
from call.limits import Limits

__all__ = ["TABLE", "WITHOUT_LIMITS", "Level", "Prompt", "advise", "minutes_without_news"]

_CALM, _AMBER, _RED = Level.CALM, Level.AMBER, Level.RED

# The only row that speaks in a call without limits; then it is silent.
WITHOUT_LIMITS = (Row("beside_you", _RED, "consult", "X12", beside_you, stays=True),)

# The first row that speaks is the prompt: red before amber before calm, the customer on the line
# before other cases - but for a callback that is due in minutes, which cannot wait for the end.
TABLE: tuple[Row, ...] = (
    *WITHOUT_LIMITS,
    Row("danger", _RED, "consult", "#110, F7-S1", danger),
    Row("second_hold", _RED, "hold", "#72, #73", second_hold),
    Row("hold_red", _RED, "hold", "2.9", hold_red),
    Row("long_call", _RED, "consult", "2.1, 2.9", long_call),
    Row("call_red", _RED, "consult", "#63", call_red),
    Row("report_safety", _RED, OPEN_CASE, "#38, 2.5", reminder("report_safety")),
    Row("visit_overdue", _RED, OPEN_CASE, "#112, F6-S2", reminder("visit_overdue")),
    Row("callback_late", _RED, OPEN_CASE, "#69, M5", reminder("callback_late")),
    Row("promise_late", _RED, OPEN_CASE, "#100, F8-S4", reminder("promise_late")),
    Row("report_red", _RED, OPEN_CASE, "#38, F8-S2", reminder("report_red")),
    Row("hold_announced", _AMBER, "hold", "2.9, M3", hold_announced),
    Row("hold_amber", _AMBER, "hold", "2.9", hold_amber),
    Row("callback_last", _AMBER, OPEN_CASE, "#69, F5-S3", reminder("callback_last")),
    Row("promise_last", _AMBER, OPEN_CASE, "#100, F8-S4", reminder("promise_last")),
    Row("warnings_used", _AMBER, "consult", "2.1, F7-S3", warnings_used),
    Row("call_amber", _AMBER, "consult", "#63", call_amber),
    Row("stalemate", _AMBER, "consult", "2.1, 2.9", stalemate),
    Row("in_circles", _AMBER, "consult", "#60, #68", in_circles),
    Row("tries_used", _AMBER, "consult", "#58, #61, #67", tries_used),
    Row("tell_callback", _AMBER, "callback_answer", "#70", tell_callback),
    Row("callback_first", _AMBER, OPEN_CASE, "#69, F5-S3", reminder("callback_first")),
    Row("promise_first", _AMBER, OPEN_CASE, "#100, F8-S4", reminder("promise_first")),
    Row("report_amber", _AMBER, OPEN_CASE, "#38, F8-S2", reminder("report_amber")),
    Row("unreached", _AMBER, OPEN_CASE, "F5-S5", reminder("unreached")),
    Row("interim_report", _AMBER, OPEN_CASE, "R10", reminder("interim_report")),
    Row("offer_late", _AMBER, OPEN_CASE, "#16", reminder("offer_late")),
    Row("visit_alone", _AMBER, "", "#112", visit_alone),
    Row("acw_guide", _AMBER, "end", "M1", acw_guide),
    Row("pause_cue", _CALM, "", "#105", pause_cue),
    Row("reception_start", _CALM, "", "#85, #86", reception_start),
    Row("reception_runs", _CALM, "", "#85, #88", reception_runs),
    Row("reception_end", _CALM, "", "#85, F3-S1", reception_end),
    Row("reception_over", _CALM, "next", "#85, F3-S1", reception_over),
)


def advise(
    case: Case | None, now: Reading, limits: Limits, agenda: Agenda | None = None
) -> Prompt | None:
    """The one prompt for this moment, or None. What was put aside does not come again.

    ``case`` is the one in hand, where there is one; ``agenda`` what all others owe. Once a card
    took the limits of a call away, nothing speaks in it but the wish for a superior.
    """
    look = Look(case, now, limits, agenda or Agenda())
    has_no_limits = look.live is not None and look.live.case.has_no_limits
    for row in WITHOUT_LIMITS if has_no_limits else TABLE:
        prompt = _prompt(row, look)
        if prompt is not None:
            return prompt
    return None


def _prompt(row: Row, look: Look) -> Prompt | None:
    """What a row says now, unless it was put aside."""
    found = row.look(look)
    if found is None or (not found.about and _is_dismissed(row.id, look)):
        return None
    action = row.action if found.action is None else found.action
    return Prompt(row.id, row.level, action, row.rule, found.values, found.about, row.stays)


def _is_dismissed(prompt_id: str, look: Look) -> bool:
    if look.case is None:
        return False
    return look.case.handing_up.is_dismissed(look.case.call_id, prompt_id)
