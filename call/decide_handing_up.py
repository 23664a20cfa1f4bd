"""Consulting, the callback, the note that leaves, warnings, joining."""

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


def record_handoff(command: c.RecordHandoff, at: Situation) -> Decision:
    """The note left the desk."""
    return steps(
        e.HandoffMade(
            command.form, command.file_name, command.missing, command.unconfirmed, command.by
        )
    )


def note_taken_over(command: c.NoteTakenOver, at: Situation) -> Decision:
    """Keep an answer once; the same one again says nothing new."""
    known = (body.bundle for _, body in at.case.handing_up.taken_over)
    if command.bundle in known:
        return ()
    return steps(e.HandoffTakenOver(command.by, as_utc(command.at), command.bundle))


def give_warning(command: c.GiveWarning, at: Situation) -> Decision:
    """Keep a warning."""
    return steps(e.WarningGiven(command.act, command.quote))


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
