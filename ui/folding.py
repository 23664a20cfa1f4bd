"""What folds when the room is short, and what the agent has opened or closed by key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from ui.known_parts import viewport_of
from ui.port.stage import StageView
from ui.stage_cut import StageCut, StageHeights
from ui.stage_panel import StagePanel
from ui.theme import Look

# Advice has a place of its own in every layout, so that it never moves a phrase; where there is
# room, some notes stay in sight above it.
_ADVICE = 108
_ADVICE_AND_NOTES = 164
_LEAST = 90
_GAP = 12


class Fold(StrEnum):
    """A part of the stage that may fold."""

    PHRASES = "phrases"
    DONTS = "donts"
    HINTS = "hints"


class _Layout(NamedTuple):
    """What is shown of a stage, with how much kept free below it."""

    shown: frozenset[Fold]
    phrases: int
    has_goal: bool = True
    has_pad: bool = True

    @property
    def cut(self) -> StageCut:
        """What the stage shows in it."""
        has_donts, has_record = Fold.DONTS in self.shown, Fold.HINTS in self.shown
        return StageCut(self.phrases, self.has_goal, has_donts, has_record)


class Folding:
    """Shows as much of the stage as fits; a key overrules it until the next stage.

    What does not fit even then scrolls: nothing is ever cut off.
    """

    def __init__(
        self, stage: StagePanel, area: QScrollArea, pad: QStackedWidget, advice: QWidget
    ) -> None:
        self._stage = stage
        self._advice = advice
        self._area = area
        self._pad = pad
        self._chosen: dict[Fold, bool] = {}
        self._chosen_for: tuple[object, ...] = ()
        self._fitted: tuple[object, ...] = ()
        self._place: tuple[object, ...] = ()
        self._has_goal, self._has_bar, self._has_folded = True, False, False
        self._had_ready = False
        self.has_pad = True
        self.shown: frozenset[Fold] = frozenset(Fold)

    def toggle(self, fold: Fold) -> None:
        """Open or close a part by key; what folds for a time only goes back to folding."""
        if fold is Fold.PHRASES and self._has_folded and self._chosen.pop(fold, False):
            return
        self._chosen[fold] = fold not in self.shown

    def fit(self, view: StageView, look: Look, room: int) -> None:
        """Show the stage with what fits into ``room`` pixels."""
        visit = (view.title, view.entered_at)
        if visit != self._chosen_for:
            self._chosen, self._chosen_for = {}, visit
            self._area.verticalScrollBar().setValue(0)  # a stage is read from its top
        asked = (view, look, room, self._area.width(), self._advice_height(), dict(self._chosen))
        if asked == self._fitted:
            return  # most events change nothing of the stage, and fitting takes a frame
        self._fitted = asked
        self._remember_place((visit, look, room, self._area.width(), dict(self._chosen)))
        self._has_folded = bool(view.folded)
        is_open = self._chosen.get(Fold.PHRASES, False)
        phrases = len(view.phrases_when(is_open=is_open))
        with self._stage.laid_out_once():
            self._stage.show_stage(view, look, is_open=is_open)
            layout, free = self._choose(look, room, phrases)
            self._stage.show_cut(layout.cut)
            self._give_place(layout, room, free)
            self._lend_place_of_advice(layout)
        is_folded = layout.phrases < phrases or (self._has_folded and not is_open)
        self.shown = layout.shown - {Fold.PHRASES} if is_folded else layout.shown
        self._has_goal = layout.has_goal
        self._bring_what_is_ready(view)

    def _remember_place(self, place: tuple[object, ...]) -> None:
        """What stands above a phrase and beside it stays for one visit in one size.

        When the time is over in which solutions fold, there is room again; a goal that came back
        above the phrase, or a scroll bar that went, would move what is being read out.
        """
        if place != self._place:
            self._place, self._has_goal, self._has_bar = place, True, False

    def _bring_what_is_ready(self, view: StageView) -> None:
        """What a key has just brought is seen, even where the stage has to scroll for it."""
        if view.ready is not None and not self._had_ready:
            QTimer.singleShot(0, self._stage.ready, self._scroll_to_ready)
        self._had_ready = view.ready is not None

    def _scroll_to_ready(self) -> None:
        """Its end into sight, or, where it is too high for that, its beginning."""
        # The area has not heard yet of what it scrolls.
        QCoreApplication.sendEvent(self._stage, QEvent(QEvent.Type.LayoutRequest))
        strip = self._stage.ready
        seen = min(strip.height(), viewport_of(self._area).height())
        self._area.ensureVisible(strip.x(), strip.y() + seen, 0, 0)

    def _choose(self, look: Look, room: int, phrases: int) -> tuple[_Layout, int]:
        """The first layout that fits, else the last; and the pixels that the stage has in it.

        What stands ready is put into the first that fits without it, or one with less below.
        """
        heights = self._heights()

        def first_of(layouts: Iterable[_Layout], *, has_ready: bool) -> tuple[_Layout, int]:
            found, free = _Layout(frozenset(), 1), room
            for found in layouts:
                free = room - look.px(_ADVICE_AND_NOTES if found.has_pad else _ADVICE)
                if heights.of(found.cut, has_ready=has_ready) <= free:
                    break
            return found, free

        layout, free = first_of(self._layouts(phrases), has_ready=False)
        if not heights.ready:
            return layout, free
        return first_of(self._with_less_below(layout), has_ready=True)

    def _with_less_below(self, layout: _Layout) -> Iterator[_Layout]:
        """The same and smaller ones, for what comes below the phrases.

        What stands above the first phrase stays, so that it does not move.
        """
        yield layout
        for smaller in self._layouts(layout.phrases):
            is_less = smaller.shown <= layout.shown and smaller.has_pad <= layout.has_pad
            if is_less and smaller.has_goal == layout.has_goal:
                yield smaller

    def _give_place(self, layout: _Layout, room: int, free: int) -> None:
        """What folds never depends on advice, so that no phrase moves when it comes.

        How much of a stage that has to scroll is seen at once may; its scroll bar stands there
        all the time, because lines would break anew with it.
        """
        scrolls = self._heights().of(layout.cut) > free
        self._has_bar = self._has_bar or scrolls
        bar = (
            Qt.ScrollBarPolicy.ScrollBarAlwaysOn
            if self._has_bar
            else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        self._area.setVerticalScrollBarPolicy(bar)
        self._area.verticalScrollBar().setEnabled(scrolls)  # else it is seen as nothing
        if scrolls:
            free = room - self._advice_height() - _GAP
        height = self._heights().of(layout.cut)
        self._area.setFixedHeight(max(_LEAST, min(height, free)))

    def _lend_place_of_advice(self, layout: _Layout) -> None:
        """The notes stand where advice would: nothing is above it that could move.

        Only they: a sheet that is laid over them would go when advice comes.
        """
        height = self._heights().of(layout.cut)
        is_free = self._advice.isHidden() and height <= self._area.height()
        is_free = is_free and self._pad.currentIndex() < 1
        self.has_pad = layout.has_pad
        self._pad.setVisible(layout.has_pad or is_free)

    def _layouts(self, phrases: int) -> Iterator[_Layout]:
        """From everything to the least: hints go first, then phrase by phrase, then don'ts, goal.

        What a key has opened or closed stays so.
        """
        has_goal = self._has_goal
        opened = frozenset(fold for fold, is_open in self._chosen.items() if is_open)
        closed = frozenset(self._chosen) - opened
        everything = frozenset(Fold) - closed
        most = 1 if Fold.PHRASES in closed else phrases
        fewest = phrases if Fold.PHRASES in opened else 1
        yield _Layout(everything, most, has_goal)
        without_hints = everything - ({Fold.HINTS} - opened)
        yield from (
            _Layout(without_hints, count, has_goal) for count in range(most, fewest - 1, -1)
        )
        one_phrase = without_hints - ({Fold.PHRASES} - opened)
        least = one_phrase - ({Fold.DONTS} - opened)
        yield _Layout(one_phrase, fewest, has_goal)
        yield _Layout(least, fewest, has_goal)
        yield _Layout(least, fewest, has_goal=False)
        yield _Layout(least, fewest, has_goal, has_pad=False)
        yield _Layout(least, fewest, has_goal=False, has_pad=False)

    def _heights(self) -> StageHeights:
        return self._stage.heights(viewport_of(self._area).width())

    def _advice_height(self) -> int:
        if self._advice.isHidden():
            return 0
        inner = self._advice.layout()
        return inner.totalHeightForWidth(self._area.width()) if inner else 0
