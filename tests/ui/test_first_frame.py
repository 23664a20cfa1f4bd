"""The first frame: little is imported for it, and nothing of it moves when the rest comes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QLabel, QPushButton

from app.first_choices import first_choices
from app.key_choice import keys_in_force
from app.opening import open_workplace
from app.settings import load
from call.clock import SimulatedClock
from desktop.paths import Places
from tests.ui.conftest import AFTERNOON, SETTINGS
from ui import actions
from ui.first_frame import FirstChoices, show_first_frame
from ui.furnished import Desktop
from ui.sidebar import Sidebar
from ui.system_look import system_look

ROOT = Path(__file__).parents[2]
# A new name here makes every start slower: is it on the first frame?
BEFORE_THE_FIRST_PAINT = {
    "app": {
        "command_line",
        "commands.window",
        "failure",
        "first_choices",
        "late_modules",
        "trace_log",
        "window_run",
    },
    "call": {"phase"},
    "desktop": {"door", "instance", "paths", "screen", "short_name"},
    "scripts_ja": {"clock_time", "texts"},
    "ui": {
        *("actions", "application", "buttons_panel", "composition"),
        *("concession_mark", "dock_geometry", "first_frame", "header_panel", "icon"),
        *("key_button", "known_parts", "labels", "marks_panel", "paint_report", "port.box"),
        "resuming",
        *(
            "posting",
            "late_loader",
            "quick_imports",
            "sidebar",
            "still_label",
            "system_look",
            "tab_order",
            "theme",
        ),
        *("waiting_head", "window_controls"),
    },
}
SLOW = {"msgspec", "dataclasses", "sqlite3", "sqlite_utils", "tomlkit", "budoux", "Xlib", "socket"}
SLOW |= {"json", "importlib.resources", "logging.handlers", "platformdirs", "jinja2"}
LOOK_AT_MODULES = """
import sys
from ui.quick_imports import spare_sources
from ui.application import Application
def look(self, fill):
    self.qt.processEvents()
    from scripts_ja.texts import _texts
    print("texts", _texts.cache_info().currsize)
    print(*sys.modules, sep="\\n")
    return 0
