"""The present stage as the window shows it: phrases filled, exits that lead somewhere, asks."""

from __future__ import annotations

from collections.abc import Mapping

from app.settings import Settings
from app.values import values_for
from call.case import Case
from call.decide_phase import expected_hold_kind
from call.decide_stage import next_stage
from call.decision import Situation
from call.events import Safety
from call.fold_stages import StageVisit
from scripts_ja.model import Audience, Exit, Flow, Phrase, Stage
from scripts_ja.placeholders import definitions, plain, segments
from ui.port import AskView, ExitView, PhraseView, StageView

Values = Mapping[Audience, Mapping[str, str]]


def stage_view(at: Situation, settings: Settings) -> StageView | None:
    """What to show of the present stage; None before the first, or where its flow is gone."""
    visit = at.case.stages.current
    found = at.book.find_stage(visit.stage_id) if visit else None
    if visit is None or found is None:
        return None
    flow, stage = found
    values = {who: values_for(at, settings, who) for who in Audience}
    return _view(at, visit, flow, stage, values)


def _view(at: Situation, visit: StageVisit, flow: Flow, stage: Stage, values: Values) -> StageView:
    following = next_stage(at.book, flow, stage)
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
        phrases=tuple(_phrase(phrase, values) for phrase in stage.phrases),
        dont=stage.dont,
        record=stage.record,
        asks=_asks(at, stage),
        note_kinds=stage.note_kinds,
        exits=tuple(_exit(at, flow, way) for way in at.book.offered_exits(stage)),
        hold_kind=expected_hold_kind(at),
    )


def _phrase(phrase: Phrase, values: Values) -> PhraseView:
    pieces = segments(phrase.text, values[phrase.audience])
    return PhraseView(pieces, plain(pieces), phrase.audience, phrase.condition)


def _asks(at: Situation, stage: Stage) -> tuple[AskView, ...]:
    """What the stage should still learn: fields that nobody has filled yet."""
    names = definitions()
    return tuple(
        AskView(key, names[key].label)
        for key in stage.asks
        if key in names and not _is_known(at.case, key)
    )


def _is_known(case: Case, key: str) -> bool:
    """Whether somebody has learnt it; what has a key of its own is no field."""
    marked = {
        "safety": case.marks.safety is not Safety.UNASKED,
        "temp": bool(case.marks.temperature),
        "superior": case.handing_up.commitment is not None,
        "callback_at": case.handing_up.commitment is not None,
    }
    return bool(case.field(key)) or marked.get(key, False)


def _exit(at: Situation, flow: Flow, way: Exit) -> ExitView:
    found = at.book.find_stage(way.to)
    title = found[1].title if found else way.to
    is_elsewhere = found is not None and found[0].id != flow.id
    return ExitView(
        way.to, f"{found[0].title} {title}" if found and is_elsewhere else title, way.when
    )
