"""Every window and sheet that there is, one after the other, for what must hold in all of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from call import commands as c
from call.events import Safety
from scripts_ja.model import NoteKind
from scripts_ja.texts import t
from ui.port.encryption import EncryptionState
from ui.retention_sheets import EraseSheet
from ui.settings_window import PAGES

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
)
SHEETS = (
    "exits",
    "cards",
    "kinds",
    "customer",
    "consult",
    "retime",
    "keys_help",
    "cases",
    "find_phrase",
    "own_wording",
    "first_phrase",
    "agenda",
    "callback",
)
# Sheets of several pages; a digit turns to one.
PAGED = {"visit": 4, "abuse": 4, "wrap_up": 3}


def views(seat) -> Iterator[tuple[str, QWidget]]:
    """Name and window, each as it stands when it is yielded. ``seat`` waits for a call."""
    window = seat.window
    yield "waiting", window
    yield from _call(seat)
    yield from _sheets(seat)
    yield from _paged_sheets(seat)
    yield from _second_desk(seat)
    yield from _settings(seat)
    window.show_compact(True)
    seat.settle()
    yield "strip", window
    window.show_compact(False)
    seat.work.do(c.EndCall())
    seat.settle()
    yield "wrap-up", window
    yield from _papers(seat)
    yield from _records(seat)


def controls(window: QWidget) -> list[QWidget]:
    """What can be worked in it, in the order of the tree; what has to be scrolled to, too."""
    found = [w for w in window.findChildren(QWidget) if isinstance(w, CONTROLS)]
    # The line inside a number or a list belongs to it.
    whole = [w for w in found if not isinstance(w.parent(), QAbstractSpinBox | QComboBox)]
    return [w for w in whole if w.window() is window and w.isVisible()]


def _call(seat) -> Iterator[tuple[str, QWidget]]:
    seat.begin_call("0312345678")
    seat.work.do(c.TakeNote(NoteKind.QUOTE, "音が止まらない。もう三回目です"))
    seat.work.do(c.SetTemperature(4))
    seat.work.do(c.SetSafety(Safety.YES))
    seat.settle()
    yield "call", seat.window
    seat.work.do(c.Hold())
    seat.wait(130)
    yield "hold", seat.window
    seat.work.do(c.Resume())
    seat.wait(21 * 60)
    yield "long-call", seat.window


def _sheets(seat) -> Iterator[tuple[str, QWidget]]:
    for action in SHEETS:
        seat.controller.trigger(action)
        seat.wait_until(lambda: seat.work.is_quiet)
        assert seat.window.sheet is not None, action
        yield action, seat.window
        seat.window.close_sheet()
        seat.settle()
    seat.controller.trigger("cards")
    seat.press("1")
    seat.settle()
    yield "card", seat.window
    seat.window.close_sheet()
    yield from _phrases(seat)


def _phrases(seat) -> Iterator[tuple[str, QWidget]]:
    window = seat.window
    seat.controller.trigger("find_phrase")
    window.sheet.entry.setText("なにもない言葉")
    seat.settle()
    yield "phrases-none", window
    window.sheet.entry.clear()
    seat.controller.trigger("own_wording")
    seat.settle()
    yield "wording", window
    window.close_sheet()
    for _ in range(2):
        seat.controller.trigger("find_phrase")
    seat.settle()
    yield "reading", window
    window.close_sheet()


def _paged_sheets(seat) -> Iterator[tuple[str, QWidget]]:
    for action, pages in PAGED.items():
        seat.controller.trigger(action)
        seat.wait_until(lambda: seat.work.is_quiet)
        for number in range(1, pages + 1):
            seat.press(str(number))
            seat.settle()
            yield f"{action}-{number}", seat.window
        seat.window.close_sheet()
        seat.settle()


def _second_desk(seat) -> Iterator[tuple[str, QWidget]]:
    seat.work.do(c.TakeNote(NoteKind.CANNOT, "お休みになった分のお支払い"))
    seat.work.do(c.PlanConcession("設置費用の返金", "佐藤部長", seat.work.now().wall))
    due = seat.work.now().wall + timedelta(hours=5)
    seat.work.do(c.PlanAction("部品の手配", "田中", due))
    seat.controller.trigger("second_desk")
    desk = seat.window.middle.desk
    for page in desk.pages:
        desk.show_page(page)
        seat.settle()
        yield f"second-{page}", seat.window
    seat.window.middle.close_desk()
    seat.settle()


def _settings(seat) -> Iterator[tuple[str, QWidget]]:
    seat.controller.trigger("settings")
    settings = seat.controller.settings.window
    for page in PAGES:
        settings.choose_page(page)
        seat.settle()
        yield f"settings-{page}", settings
    settings.close()
    seat.settle()


def _papers(seat) -> Iterator[tuple[str, QWidget]]:
    papers = seat.controller.papers
    seat.controller.trigger("handoff")
    seat.wait_until(lambda: seat.work.is_quiet)
    yield "handoff", papers.handoff
    papers.close_handoff()
    for _ in range(2):
        seat.controller.trigger("consult")
    seat.settle()
    yield "consult-large", papers._large
    papers._large.close()
    seat.window.close_sheet()
    seat.settle()


def _records(seat) -> Iterator[tuple[str, QWidget]]:
    """What is about the records as a whole, while no call is on."""
    case_id = seat.case.id
    for command in (c.FinishWrapUp(), c.StartCall(), c.EndCall(), c.FinishWrapUp()):
        seat.work.do(command)  # another case is in hand: this one can be erased
    seat.save()
    seat.work.backups.make()
    made = []
    seat.wait_until(lambda: seat.window.notice.text() == t("backup.made"))
    seat.work.backups.fetch(made.append)
    seat.wait_until(lambda: made)
    window, sheets = seat.window, seat.controller
    sheets.backups.open()
    seat.wait_until(lambda: window.sheet.findChildren(QAbstractButton))
    yield "backups", window
    sheets.backups._ask(made[0].rows[0])
    seat.settle()
    yield "restore", window
    yield from _encryption(seat)
    sheets.case_sheets._retention.open()
    seat.wait_until(lambda: seat.work.is_quiet)
    yield "retention", window
    sheets.case_sheets._retention.ask(case_id)
    seat.wait_until(lambda: isinstance(window.sheet, EraseSheet))
    yield "erase", window
    sheets.open_welcome()
    seat.settle()
    yield "welcome", window
    window.close_sheet()


def _encryption(seat) -> Iterator[tuple[str, QWidget]]:
    """Up to the key that is typed; where the machine keeps no keys, why not."""
    window, port = seat.window, seat.work.encryption
    seat.controller._encryption.open()
    seat.wait_until(
        lambda: port.view.state is not EncryptionState.UNKNOWN and not port.view.is_busy
    )
    yield "encryption", window
    for step in ("encryption-key", "encryption-typed"):
        for button in window.sheet.buttons[:1]:
            button.click()
            seat.wait_until(lambda: not port.view.is_busy)
        yield step, window
    window.sheet.left.emit()
