"""One concession, exactly (rules.md #12-#20)."""

from __future__ import annotations

from call import commands as c
from call import events as e
from call.clock import as_utc
from call.decision import Decision, Refusal, Situation, steps


def plan_concession(command: c.PlanConcession, at: Situation) -> Decision:
    """Settle the one proposal. Without an approver it is kept, and named lacking (H20)."""
    offer, approver = command.offer.strip(), command.approver.strip()
    expires_at = as_utc(command.expires_at) if command.expires_at else None
    known = at.case.concession.planned
    if known is None and not offer:
        return ()
    if known and (known.offer, known.approver, known.expires_at) == (offer, approver, expires_at):
        return ()
    return steps(e.ConcessionPlanned(offer, approver, expires_at))


def tell_concession(command: c.TellConcession, at: Situation) -> Decision:
    """One concession; another only with a superior's reason (rules.md #12-#15).

    An approver and an expiry that are left out are those of the plan, where it is that offer.
    """
    slot = at.case.concession
    planned = slot.planned
    offer = command.offer.strip() or (planned.offer if planned else "")
    reason = command.superior_reason.strip()
    if not offer:
        return Refusal("concession.no_offer")
    if len(slot.told) >= at.limits.max_concessions and not reason:
        return Refusal("concession.second_needs_reason")
    as_planned = planned if planned and planned.offer == offer else None
    expires_at = as_utc(command.expires_at) if command.expires_at else None
    return steps(
        e.ConcessionTold(
            offer,
            command.approver.strip() or (as_planned.approver if as_planned else ""),
            reason,
            command.words.strip(),
            expires_at or (as_planned.expires_at if as_planned else None),
        )
    )


def answer_concession(command: c.AnswerConcession, at: Situation) -> Decision:
    """Keep the customer's answer to the one told last, or to the one named."""
    slot = at.case.concession
    targets = {told.event_id: told for told in slot.told}
    told = targets.get(command.target) if command.target else slot.current
    if told is None:
        return Refusal("concession.none_told")
    words = command.words.strip()
    if (told.answer, told.answer_words) == (command.answer, words):
        return ()
    return steps(e.ConcessionAnswered(told.event_id, command.answer, words))


def state_limit(command: c.StateLimit, at: Situation) -> Decision:
    """Count that the limit was stated; there is none before the proposal was told (#18)."""
    if not at.case.concession.told:
        return Refusal("concession.none_told")
    return steps(e.LimitStated(command.words.strip()))
