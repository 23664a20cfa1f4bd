"""Pictures of the agenda and of a callback: near, late, tried in vain, with long texts and large."""

from __future__ import annotations

from datetime import timedelta

from call import commands as c
from call.events import AttemptResult
from call.fold_times import CallPhase
from scripts_ja.model import NoteKind

_LOOKS = [
    ("light", 100, (340, 680)),
    ("light", 100, (340, 900)),
    ("dark", 100, (340, 820)),
    ("light", 150, (440, 900)),
    ("light", 200, (560, 1000)),
]
_NAMES = ("山田", "佐々木", "独立行政法人高齢・障害・求職者雇用支援機構附属研究所 長宗我部", "")
_LONG = "点検結果のご報告と、代替機の回収の日程、お詫びの品の発送の控えについてのご連絡"


def take_agenda(stage, workplace, clock, take_looks) -> None:
    """Some cases that owe something, then the list, its questions, and a callback in vain."""
    for number, name in enumerate(_NAMES * 6):
        _owe(workplace, name, number)
        clock.advance(60)
    stage.wait_until(lambda: len(workplace.agenda.lines()) >= len(_NAMES) * 6)
    take_looks(stage, workplace, "waiting", _LOOKS)
    controller, window = stage.desktop.controller, stage.desktop.window
    controller.trigger("agenda")
    take_looks(stage, workplace, "agenda", _LOOKS)
    window.sheet.list.key_named.emit("P")
    window.sheet.ask.entry.setText("明日15時")
    take_looks(stage, workplace, "agenda-postpone", _LOOKS[:1] + _LOOKS[4:])
    window.sheet.ask.close_ask()
    window.sheet.list.go_to(len(_NAMES) * 3)
    take_looks(stage, workplace, "agenda-later", _LOOKS[:1])
    _take_callback(stage, workplace, take_looks)


def _owe(workplace, name: str, number: int) -> None:
    now = workplace.now().wall
    workplace.do(c.StartCall(f"03-0000-{number:04d}"))
    workplace.do(c.FillField("customer", name))
    workplace.do(c.FillField("issue", "洗濯機の水漏れ"))
    if number % 3:
        note = c.TakeNote(NoteKind.PROMISE, _LONG, due_at=now + timedelta(hours=number - 4))
        workplace.do(note)
    else:
        workplace.do(c.CommitCallback("佐藤", now + timedelta(minutes=9 * number + 5), "課長"))
    workplace.do(c.RecordHandoff("text", "note.txt"))
    workplace.do(c.EndCall())
    workplace.do(c.FinishWrapUp())


def _take_callback(stage, workplace, take_looks) -> None:
    window, controller = stage.desktop.window, stage.desktop.controller
    line = next(x for x in workplace.agenda.lines() if x.entry.what.kind == "callback")
    window.sheet.open_asked.emit(line)
    stage.wait_until(lambda: workplace.is_chosen and window.sheet is not None)
    take_looks(stage, workplace, "callback", _LOOKS)
    workplace.do(c.ReadBackNumber())
    again = workplace.now().wall + timedelta(minutes=40)
    workplace.do(c.TryCall(AttemptResult.VOICEMAIL, next_at=again))
    window.sheet.rows.choose("words0")
    take_looks(stage, workplace, "callback-voicemail", _LOOKS[:1] + _LOOKS[4:])
    for result in (AttemptResult.ABSENT, AttemptResult.OTHER_PERSON):
        workplace.do(c.TryCall(result, "ご家族", again))
    window.sheet.rows.choose("decide")
    take_looks(stage, workplace, "callback-in-vain", _LOOKS[:3])
    window.close_sheet()
    workplace.cases.lay_aside()
    workplace.do(c.StartCall("03-1111-2222"))
    assert workplace.phase is CallPhase.TALKING  # noqa: S101 - the sheet is seen in a call too
    workplace.do(c.EnterStage("F5-S1"))
    take_looks(stage, workplace, "callback-stage", _LOOKS[:1] + _LOOKS[4:])
    controller.trigger("callback")
    take_looks(stage, workplace, "callback-new", _LOOKS[:1])
    window.close_sheet()
