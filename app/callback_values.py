"""What the calls that a case owes say about placeholders: the next try, the next day's call."""

from __future__ import annotations

from app.note_values import Say
from call.decision import Situation
from call.dues import CALLS, NEXT_DAY_CALL
from scripts_ja.dates import spoken_time


def callback_values(at: Situation, say: Say) -> dict[str, str]:
    """Values by placeholder; ``say`` makes a time into the words of this desk.

    ``next_at`` is there from the first try in vain on (F5-S5), ``call_at`` once a visit was in
    vain: a time only, because the phrase says the day.
    """
    found: dict[str, str] = {}
    for due in at.case.dues():
        tries = at.case.callbacks.in_vain(due.target) if due.kind in CALLS else ()
        again = tries[-1].next_at if tries else None
        if again and again > at.now.wall:
            found.setdefault("next_at", say(again))
        if due.kind == NEXT_DAY_CALL:
            found.setdefault("call_at", spoken_time(due.at.astimezone()))
    return found
