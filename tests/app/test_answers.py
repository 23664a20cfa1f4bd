"""The second desk answers that it took a case over, and the first desk keeps the answer."""

import json
from pathlib import Path

import pytest

from app.command_line import run
from call import commands as c
from call.events_handing_up import HandoffTakenOver
from scripts_ja.model import NoteKind
from tests.app.test_arrivals import open_place  # noqa: F401 - a fixture

ANSWERS = "*.yorisoi-ack.json"


@pytest.fixture
def handed(open_place, tmp_path):  # noqa: F811
    """A case that the first desk has handed over, and the second has taken."""
    first, second = open_place("first"), open_place("second")
    first.do(
        c.StartCall("03-0000-1234"),
        c.TakeNote(NoteKind.CLAIM, "洗濯機から水が漏れる"),
        c.EndCall(),
        c.FinishWrapUp(),
    )
    second.work.settings.change({"desk.name": "佐藤", "desk.department": "二次対応"})
    second.lay_in(first.export(tmp_path / "case.yorisoi.json"))
    second.look()
    (answer,) = second.places.handoffs.glob(ANSWERS)
    return first, second, answer


def taken_over(place):
    return [body for _, body in place.work.case.handing_up.taken_over]


def test_the_answer_is_kept_in_the_case_and_told(handed):
    first, _, answer = handed
    first.lay_in(answer, "x.yorisoi-ack.json")
    said = first.look()
    assert said == [f"佐藤が引き継ぎました（{first.work.case.case_no}）"]
    assert [body.by for body in taken_over(first)] == ["二次対応 佐藤"]
    assert first.inbox == []
    text = first.work.papers.hand_over(as_unconfirmed=True).text
    assert "引き継ぎ先が受け取り（二次対応 佐藤、11月21日(土)" in text


def test_twice_is_once(handed):
    first, _, answer = handed
    for _ in range(2):
        first.lay_in(answer, "x.yorisoi-ack.json")
        first.look()
    assert len(taken_over(first)) == 1


def test_it_lies_there_until_what_it_says_is_on_the_disk(handed, monkeypatch):
    first, _, answer = handed
    case_id, unlink, kept = first.work.case.id, Path.unlink, []
    first.do(c.StartCall())  # so that the case it is about is read before it is told of it

    def kept_before(path, *given, **more):
        if path.parent == first.places.inbox:
            kept.extend(event.body for event in first.events_of(case_id))
        unlink(path, *given, **more)

    monkeypatch.setattr(Path, "unlink", kept_before)
    first.lay_in(answer, "x.yorisoi-ack.json")
    first.look()
    assert first.inbox == []
    assert HandoffTakenOver in [type(body) for body in kept]


def test_taking_the_same_over_again_answers_nothing_new(handed):
    _, second, answer = handed
    answer.unlink()
    second.lay_in(second.places.data.parent / "case.yorisoi.json")
    second.look()
    assert list(second.places.handoffs.glob(ANSWERS)) == []


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda raw: raw.replace("佐藤", "田中"), "中身が変わっている"),
        (lambda raw: "{}", "受け取りの知らせではない"),
        (lambda raw: "[" * 15_000, "受け取りの知らせではない"),
        (lambda raw: raw + " " * 30_000, "受け取りの知らせではない"),
        (lambda raw: raw.replace('"version": 1', '"version": 2'), "受け取りの知らせではない"),
    ],
)
def test_an_answer_that_is_not_to_be_believed_changes_nothing(handed, spoil, said):
    first, _, answer = handed
    answer.write_text(spoil(answer.read_text("utf-8")), encoding="utf-8")
    first.lay_in(answer, "x.yorisoi-ack.json")
    (told,) = first.look()
    assert said in told
    assert taken_over(first) == []
    assert first.inbox == ["x.yorisoi-ack.json"]


def test_an_answer_to_a_case_of_another_desk_is_refused(handed, open_place):  # noqa: F811
    _, _, answer = handed
    third = open_place("third")
    third.do(c.StartCall("03-0000-1111"), c.EndCall())
    third.lay_in(answer, "x.yorisoi-ack.json")
    (told,) = third.look()
    assert "こちらの案件への知らせではない" in told


def test_by_command_it_lies_beside_the_bundle_and_goes_to_the_inbox(handed, tmp_path, capsys):
    first, *_ = handed
    bundle = tmp_path / "case.yorisoi.json"
    assert run(["--data-dir", str(tmp_path / "fourth"), "import", str(bundle), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)["answer"]
    assert (tmp_path / answer).parent == tmp_path
    assert first.work.journal.flush(20)
    assert run(["--data-dir", str(first.places.data), "import", answer]) == 0
    first.look()
    assert len(taken_over(first)) == 1
