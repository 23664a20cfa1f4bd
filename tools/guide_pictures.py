"""The pictures of the user guide: the sample call, stopped where the guide speaks of it.

Usage: python tools/guide_pictures.py [FOLDER]          (docs/pictures/guide, if not named)

A picture that the guide needs is a line of ``PICTURES`` and one ``take`` below; a test holds that
the guide shows these and no others, and that this program makes them.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["TZ"] = "Asia/Tokyo"  # the times of the sample, wherever it is played
if hasattr(time, "tzset"):
    time.tzset()
sys.path.insert(0, str(Path(__file__).parents[1]))

from PySide6.QtWidgets import QApplication, QWidget

from app.opening import open_workplace
from app.scenario import Step, load_scenario
from app.scenario_rows import with_ids
from call import commands as c
from call.clock import SimulatedClock
from desktop.paths import Places
from scripts_ja.model import NoteKind
from ui.application import Application
from ui.paper.window import PaperWindow
from ui.stage_for_pictures import PictureStage

FOLDER = Path(__file__).parents[1] / "docs" / "pictures" / "guide"
# In the order of the sample call.
PICTURES = (
    "welcome",
    "ringing",
    "call",
    "phrase-search",
    "card",
    "hold",
    "consult",
    "second-desk",
    "abuse",
    "visit",
    "wrap-up",
    "papers",
    "agenda",
    "callback",
    "case-search",
    "settings",
)
_SIZE = (340, 760)
_TICK_SECONDS = 15


class Photographer:
    """Plays the sample call and takes each picture under its name."""

    def __init__(self, folder: Path, application: Application, data: Path) -> None:
        self._folder = folder
        self._scenario = load_scenario("washing_machine")
        self._steps: Iterator[Step] = iter(self._scenario.steps)
        self._passed = 0.0
        self.clock = SimulatedClock(self._scenario.starts_at)
        overrides = {"flow.first": self._scenario.flow, "view.theme": "light"}
        self.work, notices = open_workplace(Places(data), self.clock, application.post, overrides)
        self.stage = PictureStage(application, self.work, notices, folder)
        self.window = self.stage.desktop.window
        self.window.resize(*_SIZE)
        self.work.start()
        self.stage.wait_until(lambda: self.work.session.is_open)

    def introduce(self) -> None:
        """The agent's name and house, which the first start asks for."""
        names = {
            "desk.name": self._scenario.agent,
            "desk.company": self._scenario.company,
            "desk.department": self._scenario.department,
        }
        self.work.settings.change(names)

    def play_until(self, *last: type) -> None:
        """Play on, up to and with the next command of one of these kinds."""
        for step in self._steps:
            while self._passed + _TICK_SECONDS < step.at_seconds:
                self._pass(_TICK_SECONDS)
                self.stage.tick()
            self._pass(step.at_seconds - self._passed)
            change = self.work.do(with_ids(step.command, self.work.case))
            if change.refusal is not None:
                raise RuntimeError(f"{step.command} is refused: {change.refusal.reason}")
            self.stage.tick()
            if isinstance(step.command, last):
                return

    def press(self, action: str) -> None:
        """What the key of an action does."""
        self.stage.desktop.controller.trigger(action)
        self.stage.settle()

    def close_sheet(self) -> None:
        """Back to the stage."""
        self.window.close_sheet()
        self.stage.settle()

    def take(self, name: str, window: QWidget | None = None) -> None:
        """Keep what a window shows."""
        self.window.refresh()
        self.stage.settle()
        path = self._folder / f"{name}.png"
        if not (window or self.window).grab().save(str(path)):
            raise OSError(None, "cannot be written", str(path))

    def _pass(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self._passed += seconds


def main(folder: Path) -> None:
    """Take them all."""
    folder.mkdir(parents=True, exist_ok=True)
    for earlier in folder.glob("*.png"):
        earlier.unlink()
    application = Application(["yorisoi"])
    with tempfile.TemporaryDirectory() as data:
        at = Photographer(folder, application, Path(data))
        at.stage.desktop.controller.begin()
        at.take("welcome")
        at.close_sheet()
        at.introduce()
        _from_ringing_to_consultation(at)
        _other_sheets(at)
        _after_the_call(at)
        at.stage.close()
        at.work.close()


def _from_ringing_to_consultation(at: Photographer) -> None:
    at.play_until(c.Ring)
    at.take("ringing")
    at.play_until(c.AdvanceStage)
    at.play_until(c.MarkSameTalk)
    at.take("call")
    at.press("find_phrase")
    at.window.sheet.entry.setText("ほりゅう")
    at.take("phrase-search")
    at.close_sheet()
    at.press("cards")
    at.window.sheet._choose(at.window.sheet._choices[0])
    at.take("card")
    at.close_sheet()
    at.play_until(c.StartConsult)
    at.play_until(c.TakeNote)
    at.take("hold")
    at.press("consult")
    at.take("consult")
    at.close_sheet()


def _other_sheets(at: Photographer) -> None:
    at.play_until(c.AnswerCallback)
    at.press("second_desk")
    at.take("second-desk")
    at.window.middle.close_desk()
    for action in ("abuse", "visit"):
        at.press(action)
        at.take(action)
        at.close_sheet()


def _after_the_call(at: Photographer) -> None:
    at.play_until(c.EndCall)
    at.press("wrap_up")
    at.take("wrap-up")
    at.close_sheet()
    at.press("papers")
    paper = next(w for w in QApplication.topLevelWidgets() if isinstance(w, PaperWindow))
    at.take("papers", paper)
    paper.close()
    at.play_until(c.FinishWrapUp)
    at.work.do(c.TakeNote(NoteKind.PROMISE, "交換の日程", at.work.now().wall + timedelta(hours=2)))
    for action, name in (("agenda", "agenda"), ("callback", "callback"), ("cases", "case-search")):
        at.press(action)
        at.stage.wait_until(lambda: at.work.is_quiet)
        if name == "case-search":
            at.window.sheet.entry.setText("洗濯機")
            at.stage.wait_until(lambda: at.window.sheet.list.rows.rowCount() > 0)
        at.take(name)
        at.close_sheet()
    at.press("settings")
    at.take("settings", at.stage.desktop.controller.settings.window)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
