"""A phrase in lines: what is broken where is what is painted."""

import pytest
from PySide6.QtWidgets import QApplication

from scripts_ja.placeholders import segments
from ui.phrase_label import PhraseLabel
from ui.theme import LIGHT, Look


@pytest.mark.parametrize("width", [180, 230, 290, 340])
def test_a_gap_at_the_beginning_of_a_line_shifts_no_line_after_it(application, width):
    assert QApplication.instance() is not None
    label = PhraseLabel(is_first=True)
    text = "お待たせいたしました。{callback_at}までに、{superior}からお電話いたします。{issue}の件です。"
    label.show_segments(segments(text, {}), Look(LIGHT, 100))
    label._lay_out(width)
    layout = label._layout
    painted = [
        layout.text()[line.textStart() : line.textStart() + line.textLength()]
        for line in (layout.lineAt(number) for number in range(layout.lineCount()))
    ]
    assert painted == label._broken(width)
    assert any(line.startswith("\xa0") for line in painted)
