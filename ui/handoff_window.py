"""The handoff note before it leaves: what is missing first, then the text. Not modal."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from scripts_ja.texts import t
from ui.labels import PlainLabel
from ui.port.papers import HandoffView
from ui.theme import Look


class HandoffWindow(QWidget):
    """Shows a note that is on the clipboard and in a file already.

    Signals:
        copy_asked(), mend_asked(): copy again; go and fill what is missing.
    """

    copy_asked = Signal()
    mend_asked = Signal()

    def __init__(self, view: HandoffView, look: Look) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setObjectName("window")
        self.setWindowTitle(t("handoff_window.title"))
        self.setStyleSheet(look.stylesheet())
        self.done = PlainLabel(t("handoff_window.done", path=view.file_path), "muted")
        self.done.setWordWrap(True)
        self.missing = PlainLabel(_missing_text(view), "strong")
        self.missing.setWordWrap(True)
        self.missing.set_tone("danger" if view.missing else "")
        self.text = QPlainTextEdit(view.text)
        self.text.setReadOnly(True)
        self.text.setFont(look.font(13))
        self.text.setAccessibleName(t("handoff_window.text"))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        column.addWidget(self.missing)
        column.addWidget(self.text, 1)
        column.addWidget(self.done)
        column.addLayout(self._buttons(bool(view.missing)))
        self.resize(look.px(520), look.px(680))

    def show_beside(self, sidebar: QRect) -> None:
        """Show it at the inner side of the sidebar.

        The keys stay with the sidebar, where the call goes on.
        """
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        found = QGuiApplication.screenAt(sidebar.center()) or QGuiApplication.primaryScreen()
        screen = found.geometry()
        left = sidebar.left() - self.width() - 8
        if left < screen.left():  # the sidebar is docked at the left
            left = min(sidebar.right() + 9, screen.right() - self.minimumSizeHint().width())
            self.resize(min(self.width(), screen.right() - left), self.height())
        self.move(left, sidebar.top())
        self.show()

    def _buttons(self, has_missing: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        mend = QPushButton(t("handoff_window.mend"))
        mend.setVisible(has_missing)
        mend.clicked.connect(self.mend_asked)
        copy = QPushButton(t("handoff_window.copy"))
        copy.clicked.connect(self.copy_asked)
        close = QPushButton(t("handoff_window.close"))
        close.setProperty("main", "true")
        close.clicked.connect(self.close)
        for button in (mend, copy):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(close)
        return row

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)


def _missing_text(view: HandoffView) -> str:
    if not view.missing:
        return t("handoff_window.complete")
    return t("handoff_window.missing", names=t("list.comma").join(view.missing))
