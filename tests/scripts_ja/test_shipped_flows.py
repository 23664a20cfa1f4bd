"""The shipped flows are whole: the stages of the domain description, each with all its parts."""

from __future__ import annotations

import pytest

from scripts_ja.loader import load_flows
from scripts_ja.model import Audience, Flow, HoldKind, Stage

STAGE_COUNTS = {"first_boss": ("F1", 8), "first_general": ("F2", 7)}
# Where each flow may lead besides itself. F7 opens from anywhere by its own key, so a flow need
# not name it; F8 (wrap-up) follows any flow.
LEADS_TO = {"F1": {"F2", "F3", "F5", "F7", "F8"}, "F2": {"F3", "F5", "F6", "F8"}}
LIMITS = {"title": 12, "goal": 30, "record": 20, "dont": 14, "when": 20}

FLOWS = load_flows(None).book.flows
STAGES = [pytest.param(stage, id=stage.id) for flow in FLOWS for stage in flow.stages]


def _stage(stage_id: str) -> Stage:
    found = load_flows(None).book.find_stage(stage_id)
    assert found is not None
    return found[1]


def _code(stage_id: str) -> str:
    return stage_id.partition("-")[0]


def test_shipped_flows_have_no_problem() -> None:
    loaded = load_flows(None)
    assert loaded.problems == ()
    assert [flow.id for flow in loaded.book.flows] == list(STAGE_COUNTS)


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.id)
def test_flow_has_its_stages_in_order(flow: Flow) -> None:
    code, count = STAGE_COUNTS[flow.id]
    assert flow.code == code
    assert [stage.id for stage in flow.stages] == [f"{code}-S{n}" for n in range(1, count + 1)]


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.id)
def test_first_exit_is_the_next_stage_of_the_flow(flow: Flow) -> None:
    for stage, following in zip(flow.stages, flow.stages[1:], strict=False):
        assert stage.exits[0].to == following.id


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.id)
def test_flow_leads_where_the_overview_says(flow: Flow) -> None:
    codes = {_code(way.to) for stage in flow.stages for way in stage.exits} - {flow.code}
    assert codes == LEADS_TO[flow.code]


def test_exits_to_missing_flows_are_not_offered() -> None:
    book = load_flows(None).book
    assert [way.to for way in book.offered_exits(_stage("F1-S6"))] == ["F1-S7"]
    assert book.offered_exits(_stage("F1-S8")) == ()


@pytest.mark.parametrize("stage", STAGES)
def test_stage_is_complete(stage: Stage) -> None:
    assert stage.exits
    assert stage.guide_seconds > 0
    assert len(stage.note_kinds) == len(set(stage.note_kinds)) == 3
    assert len(stage.dont) >= 2
    assert len(stage.record) >= 2
    assert len(stage.phrases) >= 2
    assert len(set(stage.asks)) == len(stage.asks)


@pytest.mark.parametrize("stage", STAGES)
def test_stage_fits_a_narrow_sidebar(stage: Stage) -> None:
    whens = [way.when for way in stage.exits]
    shown = {"title": [stage.title], "goal": [stage.goal], "when": whens}
    shown |= {"record": list(stage.record), "dont": list(stage.dont)}
    too_long = {
        field: text for field, texts in shown.items() for text in texts if len(text) > LIMITS[field]
    }
    assert too_long == {}


def test_consult_holds_are_marked() -> None:
    marked = [s.id for flow in FLOWS for s in flow.stages if s.hold is HoldKind.CONSULT]
    assert marked == ["F1-S4", "F1-S5", "F2-S5"]


def test_hearing_tries_are_marked() -> None:
    tries = {s.id: s.hearing_try for flow in FLOWS for s in flow.stages if s.hearing_try}
    assert tries == {"F1-S2": 1, "F1-S3": 2}


def test_inside_phrases_are_marked() -> None:
    inside = {
        stage.id: sum(phrase.audience is Audience.INSIDE for phrase in stage.phrases)
        for flow in FLOWS
        for stage in flow.stages
    }
    assert {stage: count for stage, count in inside.items() if count} == {"F1-S5": 3, "F2-S5": 1}


def test_what_the_consultation_and_the_callback_need_is_asked_for_before() -> None:
    asked = {key for stage in FLOWS[0].stages[:4] for key in stage.asks}
    assert {"issue", "request", "safety", "decision"} <= asked
    assert {"callback_tel", "best_time"} <= set(_stage("F1-S7").asks)
