"""Reflections stay the agent's own: in no event, paper, export, setting or log."""

import argparse
import logging

from app.commands import export
from call import commands as c
from call.events import AbuseDecision, Cause
from tests.app.test_elsewhere import clock, make_place, place  # noqa: F401 - fixtures

SECRET, CHANGE, FIRST, CARE = "秘密の振り返り", "次はゆっくり", "まずお詫びから", "先輩に話した"
DRAFT = "書きかけの振り返り"


def all_but_the_file(desk):
    return {
        path: path.read_bytes()
        for path in desk.places.data.rglob("*")
        if path.is_file() and not path.name.startswith("reflections.db")
    }


def fetched(desk):
    found = []
    desk.work.reflections.fetch(found.append)
    desk.settle()
    return found[0]


def test_nothing_of_it_is_anywhere_else(place, tmp_path, capsys):  # noqa: F811
    place.do(c.StartCall("03-0000-1234"), c.RecordAct(("threat",), "覚えておけ"))
    place.work.reflections.keep(SECRET, CHANGE, FIRST)
    place.work.reflections.care(CARE)
    place.work.reflections.draft.keep("keep", DRAFT)
    place.work.wrap_up.drafts().keep("record.conclusion", "訪問で")
    place.do(c.DecideAbuse(AbuseDecision.END_CALL, "佐藤"), c.WritePrevention(Cause.PERSON))
    place.work.papers.hand_over()
    place.do(c.EndCall(), c.FinishWrapUp())
    place.settle()
    assert place.work.journal.flush(20)
    for form in ("text", "md", "html", "json"):
        arguments = argparse.Namespace(
            case_no=place.work.case.case_no,
            out=str(tmp_path / f"{form}.txt"),
            format=form,
            mask=[],
            json=False,
        )
        assert export.run(arguments, place.places) == 0
    papers = [paper.text for paper in place.work.after_papers.all().values()]
    card = place.work.papers.consult_card()
    shown = [*papers, card.text, card.spoken, place.work.wrap_up.report_text()]
    assert len(papers) == 2
    written = b"".join(path.read_bytes() for path in tmp_path.glob("*.txt"))
    written += "".join(shown).encode() + capsys.readouterr().out.encode()
    kept = all_but_the_file(place)
    assert any(path.name == "yorisoi.db" for path in kept)
    assert "訪問で".encode() in b"".join(kept.values())
    for words in (SECRET, CHANGE, FIRST, CARE, DRAFT):
        assert words.encode() not in written + b"".join(kept.values())
    care, reflection = fetched(place)
    assert (reflection.keep, care.keep) == (SECRET, CARE)


def test_a_card_number_is_not_kept_even_here(place):  # noqa: F811
    place.work.reflections.keep("カード 4111111111111111 を聞いてしまった")
    place.settle()
    (found,) = fetched(place)
    assert "4111111111111111" not in found.keep
    place.work.reflections.remove(found.id)
    place.settle()
    assert fetched(place) == ()


def test_a_sick_file_is_said_and_hinders_nothing(place, caplog):  # noqa: F811
    place.places.reflections.write_bytes(b"no database at all, and far too short" * 50)
    with caplog.at_level(logging.WARNING):
        place.work.reflections.keep(SECRET)
        place.settle()
        assert "保存できません" in place.said[-1].text
        assert fetched(place) == ()
    assert SECRET not in caplog.text


def test_what_is_being_written_comes_back_and_goes_with_the_saving(make_place):  # noqa: F811
    desk = make_place()
    desk.work.reflections.draft.keep("change", "カード 4111111111111111 を復唱した")
    desk.settle()
    desk = make_place()
    assert fetched(desk) == ()
    draft = desk.work.reflections.draft
    assert draft.text("change").startswith("カード")
    assert "4111111111111111" not in draft.text("change")
    desk.work.reflections.keep(change=draft.text("change"))
    desk.settle()
    desk = make_place()
    assert len(fetched(desk)) == 1
    assert desk.work.reflections.draft.text("change") == ""
