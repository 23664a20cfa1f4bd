"""The window at the edge of the screen: what it is to the system, and when it is the narrow strip.

Where it stands is `ui/dock_place.py`. A window that is docked has no frame, lies above ordinary
ones and takes the keyboard only when it is asked to (ui/keyboard_loan.py). Flags of a window that
is shown are changed through its handle: QWidget would take the window away and make another.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from ui.composition import keep_composition
from ui.dock_geometry import FLOATING
from ui.dock_place import DockPlace
from ui.first_frame import flags_of
from ui.keyboard_loan import KeyboardLoan
from ui.port.workplace import Workplace
from ui.screen_watch import ScreenWatch
from ui.sidebar import Sidebar

_KIND = (
    Qt.WindowType.WindowDoesNotAcceptFocus
    | Qt.WindowType.FramelessWindowHint
    | Qt.WindowType.WindowStaysOnTopHint
)


class Docking(QObject):
    """Places one window by the settings and by the screens there are."""

    def __init__(self, workplace: Workplace, window: Sidebar) -> None:
        super().__init__(window)
        self._settings = workplace.settings
        self._edge = workplace.edge
        self._window = window
        # Where the system has no say about edges and keyboards, the window is an ordinary one.
        self._is_own = self._edge.name != "none"
        self._place = DockPlace(window, self._edge, self._settings.get("view.dock"))
        self._are_keys_here = False
        self._was_strip = self._is_strip()
        self._is_away = False
        self.loan = KeyboardLoan(workplace, window) if self._is_own else None

    def show(self) -> None:
        """Show the window for the first time; the focus stays where it is."""
        window = self._window
        window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        window.show_compact(self._wants_strip())
        if not window.isVisible():
            window.setWindowFlags(self._flags())
            self._dress()
        elif window.windowFlags() & _KIND != self._flags() & _KIND:
            self._change_kind()  # the first frame took the system or the settings for others
        if window.isVisible() and self._place.is_floating:
            self._place.remember()  # nobody sees it move by the width of a frame
        else:
            self.place()
        window.show()
        self._connect()
        if self.loan is not None:
            self.loan.begin()

    def place(self) -> None:
        """Put the window where it belongs now, and have that kept free."""
        if not self._is_away:
            self._place.put(is_strip=self._is_strip())

    def put_away(self) -> None:
        """Hide the window and give back its strip; whoever shows it brings all of it back."""
        keep_composition()
        if self.loan is not None:
            self.loan.give_back()
        self._is_away = True
        QGuiApplication.setQuitOnLastWindowClosed(False)  # another window may be closed meanwhile
        self._window.hide()
        self._edge.release()

    def _come_back(self) -> None:
        self._is_away = False
        QGuiApplication.setQuitOnLastWindowClosed(True)
        self.place()

    # -- what it is to the system -------------------------------------------------------------

    def _flags(self) -> Qt.WindowType:
        takes_keys = self._are_keys_here and self._window.isVisible()
        return flags_of(is_own=self._is_own, is_bare=self._is_bare(), takes_keys=takes_keys)

    def _is_bare(self) -> bool:
        return self._is_own and not self._place.is_floating

    def _dress(self) -> None:
        dock = Qt.WidgetAttribute.WA_X11NetWmWindowTypeDock
        self._window.setAttribute(dock, self._is_bare())
        self._window.header.controls.setVisible(self._is_bare())

    def _change_kind(self) -> None:
        """From docked to floating or back: a window manager looks at that when it maps a window."""
        window = self._window
        keep_composition()
        if self._place.is_floating:
            self._edge.release()
        self._are_keys_here = False
        window.hide()
        flags = self._flags()
        window.overrideWindowFlags(flags)
        window.windowHandle().setFlags(flags)
        self._dress()
        window.show()

    # -- strip or everything ------------------------------------------------------------------

    def _is_strip(self) -> bool:
        return self._settings.get("view.compact") == "on"

    def _wants_strip(self) -> bool:
        """A sheet or somebody who types needs the room; afterwards the strip comes back."""
        return self._is_strip() and self._window.sheet is None and not self._are_keys_here

    def _fit_form(self) -> None:
        if self._window.is_compact != self._wants_strip():
            self._window.show_compact(self._wants_strip())
            self.place()

    def _on_keys(self) -> None:
        self._are_keys_here = True
        self._fit_form()

    def _on_keys_gone(self) -> None:
        self._are_keys_here = False
        QTimer.singleShot(0, self._fit_form)  # a sheet may follow the one that has closed

    # -- what changes -------------------------------------------------------------------------

    def _connect(self) -> None:
        window, application = self._window, QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)  # noqa: S101 - a window is shown
        screens = ScreenWatch(application, self)
        screens.changed.connect(self.place)
        self._settings.listen(self._on_settings)
        self._edge.listen(self.place)
        window.look_changed.connect(screens.note)
        window.keyboard_wanted.connect(self._on_keys)
        window.sheet_opened.connect(self._fit_form)
        window.sheet_closed.connect(lambda: QTimer.singleShot(0, self._fit_form))
        window.strip_opened.connect(lambda: self._settings.change({"view.compact": "off"}))
        window.header.controls.narrowed.connect(
            lambda: self._settings.change({"view.compact": "on"})
        )
        window.header.controls.closed.connect(window.close)
        window.closing.connect(self._end)
        window.installEventFilter(self)
        if self.loan is not None:
            self.loan.returned.connect(self._on_keys_gone)

    def _end(self) -> None:
        """Give back and watch no more: a filter in Python must not see a window that is destroyed."""
        self._edge.release()
        self._window.removeEventFilter(self)
        if self.loan is not None:
            self.loan.end()

    def _on_settings(self) -> None:
        side, before = self._settings.get("view.dock"), self._place.side
        if side != before:
            self._place.turn_to(side)
            if FLOATING in (side, before):
                self._change_kind()
        was_strip, self._was_strip = self._was_strip, self._is_strip()
        if side != before or self._was_strip != was_strip:
            self._change_form(is_narrowed=self._was_strip and not was_strip)

    def _change_form(self, *, is_narrowed: bool) -> None:
        """Somebody asked for it: at once, even in the middle of a note."""
        if is_narrowed:
            self._window.close_sheet()
            if self.loan is not None:
                self.loan.give_back()
            self._are_keys_here = False
        self._window.show_compact(self._wants_strip())
        self.place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that went elsewhere; a floating window moved by hand; one that was put away and is back."""
        if event.type() == QEvent.Type.Show and self._is_away:
            self._come_back()
        elif event.type() == QEvent.Type.WindowDeactivate and self.loan is None:
            self._on_keys_gone()
        elif event.type() in (QEvent.Type.Move, QEvent.Type.Resize) and self._place.is_floating:
            self._place.remember()
        return super().eventFilter(watched, event)
