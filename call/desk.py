"""One desk per case: it dispatches commands to who decides, records and folds the events."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct, structs

from call import commands as c
from call import (
    decide_abuse,
    decide_actions,
    decide_callback,
    decide_columns,
    decide_concession,
    decide_correction,
    decide_dues,
    decide_facts,
    decide_handing_up,
    decide_phase,
    decide_plan,
    decide_record,
    decide_stage,
    decide_visit,
    decide_wrap_up,
)
from call.case import Case
from call.clock import Reading
from call.corrections import is_correction
from call.decision import Decision, Refusal, Situation, Step
from call.events import (
    Body,
    CallRinging,
    CallStarted,
    CaseOpened,
    Envelope,
    new_id,
)
from call.fold_times import CallPhase
from call.limits import Limits
from call.screening import screen_final, sound
from scripts_ja.model import FlowBook

Decide = Callable[[Any, Situation], Decision]
DecideWithHistory = Callable[[Any, Situation, list[Envelope]], Decision]

_DECIDES: dict[type[c.Command], Decide] = {
    c.Ring: decide_phase.ring,
    c.StartCall: decide_phase.start_call,
    c.Hold: decide_phase.hold,
    c.Resume: decide_phase.resume,
    c.ToggleHold: decide_phase.toggle_hold,
    c.ToggleHoldKind: decide_phase.toggle_hold_kind,
    c.AnnounceHold: decide_phase.announce_hold,
    c.EndCall: decide_phase.end_call,
    c.ParkWrapUp: decide_phase.park_wrap_up,
    c.ResumeWrapUp: decide_phase.resume_wrap_up,
    c.FinishWrapUp: decide_phase.finish_wrap_up,
    c.AdvanceStage: decide_stage.advance_stage,
    c.GoBack: decide_stage.go_back,
    c.EnterStage: decide_stage.enter_stage,
    c.ToggleAside: decide_stage.toggle_aside,
    c.OpenCard: decide_record.open_card,
    c.SetTemperature: decide_record.set_temperature,
    c.SetSafety: decide_record.set_safety,
    c.MarkSameTalk: decide_record.mark_same_talk,
    c.MarkNewFact: decide_record.mark_new_fact,
    c.FillField: decide_record.fill_field,
    c.TakeNote: decide_record.take_note,
    c.EditNote: decide_record.edit_note,
    c.RemoveNote: decide_record.remove_note,
    c.AllowNumber: decide_record.allow_number,
    c.StartConsult: decide_handing_up.start_consult,
    c.CommitCallback: decide_handing_up.commit_callback,
    c.AnswerCallback: decide_handing_up.answer_callback,
    c.SettleDue: decide_dues.settle_due,
    c.PostponeDue: decide_dues.postpone_due,
    c.HandOnDue: decide_dues.hand_on_due,
    c.RecordHandoff: decide_handing_up.record_handoff,
    c.GiveWarning: decide_handing_up.give_warning,
    c.DismissAdvice: decide_handing_up.dismiss_advice,
    c.JoinCase: decide_handing_up.join_case,
    c.ReadBackNumber: decide_callback.read_back_number,
    c.ConfirmCallback: decide_callback.confirm_callback,
    c.TryCall: decide_callback.try_call,
    c.SetNextTry: decide_callback.set_next_try,
    c.DecideUnreached: decide_callback.decide_unreached,
    c.JudgeVisit: decide_visit.judge_visit,
    c.OfferPlace: decide_visit.offer_place,
    c.PlanVisit: decide_visit.plan_visit,
    c.CancelVisit: decide_visit.cancel_visit,
    c.MarkVisit: decide_visit.mark_visit,
    c.LeaveAbsenceNote: decide_visit.leave_absence_note,
    c.ReportVisit: decide_visit.report_visit,
    c.RecordAct: decide_abuse.record_act,
    c.DetailAct: decide_abuse.detail_act,
    c.DecideAbuse: decide_abuse.decide_abuse,
    c.NoteAbuse: decide_abuse.note_abuse,
    c.SetDisposition: decide_wrap_up.set_disposition,
    c.SendReport: decide_wrap_up.send_report,
    c.AcknowledgeReport: decide_wrap_up.acknowledge_report,
    c.WritePrevention: decide_wrap_up.write_prevention,
    c.CheckEffect: decide_wrap_up.check_effect,
    c.TakeLegalView: decide_plan.take_legal_view,
    c.CheckPreparation: decide_plan.check_preparation,
    c.MarkWords: decide_plan.mark_words,
    c.PlaceFact: decide_facts.place_fact,
    c.MoveFact: decide_facts.move_fact,
    c.DetailFact: decide_facts.detail_fact,
    c.AnswerFact: decide_facts.answer_fact,
    c.DrawLine: decide_columns.draw_line,
    c.PlaceRequest: decide_columns.place_request,
    c.PlanConcession: decide_concession.plan_concession,
    c.TellConcession: decide_concession.tell_concession,
    c.AnswerConcession: decide_concession.answer_concession,
    c.StateLimit: decide_concession.state_limit,
    c.PlanAction: decide_actions.plan_action,
    c.ChangeAction: decide_actions.change_action,
    c.TickAction: decide_actions.tick_action,
    c.DropAction: decide_actions.drop_action,
}
_CORRECTS: dict[type[c.Command], DecideWithHistory] = {
    c.Undo: decide_correction.undo,
    c.Correct: decide_correction.correct,
    c.Retime: decide_correction.retime,
}


class DeskIdentity(Struct):
    """Which desk writes, and its running number; shared by all its cases."""

    desk_id: str
    next_seq: int = 1

    def take_seq(self) -> int:
        """The next number of this desk's events."""
        seq = self.next_seq
        self.next_seq += 1
        return seq


