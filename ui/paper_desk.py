"""The one window of papers there is: made when it is first wanted, and kept as the case is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QKeySequence, QShortcut

from scripts_ja.model import NoteKind
from ui.actions import key_in_force
from ui.port.change import Change
from ui.port.paper_shelf import MONTHS
from ui.port.workplace import Workplace
from ui.sidebar import Sidebar

if TYPE_CHECKING:
    from ui.paper.window import PaperWindow

# What is painted in the sidebar comes first, and several changes in a row are one.
_REFRESH_MILLISECONDS = 250
_HAND_OVER = "handoff"


class PaperDesk(QObject):
    """Opens it, joins it to what its buttons do, and shows in it what has changed."""

    def __init__(
        self,
        workplace: Workplace,
        window: Sidebar,
        trigger: Callable[[str], None],
        choose_kind: Callable[[NoteKind], None],
    ) -> None:
        super().__init__(window)
        self._work = workplace
        self._sidebar = window
        self._trigger = trigger
        self._choose_kind = choose_kind
        self.window: PaperWindow | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_REFRESH_MILLISECONDS)
        self._later.timeout.connect(self.refresh)
        window.look_changed.connect(self._show_look)
        workplace.listen(self._on_change)

    def show(self, name: str, *, takes_keys: bool) -> bool:
        """Show that paper; False where there is nothing to write on it."""
        window = self.window or self._made()
        if not window.show_paper(name):
            if self.window is None:
                window.deleteLater()
            return False
        self.window = window
        window.show_beside(self._sidebar.frameGeometry(), takes_keys=takes_keys)
        return True

    def show_month(self) -> None:
        """This month, which needs no case: read beside the window, then shown."""
        self._work.paper_shelf.read_month(MONTHS[0], self._on_month)

    def _on_month(self) -> None:
        self.show(MONTHS[0], takes_keys=True)

    def close(self) -> bool:
        """Close it; whether it was open."""
        window = self.window
        if window is not None:
            window.close()
        return window is not None

    def refresh(self) -> None:
        """Show the case as it is now."""
        if self.window is not None:
            self.window.refresh()

    def _made(self) -> PaperWindow:
        # Not before the first paint of the sidebar: none of it is needed for that.
        from ui.paper.leaving import Leaving
        from ui.paper.mending import Mending
        from ui.paper.window import PaperWindow

        window = PaperWindow(self._work.paper_shelf, self._sidebar.look)
        mending = Mending(self._sidebar, self._trigger, self._choose_kind)
        window.mend_asked.connect(mending.go)
        window.helpers = (mending, Leaving(self._work, window))
        window.gone.connect(self._forget)
        again = QShortcut(QKeySequence(key_in_force(_HAND_OVER)), window, self._hand_over)
        again.setAutoRepeat(False)
        return window

    def _hand_over(self) -> None:
        """The key of the note works here too, unless the system brings it to the sidebar anyway."""
        hotkeys = self._work.hotkeys
        is_brought = not hotkeys.is_exclusive and any(
            view.action == _HAND_OVER and view.state == "active" for view in hotkeys.all()
        )
        if not is_brought:
            self._trigger(_HAND_OVER)

    def _forget(self) -> None:
        window, self.window = self.window, None
        self._later.stop()
        if window is not None:
            window.deleteLater()
            if window.isActiveWindow():
                self._sidebar.take_keyboard()

    def _on_change(self, change: Change) -> None:
        """What was filled in beside it is on the paper soon; another case is another paper."""
        if self.window is not None and (change.events or change.command is None):
            self._later.start()

    def _show_look(self) -> None:
        if self.window is not None:
            self.window.show_look(self._sidebar.look)
