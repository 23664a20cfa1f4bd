"""The folders in the settings: where each is, and a button that opens it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from scripts_ja.texts import t
from ui.port.folders import FoldersPort, FolderView
from ui.theme import Look
from ui.wrapped_label import WrappedLabel


class FolderOpener:
    """Opens a folder in the system's own program for files; what fails is said, with the path."""

    def __init__(self, folders: FoldersPort, say: Callable[..., None]) -> None:
        self._folders = folders
        self._say = say

    def open(self, name: str) -> None:
        """Have it made where it is not there yet, then open it."""
        self._folders.prepare(name, self._show)

    def _show(self, path: str) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(path)):
            self._say(t("folders.failed", path=path), "warn", "folders")


class PlaceRow(QWidget):
    """One folder."""

    def __init__(self, view: FolderView, open_folder: Callable[[str], None]) -> None:
        super().__init__()
        self.view = view
        self._label, self._path = WrappedLabel("ink"), WrappedLabel("muted")
        self._about = WrappedLabel("muted")
        self.button = QPushButton(t("folders.open"))
        name = t(f"folders.{view.name}")
        self.button.setAccessibleName(t("folders.open_name", name=name))
        self.button.clicked.connect(lambda: open_folder(view.name))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._label)
        words.addWidget(self._path)
        words.addWidget(self._about)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(words, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        self.setFocusProxy(self.button)

    def show_view(self, view: FolderView, look: Look) -> None:
        """Where it is now, and why it is there and nowhere else."""
        self.view = view
        self.button.setAccessibleDescription(view.path)
        self._label.show_text(t(f"folders.{view.name}"), "", look)
        self._path.show_text("", view.path, look)
        self._about.show_text("", t(f"folders.about.{view.name}"), look)
