"""Placeholders that the second line's desk knows: the offer, a refusal with what is offered."""

from __future__ import annotations

from call.case import Case
from scripts_ja.model import NoteKind
from scripts_ja.noun_form import as_noun


def second_line_values(case: Case) -> dict[str, str]:
    """Values by placeholder key; empty where nothing is known.

    Reason and alternatives are those of one refusal, so that a sentence with both is true.
    """
    refusals = [entry for entry in case.columns.of_kind(NoteKind.CANNOT) if entry.reason]
    refusal = refusals[-1] if refusals else None
    alternatives = refusal.alternatives if refusal else ()
    results = [entry.result for entry in case.columns.of_kind(NoteKind.ASK) if entry.result]
    in_call = [action.text for action in case.actions.now if not action.is_done]
    return {
        "offer": _offer(case),
        "reason": refusal.reason if refusal else "",
        "alternative": alternatives[0] if alternatives else "",
        "alternative2": alternatives[1] if len(alternatives) > 1 else "",
        "result": results[-1] if results else "",
        "immediate_action": in_call[0] if in_call else "",
    }


def _offer(case: Case) -> str:
    """What was told; before that what was planned and approved. Without an approver: nothing."""
    slot = case.concession
    if slot.current is not None:
        return as_noun(slot.current.offer)
    return as_noun(slot.planned.offer) if slot.planned and slot.planned.approver else ""
