"""Pictures of the sidebar in every look and size that has to be looked at after a change.

Usage: python tools/pictures.py FOLDER
"""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path.insert(0, str(Path(__file__).parents[1]))

from app.opening import open_workplace
from app.scenario import load_scenario
from app.scenario_rows import with_ids
from call import commands as c
from call.clock import SimulatedClock
from call.events import (
    Cause,
    Disposition,
    Effect,
    Judged,
    PlaceKind,
    Safety,
    VisitCheck,
    VisitMoment,
)
from desktop.paths import Places
from scripts_ja.model import NoteKind
from tools.agenda_pictures import take_agenda
from ui.application import Application
from ui.stage_for_pictures import PictureStage

LOOKS = [
    ("light", 100, (340, 1000)),
    ("light", 100, (340, 680)),
    ("light", 100, (320, 680)),
    ("light", 100, (480, 900)),
    ("dark", 100, (340, 820)),
    ("light", 125, (340, 820)),
    ("light", 150, (400, 900)),
    ("light", 200, (560, 1000)),
]
SECOND_LOOKS = [
    ("light", 100, (340, 820)),
    ("light", 100, (340, 680)),
    ("light", 100, (640, 820)),
    ("light", 100, (1200, 820)),
    ("dark", 100, (640, 820)),
    ("light", 200, (560, 1000)),
]
SHEET_LOOKS = [
    ("light", 100, (340, 820)),
    ("light", 100, (340, 680)),
    ("dark", 100, (340, 820)),
    ("light", 200, (560, 1000)),
]
LONG_NAME = "独立行政法人高齢・障害・求職者雇用支援機構附属研究所 長宗我部 右衛門左衛門"
LONG_NOTE = "あいうえお漢字カタカナ𠮷野家😀ﾊﾝｶｸ<b>太字</b><img src=x>" * 200


def main(folder: Path) -> None:
    """Play the sample up to the consultation and take it in every look."""
    folder.mkdir(parents=True, exist_ok=True)
    scenario = load_scenario("washing_machine")
    application = Application(["yorisoi"])
    clock = SimulatedClock(scenario.starts_at)
    overrides = {"desk.name": scenario.agent, "desk.company": scenario.company}
    with tempfile.TemporaryDirectory() as data:
        workplace, notices = open_workplace(Places(Path(data)), clock, application.post, overrides)
        stage = PictureStage(application, workplace, notices, folder)
        workplace.start()
        stage.wait_until(lambda: workplace.session.is_open)
        passed = 0
        for step in scenario.steps:
            if isinstance(step.command, c.Hold | c.ToggleHold):
                break
            clock.advance(step.at_seconds - passed)
            passed = step.at_seconds
            workplace.do(with_ids(step.command, workplace.case))
        take_looks(stage, workplace, "circles")
        stage.desktop.controller.trigger("consult")
        take_looks(stage, workplace, "consult", LOOKS[1:2] + LOOKS[4:5])
        stage.desktop.window.close_sheet()
        for action in ("exits", "kinds", "customer", "retime", "keys_help", "cases"):
            stage.desktop.controller.trigger(action)
            stage.settle()
            take_looks(stage, workplace, action, LOOKS[1:2])
            stage.desktop.window.close_sheet()
        stage.desktop.controller.trigger("cards")
        take_looks(stage, workplace, "cards", LOOKS[1:2])
        stage.desktop.window.sheet._choose(stage.desktop.window.sheet._choices[0])
        take_looks(stage, workplace, "card", LOOKS[1:2] + LOOKS[4:5])
        stage.desktop.window.close_sheet()
        for stage_id in ("F7-S2", "F4-S2", "F3-S1"):
            workplace.do(c.EnterStage(stage_id))
            take_looks(stage, workplace, stage_id, LOOKS[1:2])
        take_second_desk(stage, workplace)
        take_visit_sheet(stage, workplace, clock)
        take_abuse_sheet(stage, workplace, clock)
        workplace.do(c.EnterStage("F1-S5"))
        workplace.do(c.Hold())
        clock.advance(130)
        workplace.do(c.FillField("customer", LONG_NAME))
        workplace.do(c.TakeNote(NoteKind.QUOTE, LONG_NOTE))
        take_looks(stage, workplace, "hold-long", LOOKS[1:3] + LOOKS[7:])
        workplace.do(c.Resume())
        workplace.do(c.EndCall())
        take_looks(stage, workplace, "wrap-up", LOOKS[1:2])
        take_wrap_up(stage, workplace, clock)
        due = workplace.now().wall + timedelta(minutes=20)
        workplace.do(c.CommitCallback("佐藤", due, "課長"))
        workplace.do(c.RecordHandoff("text", "note.txt"))
        workplace.do(c.FinishWrapUp())
        clock.advance(6 * 60)
        take_looks(stage, workplace, "reminder", LOOKS[1:2] + LOOKS[4:5] + LOOKS[7:])
        take_agenda(stage, workplace, clock, take_looks)
        workplace.close()