class CaseDesk:
    """Turns commands on one case into recorded events, or into a refusal with a reason.

    ``own_case_id`` is what new events are filed under. It differs from the id of the folded
    case where this call's case was joined to an earlier one.
    """

    def __init__(
        self,
        identity: DeskIdentity,
        own_case_id: str,
        *,
        book: FlowBook,
        limits: Limits,
        first_flow: str,
        history: Iterable[Envelope] = (),
        case_id: str = "",
    ) -> None:
        self._identity = identity
        self.own_case_id = own_case_id
        self.book = book
        self.limits = limits
        self.first_flow = first_flow
        self.history: list[Envelope] = list(history)
        self.case = Case.of(case_id or own_case_id, self.history)

    @classmethod
    def open(
        cls,
        identity: DeskIdentity,
        case_no: str,
        now: Reading,
        *,
        book: FlowBook,
        limits: Limits,
        first_flow: str,
    ) -> CaseDesk:
        """A desk for a new case; its first event is recorded already."""
        desk = cls(identity, new_id(now), book=book, limits=limits, first_flow=first_flow)
        desk._record(CaseOpened(case_no), now)
        return desk

    def do(self, command: c.Command, now: Reading) -> tuple[Envelope, ...] | Refusal:
        """Decide on a command at ``now``.

        Returns the events that were recorded and folded (none where nothing changed), or the
        refusal.

        Raises:
            KeyError: nobody decides on this kind of command (a mistake of ours).
        """
        decision = self._decide(command, self.situation(now))
        if isinstance(decision, Refusal):
            return decision
        return self._record_steps(decision, now)

    def take_in(self, events: Iterable[Envelope]) -> None:
        """Events of this case have come from another desk."""
        self.history.extend(events)
        self.case = Case.of(self.case.id, self.history)

    def situation(self, now: Reading) -> Situation:
        """What decisions and guidance look at."""
        return Situation(self.case, now, self.book, self.limits, self.first_flow)

    def _decide(self, command: c.Command, at: Situation) -> Decision:
        correcting = _CORRECTS.get(type(command))
        if correcting is not None:
            return correcting(command, at, self.history)
        return _DECIDES[type(command)](command, at)

    def _record_steps(self, decision: tuple[Step, ...], now: Reading) -> tuple[Envelope, ...]:
        recorded: list[Envelope] = []
        for step in decision:
            cause = recorded[-1].id if step.follows and recorded else None
            recorded.append(self._record(step.body, now, cause))
        return tuple(recorded)

    def _record(self, body: Body, now: Reading, cause: str | None = None) -> Envelope:
        envelope = Envelope(
            id=new_id(now),
            desk_id=self._identity.desk_id,
            case_id=self.own_case_id,
            call_id=self._call_id_for(body, now),
            seq=self._identity.take_seq(),
            at=now,
            body=self._screened(body),
            v=type(body).version,
            cause=cause,
        )
        self.history.append(envelope)
        if is_correction(envelope.body):
            self.case = Case.of(self.case.id, self.history)
        else:
            self.case.apply(envelope)
        return envelope

    def _call_id_for(self, body: Body, now: Reading) -> str | None:
        """A ring or an unannounced start begins a new call; all else belongs to the last one."""
        begins = isinstance(body, CallRinging) or (
            isinstance(body, CallStarted) and self.case.phase is not CallPhase.RINGING
        )
        return new_id(now) if begins else self.case.call_id

    def _screened(self, body: Body) -> Body:
        """No card number or code is ever kept: what is recorded is screened here, once."""
        texts = {name: self._screened_text(getattr(body, name)) for name in body.free_text}
        return structs.replace(body, **texts) if texts else body

    def _screened_text(self, text: str | tuple[str, ...]) -> str | tuple[str, ...]:
        if isinstance(text, tuple):
            return tuple(str(self._screened_text(part)) for part in text)
        return screen_final(sound(text), self.case.marks.allowed_numbers).text
