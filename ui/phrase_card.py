"""The phrases of a stage, one under the other on a card."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from scripts_ja.model import Audience
from scripts_ja.texts import t
from ui.column_height import ColumnFrame, height_of
from ui.labels import PlainLabel
from ui.phrase_label import PhraseLabel
from ui.port.phrases import PhraseView
from ui.theme import Look
from ui.wrapped_label import WrappedLabel

_RULE = 1  # as the style has it


class PhraseCard(ColumnFrame):
    """As many of the phrases as there is room for, how many more there are, why some are folded.

    Signals:
        gap_clicked(str): the key of a gap that was clicked.
    """

    gap_clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.column.setContentsMargins(12, 8, 12, 8)
        self.column.setSpacing(6)
        self.labels: list[PhraseLabel] = []
        self.shown: tuple[PhraseView, ...] = ()
        self._phrases: tuple[PhraseView, ...] = ()
        self._rules: list[QFrame] = []
        self._remarks: list[PlainLabel] = []
        self.more = PlainLabel(role="muted")
        self.folded = WrappedLabel("muted")
        self.column.addWidget(self.more)
        self.column.addWidget(self.folded)
        self._add_place()

    def _add_place(self) -> None:
        number = len(self.labels)
        rule = QFrame()
        rule.setObjectName("rule")
        remark = PlainLabel(role="muted")
        label = PhraseLabel(is_first=number == 0)
        label.gap_clicked.connect(self.gap_clicked)
        for place, widget in enumerate((rule, remark, label)):
            widget.setVisible(number == 0 and widget is label)
            self.column.insertWidget(number * 3 + place, widget)
        self._rules.append(rule)
        self._remarks.append(remark)
        self.labels.append(label)

    def show_phrases(
        self, phrases: tuple[PhraseView, ...], look: Look, why_folded: str = ""
    ) -> None:
        """Take over the phrases; :meth:`show_first` says how many of them are shown."""
        self._phrases = phrases
        while len(self.labels) < len(phrases):
            self._add_place()
        for phrase, remark, label in zip(phrases, self._remarks, self.labels, strict=False):
            remark.set_text(_remark(phrase))
            label.show_segments(phrase.segments, look)
        self.folded.show_text("", why_folded, look)

    def show_first(self, count: int) -> None:
        """Show the first ``count`` phrases."""
        self.shown = self._phrases[:count]
        hidden = len(self._phrases) - len(self.shown)
        for number, label in enumerate(self.labels):
            is_there = number < len(self.shown)
            label.setVisible(is_there)
            self._rules[number].setVisible(is_there and number > 0)
            self._remarks[number].setVisible(is_there and bool(self._remarks[number].text()))
        self.more.set_text(t("phrase.more", count=hidden) if hidden else "")
        self.more.setVisible(hidden > 0)
        self.folded.setVisible(bool(self.folded.text))

    def heights(self, width: int) -> tuple[int, ...]:
        """The height at that width with no phrase, with the first, with the first two..."""
        room, places = self.room_at(width), range(len(self._phrases))
        each = [list(self._place_heights(number, room)) for number in places]
        folded = [height_of(self.folded, room)] if self.folded.text else []
        more = [height_of(self.more, room), *folded]
        few = (self.height_of_parts(chain(*each[:count], more)) for count in places)
        return (*few, self.height_of_parts(chain(*each, folded)))

    def _place_heights(self, number: int, width: int) -> Iterator[int]:
        if number:
            yield _RULE
        if self._remarks[number].text():
            yield height_of(self._remarks[number], width)
        yield height_of(self.labels[number], width)

    def gap_keys(self) -> list[str]:
        """The gaps that are shown, in reading order, each once."""
        keys = [key for label in self.labels if not label.isHidden() for key in label.gap_keys]
        return list(dict.fromkeys(keys))

    def label_with_gap(self, key: str) -> PhraseLabel | None:
        """The shown phrase that has this gap."""
        shown = (label for label in self.labels if not label.isHidden())
        return next((label for label in shown if key in label.gap_keys), None)


def _remark(phrase: PhraseView) -> str:
    inside = t("phrase.inside") if phrase.audience is Audience.INSIDE else ""
    return "  ".join(part for part in (phrase.mark, inside, phrase.condition) if part)