def take_second_desk(stage, workplace) -> None:
    """Every page of the second line's desk: narrow, beside the stage, dark, and large."""
    workplace.do(c.SetSafety(Safety.YES))
    workplace.do(c.TakeNote(NoteKind.CANNOT, "お休みになった分のお支払い"))
    workplace.do(c.MarkWords(Effect.EASED, "何度もお電話をいただき、お手間をおかけしました"))
    expires_at = workplace.now().wall + timedelta(days=7)
    workplace.do(c.PlanConcession("設置費用の返金", "佐藤部長", expires_at))
    workplace.do(c.TellConcession(words="お詫びとして、設置費用をお返しいたします"))
    workplace.do(c.TellConcession("点検の費用", "本部長", "お怪我の恐れがあったため"))
    workplace.do(c.PlanAction(LONG_NOTE[:200], "田中", workplace.now().wall + timedelta(hours=5)))
    controller, desk = stage.desktop.controller, stage.desktop.window.middle.desk
    controller.trigger("second_desk")
    for page in desk.pages:
        desk.show_page(page)
        take_looks(stage, workplace, f"second-{page}", SECOND_LOOKS)
    desk.show_page("facts")
    desk.page.keys(workplace.case)["R"].act()
    take_looks(stage, workplace, "second-reading", SECOND_LOOKS[:1])
    stage.desktop.window.middle.close_desk()


def take_visit_sheet(stage, workplace, clock) -> None:
    """Every page of the visit sheet, at the door and with words that are long."""
    now = workplace.now().wall
    for check, answer in (("harm", "yes"), ("justification", "yes"), ("safety", "no")):
        workplace.do(c.JudgeVisit(VisitCheck(check), Judged(answer)))
    workplace.do(c.OfferPlace(PlaceKind.THIRD_PARTY))
    place = "東京都千代田区丸の内一丁目九番一号 グラントウキョウノースタワー地下一階喫茶室"
    people = ("長宗我部 右衛門左衛門",)
    workplace.do(c.PlanVisit(now + timedelta(minutes=5), people, PlaceKind.HOME, place))
    pages = open_sheet(stage, "visit")
    for page in ("judging", "plan", "door", "proof"):
        if page == "door":
            workplace.do(c.MarkVisit(VisitMoment.DEPARTED))
            clock.advance(300)
            workplace.do(c.MarkVisit(VisitMoment.ARRIVED))
            clock.advance(900)
        pages.show_page(page)
        take_looks(stage, workplace, f"visit-{page}", SHEET_LOOKS)
    workplace.do(c.MarkVisit(VisitMoment.ABSENT))
    workplace.do(c.LeaveAbsenceNote(workplace.visits.absence_note().text))
    workplace.do(c.MarkVisit(VisitMoment.LEFT))
    take_looks(stage, workplace, "visit-left", SHEET_LOOKS[1:2])
    stage.desktop.window.close_sheet()


