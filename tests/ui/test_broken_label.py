"""A label of several lines asks where they end once for a width, whoever lays it out how often."""

import pytest

from ui import broken_label
from ui.broken_label import BrokenLabel

TEXT = "責任者へ正確に伝えるためにも、まず私がお話を伺います。"


@pytest.fixture
def broken(monkeypatch):
    """The widths at which lines were looked for."""
    asked, really = [], broken_label.break_lines

    def hear(text, width, measure):
        asked.append(width)
        return really(text, width, measure)

    monkeypatch.setattr(broken_label, "break_lines", hear)
    return asked


def test_lines_are_looked_for_once_for_a_width(qapp, broken):
    label = BrokenLabel(TEXT)
    heights = {label.heightForWidth(width) for width in (200, 120, 200, 120, 200)}
    assert (len(heights), broken) == (2, [200, 120])


def test_another_text_and_another_font_are_broken_anew(qapp, broken):
    label = BrokenLabel(TEXT)
    small = label.lines(200)
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    label.setFont(font)
    large = label.lines(200)
    label.setText(TEXT * 2)
    assert len(small) < len(large) < len(label.lines(200))
    assert len(broken) == 3
