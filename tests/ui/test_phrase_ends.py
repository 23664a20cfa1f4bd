"""Phrases end where BudouX says."""

import budoux
import pytest

from scripts_ja.loader import load_flows
from scripts_ja.texts import all_keys, template
from ui.phrase_ends import japanese


def said() -> list[str]:
    """All texts of the program and of its flows."""
    phrases = [
        phrase.text
        for flow in load_flows().book.flows
        for stage in flow.stages
        for phrase in stage.phrases
    ]
    return [*map(template, sorted(all_keys())), *phrases]


def test_they_end_where_budoux_has_them_end():
    ours, theirs = japanese(), budoux.load_default_japanese_parser()
    texts = said()
    assert len(texts) > 2000
    assert [text for text in texts if ours.parse(text) != theirs.parse(text)] == []


@pytest.mark.parametrize("text", ["", "あ", "はい", "ＡＢＣ", "\n", "🙂🙂", "か" * 300])
def test_so_do_odd_texts(text):
    assert japanese().parse(text) == budoux.load_default_japanese_parser().parse(text)
