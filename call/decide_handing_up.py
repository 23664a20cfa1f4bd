"""Consulting, the callback, the note that leaves, and what can be told only once."""

from __future__ import annotations

from call import commands as c
from call import events as e
from call.advice_superior import asks_superior_anew
from call.clock import as_utc
from call.decision import Decision, Refusal, Situation, steps


def start_consult(command: c.StartConsult, at: Situation) -> Decision:
    """A superior is asked: kept once per call, and again where guidance asks for one anew."""
    is_wanted = asks_superior_anew(at.case, at.now, at.limits)
    if at.case.handing_up.was_consulted_in(at.case.call_id) and not is_wanted:
        return ()
    return steps(e.ConsultStarted())


def commit_callback(command: c.CommitCallback, at: Situation) -> Decision:
    """Keep who calls back by when; both are needed (rules.md #69)."""
    owner = command.owner.strip()
    if not owner:
        return Refusal("callback.no_owner")
    return steps(
        e.CallbackCommitted(
            owner, command.owner_title.strip(), as_utc(command.due_at), command.estimate_minutes
        )
    )


def answer_callback(command: c.AnswerCallback, at: Situation) -> Decision:
    """The customer's answer."""
    if at.case.handing_up.commitment is None:
        return Refusal("callback.none")
    return steps(e.CallbackAnswered(command.accepted))


def settle_due(command: c.SettleDue, at: Situation) -> Decision:
    """What had a date was done."""
    if command.target not in {due.target for due in at.case.dues()}:
        return Refusal("due.not_there")
    return steps(e.DueSettled(command.target))


def record_handoff(command: c.RecordHandoff, at: Situation) -> Decision:
    """The note left the desk."""
    return steps(e.HandoffMade(command.form, command.file_name, command.missing))


def give_warning(command: c.GiveWarning, at: Situation) -> Decision:
    """Keep a warning."""
    return steps(e.WarningGiven(command.act, command.quote))


def tell_concession(command: c.TellConcession, at: Situation) -> Decision:
    """One concession; another only with a superior's reason (rules.md #12-#15)."""
    is_another = len(at.case.handing_up.concessions) >= at.limits.max_concessions
    if is_another and not command.superior_reason.strip():
        return Refusal("concession.second_needs_reason")
    return steps(e.ConcessionTold(command.offer, command.approver, command.superior_reason))


def dismiss_advice(command: c.DismissAdvice, at: Situation) -> Decision:
    """Put a prompt aside for this call, or for its target."""
    if at.case.handing_up.is_dismissed(at.case.call_id, command.prompt, command.target):
        return ()
    return steps(e.AdviceDismissed(command.prompt, command.target))


def join_case(command: c.JoinCase, at: Situation) -> Decision:
    """The caller is that of an earlier case."""
    if command.into == at.case.id:
        return Refusal("join.same_case")
    return steps(e.CaseJoined(command.into))