def take_abuse_sheet(stage, workplace, clock) -> None:
    """Every page of the sheet of an abusive call, within its flow."""
    workplace.do(c.EnterStage("F7-S2"))
    workplace.do(c.RecordAct(("abusive_words", "personal_attack"), LONG_NOTE[:120]))
    clock.advance(60)
    workplace.do(c.RecordAct(is_danger=True))
    workplace.do(c.GiveWarning("abusive_words", "ふざけるな"))
    pages = open_sheet(stage, "abuse")
    stage.wait_until(lambda: stage.desktop.controller.abuse.watch.view is not None)
    for page in ("acts", "steps", "repeats", "record"):
        pages.show_page(page)
        take_looks(stage, workplace, f"abuse-{page}", SHEET_LOOKS)
    pages.show_page("acts")
    pages.page.keys(workplace.case)["C"].act()
    take_looks(stage, workplace, "abuse-words", SHEET_LOOKS[1:2])
    pages.ask.close_ask()
    stage.desktop.window.close_sheet()
    take_looks(stage, workplace, "abuse-stage", SHEET_LOOKS)


def open_sheet(stage, action):
    """The pages of a sheet that its key has opened."""
    stage.desktop.controller.trigger(action)
    stage.settle()
    return stage.desktop.window.sheet.pages


def take_wrap_up(stage, workplace, clock) -> None:
    """The record while it is empty, filled, late and typed in; prevention and reflection."""
    controller, window = stage.desktop.controller, stage.desktop.window
    controller.trigger("wrap_up")
    take_looks(stage, workplace, "record-empty", LOOKS[1:2])
    clock.advance(90)
    workplace.do(
        c.FillField(
            "conclusion", "明日10時までに、中村が訪問して給水ホースを交換することで終わった"
        )
    )
    workplace.do(c.FillField("apology", LONG_NOTE[:160]))
    workplace.do(c.SetDisposition(Disposition.PENDING, "ご家族とご相談のうえ、お返事をくださる"))
    take_looks(stage, workplace, "record", SECOND_LOOKS)
    window.sheet.rows.choose("issue")
    window.sheet.rows.keys()["Enter"].act()
    window.sheet.ask.entry.setText(
        "配送の際に取り付けた給水ホースからの水漏れと、訪問の日の聞き違い"
    )
    take_looks(stage, workplace, "record-typing", LOOKS[1:2] + LOOKS[7:])
    window.sheet.ask.close_ask()
    clock.advance(10 * 60)
    take_looks(stage, workplace, "record-late", LOOKS[1:2] + LOOKS[4:5])
    sheet = c.WritePrevention(
        Cause.EXPLANATION,
        "訪問の日を電話口で復唱しなかった",
        "お客様1名、訪問2回、床の水濡れ",
        measure="今後は注意する",
        owner="伊藤",
        check_at=workplace.now().wall + timedelta(days=40),
        told_customer=LONG_NOTE[:120],
    )
    workplace.do(sheet)
    window.sheet.turn_to("prevention")
    stage.wait_until(lambda: workplace.is_quiet)
    take_looks(stage, workplace, "prevention", SECOND_LOOKS)
    window.sheet.rows.choose("told_customer")
    window.sheet.rows.verticalScrollBar().setValue(10_000)
    take_looks(stage, workplace, "prevention-causes", LOOKS[1:2])
    window.sheet.turn_to("reflection")
    workplace.reflections.keep("事実を順に並べてお伝えできた", "保留の前に、時間をお伝えする", "")
    workplace.reflections.keep("", "", "ご説明のお手間をおかけし、申し訳ございません")
    workplace.reflections.draft.keep("keep", "お話を最後まで伺えた")
    window.sheet.turn_to("reflection")
    stage.wait_until(lambda: workplace.is_quiet)
    take_looks(stage, workplace, "reflection", SECOND_LOOKS)
    window.close_sheet()


def take_looks(stage, workplace, name, looks=LOOKS) -> None:
    """One picture per look."""
    for theme, percent, size in looks:
        workplace.settings.change({"view.theme": theme, "view.text_percent": percent})
        stage.desktop.controller.looks.apply()
        stage.desktop.window.resize(*size)
        stage.settle()
        stage.take(f"{name}-{theme}-{percent}-{size[0]}x{size[1]}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