Application.run = look
import main
sys.argv = ["main.py"]
main.main()
"""


def modules_of_a_start(folder: Path) -> list[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "YORISOI_DATA_DIR": str(folder)}
    done = subprocess.run(
        [sys.executable, "-c", LOOK_AT_MODULES],
        cwd=ROOT, env=environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return done.stdout.split("\n")


def test_what_is_imported_before_the_first_paint_is_known(tmp_path):
    said = modules_of_a_start(tmp_path)
    own = {name for name in said if name.partition(".")[0] in BEFORE_THE_FIRST_PAINT}
    rooms = {*BEFORE_THE_FIRST_PAINT, "ui.port", "app.commands"}
    listed = {f"{room}.{name}" for room, names in BEFORE_THE_FIRST_PAINT.items() for name in names}
    assert own - rooms == listed
    assert not SLOW & set(said)
    assert "texts 0" in said, "the first frame says something that first_frame.toml does not have"


def seen(window: Sidebar) -> dict[tuple[str, str], list[QRect]]:
    """What can be read, and where."""
    found: dict[tuple[str, str], list[QRect]] = {}
    for kind in (QLabel, QPushButton):
        for widget in window.findChildren(kind):
            if widget.isVisible() and widget.text().strip():
                place = QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size())
                found.setdefault((kind.__name__, widget.text()), []).append(place)
    return found


@pytest.mark.parametrize(
    ("percent", "size"), [(100, (340, 820)), (100, (340, 680)), (200, (560, 1000))]
)
@pytest.mark.parametrize("is_strip", [False, True])
def test_nothing_moves_when_the_rest_comes(application, tmp_path, percent, size, is_strip):
    settings = {**SETTINGS, "view.text_percent": percent}
    work, notices = open_workplace(
        Places(tmp_path), SimulatedClock(AFTERNOON), application.post, settings
    )
    window = Sidebar(system_look("light", percent))
    window.resize(*size)
    window.show_compact(is_strip)
    window.show()
    application.qt.processEvents()
    before = seen(window)
    assert any("00:00" in text for _, text in before)
    Desktop(work, notices, window)
    window.input.focus()
    window.show_compact(is_strip)
    for _ in range(3):
        application.qt.processEvents()
    after = seen(window)
    moved = {what: (places, after.get(what)) for what, places in before.items()
             if not set(map(QRect.getRect, places)) <= set(map(QRect.getRect, after.get(what, [])))}  # fmt: skip
    window.close()
    work.close()
    assert not moved


def resumed(application, work, notices, *, is_strip: bool) -> Sidebar:
    """A window that is filled, before its journal is open."""
    choices = FirstChoices("light", side="floating", is_strip=is_strip, is_resuming=True)
    window = show_first_frame(choices)
    window.setFixedSize(window.size())
    application.qt.processEvents()
    assert says(window, "再開中")
    assert not says(window, "00:00", "待機", "次の電話を待っています")
    Desktop(work, notices, window)
    window.show_compact(is_strip)
    application.qt.processEvents()
    assert says(window, "再開中")
    assert not says(window, "00:00", "待機", "次の電話を待っています")
    return window


def says(window: Sidebar, *texts: str) -> bool:
    return any(text in said for text in texts for _, said in seen(window))


@pytest.mark.parametrize("is_strip", [False, True])
def test_a_call_that_was_on_is_not_denied_by_the_first_frame(application, make_seat, is_strip):
    before = make_seat().start()
    before.act("start")
    before.wait_until(before.places.in_hand.exists)
    before.close()
    work, notices = open_workplace(before.places, before.clock, application.post, SETTINGS)
    window = resumed(application, work, notices, is_strip=is_strip)
    places = {button: button.geometry() for button in (window.buttons.next, window.buttons.back)}
    work.start()
    before.wait_until(lambda: says(window, "通話中"))
    assert {button: button.geometry() for button in places} == places
    assert not says(window, "再開中", "--:--")
    window.close()
    work.close()


def test_a_mark_without_a_case_is_taken_back(application, make_seat):
    seat = make_seat().start()
    seat.close()
    seat.places.in_hand.touch()
    work, notices = open_workplace(seat.places, seat.clock, application.post, SETTINGS)
    window = resumed(application, work, notices, is_strip=False)
    work.start()
    seat.wait_until(lambda: says(window, "待機"))
    assert says(window, "00:00")
    assert says(window, "次の電話を待っています")
    assert window.waiting.hint.isVisible()
    assert window.buttons.start.isVisible()
    assert not window.buttons.next.isVisible()
    seat.wait_until(lambda: not seat.places.in_hand.exists())
    window.close()
    work.close()


def test_the_first_frame_is_where_and_as_the_settings_say(tmp_path):
    file = tmp_path / "settings.toml"
    file.write_text(
        '[view]\ntheme = "dark"\ntext_percent = 150\ndock = "left"\ncompact = "on"\n'
        '[hotkeys]\nstart = "Ctrl+Alt+F"\nnext = "none"\nnonsense = "Ctrl+J"\n',
        encoding="utf-8-sig",
    )
    try:
        assert first_choices(file) == FirstChoices("dark", 150, "left", is_strip=True)
        assert actions.key_in_force("start") == "Ctrl+Alt+F"
        assert actions.key_in_force("next") == actions.DEFAULTS["next"]
    finally:
        actions.put_in_force({})


@pytest.mark.parametrize("percent", [250, 130, 7])
def test_the_first_frame_has_the_size_and_the_keys_that_the_whole_settings_will_have(
    tmp_path, percent
):
    file = tmp_path / "settings.toml"
    file.write_text(
        f"[view]\ntext_percent = {percent}\n[hotkeys]\n"
        'start = "ctrl + alt + f"\nnext = "Banana"\nhold = "Ctrl+Alt+F"\nback = "none"\n',
        encoding="utf-8",
    )
    settings, _ = load(file)
    try:
        assert first_choices(file).percent == settings.number("view.text_percent")
        keys = keys_in_force(settings.text)
        assert {name: actions.key_in_force(name) for name in actions.DEFAULTS} == keys
        assert keys["start"] == "Ctrl+Alt+F" != keys["hold"]
    finally:
        actions.put_in_force({})


@pytest.mark.parametrize(
    "text", ["", "view = 1", "[view]\ntheme = 7\ntext_percent = true\ndock = []", "[view", "\udcff"]
)
def test_a_settings_file_that_says_nonsense_is_no_reason_to_wait(tmp_path, text):
    file = tmp_path / "settings.toml"
    file.write_text(text, encoding="utf-8", errors="surrogateescape")
    assert first_choices(file) == FirstChoices()
    assert first_choices(tmp_path / "none.toml") == FirstChoices()
