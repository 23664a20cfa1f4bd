"""What is done with a paper: copied, kept in a file, printed, its folder opened."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from shiboken6 import isValid

from scripts_ja.texts import t
from ui.actions import key_of
from ui.clipboard import copy_text
from ui.paper.side_column import THROUGH_KEY
from ui.paper.window import PaperWindow
from ui.port.paper_shelf import LeaveOut, Written
from ui.port.workplace import Workplace


def barrier_words(barrier: str, *, is_passable: bool) -> str:
    """Why a paper stays, and by which keys it goes all the same."""
    if not is_passable:
        return barrier
    keys = {"key": THROUGH_KEY, "handoff": key_of("handoff")}
    return t("paper.window.gaps", barrier=barrier, **keys)


class Leaving:
    """Does it for one window."""

    def __init__(self, workplace: Workplace, window: PaperWindow) -> None:
        self._work = workplace
        self._window = window
        window.copy_asked.connect(self.copy)
        window.save_asked.connect(self.save)
        window.print_asked.connect(self.print)
        window.folder_asked.connect(self.open_folder)
        window.month_asked.connect(self.read_month)

    def copy(self) -> None:
        """The text, as it reads now and with what is left out."""
        view = self._window.view
        if view is not None and self._may_leave():
            copy_text(view.text)
            self._work.paper_shelf.note_copied(view.name, self._window.wanted)
            self._window.say(t("paper.window.copied"))

    def save(self) -> None:
        """A file in the chosen form."""
        if self._may_leave():
            self._save(self._window.form.form, self._on_saved)

    def read_month(self, name: str) -> None:
        """All cases of this month, or of the one before, then shown."""
        self._work.paper_shelf.read_month(name, lambda: self._on_month(name))

    def open_folder(self) -> None:
        """Where the files are."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(self._work.paper_shelf.folder))

    def print(self) -> None:
        """By the printer's dialog; during a call nothing asks anything: a PDF is opened instead."""
        view = self._window.view
        if view is None or not self._may_leave():
            return
        if self._work.phase.is_live:
            self._save("pdf", partial(self._on_opened, "paper.window.in_call"))
            return
        # Reads the printers of the system, which may take a while, so only when it is wanted.
        from ui.paper.printing import ask_and_print

        then = partial(self._on_printed, view.name, self._window.wanted)
        if not ask_and_print(view, self._window, then):
            self._save("pdf", partial(self._on_opened, "paper.window.no_printer"))

    def _may_leave(self) -> bool:
        """Whether nothing holds the paper back; what does is said."""
        view = self._window.view
        if view is None or not view.barrier:
            return True
        self._window.say(barrier_words(view.barrier, is_passable=view.is_passable))
        return False

    def _save(self, form: str, then: Callable[[Written], None]) -> None:
        self._work.paper_shelf.save(self._window.paper, form, self._window.wanted, then)

    def _on_saved(self, written: Written) -> None:
        self._say_written("paper.window.saved", written)

    def _on_opened(self, said: str, written: Written) -> None:
        if written.path:
            QDesktopServices.openUrl(QUrl.fromLocalFile(written.path))
        self._say_written(said, written)

    def _say_written(self, said: str, written: Written) -> None:
        if isValid(self._window) and (written.path or written.trouble):
            self._window.say(t(said, path=written.path) if written.path else written.trouble)

    def _on_month(self, name: str) -> None:
        if isValid(self._window):
            self._window.show_month(name)

    def _on_printed(self, name: str, wanted: LeaveOut) -> None:
        self._work.paper_shelf.note_printed(name, wanted)
        if isValid(self._window):
            self._window.say(t("paper.window.printed"))
