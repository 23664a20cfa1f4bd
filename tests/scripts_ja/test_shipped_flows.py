"""The shipped flows are whole: the stages of the domain description, each with all its parts."""

from __future__ import annotations

import re

import pytest

from scripts_ja.loader import load_flows
from scripts_ja.model import BACK, Audience, Flow, HoldKind, PhraseCategory, Stage
from scripts_ja.texts import t

# Id, code, number of the first stage, number of stages.
SHAPE = [
    ("first_boss", "F1", 1, 8),
    ("first_general", "F2", 1, 7),
    ("second_line", "F3", 0, 6),
    ("second_concession", "F4", 1, 5),
    ("callback", "F5", 1, 5),
    ("visit", "F6", 1, 6),
    ("abuse", "F7", 1, 6),
    ("wrapup", "F8", 1, 6),
]
# Where each flow may lead besides itself, as the domain description says it. F7 opens from
# anywhere by its own key, so a flow need not name it; F8 (wrap-up) may follow any flow.
TRANSITIONS = (
    "F1→(F5|F2|F3|F7); F2→(F5|F3|F6|F8); F3→(F4|F5|F6|F8); F4→(F3|F5|F8|F7); F5→(F2|F3); "
    "F6→(F3|F5|F8|F7); F7→(F2|F8, or back to the stage it was opened from)"
)
# Where "next" does not lead to the stage that is written next: what follows when all goes well.
NEXT_IS = {
    "F5-S4": "F2-S6",
    "F6-S3": "F6-S6",
    "F6-S5": "F6-S1",
    "F7-S5": "F8-S1",
}
LAST_OF_ALL = "F8-S6"
# Stages whose length is a date or a day and no number of seconds.
OPEN_ENDED = {"F5-S3", "F5-S4", "F6-S5", "F6-S6", "F8-S4", "F8-S5"}
LIMITS = {"title": 12, "goal": 30, "record": 20, "dont": 14, "when": 20, "guide": 14}
# The lines, tables and sections of the rules that may be named, with their highest numbers.
RULES = {"": 122, "L": 13, "T": 9, "R": 12, "M": 9, "D": 7, "2.": 9}

FLOWS = load_flows(None).book.flows
STAGES = [pytest.param(stage, id=stage.id) for flow in FLOWS for stage in flow.stages]


def _stage(stage_id: str) -> Stage:
    found = load_flows(None).book.find_stage(stage_id)
    assert found is not None
    return found[1]


def _code(stage_id: str) -> str:
    return stage_id.partition("-")[0]


def is_rule(number: str) -> bool:
    """Whether there is a rule of that number."""
    series, digits = re.fullmatch(r"([A-Z]|2\.|)(\d+)", number).groups()
    return 1 <= int(digits) <= RULES[series]


def test_shipped_flows_have_no_problem() -> None:
    loaded = load_flows(None)
    assert loaded.problems == ()
    assert [(flow.id, flow.code) for flow in loaded.book.flows] == [row[:2] for row in SHAPE]


@pytest.mark.parametrize(("flow_id", "code", "first", "count"), SHAPE)
def test_flow_has_its_stages_in_order(flow_id: str, code: str, first: int, count: int) -> None:
    flow = load_flows(None).book.flow(flow_id)
    assert flow is not None
    assert [stage.id for stage in flow.stages] == [
        f"{code}-S{number}" for number in range(first, first + count)
    ]


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.id)
def test_first_exit_is_the_next_stage_of_the_flow(flow: Flow) -> None:
    for stage, following in zip(flow.stages, flow.stages[1:], strict=False):
        assert stage.exits[0].to == NEXT_IS.get(stage.id, following.id)


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.id)
def test_flow_leads_where_the_overview_says(flow: Flow) -> None:
    codes = {_code(way.to) for stage in flow.stages for way in stage.exits} - {flow.code}
    line = re.search(rf"{flow.code}→\((.*?)\)", TRANSITIONS)
    said = set(re.findall(r"F\d|\bback\b", line[1])) if line else set()
    assert codes - {"F8"} == said - {"F8"}
    assert said - codes == set()


def test_every_exit_leads_somewhere() -> None:
    book = load_flows(None).book
    for flow in FLOWS:
        for stage in flow.stages:
            forward = tuple(way for way in stage.exits if way.to != BACK)
            assert book.offered_exits(stage) == forward


def test_every_stage_can_be_reached() -> None:
    targets = {way.to for flow in FLOWS for stage in flow.stages for way in stage.exits}
    unreached = {stage.id for flow in FLOWS for stage in flow.stages} - targets
    assert unreached == {"F1-S1", "F2-S1", "F3-S0"} - targets


@pytest.mark.rule("110")
def test_one_flow_opens_from_anywhere_and_returns() -> None:
    book = load_flows(None).book
    opened = book.opened_anywhere
    assert opened is not None
    assert [flow.id for flow in FLOWS if flow.opens_anywhere] == [opened.id] == ["abuse"]
    back = [stage.id for stage in opened.stages if BACK in {way.to for way in stage.exits}]
    assert back == ["F7-S2", "F7-S3"]


@pytest.mark.rule("L5", "L10")
def test_what_may_be_marked_in_the_abuse_flow() -> None:
    flow = load_flows(None).book.opened_anywhere
    assert flow is not None
    assert "カスハラではありません" in flow.gate
    assert len(flow.gate_checks) == 2
    assert len({act.id for act in flow.act_types}) == len(flow.act_types) == 12
    assert max(len(act.title) for act in flow.act_types) <= LIMITS["dont"]


