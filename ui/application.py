"""The Qt application: fonts, translation, one window, and the loop.

What the first frame does not need is imported after it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

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

from ui.first_frame import FirstChoices, show_first_frame
from ui.icon import app_icon
from ui.paint_pipe import tell_first_frame, wanted_descriptor
from ui.posting import Poster
from ui.theme import FAMILIES

if TYPE_CHECKING:
    from ui.furnished import Desktop
    from ui.paint_report import PaintReport
    from ui.port.notices import Notice
    from ui.port.workplace import Workplace

_log = logging.getLogger("yorisoi.qt")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}

# A window that nobody sees, on another desktop or as an icon, is filled all the same.
_UNSEEN_MILLISECONDS = 1000


class Application:
    """One per process."""

    def __init__(self, arguments: Sequence[str]) -> None:
        qInstallMessageHandler(_log_qt_message)
        existing = QApplication.instance()
        self.qt = existing if isinstance(existing, QApplication) else _made(arguments)
        self.qt.setApplicationName("Yorisoi")
        self.qt.setDesktopFileName("yorisoi")
        font = QFont()
        font.setFamilies(FAMILIES)
        self.qt.setFont(font)
        self._poster = Poster()
        self._translator = QTranslator()
        self._failure: BaseException | None = None

    @property
    def post(self) -> Callable[[Callable[[], None]], None]:
        """Brings calls of other threads into this one."""
        return self._poster.post

    def open(self, choices: FirstChoices) -> None:
        """Show the window's first frame, where the settings say."""
        self._window = show_first_frame(choices)

    def show(self, workplace: Workplace, notices: Sequence[Notice]) -> Desktop:
        """Fill the window that is shown; it leaves the focus where it is."""
        from ui.call_ticker import CallTicker
        from ui.docking import Docking
        from ui.furnished import Desktop

        self.qt.setWindowIcon(QIcon(app_icon()))
        self._translate()
        desktop = Desktop(workplace, notices, self._window)
        self._ticker = CallTicker(workplace, desktop.window)
        self._report = self._paint_report(workplace)
        self._docking = Docking(workplace, desktop.window)
        self._docking.show()
        desktop.window.input.focus()
        desktop.controller.begin()
        self._desktop = desktop
        self.after_next_paint(self._open_tray)
        self._window.update()  # what waits for a paint has one, though a strip looks as before
        return desktop

    def after_next_paint(self, call: Callable[[], None]) -> None:
        """Make that call when the window has been painted, and no sooner."""
        once = Qt.ConnectionType.SingleShotConnection
        self._window.painted.connect(lambda: QTimer.singleShot(0, call), once)

    def run(self, fill: Callable[[], None]) -> int:
        """Fill the window as soon as its first frame is painted; run until it is closed.

        Raises what filling it raised: there is no window to work with then.
        """
        waiting = [fill]

        def fill_once() -> None:
            # On the screen, not only on its way there: nothing is sent while the rest is imported.
            self.qt.sync()
            if not waiting or not self._window.isVisible():
                return  # filled, or closed already
            tell_first_frame()
            try:
                waiting.pop()()
            except BaseException as error:  # noqa: BLE001 - raised again below, out of the loop
                self._failure = error
                self.qt.exit(1)

        self._window.seen.connect(lambda: QTimer.singleShot(0, fill_once))
        QTimer.singleShot(_UNSEEN_MILLISECONDS, fill_once)
        code = int(self.qt.exec())
        if self._failure is not None:
            raise self._failure
        return code

    def _open_tray(self) -> None:
        """Nobody waits for it, nor for its import."""
        from ui.reminder_alert import ReminderAlert
        from ui.tray import Tray

        desktop, controller = self._desktop, self._desktop.controller
        put_away = self._docking.put_away

        def open_folder(name: str) -> None:
            controller.settings.folders.open(name)

        work, window = desktop.workplace, desktop.window
        self._tray = Tray(work, window, put_away, controller.trigger, open_folder)
        self._reminders = ReminderAlert(work, window, self._tray)

    def _paint_report(self, workplace: Workplace) -> PaintReport | None:
        descriptor = wanted_descriptor()
        if descriptor is None:
            return None
        from ui.paint_report import PaintReport

        return PaintReport(workplace, self._window, descriptor)

    def _translate(self) -> None:
        """Qt's own words (menus of the text fields) in Japanese."""
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._translator.load(QLocale(QLocale.Language.Japanese), "qtbase", "_", folder):
            self.qt.installTranslator(self._translator)


def _made(arguments: Sequence[str]) -> QApplication:
    """The style is an argument: asked for as an object, it has PySide make all of its enums."""
    program, *rest = arguments
    return QApplication([program, "-style", "fusion", *rest])


def _log_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    _log.log(_LEVELS.get(kind, logging.WARNING), "%s", message)
