"""Where the agent is and what to say: rail, stage, goal, phrases, what not to say, what to record."""

from __future__ import annotations

from contextlib import AbstractContextManager

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from call.clock import Reading, elapsed_seconds
from scripts_ja.dates import clock_time
from scripts_ja.texts import t
from ui.actions import key_of
from ui.callback_line import CallbackLine
from ui.column_height import height_of
from ui.labels import ElidedLabel
from ui.one_layout import laid_out_once
from ui.phrase_card import PhraseCard
from ui.port.stage import StageView
from ui.ready_strip import ReadyStrip
from ui.stage_cut import StageCut, StageHeights
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
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        self._rows = (self.place, self.time), (self.title, self.next_up)
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

    def show_stage(self, view: StageView, look: Look, *, is_open: bool = False) -> None:
        """Take over all of a stage but its clock; :meth:`show_cut` says what of it is shown.

        ``is_open``: those that fold for a time have been opened by key.
        """
        self.rail.show_place(view.index, view.count, look)
        self.title.set_text(t("stage.title", number=view.index + 1, title=view.title))
        self.goal.show_text("", view.goal, look)
        self.callback.show_standing(view.callback)
        self.self_check.show_text("", view.self_check, look)
        self.self_check.setVisible(bool(view.self_check))
        self.place.set_text(_place(view))
        self.place.offer_shorter(t("stage.place_alone", number=view.index + 1, count=view.count))
        self.next_up.set_text(t("stage.next", title=view.next_title) if view.next_title else "")
        why_folded = _why_folded(view) if view.folded and not is_open else ""
        self.card.show_phrases(view.phrases_when(is_open=is_open), look, why_folded)
        self.ready.show_stage(view, look)
        self.donts.show_text(t("stage.dont"), t("list.joint").join(view.dont), look)
        self.record.show_text(t("stage.record"), t("list.joint").join(view.record), look)
        labels = t("list.comma").join(ask.label for ask in view.asks)
        self.asks.set_text(t("stage.asks", labels=labels) if labels else "")

    def show_cut(self, cut: StageCut) -> None:
        """Show so much of the stage."""
        self.goal.setVisible(cut.has_goal)
        self.card.show_first(cut.phrases)
        self.asks.setVisible(cut.has_goal and bool(self.asks.text()))
        self.donts.setVisible(cut.has_donts)
        self.record.setVisible(cut.has_record)
        for frame in (self.card, self.ready):
            frame.forget_height()  # else it is remembered until the loop tells of what is shown

    def laid_out_once(self) -> AbstractContextManager[None]:
        """For both: nothing is laid out before its end."""
        return laid_out_once(self, self.card, self.ready)

    def heights(self, width: int) -> StageHeights:
        """How high each part is at that width, whatever is shown of it now."""
        rows = [max(height_of(label, width) for label in row) for row in self._rows]
        asked = (line for line in (self.callback, self.self_check) if not line.isHidden())
        return StageHeights(
            lines=(height_of(self.rail, width), *rows, *(height_of(x, width) for x in asked)),
            card=self.card.heights(width),
            goal=height_of(self.goal, width),
            ready=0 if self.ready.isHidden() else self.ready.height_at(width),
            asks=height_of(self.asks, width) if self.asks.text() else 0,
            donts=height_of(self.donts, width),
            record=height_of(self.record, width),
            spacing=self._column.spacing(),
        )

    def sizeHint(self) -> QSize:
        """As wide as its parts wish; a height for that width, which it never has, is not sought."""
        return self._column.sizeHint()

    def show_time(self, view: StageView, now: Reading) -> None:
        """Show how long the agent is here; the only part that a second changes."""
        here = clock_time(elapsed_seconds(view.entered_at, now))
        self.time.set_text(t("stage.time", here=here, guide=view.guide))
        self.time.setAccessibleName(t("stage.time_name", here=here, guide=view.guide))


def _place(view: StageView) -> str:
    return t(
        "stage.place_with_tries" if view.tries else "stage.place",
        flow=view.flow_title,
        number=view.index + 1,
        count=view.count,
        tries=view.tries,
        most=view.max_tries,
    )


def _why_folded(view: StageView) -> str:
    minutes, seconds = divmod(view.folded_seconds, 60)
    is_whole = seconds == 0
    unit, count = ("minutes", minutes) if is_whole else ("seconds", view.folded_seconds)
    time = t(f"phrase_fold.{unit}", count=count)
    return t("phrase_fold.why", time=time, key=key_of("more_phrases"))