@pytest.mark.parametrize("stage", STAGES)
def test_stage_is_complete(stage: Stage) -> None:
    assert bool(stage.exits) == (stage.id != LAST_OF_ALL)
    assert len({way.to for way in stage.exits}) == len(stage.exits) <= 5
    assert (stage.guide_seconds == 0) == (stage.id in OPEN_ENDED)
    assert len(stage.note_kinds) == len(set(stage.note_kinds)) == 3
    assert len(stage.dont) >= 2
    assert len(stage.record) >= 2
    # The window has room for four.
    assert 2 <= len(stage.phrases) <= 4
    assert len(set(stage.asks)) == len(stage.asks)


@pytest.mark.parametrize("stage", STAGES)
def test_stage_says_which_rules_it_serves(stage: Stage) -> None:
    assert stage.rules
    for rules in [stage.rules, *(phrase.rules for phrase in stage.phrases)]:
        assert len(set(rules)) == len(rules)
        assert [number for number in rules if not is_rule(number)] == []


@pytest.mark.parametrize("stage", STAGES)
def test_stage_fits_a_narrow_sidebar(stage: Stage) -> None:
    whens = [way.when for way in stage.exits]
    shown = {"title": [stage.title], "goal": [stage.goal], "when": whens, "guide": [stage.guide]}
    shown |= {"record": list(stage.record), "dont": list(stage.dont)}
    too_long = {
        field: text for field, texts in shown.items() for text in texts if len(text) > LIMITS[field]
    }
    assert too_long == {}


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.id)
def test_flow_fits_a_narrow_sidebar(flow: Flow) -> None:
    assert len(flow.title) <= 12
    assert len(flow.guide) <= 14
    assert len(flow.summary) <= 40


@pytest.mark.parametrize("stage", STAGES)
def test_phrases_have_a_category_that_fits_their_audience(stage: Stage) -> None:
    for phrase in stage.phrases:
        is_inside = phrase.audience is Audience.INSIDE
        assert (phrase.category is PhraseCategory.REPORT) == is_inside
        assert phrase.category is not PhraseCategory.OTHER


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.rule("L5")
def test_whoever_cannot_write_or_telephone_has_another_way(stage: Stage) -> None:
    words = "".join(phrase.text for phrase in stage.phrases)
    if re.search(r"\{(address|contact_tel)\}", words):
        assert re.search("(書面|お電話)が難しい", words)


def test_every_category_has_a_name() -> None:
    names = [t(f"phrase_category.{category}") for category in PhraseCategory]
    assert len(set(names)) == len(names)


@pytest.mark.rule("85", "88")
def test_anger_is_received_before_solutions_are_shown() -> None:
    assert [s.id for f in FLOWS for s in f.stages if s.solution_folded] == ["F3-S1"]
    assert [s.id for f in FLOWS for s in f.stages if s.pinned_phrase] == ["F3-S1"]
    stage = _stage("F3-S1")
    assert stage.guide_seconds == 180
    solutions = [phrase.category is PhraseCategory.SOLUTION for phrase in stage.phrases]
    # What is folded stands last, so that nothing moves when it is opened.
    assert solutions == [False, False, False, True]


@pytest.mark.rule("22")
def test_the_responder_looks_at_himself_before_offer_and_limit() -> None:
    asked = {s.id: s.self_check for f in FLOWS for s in f.stages if s.self_check}
    assert list(asked) == ["F4-S2", "F4-S4"]
    assert "腹が立っていませんか" in asked["F4-S2"]
    assert len(set(asked.values())) == 1


def test_consult_holds_are_marked() -> None:
    marked = [s.id for flow in FLOWS for s in flow.stages if s.hold is HoldKind.CONSULT]
    assert marked == ["F1-S4", "F1-S5", "F2-S5", "F7-S1", "F7-S3"]


@pytest.mark.rule("58", "67")
def test_hearing_tries_are_marked() -> None:
    tries = {s.id: s.hearing_try for flow in FLOWS for s in flow.stages if s.hearing_try}
    assert tries == {"F1-S2": 1, "F1-S3": 2}


def test_inside_phrases_are_marked() -> None:
    inside = {
        stage.id: sum(phrase.audience is Audience.INSIDE for phrase in stage.phrases)
        for flow in FLOWS
        for stage in flow.stages
    }
    assert {stage: count for stage, count in inside.items() if count} == {
        "F1-S5": 3,
        "F2-S5": 1,
        "F3-S0": 2,
        "F4-S1": 3,
        "F5-S2": 2,
        "F5-S3": 2,
        "F6-S2": 2,
        "F6-S6": 2,
        "F7-S5": 2,
        "F8-S1": 2,
        "F8-S2": 2,
        "F8-S3": 2,
        "F8-S5": 1,
        "F8-S6": 2,
    }


@pytest.mark.rule("65", "2.5")
def test_what_the_consultation_and_the_callback_need_is_asked_for_before() -> None:
    asked = {key for stage in FLOWS[0].stages[:4] for key in stage.asks}
    assert {"issue", "request", "safety", "decision"} <= asked
    assert {"callback_tel", "best_time"} <= set(_stage("F1-S7").asks)


@pytest.mark.rule("26", "27", "30", "37", "41", "46")
def test_a_complaint_goes_from_the_apology_to_the_mechanism():
    """Apologise, listen, confirm, share inside, offer, prevent: in that order."""
    flows = [flow for flow in FLOWS if flow.id in ("first_general", "wrapup")]
    stages = [stage for flow in flows for stage in flow.stages]
    steps = ("27", "31", "30", "37", "41", "46")
    places = [next(n for n, s in enumerate(stages) if step in s.rules) for step in steps]
    assert places == sorted(set(places))


@pytest.mark.rule("27", "28")
@pytest.mark.parametrize("stage_id", ["F1-S1", "F2-S1"])
def test_the_first_words_are_an_apology(stage_id):
    first = _stage(stage_id).phrases[0].text
    assert "お詫び" in first or "申し訳" in first
