"""The Qt application: fonts, translation, one window, and the loop."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QLibraryInfo,
    QLocale,
    QMessageLogContext,
    Qt,
    QTimer,
    QtMsgType,
    QTranslator,
    qInstallMessageHandler,
)
from PySide6.QtGui import QFont, QIcon
from PySide6.QtWidgets import QApplication

from ui.call_ticker import CallTicker
from ui.controller import Controller
from ui.docking import Docking
from ui.icon import app_icon
from ui.look_keys import current_look
from ui.paint_report import PaintReport, wanted_descriptor
from ui.port.notices import Notice
from ui.port.workplace import Workplace
from ui.posting import Poster
from ui.sidebar import Sidebar
from ui.theme import FAMILIES
from ui.trust_mark import TrustMark

_log = logging.getLogger("yorisoi.qt")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class Desktop:
    """A window with all that belongs to it."""

    def __init__(self, workplace: Workplace, notices: Sequence[Notice]) -> None:
        self.workplace = workplace
        self.window = Sidebar(workplace, current_look(workplace))
        self.controller = Controller(workplace, self.window)
        self.trust = TrustMark(workplace, self.window)
        for notice in notices:
            self.window.notice.say(notice)
        self.window.refresh()

    def raise_window(self) -> None:
        """Come forward: somebody started the program again."""
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.show()
        self.window.raise_()
        self.window.take_keyboard()


class Application:
    """One per process."""

    def __init__(self, arguments: Sequence[str]) -> None:
        qInstallMessageHandler(_log_qt_message)
        existing = QApplication.instance()
        self.qt = existing if isinstance(existing, QApplication) else QApplication(list(arguments))
        self.qt.setApplicationName("Yorisoi")
        self.qt.setDesktopFileName("yorisoi")
        self.qt.setStyle("Fusion")
        self.qt.setWindowIcon(QIcon(app_icon()))
        font = QFont()
        font.setFamilies(FAMILIES)
        self.qt.setFont(font)
        self._poster = Poster()
        self._translator = QTranslator()
        self._translate()

    @property
    def post(self) -> Callable[[Callable[[], None]], None]:
        """Brings calls of other threads into this one."""
        return self._poster.post

    def show(self, workplace: Workplace, notices: Sequence[Notice]) -> Desktop:
        """Make the window and show it where the settings say; it leaves the focus where it is."""
        desktop = Desktop(workplace, notices)
        self._ticker = CallTicker(workplace, desktop.window)
        self._report = self._paint_report(workplace, desktop)
        self._docking = Docking(workplace, desktop.window)
        self._docking.show()
        desktop.window.input.focus()
        desktop.controller.begin()
        self._desktop = desktop
        self.after_first_paint(self._open_tray)
        return desktop

    def after_first_paint(self, call: Callable[[], None]) -> None:
        """Make that call when the window has been painted, and no sooner."""
        once = Qt.ConnectionType.SingleShotConnection
        self._desktop.window.painted.connect(lambda: QTimer.singleShot(0, call), once)

    def run(self) -> int:
        """Run until the window is closed."""
        return int(self.qt.exec())

    def _open_tray(self) -> None:
        """Nobody waits for it, nor for its import."""
        from ui.reminder_alert import ReminderAlert
        from ui.tray import Tray

        desktop, controller = self._desktop, self._desktop.controller
        put_away, open_folder = self._docking.put_away, controller.settings.folders.open
        work, window = desktop.workplace, desktop.window
        self._tray = Tray(work, window, put_away, controller.trigger, open_folder)
        self._reminders = ReminderAlert(work, window, self._tray)

    def _paint_report(self, workplace: Workplace, desktop: Desktop) -> PaintReport | None:
        descriptor = wanted_descriptor()
        if descriptor is None:
            return None
        return PaintReport(workplace, desktop.window, descriptor)

    def _translate(self) -> None:
        """Qt's own words (menus of the text fields) in Japanese."""
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._translator.load(QLocale(QLocale.Language.Japanese), "qtbase", "_", folder):
            self.qt.installTranslator(self._translator)


def _log_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    _log.log(_LEVELS.get(kind, logging.WARNING), "%s", message)
