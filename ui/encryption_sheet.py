"""Encrypting the records, step by step: what it is, the recovery key, typed again, done."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QPushButton, QVBoxLayout, QWidget

from scripts_ja.texts import t
from ui.composition import ComposingLineEdit
from ui.labels import PlainLabel
from ui.port.encryption import EncryptionPort, EncryptionState
from ui.sheet import Sheet, scrolled
from ui.tab_order import put_after
from ui.theme import Look
from ui.wrapped_label import WrappedLabel

_COLUMNS = 2


class Way(Struct, frozen=True):
    """A button of a step: what it says and does."""

    word: str
    go: Callable[[], object]
    is_main: bool = False


class Step(Struct, frozen=True):
    """What one step shows: sentences, a recovery key to write down, a field to type one, ways on."""

    texts: tuple[str, ...]
    ways: tuple[Way, ...] = ()
    groups: tuple[str, ...] = ()
    enter: Callable[[str], object] | None = None
    tone: str = "ink"


class EncryptionSheet(Sheet):
    """Shows the step that fits how things stand; what is typed stays through what is answered.

    Signals:
        print_asked(tuple): these groups are to be printed.
    """

    print_asked = Signal(tuple)

    def __init__(self, port: EncryptionPort, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(t("encryption.title"), parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._port = port
        self._look = look
        self._asked = ""  # what the agent chose within how things stand: type, remove, decrypt
        self._shown: tuple[EncryptionState, str, tuple[str, ...]] | None = None
        self.entry = ComposingLineEdit()
        self.entry.setAccessibleName(t("encryption.type_field"))
        self.entry.entered.connect(self._on_entered)
        self.entry.left.connect(self.left)
        self.entry.textChanged.connect(self._on_text)
        self.echo = PlainLabel("", "muted")
        self.remark = WrappedLabel("danger")
        self.entry.textEdited.connect(self.remark.hide)
        self.buttons: list[QPushButton] = []
        self._texts: list[WrappedLabel] = []
        self._body = QWidget()
        self._rows = QVBoxLayout(self._body)
        self._rows.setContentsMargins(0, 0, 4, 0)
        self._rows.setSpacing(10)
        self._area = scrolled(self._body)
        self._column.addWidget(self._area, 1)
        self.refresh()

    def show_look(self, look: Look) -> None:
        """Another theme or text size."""
        self._look = look
        self._shown = None
        self.refresh()

    def begin(self) -> None:
        """To the field, else to the first button."""
        if self._step.enter is not None:
            self.entry.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self.buttons:
            self.buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().begin()

    def refresh(self) -> None:
        """Show how things stand now; laid out anew only where it is another step."""
        view = self._port.view
        if self._shown is not None and self._shown[0] is not view.state:
            self._asked = ""
            self.entry.clear()
        self._step = self._step_now()
        step = (view.state, self._asked, view.groups)
        if step != self._shown or self._texts_shown() != self._step.texts:
            had_focus = self._has_focus()
            self._shown = step
            if had_focus:
                super().begin()  # what is taken away would give it to some other widget
            self._lay_out()
            if had_focus:
                self.begin()
        self.remark.show_text("", view.remark, self._look)
        self.remark.setVisible(bool(view.remark) and view.state is not EncryptionState.IMPOSSIBLE)
        self._on_text()

    def choose(self, asked: str) -> None:
        """Go to a step within how things stand."""
        self._asked = asked
        self.entry.clear()
        self.refresh()

    # -- steps --------------------------------------------------------------------------------

    def _step_now(self) -> Step:
        view, port = self._port.view, self._port
        match view.state:
            case EncryptionState.UNKNOWN:
                return Step((t("encryption.looking"),))
            case EncryptionState.IMPOSSIBLE:
                return Step((view.remark,))
            case EncryptionState.PROPOSED if self._asked == "type":
                ways = (
                    Way(t("encryption.check"), self._on_entered, is_main=True),
                    Way(t("encryption.back"), lambda: self.choose("")),
                )
                return Step((t("encryption.type_again"),), ways, enter=port.prove)
            case EncryptionState.PROPOSED:
                return self._written_down()
            case EncryptionState.CONVERTING:
                return Step((t("encryption.converting", percent=view.percent),))
            case EncryptionState.LOCKED:
                way = Way(t("encryption.unlock_do"), self._on_entered, is_main=True)
                return Step((t("encryption.unlock_about"),), (way,), enter=port.recover)
            case EncryptionState.PLAIN:
                return self._plain()
        return self._encrypted()

    def _plain(self) -> Step:
        texts = ("about", "about_not", "first_recovery")
        if self._port.view.is_unfinished:
            return Step((t("encryption.unfinished"),), (self._retry(),))
        ways = (
            Way(t("encryption.begin"), self._port.propose, is_main=True),
            Way(t("encryption.not_now"), self._on_declined),
        )
        return Step(tuple(t(f"encryption.{name}") for name in texts), ways)

    def _written_down(self) -> Step:
        groups = self._port.view.groups
        ways = (
            Way(t("encryption.written"), lambda: self.choose("type"), is_main=True),
            Way(t("encryption.print"), lambda: self.print_asked.emit(groups)),
            Way(t("encryption.back"), self._port.give_up),
        )
        return Step((t("encryption.write_down"),), ways, groups)

    def _encrypted(self) -> Step:
        view = self._port.view
        if self._asked in ("remove", "decrypt"):
            return self._surely()
        has_key = "recoverable" if view.is_recoverable else "unrecoverable"
        texts = [t("encryption.encrypted"), t(f"encryption.{has_key}")]
        texts += [t("encryption.unfinished")] if view.is_unfinished else []
        renew = "renew" if view.is_recoverable else "make"
        is_needed = not view.is_recoverable
        ways = [self._retry()] if view.is_unfinished else []
        ways.append(Way(t(f"encryption.{renew}"), self._port.propose, is_main=is_needed))
        if view.is_recoverable:
            ways.append(Way(t("encryption.remove"), lambda: self.choose("remove")))
        ways.append(Way(t("encryption.decrypt"), lambda: self.choose("decrypt")))
        return Step(tuple(texts), tuple(ways))

    def _surely(self) -> Step:
        """What cannot simply be undone is asked for twice."""
        doing = {"remove": self._port.remove_recovery, "decrypt": self._port.decrypt}
        asked = self._asked

        def do() -> None:
            self.choose("")
            doing[asked]()

        ways = (
            Way(t(f"encryption.{asked}_do"), do),
            Way(t("encryption.back"), lambda: self.choose(""), is_main=True),
        )
        return Step((t(f"encryption.{asked}_sure"),), ways)

    def _retry(self) -> Way:
        return Way(t("encryption.retry"), self._port.convert, is_main=True)

    def _has_focus(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and (focused is self or self.isAncestorOf(focused))

    # -- laying out ---------------------------------------------------------------------------

    def _lay_out(self) -> None:
        for kept in (self.entry, self.echo, self.remark):
            kept.setParent(None)
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._texts, self.buttons = [], []
        for text in self._step.texts:
            self._add_text(text)
        if self._step.groups:
            self._rows.addWidget(_paper(self._step.groups))
        if self._step.enter is not None:
            self._rows.addWidget(self.entry)
            self.entry.show()
            self._rows.addWidget(self.echo)
        self._rows.addWidget(self.remark)
        for way in self._step.ways:
            self._add_button(way)
        self._rows.addStretch(1)
        before: QWidget = self.leave
        for part in (self.entry, *self.buttons):
            if self._area.isAncestorOf(part):
                put_after(before, part)
                before = part

    def _add_text(self, text: str) -> None:
        label = WrappedLabel("ink")
        label.show_text("", text, self._look)
        self._texts.append(label)
        self._rows.addWidget(label)

    def _texts_shown(self) -> tuple[str, ...]:
        return tuple(label.accessibleName().strip() for label in self._texts)

    def _add_button(self, way: Way) -> None:
        button = QPushButton(way.word)
        button.setMinimumHeight(self._look.px(34))
        if way.is_main:
            button.setProperty("main", "true")
        button.clicked.connect(lambda: self._go(way))
        self.buttons.append(button)
        self._rows.addWidget(button)
        button.show()  # now, not with the next layout: only what is shown can have the focus

    # -- what is done -------------------------------------------------------------------------

    def _on_text(self) -> None:
        typed = self.entry.text()
        if self._step.enter is None:
            return
        if self._port.view.is_busy:
            self.echo.set_text(t("encryption.checking"))
        else:
            count = self._port.right_groups(typed)
            self.echo.set_text(t("encryption.groups_right", count=count) if typed else "")

    def _go(self, way: Way) -> None:
        # Not disabled while it is busy: the focus would go to something else.
        if not self._port.view.is_busy:
            way.go()

    def _on_entered(self) -> None:
        if self._step.enter is not None and not self._port.view.is_busy and self.entry.text():
            self._step.enter(self.entry.text())

    def _on_declined(self) -> None:
        self._port.decline()
        self.left.emit()


def _paper(groups: tuple[str, ...]) -> QWidget:
    """The groups, numbered, as they are to be written down: in lines, so that nobody skips one."""
    paper = QFrame()
    paper.setObjectName("card")
    grid = QGridLayout(paper)
    grid.setContentsMargins(12, 10, 12, 10)
    grid.setHorizontalSpacing(12)
    for place, group in enumerate(groups):
        row, column = divmod(place, _COLUMNS)
        grid.addWidget(PlainLabel(str(place + 1), "muted"), row, column * 2)
        label = PlainLabel(group, "hold")
        label.setAccessibleName(" ".join(group))
        grid.addWidget(label, row, column * 2 + 1)
    grid.setColumnStretch(_COLUMNS * 2, 1)
    return paper
