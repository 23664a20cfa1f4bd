"""Scenario files: the shipped one loads; a wrong one is told in one sentence with its place."""

import re
from contextlib import suppress
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.scenario import ScenarioError, load_scenario, shipped_scenarios
from app.scenario_rows import with_ids
from call import commands as c
from call.events import Safety
from scripts_ja.model import NoteKind

JAPAN = timezone(timedelta(hours=9))
HEAD = """\
title = "見本"
starts_at = "2026-11-21T10:02"
flow = "first_boss"
agent = "鈴木"
company = "ひだまり電器"
department = ""
"""
STEP = """
[[step]]
at = "0:08"
do = "start-call"
"""


def load(tmp_path, text):
    path = tmp_path / "call.toml"
    path.write_text(text, encoding="utf-8")
    return load_scenario(path)


def refusal_of(tmp_path, text):
    with pytest.raises(ScenarioError) as refused:
        load(tmp_path, text)
    return str(refused.value)


@pytest.mark.parametrize("name", shipped_scenarios())
def test_shipped_scenarios_load(name):
    scenario = load_scenario(name)
    assert scenario.steps
    assert scenario.starts_at.utcoffset() == timedelta(hours=9)


def test_steps_become_commands(tmp_path):
    more = """
[[step]]
at = "1:05"
do = "take-note"
kind = "promise"
text = "経緯のご説明"
due = "+30"

[[step]]
at = "101:10"
do = "set-safety"
answer = "yes"
"""
    scenario = load(tmp_path, HEAD + STEP + more)
    due_at = datetime(2026, 11, 21, 10, 33, tzinfo=JAPAN)
    assert [(step.at_seconds, step.command) for step in scenario.steps] == [
        (8, c.StartCall()),
        (65, c.TakeNote(NoteKind.PROMISE, "経緯のご説明", due_at=due_at)),
        (6070, c.SetSafety(Safety.YES)),
    ]
    assert (scenario.agent, scenario.company) == ("鈴木", "ひだまり電器")


def test_a_scenario_may_follow_another_and_say_when_an_offer_ends(tmp_path):
    more = """
[[step]]
at = "1:05"
do = "plan-concession"
offer = "返金"
expires = "明日10時"
"""
    scenario = load(tmp_path, 'follows = "washing_machine"\n' + HEAD + more)
    assert scenario.follows == "washing_machine"
    assert scenario.steps[0].command.expires_at == datetime(2026, 11, 22, 10, 0, tzinfo=JAPAN)
    assert load(tmp_path, HEAD + STEP).follows == ""


def test_a_row_is_meant_by_how_it_begins(desk):
    desk.do(c.StartCall(), c.TakeNote(NoteKind.CLAIM, "水が漏れる"))
    desk.do(c.TakeNote(NoteKind.CLAIM, "三回目"), c.PlanAction("水の始末"))
    desk.do(c.CommitCallback("田中", datetime(2026, 11, 21, 12, 0, tzinfo=JAPAN)))
    water, third = (note.note_id for note in desk.case.notes.notes)
    meant = with_ids(c.PlaceFact("= 水", "= 三回"), desk.case)
    assert meant == c.PlaceFact(water, third)
    (action,) = desk.case.actions.actions
    assert with_ids(c.DropAction("= 水"), desk.case) == c.DropAction(action.action_id)
    callback = desk.case.handing_up.commitment.event_id
    assert with_ids(c.SettleDue("= 田中"), desk.case) == c.SettleDue(callback)
    assert with_ids(c.RemoveNote("n1"), desk.case) == c.RemoveNote("n1")
    assert with_ids(c.PlaceRequest("request", ""), None) == c.PlaceRequest("request", "")
    for case in (desk.case, None):
        with pytest.raises(ScenarioError, match="「火」で始まるメモや行動がありません"):
            with_ids(c.RemoveNote("= 火"), case)


@pytest.mark.parametrize(
    ("start", "offset"),
    [('"2026-11-21T10:02-05:00"', -5), ("2026-11-21T10:02:00", 9), ('"2026-11-21 10:02"', 9)],
)
def test_a_start_may_name_its_zone(tmp_path, start, offset):
    head = HEAD.replace('"2026-11-21T10:02"', start)
    assert load(tmp_path, head + STEP).starts_at.utcoffset() == timedelta(hours=offset)


