"""What the calls that a case owes say about placeholders: the next try."""

from __future__ import annotations

from app.note_values import Say
from call.callback_items import callback_items
from call.decision import Situation
from call.dues import CALLS
from scripts_ja.texts import t


def callback_values(at: Situation, say: Say) -> dict[str, str]:
    """Values by placeholder; ``say`` makes a time into the words of this desk.

    ``next_at`` is there from the first try in vain on (F5-S5).
    """
    found: dict[str, str] = {}
    for due in at.case.dues():
        tries = at.case.callbacks.in_vain(due.target) if due.kind in CALLS else ()
        again = tries[-1].next_at if tries else None
        if again and again > at.now.wall:
            found.setdefault("next_at", say(again))
    return found


def callback_standing(at: Situation) -> str:
    """How the callback stands, in one line: what is missing of the five, who has confirmed, tries."""
    case = at.case
    items = callback_items(case)
    missing = [item for item, is_known in items.items() if not is_known]
    if len(missing) == len(items):
        return t("callback.standing.all_missing")
    if missing:
        names = t("list.comma").join(t(f"callback.short.{item}") for item in missing)
        return t("callback.standing.missing", names=names)
    commitment = case.handing_up.commitment
    if commitment is None or commitment.event_id in case.handing_up.settled:
        return t("callback.standing.done")
    tries = case.callbacks.in_vain(commitment.event_id)
    if tries:
        return t("callback.standing.tries", count=len(tries))
    is_confirmed = commitment.event_id in case.callbacks.confirmed
    return t(f"callback.standing.{'confirmed' if is_confirmed else 'unconfirmed'}")
