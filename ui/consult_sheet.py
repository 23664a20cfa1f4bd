"""The consultation card: what the superior has to hear, and what comes back from them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from call.case import Case
from call.commands import CommitCallback, FillField
from scripts_ja.dates import echo_due, parse_due
from scripts_ja.model import NoteKind
from scripts_ja.texts import t
from ui.broken_label import BrokenLabel
from ui.labels import ElidedLabel, PlainLabel, set_style_property
from ui.port.stage import CardRow
from ui.port.workplace import Workplace
from ui.row_button import RowButton
from ui.sheet import FormRow, FormSheet, scrolled
from ui.theme import Look
from ui.wording_remark import WordingRemark
from ui.wrapped_label import WrappedLabel

_FIELDS = ("issue", "request", "decision", "extra_min")
# What the superior reads of the customer goes on into the note. Our own word is asked for here and
# not given: only how the customer is spoken of is looked at, as in notes of these kinds.
_LOOKED_AT = {
    "issue": NoteKind.CLAIM,
    "request": NoteKind.REQUEST,
    "decision": NoteKind.REQUEST,
}


class ConsultSheet(FormSheet):
    """The card as a form.

    Signals:
        enlarge_asked(), copy_asked(): the buttons under the card.
    """

    enlarge_asked = Signal()
    copy_asked = Signal()

    def __init__(
        self, workplace: Workplace, case: Case, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(t("consult.title"), parent=parent)
        self._workplace = workplace
        self._look = look
        self._figures: list[WrappedLabel] = []
        self.remark = WordingRemark(workplace.wording)
        for key in _FIELDS:
            row = self.add_row(t(f"consult.{key}"), case.field(key), self._fill(key))
            if key in _LOOKED_AT:
                self.remark.watch(row.entry, _LOOKED_AT[key])
        self.add_widget(self.remark)
        self._add_commitment(case)
        # Under the fields and not among them: it is read out while they are scrolled.
        self.spoken = WrappedLabel("ink")
        self._spoken_area = scrolled(self.spoken)
        self._column.addWidget(self._spoken_area)
        self._add_buttons()
        self.refresh()

    def show_look(self, look: Look) -> None:
        """Change the size of what is painted by hand."""
        self._look = look
        self.refresh()

    def refresh(self) -> None:
        """Show the figures that go on while the card is open."""
        card = self._workplace.papers.consult_card()
        rows = [row for row in card.rows if row.is_figure] if card else []
        while len(self._figures) < len(rows):
            self._figures.append(WrappedLabel("ink"))
            self._form.insertWidget(len(self._figures) - 1, self._figures[-1])
        for figure, row in zip(self._figures, rows, strict=True):
            figure.show_text(row.label, row.value, self._look)
        said = card.spoken if card else ""
        self.spoken.show_text(t("handoff.card.spoken"), said, self._look)
        self._fit_spoken()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other lines."""
        super().resizeEvent(event)
        self._fit_spoken()

    def _fit_spoken(self) -> None:
        """What is said stands whole where it can; in a low window the fields keep the most."""
        needed = self.spoken.heightForWidth(self.contentsRect().width())
        self._spoken_area.setFixedHeight(min(needed, self.height() * 2 // 5))

    def _add_commitment(self, case: Case) -> None:
        commitment = case.handing_up.commitment
        title = (
            commitment.owner_title
            if commitment
            else self._workplace.settings.get("desk.superior_title")
        )
        owner = commitment.owner if commitment else self._workplace.settings.get("desk.superior")
        estimate = commitment.estimate_minutes if commitment else 0
        self.add_widget(PlainLabel(t("consult.commitment"), "strong"))
        self.owner = self.add_row(t("consult.owner"), owner, lambda _: self._commit())
        self.owner_title = self.add_row(t("consult.owner_title"), title, lambda _: self._commit())
        self._offer_stand_in()
        self.estimate = self.add_row(
            t("consult.estimate"), str(estimate or ""), lambda _: self._commit()
        )
        due = echo_due(commitment.due_at.astimezone()) if commitment else ""
        self.due = self.add_row(t("consult.due"), due, lambda _: self._commit())
        self.echo = BrokenLabel(t("consult.due_hint"), "muted")
        self.due.entry.textChanged.connect(self._on_due_text)
        self.add_widget(self.echo)

    def _offer_stand_in(self) -> None:
        """Where the settings name somebody for when the superior is out: one press names them."""
        self.stand_in = RowButton()
        self.stand_in.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._stand_in_words = ElidedLabel()
        self.stand_in.add(self._stand_in_words)
        self.stand_in.clicked.connect(self._swap)
        self.add_widget(self.stand_in)
        self._name_other()

    def _person(self, key: str) -> tuple[str, str]:
        settings = self._workplace.settings
        return settings.get(f"desk.{key}"), settings.get(f"desk.{key}_title")

    def _other(self) -> tuple[str, tuple[str, str]]:
        """Which word the button has, and whom it names: the one who does not stand there."""
        is_stand_in = self.owner.entry.text().strip() == self._person("stand_in")[0]
        other = "superior" if is_stand_in else "stand_in"
        return "superior_again" if is_stand_in else "stand_in", self._person(other)

    def _name_other(self) -> None:
        word, (name, title) = self._other()
        words = t(f"consult.{word}", name=f"{name}{title}")
        self._stand_in_words.set_text(words)
        self.stand_in.setAccessibleName(words)
        self.stand_in.setVisible(all(self._person(key)[0] for key in ("superior", "stand_in")))

    def _swap(self) -> None:
        """Name the other one, and keep it where a time is agreed."""
        _, (name, title) = self._other()
        self.owner.entry.setText(name)
        self.owner_title.entry.setText(title)
        self._name_other()
        self._commit()

    def _add_buttons(self) -> None:
        row = QHBoxLayout()
        for word, signal in (
            ("consult.copy", self.copy_asked),
            ("consult.enlarge", self.enlarge_asked),
        ):
            button = QPushButton(t(word))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(signal)
            row.addWidget(button)
        self._column.addLayout(row)

    def go_to(
        self, row: FormRow, reason: Qt.FocusReason = Qt.FocusReason.ShortcutFocusReason
    ) -> None:
        """Type into that field; how a time is written stands below its field."""
        super().go_to(row, reason)
        if row is self.due:
            self.show_in_sight(self.echo)

    def _fill(self, key: str) -> Callable[[str], object]:
        def save(text: str) -> None:
            self._workplace.do(FillField(key, text))

        return save

    def _on_due_text(self, text: str) -> None:
        due = self._parsed(text)
        if due is not None:
            self.echo.set_text(t("consult.due_echo", due=echo_due(due)))
        else:
            self.echo.set_text(t("consult.due_unread" if text.strip() else "consult.due_hint"))
        set_style_property(self.echo, "tone", "" if due or not text.strip() else "warn")
        self.show_in_sight(self.echo)

    def _parsed(self, text: str) -> datetime | None:
        return parse_due(text, self._workplace.local(self._workplace.now()))

    def _commit(self) -> None:
        """Keep the commitment as soon as there is a name and a time."""
        due = self._parsed(self.due.entry.text())
        owner = self.owner.entry.text().strip()
        if due is not None and not owner:
            self.echo.set_text(t("consult.no_owner", due=echo_due(due)))
            set_style_property(self.echo, "tone", "warn")
        if due is None or not owner:
            return
        estimate = self.estimate.entry.text().strip()
        minutes = int(estimate) if estimate.isascii() and estimate.isdigit() else 0
        title = self.owner_title.entry.text().strip()
        self._workplace.do(CommitCallback(owner, due, title, min(minutes, 600)))


class ConsultWindow(QWidget):
    """The card enlarged, for a superior who stands behind; last, what one says on the telephone.

    Signals:
        left(): it was closed by key.
    """

    left = Signal()

    def __init__(self, rows: tuple[CardRow, ...], spoken: str, look: Look) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setObjectName("window")
        self.setWindowTitle(t("consult.title"))
        big = Look(look.tokens, max(look.percent, 200))
        self.setStyleSheet(big.stylesheet())
        body = QWidget()
        body.setObjectName("scrolled")
        column = QVBoxLayout(body)
        column.setSpacing(big.px(6))
        for row in rows:
            column.addWidget(PlainLabel(row.label, "muted"))
            value = BrokenLabel(row.value, "title")
            if row.is_missing:
                value.set_tone("warn")
            column.addWidget(value)
        self.spoken = BrokenLabel(spoken, "ink")
        column.addWidget(PlainLabel(t("handoff.card.spoken"), "muted"))
        column.addWidget(self.spoken)
        column.addStretch(1)
        area = scrolled(body)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # arrows and Page Down scroll it
        area.setAccessibleName(t("consult.title"))
        area.setFocus()
        outer = QVBoxLayout(self)
        outer.addWidget(area)
        self.resize(big.px(380), big.px(400))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Any of Esc, Enter and Space closes it."""
        if event.key() in (
            Qt.Key.Key_Escape,
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
            Qt.Key.Key_Space,
        ):
            self.close()
            self.left.emit()
