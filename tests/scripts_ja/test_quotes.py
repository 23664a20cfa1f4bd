"""Quotation marks: never 「」 inside 「」."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts_ja.quotes import quoted


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("無償で修理する", "「無償で修理する」"),
        ("無償で修理いたします。", "「無償で修理いたします」"),
        ("「無償で修理する」", "「無償で修理する」"),
        ("『無償で修理する。』。", "「無償で修理する」"),
        ("「修理」と「交換」の二つ", "「『修理』と『交換』の二つ」"),
        ("「修理」または「交換」", "「『修理』または『交換』」"),
        ("『修理』なら無償", "「『修理』なら無償」"),
        ("「『修理』なら」と回答", "「『「修理」なら』と回答」"),
        ("一行目\n二行目", "「一行目 二行目」"),
        ("「閉じない", "「『閉じない」"),
        ("開かない」", "「開かない』」"),
        ("「」", "「」"),
    ],
)
def test_marks_alternate_with_their_depth(typed, shown):
    assert quoted(typed) == shown


@given(st.text(st.sampled_from("「」『』あ。 "), max_size=12))
def test_whatever_is_typed_stays_between_one_pair(typed):
    shown = quoted(typed)
    assert shown[0] == "「"
    assert shown[-1] == "」"
    letters = str.maketrans("", "", "「」『』。 ")
    assert shown.translate(letters) == typed.translate(letters)
