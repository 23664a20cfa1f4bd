"""The icon in the tray: what the line is doing, and the window put away or brought back.

Nothing depends on it: where a desktop has no tray the icon is never seen, and the window, which
only the icon can put away, stays. What it says holds nothing about a customer: it stands where
anybody can see it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from call.fold_times import CallPhase
from scripts_ja.texts import t
from ui.ending import end_program
from ui.port.change import Change
from ui.port.workplace import Workplace
from ui.sidebar import Sidebar
from ui.tray_icon import tray_icon

# Nobody looks at such a screen, and Qt complains of it.
_WITHOUT_A_TRAY = ("offscreen", "minimal")
# A call: whoever put the window away needs it now.
_CALLING = (CallPhase.RINGING, CallPhase.TALKING, CallPhase.ON_HOLD)


class Tray(QObject):
    """One icon for one window.

    ``put_away`` hides the window and gives back what it had reserved; ``open_folder`` opens a
    folder by its name.
    """

    def __init__(
        self,
        workplace: Workplace,
        window: Sidebar,
        put_away: Callable[[], None],
        trigger: Callable[[str], None],
        open_folder: Callable[[str], None],
    ) -> None:
        super().__init__(window)
        self._work = workplace
        self._window = window
        self._put_away = put_away
        self._shown: tuple[CallPhase, bool] | None = None
        self.menu = QMenu()
        self.toggle = self._add("", self._toggle)
        self._add(t("tray.settings"), lambda: trigger("settings"))
        self._add(t("tray.logs"), lambda: open_folder("logs"))
        self.menu.addSeparator()
        self._add(t("tray.quit"), lambda: end_program(window))
        self.icon = QSystemTrayIcon(self)
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._on_activated)
        self.menu.aboutToShow.connect(self._show_state)
        workplace.listen(self._on_change)
        window.keyboard_wanted.connect(self._bring_back)
        window.painted.connect(self._show_state)
        window.closing.connect(self.icon.hide)
        self._show_state()
        if QGuiApplication.platformName() not in _WITHOUT_A_TRAY:
            self.icon.show()  # a tray that comes later, as at the login, takes it then

    @property
    def is_away(self) -> bool:
        """Whether nobody can see the window."""
        return not self._window.isVisible() or self._window.isMinimized()

    def tell(self, title: str, text: str) -> None:
        """A notice of the system, which takes the focus from nobody."""
        if QSystemTrayIcon.supportsMessages():
            self.icon.showMessage(title, text, self.icon.icon())

    def _add(self, text: str, do: Callable[[], None]) -> QAction:
        action = QAction(text, self)  # the menu's own would be deleted under our hands
        action.triggered.connect(do)
        self.menu.addAction(action)
        return action

    def _toggle(self) -> None:
        if self._window.isVisible():
            self._put_away()
        else:
            self._bring_back()
        self._show_state()

    def _bring_back(self) -> None:
        """Show it; the focus stays where it is."""
        if not self._window.isVisible():
            self._window.show()
            self._show_state()

    # -- what happens -------------------------------------------------------------------------

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        """A click brings the window; it never hides it: that would be a slip in a call."""
        if reason is not QSystemTrayIcon.ActivationReason.Context:
            self._bring_back()
            self._window.raise_()

    def _on_change(self, change: Change) -> None:
        if change.events and self._work.phase in _CALLING:
            self._bring_back()
        self._show_state()

    def _show_state(self) -> None:
        """The phase in shape and words; nothing is drawn anew where it is the same."""
        now = (self._work.phase, self._window.isVisible())
        if now == self._shown:
            return
        self._shown = now
        phase, is_visible = now
        self.icon.setIcon(tray_icon(phase))
        key = "tray.state" if is_visible else "tray.state_hidden"
        self.icon.setToolTip(t(key, phase=t(f"phase.{phase}")))
        self.toggle.setText(t("tray.hide" if is_visible else "tray.show"))