WRONG = [
    (HEAD + "x = [1", "call.toml の7行目：一覧が閉じて"),
    (HEAD, "先頭の部分に step がありません"),
    ("step = []\n" + HEAD, "手順が一つもありません"),
    (HEAD.replace('agent = "鈴木"\n', "") + STEP, "先頭の部分に agent がありません"),
    ("colour = 1\n" + HEAD + STEP, "call.toml の1行目：先頭の部分の colour という項目は使えません"),
    (HEAD.replace('"鈴木"', "7") + STEP, "の4行目：先頭の部分の agent の値が正しくありません"),
    (HEAD.replace("2026-11-21T10:02", "土曜") + STEP, "の2行目：starts_at が日時として"),
    (HEAD.replace("2026-11-21T10:02", "0001-01-01T00:00") + STEP, "starts_at が日時として"),
    (HEAD + STEP.replace("0:08", "8分"), "call.toml の9行目：1番目の手順の at が時間として"),
    (HEAD + STEP.replace('at = "0:08"\n', ""), "1番目の手順の at が時間として"),
    (HEAD + STEP.replace("0:08", "1:00") + STEP, "の13行目：2番目の手順の at が前の手順より早く"),
    (HEAD + STEP.replace("start-call", "dance"), "1番目の手順の do「dance」という操作は"),
    (HEAD + STEP + "level = 3", "の11行目：1番目の手順の level という項目は使えません"),
    (HEAD + STEP.replace("start-call", "set-temperature"), "1番目の手順に level がありません"),
    (
        HEAD + STEP.replace("start-call", "set-temperature") + "level = 9",
        "の11行目：1番目の手順の level の値が正しくありません",
    ),
    (HEAD + STEP + 'due = "+30"', "1番目の手順の操作には期限がありません"),
    (
        HEAD + STEP.replace("start-call", "commit-callback") + 'owner = "田中"\ndue = "すぐに"',
        "の12行目：1番目の手順の due「すぐに」が先の日時として",
    ),
    ("step = 3\n" + HEAD, "先頭の部分の step の値が正しくありません"),
    ("step = [3]\n" + HEAD, "先頭の部分の step の値が正しくありません"),
    ("a = " + "[" * 5000 + "]" * 5000, "かっこの重なり"),
]


@pytest.mark.parametrize(("text", "said"), WRONG)
def test_a_wrong_file_is_told_in_one_sentence_with_its_place(tmp_path, text, said):
    sentence = refusal_of(tmp_path, text)
    assert said in sentence
    assert re.fullmatch(r"シナリオ call\.toml[^。\n]*ください。", sentence)


def test_an_unknown_name_names_those_that_are_there():
    with pytest.raises(ScenarioError) as refused:
        load_scenario("wash\x1b[31ming")
    sentence = str(refused.value)
    assert "washing_machine" in sentence
    assert "\x1b" not in sentence


def test_what_is_no_file_is_not_read(tmp_path):
    with pytest.raises(ScenarioError, match="ふつうのファイルではありません"):
        load_scenario(tmp_path)


@pytest.mark.parametrize("name", ["", ".", "a\x00b", "x" * 5000])
def test_absurd_names(name):
    with pytest.raises(ScenarioError):
        load_scenario(name)


def test_bytes_that_are_no_text(tmp_path):
    path = tmp_path / "call.toml"
    path.write_bytes(b'title = "\n' + "見本".encode("shift_jis"))
    with pytest.raises(ScenarioError, match="2行目：文字コードがUTF-8では"):
        load_scenario(path)
    path.write_bytes(b"#" * 300_000)
    with pytest.raises(ScenarioError, match="256キロバイト以下"):
        load_scenario(path)


@given(st.binary(max_size=40), st.integers(0, 400))
def test_a_damaged_file_is_refused_or_read(tmp_path_factory, damage, place):
    path = tmp_path_factory.getbasetemp() / "damaged.toml"
    whole = (HEAD + STEP).encode()
    path.write_bytes(whole[:place] + damage + whole[place + len(damage) :])
    with suppress(ScenarioError):
        load_scenario(path)
