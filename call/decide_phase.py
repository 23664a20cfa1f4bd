"""Ringing, talking, holding, ending, after-call work."""

from __future__ import annotations

from call import commands as c
from call import events as e
from call.decide_stage import first_stage_of
from call.decision import Decision, Refusal, Situation, Step, steps
from call.fold_times import CallPhase
from scripts_ja.model import HoldKind


def ring(command: c.Ring, at: Situation) -> Decision:
    """A call rings; the session has opened a case for it."""
    if at.case.phase not in (CallPhase.IDLE, CallPhase.CLOSED):
        return Refusal("phase.already_running")
    return steps(e.CallRinging(command.direction, command.number))


def start_call(command: c.StartCall, at: Situation) -> Decision:
    """The call is answered: the first stage of the flow opens with it.

    A case whose calls are all closed may have another: the agent rings the customer back.
    """
    phase = at.case.phase
    if phase not in (CallPhase.IDLE, CallPhase.RINGING, CallPhase.CLOSED):
        return Refusal("phase.already_running")
    ringing = at.case.call if phase is CallPhase.RINGING else None
    direction = command.direction or (ringing.direction if ringing else e.Direction.INCOMING)
    number = command.number or (ringing.number if ringing else "")
    started = Step(e.CallStarted(direction, number))
    first = first_stage_of(at.book, at.first_flow)
    return (started, Step(first, follows=True)) if first else (started,)


def hold(command: c.Hold, at: Situation) -> Decision:
    """Put on hold. A second hold is never refused; the guidance says what to do instead."""
    call = at.case.call
    if at.case.phase is CallPhase.ON_HOLD:
        return Refusal("phase.already_held")
    if call is None or at.case.phase is not CallPhase.TALKING:
        return Refusal("phase.no_talk_to_hold")
    kind = command.hold_kind or expected_hold_kind(at)
    return steps(e.CallHeld(kind, call.announced_minutes))


def resume(command: c.Resume, at: Situation) -> Decision:
    """Take off hold."""
    if at.case.phase is not CallPhase.ON_HOLD:
        return Refusal("phase.not_held")
    return steps(e.CallResumed())


def toggle_hold(command: c.ToggleHold, at: Situation) -> Decision:
    """Hold or resume, whichever fits."""
    if at.case.phase is CallPhase.ON_HOLD:
        return resume(c.Resume(), at)
    return hold(c.Hold(), at)


def toggle_hold_kind(command: c.ToggleHoldKind, at: Situation) -> Decision:
    """The other kind, for the hold that runs or the next one."""
    if not at.case.phase.is_live:
        return Refusal("phase.no_call")
    is_consult = expected_hold_kind(at) is HoldKind.CONSULT
    return steps(e.HoldKindChanged(HoldKind.LOOKUP if is_consult else HoldKind.CONSULT))


def announce_hold(command: c.AnnounceHold, at: Situation) -> Decision:
    """Keep what the caller was told."""
    if not at.case.phase.is_live:
        return Refusal("phase.no_call")
    return steps(e.HoldAnnounced(command.minutes))


def end_call(command: c.EndCall, at: Situation) -> Decision:
    """Close the line; ringing that stops is a missed call."""
    if at.case.phase is CallPhase.RINGING:
        return steps(e.CallMissed())
    if not at.case.phase.is_live:
        return Refusal("phase.no_call_to_end")
    return steps(e.CallEnded())


def park_wrap_up(command: c.ParkWrapUp, at: Situation) -> Decision:
    """Put after-call work aside."""
    if at.case.phase is not CallPhase.WRAP_UP:
        return Refusal("phase.no_wrap_up")
    return steps(e.WrapUpParked())


def resume_wrap_up(command: c.ResumeWrapUp, at: Situation) -> Decision:
    """Take after-call work up again."""
    if at.case.phase is not CallPhase.PARKED:
        return Refusal("phase.no_parked")
    return steps(e.WrapUpResumed())


def finish_wrap_up(command: c.FinishWrapUp, at: Situation) -> Decision:
    """After-call work is done; never refused for what is still missing."""
    if not at.case.phase.is_after_call:
        return Refusal("phase.no_wrap_up")
    return steps(e.CallClosed())


def expected_hold_kind(at: Situation) -> HoldKind:
    """The kind of the running hold, or of the next one: as chosen, else as the stage says."""
    call = at.case.call
    if call is not None and call.hold is not None:
        return call.hold.kind
    if call is not None and call.next_hold_kind is not None:
        return call.next_hold_kind
    visit = at.case.stages.current
    found = at.book.find_stage(visit.stage_id) if visit else None
    return found[1].hold if found else HoldKind.LOOKUP
