"""What a key brings is measured once, laid out once and painted once; counted, never timed."""

from collections import Counter

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from call import commands as c
from ui import phrase_label
from ui.one_layout import laid_out_once

# From here on the phrases, what folds and the strips are others each time.
STAGES = ("F1-S4", "F2-S3", "F7-S2", "F4-S2", "F3-S1")


class Counted(QObject):
    """How often each widget of a window had an event of one type."""

    def __init__(self, kind: QEvent.Type) -> None:
        super().__init__()
        self._kind = kind
        self.times: Counter[QWidget] = Counter()

    def __enter__(self):
        QApplication.instance().installEventFilter(self)
        return self

    def __exit__(self, *_):
        QApplication.instance().removeEventFilter(self)

    def eventFilter(self, watched, event):
        if event.type() == self._kind and isinstance(watched, QWidget):
            self.times[watched] += 1
        return False


@pytest.fixture
def broken(monkeypatch):
    """How often each phrase was broken into lines."""
    times: Counter[str] = Counter()
    real = phrase_label.break_lines

    def count(text, *rest):
        times[text] += 1
        return real(text, *rest)

    monkeypatch.setattr(phrase_label, "break_lines", count)
    return times


@pytest.mark.parametrize("stage", STAGES)
def test_each_phrase_of_a_new_stage_is_broken_for_one_width_only(talk, broken, stage):
    talk.work.do(c.EnterStage(stage))
    talk.settle()
    assert broken
    assert max(broken.values()) == 1, broken


@pytest.mark.parametrize("stage", STAGES)
def test_nothing_on_the_card_of_a_new_stage_gets_a_size_that_it_does_not_keep(talk, stage):
    for name in (stage, "F6-S4"):  # the places for its phrases are made
        talk.work.do(c.EnterStage(name))
        talk.settle()
    with Counted(QEvent.Type.Resize) as resized:
        talk.work.do(c.EnterStage(stage))
        talk.settle()
    on_card = {w: n for w, n in resized.times.items() if talk.window.stage.card.isAncestorOf(w)}
    assert on_card
    assert max(on_card.values()) == 1, on_card


def test_what_is_held_back_is_laid_out_at_the_end(talk):
    """Also where it got another size meanwhile, which its layout did not hear of."""
    card = talk.window.stage.card
    talk.work.do(c.EnterStage("F1-S4"))
    talk.settle()
    with laid_out_once(card):
        before = card.labels[0].width()
        card.resize(card.width() - 40, card.height())
        assert card.labels[0].width() == before
    assert card.labels[0].width() == before - 40
