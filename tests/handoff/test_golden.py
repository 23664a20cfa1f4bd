"""The shipped sample call, played through the desk, and the papers that come of it."""

import os
from pathlib import Path

import pytest

from app.scenario import load_scenario
from call.clock import SimulatedClock
from call.decision import Refusal
from call.desk import CaseDesk, DeskIdentity
from call.guidance import advise
from call.limits import Limits
from handoff import consult_card
from handoff.block_a import block_a
from handoff.note import Author, build_note
from handoff.text_form import as_text
from scripts_ja.loader import load_flows

# YORISOI_RENEW_GOLDEN=1 writes it anew; read the difference before keeping it.
GOLDEN = Path(__file__).parent / "golden" / "washing_machine.txt"


def play(scenario, until=""):
    """Do the steps at their times, up to and with the step called ``until``."""
    clock = SimulatedClock(scenario.starts_at)
    desk = CaseDesk.open(
        DeskIdentity("desk"),
        "A1-2611-0001",
        clock.now(),
        book=load_flows(None).book,
        limits=Limits(),
        first_flow=scenario.flow,
    )
    passed = 0
    for step in scenario.steps:
        clock.advance(step.at_seconds - passed)
        passed = step.at_seconds
        assert not isinstance(desk.do(step.command, clock.now()), Refusal), step
        if type(step.command).__name__ == until:
            break
    return desk.case, clock.now()


@pytest.fixture(scope="module")
def scenario():
    return load_scenario("washing_machine")


def note_of(scenario, until="RecordHandoff"):
    case, now = play(scenario, until)
    author = Author(scenario.agent, scenario.company, scenario.department)
    return build_note(case, author, now, scenario.starts_at.tzinfo)


def test_the_note_is_the_golden_one(scenario):
    text = as_text(note_of(scenario))
    if os.environ.get("YORISOI_RENEW_GOLDEN"):
        GOLDEN.write_text(text, encoding="utf-8", newline="\n")
    assert text == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.rule("R8")
def test_nothing_is_missing_and_block_a_reads_in_thirty_seconds(scenario):
    note = note_of(scenario)
    assert note.missing == ()
    lines = block_a(note)
    assert sum(not char.isspace() for char in "".join(lines[1:])) <= 250
    assert [line.partition("：")[0] for line in lines[1:]] == [
        *["期限", "要約", "温度感", "けが・危険", "求める判断", "最初にお詫び"],
        *["言わないこと", "回答済み"],
    ]


def test_every_stage_of_the_flow_is_entered_once(scenario):
    case, _ = play(scenario)
    flow = load_flows(None).book.flow("first_boss")
    assert [visit.stage_id for visit in case.stages.visits] == [s.id for s in flow.stages]


@pytest.mark.rule("58", "68", "72")
def test_the_sample_call_keeps_the_rules(scenario):
    case, now = play(scenario)
    call = case.call
    assert 15 * 60 <= call.call_seconds(now) <= 18 * 60
    assert len(call.holds) == 1
    assert call.holds[0].announced_minutes == 2
    assert call.hold_seconds(now) <= 120
    assert 10 * 60 <= (call.holds[0].start.wall - call.started_at.wall).total_seconds() < 11 * 60
    assert case.stages.tries_in(case.call_id) == 2
    assert len(case.marks.same_talks) == 3
    assert case.handing_up.commitment.accepted


@pytest.mark.rule("60", "68")
def test_the_prompt_to_consult_stands_before_the_hold(scenario):
    case, now = play(scenario, until="AnnounceHold")
    prompt = advise(case, now, Limits())
    assert prompt is not None
    assert prompt.id == "in_circles"


def test_the_card_on_hold_lacks_only_the_commitment(scenario):
    case, now = play(scenario, until="StartConsult")
    card = consult_card.build_card(case, now, Limits(), scenario.starts_at.tzinfo)
    assert [row.label for row in card.rows if row.is_missing] == ["折り返しの確約"]
    assert len(card.spoken) <= 140  # about 20 seconds
    assert consult_card.as_text(card).split("\n")[1].startswith("①経過：10分、同じ話3回")
