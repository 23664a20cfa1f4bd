"""The settings: pages of fields made from the table. Not modal; every change is live."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from scripts_ja.texts import t
from ui.actions import key_in_force, key_of
from ui.composition import KeptOnLeaving, is_composing, keep_composition
from ui.desk_key_row import DeskKeyRow
from ui.encryption_row import EncryptionRow
from ui.folder_rows import PlaceRow
from ui.hotkey_rows import HotkeysPage
from ui.labels import PlainLabel, set_style_property
from ui.port.settings import SettingView
from ui.port.workplace import Workplace
from ui.setting_rows import SettingRow, row_of
from ui.settings_page import SettingsPage
from ui.theme import Look
from ui.wrapped_label import WrappedLabel

PAGES = ("person", "view", "keys", "alerts", "limits", "files")
_COLUMNS = 3
_TURNS = {"Ctrl+PgDown": 1, "Ctrl+PgUp": -1}
_PAGE_OF_SECTION = {
    "desk": "person",
    "flow": "person",
    "view": "view",
    "hotkeys": "keys",
    "alerts": "alerts",
    "limits": "limits",
    "start": "files",
    "papers": "files",
}
_PAGE_OF_NAME = {
    "limits.callback_remind_first_minutes": "alerts",
    "limits.callback_remind_last_minutes": "alerts",
    "limits.retention_days": "files",
}


def page_of(view: SettingView) -> str:
    """The page a setting stands on; what nobody has placed stands with the files."""
    section = view.name.partition(".")[0]
    return _PAGE_OF_NAME.get(view.name) or _PAGE_OF_SECTION.get(section, "files")


def _door(words: str, close: Callable[[], object], opens: Callable[[], object]) -> QPushButton:
    """A button that leads away from the settings."""
    button = QPushButton(words)
    button.clicked.connect(lambda: (close(), opens()))
    return button


class SettingsWindow(QWidget):
    """Esc puts everything back as it was when the window was opened; closing keeps it.

    ``doors`` are buttons on the page of files, by the key of their words: each closes the window
    and opens something in the sidebar.

    Signals:
        gone(): it was closed.
    """

    gone = Signal()

    def __init__(
        self,
        workplace: Workplace,
        look: Look,
        open_folder: Callable[[str], None],
        doors: Mapping[str, Callable[[], object]],
    ) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(t("settings_window.title"))
        self._work = workplace
        self._form = workplace.settings_form
        self._before = self._form.snapshot()
        self.pages = {name: SettingsPage() for name in PAGES if name != "keys"}
        self.keys = HotkeysPage(workplace.hotkeys)
        self.rows: dict[str, SettingRow] = {}
        self.places = [PlaceRow(view, open_folder) for view in workplace.folders.all()]
        self._about_limits = WrappedLabel("muted")
        self.encryption = EncryptionRow(workplace.encryption)
        self.desk_key = DeskKeyRow(workplace.desk_key)
        self._stack = QStackedWidget()
        self._chips: dict[str, QPushButton] = {}
        self._fill(doors)
        self._build()
        for key, by in _TURNS.items():
            QShortcut(QKeySequence(key), self, partial(self._turn, by))
        self.choose_page(PAGES[0])
        self.refresh(look)
        self.setMinimumSize(300, 360)
        self.resize(look.px(520), look.px(640))

    # -- building -----------------------------------------------------------------------------

    def _fill(self, doors: Mapping[str, Callable[[], object]]) -> None:
        self.pages["limits"].add_row(self._about_limits)
        for view in self._form.all():
            row = row_of(view, self._form.try_value)
            row.left.connect(self.cancel)
            self.rows[view.name] = row
            self._page(page_of(view)).add_row(row)
        for place in self.places:
            self.pages["files"].add_row(place)
        self.pages["files"].add_row(self.encryption)
        self.pages["files"].add_row(self.desk_key)
        for key, opens in doors.items():
            self.pages["files"].add_row(_door(t(key), self.close, opens))
        self.keys.add_keys()
        for name in PAGES:
            self._stack.addWidget(self._page(name))

    def _page(self, name: str) -> SettingsPage:
        return self.keys if name == "keys" else self.pages[name]

    def _build(self) -> None:
        chips = QGridLayout()
        chips.setSpacing(6)
        for place, name in enumerate(PAGES):
            chip = QPushButton(t(f"settings_window.page.{name}"))
            chip.setProperty("chip", "true")
            chip.setProperty("wide", "true")
            chip.clicked.connect(lambda _=False, n=name: self.choose_page(n))
            chips.addWidget(chip, place // _COLUMNS, place % _COLUMNS)
            self._chips[name] = chip
        cancel = QPushButton(t("settings_window.cancel"))
        cancel.clicked.connect(self.cancel)
        self._done = QPushButton(t("settings_window.done", key=key_of("settings")))
        self._done.setProperty("main", "true")
        self._done.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.addWidget(cancel)
        foot.addStretch(1)
        foot.addWidget(self._done)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(10)
        column.addLayout(chips)
        column.addWidget(self._stack, 1)
        column.addWidget(PlainLabel(t("settings_window.live"), "muted"))
        column.addLayout(foot)

    # -- showing ------------------------------------------------------------------------------

    def show_beside(self, sidebar: QRect) -> None:
        """Show it left of the sidebar, or over it where there is no room, never off the screen."""
        screen = QGuiApplication.screenAt(sidebar.center()) or QGuiApplication.primaryScreen()
        free = screen.availableGeometry()
        self.resize(min(self.width(), free.width()), min(self.height(), free.height()))
        left = sidebar.left() - self.width() - 8
        self.move(max(free.left(), left), max(free.top(), sidebar.top()))
        self.show()
        self._kept = KeptOnLeaving(self)

    def choose_page(self, name: str) -> None:
        """Show a page and go to its first field."""
        keep_composition()
        page = self._page(name)
        self._stack.setCurrentWidget(page)
        for each, chip in self._chips.items():
            set_style_property(chip, "on", "true" if each == name else "false")
            chip.setAccessibleName(
                t("settings_window.chosen" if each == name else "settings_window.choose",
                  page=t(f"settings_window.page.{each}"))
            )  # fmt: skip
        page.begin()

    def refresh(self, look: Look) -> None:
        """Show what is in force now, whoever changed it."""
        if self.styleSheet() != look.stylesheet():  # setting it lays every row out anew
            self.setStyleSheet(look.stylesheet())
        for view in self._form.all():
            if view.name in self.rows:
                self.rows[view.name].show_view(view, look)
        for place, folder in zip(self.places, self._work.folders.all(), strict=True):
            place.show_view(folder, look)
        self._about_limits.show_text("", t("settings_window.limits_about"), look)
        self.keys.show_keys(look)
        self.encryption.show_view(look)
        self.desk_key.show_view(look)

    def record(self, action_id: str) -> bool:
        """A global key was pressed: whether a field waits for one, which then has it."""
        return self.keys.record(self._work.hotkeys.keys()[action_id])

    # -- leaving ------------------------------------------------------------------------------

    def cancel(self) -> None:
        """Put everything back and close."""
        for row in self.rows.values():
            row.forget()
        self._form.restore(self._before)
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """What is being typed counts: closing keeps."""
        keep_composition()
        for row in self.rows.values():
            row.save()
        self._kept.end()
        self.gone.emit()
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts everything back; the key of the settings closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancel()
        elif QKeySequence(event.keyCombination()) == QKeySequence(key_in_force("settings")):
            self.close()
        else:
            super().keyPressEvent(event)

    def _turn(self, by: int) -> None:
        if is_composing():
            return
        self.choose_page(PAGES[(self._stack.currentIndex() + by) % len(PAGES)])
