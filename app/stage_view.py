"""The present stage as the window shows it: phrases filled, exits that lead somewhere, asks."""

from __future__ import annotations

from msgspec import structs

from app.callback_values import callback_standing, callback_values
from app.case_values import history_values
from app.note_values import noted_keys
from app.own_phrases import OwnPhrases
from app.phrase_views import StagePhrases, stage_phrases
from app.repeats import ready_view
from app.settings import Settings
from app.values import values_for
from app.visit_values import visit_values
from call.case import Case
from call.clock import elapsed_seconds
from call.decide_phase import expected_hold_kind
from call.decide_stage import interrupted_stage, next_stage
from call.decision import Situation
from call.events import Safety
from call.fold_stages import StageVisit
from scripts_ja.model import BACK, Audience, Exit, Flow, Stage
from scripts_ja.placeholders import definitions
from scripts_ja.texts import t
from ui.port.stage import AskView, ExitView, StageView

# flows.md: the flow in which the callback is agreed, prepared and made.
_CALLBACK = "F5"

# What is marked, agreed on or given, and so is no text to type.
_ANSWERED_BY_KEY = frozenset({"safety", "temp", "superior", "callback_at", "act", "case_no"})


def stage_view(at: Situation, settings: Settings, own: OwnPhrases) -> StageView | None:
    """What to show of the present stage; None before the first, or where its flow is gone."""
    visit = at.case.stages.current
    found = at.book.find_stage(visit.stage_id) if visit else None
    if visit is None or found is None:
        return None
    flow, stage = found
    values = {who: values_for(at, settings, who) for who in Audience}
    view = _view(at, visit, flow, stage, stage_phrases(stage, own, values))
    callback = callback_standing(at) if flow.code == _CALLBACK else ""
    return structs.replace(view, ready=ready_view(at), callback=callback)


def _view(
    at: Situation, visit: StageVisit, flow: Flow, stage: Stage, phrases: StagePhrases
) -> StageView:
    following = next_stage(at.book, stage)
    is_folded = is_receiving(at)
    return StageView(
        flow_title=flow.title,
        title=stage.title,
        goal=stage.goal,
        guide=stage.guide,
        index=flow.stages.index(stage),
        count=len(flow.stages),
        next_title=following[1].title if following else "",
        entered_at=visit.entered_at,
        tries=at.case.stages.tries_in(at.case.call_id),
        max_tries=at.limits.hearing_tries,
        phrases=phrases.shown if is_folded else phrases.shown + phrases.solutions,
        dont=stage.dont,
        record=stage.record,
        asks=_asks(at, stage),
        note_kinds=stage.note_kinds,
        exits=_exits(at, flow, stage),
        gate="\n".join((flow.gate, "　".join(flow.gate_checks))).rstrip() if flow.gate else "",
        self_check=stage.self_check,
        hold_kind=expected_hold_kind(at),
        folded=phrases.solutions if is_folded else (),
        folded_seconds=at.limits.anger_reception_seconds if is_folded else 0,
    )


def is_receiving(at: Situation) -> bool:
    """Whether anger is still being received: until then solutions wait (rules.md #85, #88)."""
    visit = at.case.stages.current
    if visit is None:
        return False
    first = at.case.stages.first_visit(visit.call_id, visit.stage_id) or visit
    return elapsed_seconds(first.entered_at, at.now) < at.limits.anger_reception_seconds


def _asks(at: Situation, stage: Stage) -> tuple[AskView, ...]:
    """What the stage should still learn: fields that nobody has filled yet."""
    names = definitions()
    noted = noted_keys(at) | history_values(at).keys() | callback_values(at, str).keys()
    noted |= visit_values(at, str, half_days=False).keys()
    return tuple(
        AskView(key, names[key].label, key not in _ANSWERED_BY_KEY)
        for key in stage.asks
        if key in names and key not in noted and not _is_known(at.case, key)
    )


def _is_known(case: Case, key: str) -> bool:
    """Whether somebody has learnt it; what has a key of its own is no field."""
    marked = {
        "safety": case.marks.safety is not Safety.UNASKED,
        "temp": bool(case.marks.temperature),
        "superior": case.handing_up.commitment is not None,
        "callback_at": case.handing_up.commitment is not None,
        "act": bool(case.abuse.acts or case.handing_up.warnings),
        "case_no": bool(case.case_no),
    }
    return bool(case.field(key)) or marked.get(key, False)


def _exits(at: Situation, flow: Flow, stage: Stage) -> tuple[ExitView, ...]:
    """The exits that lead somewhere, the way back among them, then the other flows."""
    views = [view for way in stage.exits if (view := _exit(at, flow, way)) is not None]
    others = [other for other in at.book.flows if other.id != flow.id]
    return (
        *views,
        *(ExitView(other.stages[0].id, other.title, t("exits.other_flow")) for other in others),
    )


def _exit(at: Situation, flow: Flow, way: Exit) -> ExitView | None:
    found = interrupted_stage(at) if way.to == BACK else at.book.find_stage(way.to)
    if found is None:
        return None
    title = found[1].title
    if way.to == BACK:
        return ExitView(BACK, t("exits.back", title=title), way.when)
    is_elsewhere = found[0].id != flow.id
    return ExitView(way.to, f"{found[0].title} {title}" if is_elsewhere else title, way.when)
