"""Where the agent is and what to say: rail, stage, goal, phrases, what not to say, what to record."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from call.clock import Reading, elapsed_seconds
from scripts_ja.dates import clock_time
from scripts_ja.model import Audience
from scripts_ja.texts import t
from ui.actions import key_of
from ui.callback_line import CallbackLine
from ui.labels import ElidedLabel, PlainLabel
from ui.phrase_label import PhraseLabel
from ui.port.phrases import PhraseView
from ui.port.stage import StageView
from ui.ready_strip import ReadyStrip
from ui.still_label import StillLabel
from ui.theme import Look
from ui.wrapped_label import WrappedLabel


class StageRail(QWidget):
    """One bar per stage: passed, present, to come."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look: Look | None = None
        self._index, self._count = 0, 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_place(self, index: int, count: int, look: Look) -> None:
        """Show the place ``index`` (from 0) among ``count`` stages."""
        if (index, count, look) == (self._index, self._count, self._look):
            return
        self._index, self._count, self._look = index, count, look
        self.update()

    def sizeHint(self) -> QSize:
        """A thin line."""
        return QSize(100, 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bars."""
        if self._look is None or not self._count:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        gap = 3.0
        width = (self.width() - gap * (self._count - 1)) / self._count
        for number in range(self._count):
            painter.setBrush(self._look.color(self._token(number)))
            painter.drawRoundedRect(QRectF(number * (width + gap), 1, width, 4), 2, 2)

    def _token(self, number: int) -> str:
        if number == self._index:
            return "accent"
        return "accent_dim" if number < self._index else "line"


class PhraseCard(QFrame):
    """The phrases of the stage on one card.

    Signals:
        gap_clicked(str): the key of a gap that was clicked.
    """

    gap_clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 8, 12, 8)
        self._column.setSpacing(6)
        self.labels: list[PhraseLabel] = []
        self.shown: tuple[PhraseView, ...] = ()
        self._rules: list[QFrame] = []
        self._remarks: list[PlainLabel] = []
        self.more = PlainLabel(role="muted")
        self.folded = WrappedLabel("muted")
        self._column.addWidget(self.more)
        self._column.addWidget(self.folded)
        self._add_place()

    def _add_place(self) -> None:
        number = len(self.labels)
        rule = QFrame()
        rule.setObjectName("rule")
        remark = PlainLabel(role="muted")
        label = PhraseLabel(is_first=number == 0)
        label.gap_clicked.connect(self.gap_clicked)
        for place, widget in enumerate((rule, remark, label)):
            self._column.insertWidget(number * 3 + place, widget)
        self._rules.append(rule)
        self._remarks.append(remark)
        self.labels.append(label)

    def show_phrases(
        self, phrases: tuple[PhraseView, ...], look: Look, count: int, why_folded: str = ""
    ) -> None:
        """Show the first ``count`` phrases, how many more there are, and why some are folded."""
        self.shown = shown = phrases[:count]
        while len(self.labels) < len(shown):
            self._add_place()
        for number, label in enumerate(self.labels):
            is_there = number < len(shown)
            label.setVisible(is_there)
            self._rules[number].setVisible(is_there and number > 0)
            remark = _remark(shown[number]) if is_there else ""
            self._remarks[number].set_text(remark)
            self._remarks[number].setVisible(bool(remark))
            if is_there:
                label.show_segments(shown[number].segments, look)
        hidden = len(phrases) - len(shown)
        self.more.set_text(t("phrase.more", count=hidden) if hidden else "")
        self.more.setVisible(hidden > 0)
        self.folded.show_text("", why_folded, look)
        self.folded.setVisible(bool(why_folded))

    def gap_keys(self) -> list[str]:
        """The gaps that are shown, in reading order, each once."""
        keys = [key for label in self.labels if not label.isHidden() for key in label.gap_keys]
        return list(dict.fromkeys(keys))

    def label_with_gap(self, key: str) -> PhraseLabel | None:
        """The shown phrase that has this gap."""
        shown = (label for label in self.labels if not label.isHidden())
        return next((label for label in shown if key in label.gap_keys), None)


class StagePanel(QWidget):
    """The stage, its phrases, and the strips that fold on a small screen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rail = StageRail()
        self.place = ElidedLabel(role="muted")
        self.time = StillLabel(role="muted")
        self.title = ElidedLabel(role="title")
        self.goal = WrappedLabel("muted")
        self.next_up = ElidedLabel(role="muted")
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self.next_up.setAlignment(right)
        self.callback = CallbackLine()
        self.self_check = WrappedLabel("accent")
        self.card = PhraseCard()
        self.ready = ReadyStrip()
        self.donts = WrappedLabel("danger")
        self.record = WrappedLabel("muted")
        self.asks = ElidedLabel(role="muted")
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        place_row = QHBoxLayout()
        place_row.setSpacing(8)
        place_row.addWidget(self.place, 1)
        place_row.addWidget(self.time)
        column.addWidget(self.rail)
        column.addLayout(place_row)
        title_row = QHBoxLayout()
        title_row.setSpacing(10)
        self.title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        title_row.addWidget(self.title)
        title_row.addWidget(self.next_up, 1)
        column.addLayout(title_row)
        column.addWidget(self.goal)
        column.addWidget(self.callback)
        column.addWidget(self.self_check)
        column.addWidget(self.card)
        column.addWidget(self.ready)
        column.addWidget(self.asks)
        for strip in (self.donts, self.record):
            column.addWidget(strip)
        column.addStretch(1)

    def show_stage(
        self,
        view: StageView,
        look: Look,
        phrases: int,
        *,
        has_goal: bool = True,
        is_open: bool = False,
    ) -> None:
        """Show all of a stage but its clock, with its first ``phrases`` phrases.

        ``is_open``: those that fold for a time have been opened by key.
        """
        self.rail.show_place(view.index, view.count, look)
        self.title.set_text(t("stage.title", number=view.index + 1, title=view.title))
        self.goal.show_text("", view.goal, look)
        self.goal.setVisible(has_goal)
        self.callback.show_standing(view.callback)
        self.self_check.show_text("", view.self_check, look)
        self.self_check.setVisible(bool(view.self_check))
        key = "stage.place_with_tries" if view.tries else "stage.place"
        self.place.set_text(
            t(
                key,
                flow=view.flow_title,
                number=view.index + 1,
                count=view.count,
                tries=view.tries,
                most=view.max_tries,
            )
        )
        self.next_up.set_text(t("stage.next", title=view.next_title) if view.next_title else "")
        why_folded = _why_folded(view) if view.folded and not is_open else ""
        self.card.show_phrases(view.phrases_when(is_open=is_open), look, phrases, why_folded)
        self.ready.show_stage(view, look)
        self.donts.show_text(t("stage.dont"), t("list.joint").join(view.dont), look)
        self.record.show_text(t("stage.record"), t("list.joint").join(view.record), look)
        labels = t("list.comma").join(ask.label for ask in view.asks)
        self.asks.set_text(t("stage.asks", labels=labels) if labels else "")
        self.asks.setVisible(bool(labels) and has_goal)

    def height_at(self, width: int) -> int:
        """The height of what is shown now, at that width.

        Layouts remember heights until the event loop tells them what has changed; they are made
        to forget here, because the answer is needed before that.
        """
        strips = (self.goal, self.self_check, self.donts, self.record, self.asks)
        for widget in (self.card, self.ready, *strips):
            if (inner := widget.layout()) is not None:
                inner.invalidate()
            widget.updateGeometry()
        layout = self.layout()
        if layout is None:
            return 0
        layout.invalidate()
        return layout.totalHeightForWidth(width)

    def show_time(self, view: StageView, now: Reading) -> None:
        """Show how long the agent is here; the only part that a second changes."""
        here = clock_time(elapsed_seconds(view.entered_at, now))
        self.time.set_text(t("stage.time", here=here, guide=view.guide))
        self.time.setAccessibleName(t("stage.time_name", here=here, guide=view.guide))


def _remark(phrase: PhraseView) -> str:
    inside = t("phrase.inside") if phrase.audience is Audience.INSIDE else ""
    return "  ".join(part for part in (phrase.mark, inside, phrase.condition) if part)


def _why_folded(view: StageView) -> str:
    minutes, seconds = divmod(view.folded_seconds, 60)
    is_whole = seconds == 0
    unit, count = ("minutes", minutes) if is_whole else ("seconds", view.folded_seconds)
    time = t(f"phrase_fold.{unit}", count=count)
    return t("phrase_fold.why", time=time, key=key_of("more_phrases"))
