"""Undo, correction with a reason, and putting back in time. All name; none deletes."""

from __future__ import annotations

from collections.abc import Sequence

from call import commands as c
from call import events as e
from call.clock import elapsed_seconds
from call.corrections import corrections_in
from call.decision import Decision, Refusal, Situation, steps
from call.events import Envelope
from call.fold_times import PHASE_EVENTS, CallPhase

# Putting after-call work aside is no step of the call: it goes with the end that it followed.
_UNDOABLE = (
    *(kind for kind in PHASE_EVENTS if kind not in (e.WrapUpParked, e.WrapUpResumed)),
    e.StageEntered,
    e.TemperatureSet,
    e.SafetySet,
    e.SameTalkRepeated,
    e.NewFactHeard,
    e.CardOpened,
    e.HoldKindChanged,
    e.HoldAnnounced,
    e.NoteRemoved,
    e.CallbackAnswered,
    e.DueSettled,
    e.CaseJoined,
    e.LegalViewTaken,
    e.PreparationChecked,
    e.WordsWorked,
    e.FactPlaced,
    e.FactDetailed,
    e.FactAnswered,
    e.LineDrawn,
    e.RequestPlaced,
    e.ConcessionPlanned,
    e.ConcessionAnswered,
    e.LimitStated,
    e.ActionPlanned,
    e.ActionChanged,
    e.ActionDone,
    e.ActionReopened,
    e.ActionDropped,
    e.NumberReadBack,
    e.CallbackConfirmed,
    e.CallAttempted,
    e.UnreachedDecided,
    e.DuePostponed,
    e.DueHandedOn,
    e.DispositionSet,
    e.EffectChecked,
    e.PreventionWritten,
    e.ReportAcknowledged,
    e.ReportSent,
    e.ActRecorded,
    e.ActDetailed,
    e.AbuseDecided,
    e.AbsenceNoteLeft,
    e.PlaceOffered,
    e.VisitCancelled,
    e.VisitJudged,
    e.VisitMarked,
    e.VisitPlanned,
    e.VisitReported,
)
# What was said to the customer stays said; taking it back needs a reason (issue: corrections).
_NEEDS_REASON = (e.WarningGiven, e.ConcessionTold, e.CallbackCommitted)
# A call that was over for a while is over: one key too many must not open it again.
_ENDS = (e.CallEnded, e.CallMissed, e.CallClosed)
_END_IS_FINAL_SECONDS = 60.0


def undo(command: c.Undo, at: Situation, history: Sequence[Envelope]) -> Decision:
    """Take back the last event that can be taken back, with what it caused."""
    target = _target(history)
    if target is None:
        return Refusal("undo.nothing")
    if isinstance(target.body, _NEEDS_REASON) or _is_final_end(target, at):
        return Refusal("undo.needs_reason")
    return steps(e.EventUndone(target.id))


def correct(command: c.Correct, at: Situation, history: Sequence[Envelope]) -> Decision:
    """Take back what undo would, or may not without a reason, keeping why.

    Of two concessions that are in conflict, either can be named.
    """
    if not command.reason.strip():
        return Refusal("correct.no_reason")
    target = _named(command.target, history) if command.target else _target(history)
    if target is None:
        return Refusal("undo.nothing")
    return steps(e.EventCorrected(target.id, command.reason.strip()))


def retime(command: c.Retime, at: Situation, history: Sequence[Envelope]) -> Decision:
    """Put a start, hold, resume or end back; it may not overtake its neighbours."""
    call = at.case.call
    if call is None:
        return Refusal("phase.no_call")
    places = _retimeable([span.phase for span in call.spans])
    place = places.get(command.what) if command.what else max(places.values(), default=None)
    if place is None:
        return Refusal("retime.nothing")
    new_time = at.now.shifted(-command.seconds_ago)
    before = call.spans[place - 1].start if place else None
    after = call.spans[place + 1].start if place + 1 < len(call.spans) else at.now
    if before is not None and elapsed_seconds(new_time, before) > 0:
        return Refusal("retime.before_the_last")
    if elapsed_seconds(after, new_time) > 0:
        return Refusal("retime.after_the_next")
    return steps(e.EventRetimed(call.spans[place].event_id, new_time))


def _retimeable(phases: list[CallPhase]) -> dict[str, int]:
    """Where the last start, hold, resume and end stand among the spans of a call."""
    talks = [place for place, phase in enumerate(phases) if phase is CallPhase.TALKING]
    holds = [place for place, phase in enumerate(phases) if phase is CallPhase.ON_HOLD]
    # Only the first: the later ones took after-call work up again.
    ends = [place for place, phase in enumerate(phases) if phase is CallPhase.WRAP_UP][:1]
    found = {"start": talks[:1], "hold": holds, "resume": talks[1:], "end": ends}
    return {what: places[-1] for what, places in found.items() if places}


def _target(history: Sequence[Envelope]) -> Envelope | None:
    """The last such event that still counts; an effect stands for its cause."""
    annulled = corrections_in(history).annulled
    by_id = {event.id: event for event in history}
    for event in reversed(history):
        if event.id in annulled or not isinstance(event.body, (*_UNDOABLE, *_NEEDS_REASON)):
            continue
        return by_id.get(event.cause or "", event)
    return None


def _named(event_id: str, history: Sequence[Envelope]) -> Envelope | None:
    """That event, where it needs a reason to be taken back and still counts."""
    if event_id in corrections_in(history).annulled:
        return None
    named = (event for event in history if event.id == event_id)
    return next((event for event in named if isinstance(event.body, _NEEDS_REASON)), None)


def _is_final_end(target: Envelope, at: Situation) -> bool:
    if not isinstance(target.body, _ENDS):
        return False
    return elapsed_seconds(target.at, at.now) > _END_IS_FINAL_SECONDS
