"""The assertion of first characters changes nothing but the time that a search takes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts_ja.first_characters import with_first_characters

EXPRESSIONS = [
    "ab|c",
    "(?:a|bc)?d",
    "(?<!a)b|[c-d]a",
    "(?=a)[ab]+c",
    "a{0,2}b|d",
    "(?:(?:a|b)c)*d",
    r"\d{1,2}a|b\.",
]
WITHOUT = ["[^a]b", ".a", "a*", "a|.b"]


@pytest.mark.parametrize("expression", EXPRESSIONS)
@given(text=st.text("abcd.12"))
def test_the_same_is_found(expression: str, text: str) -> None:
    known = with_first_characters(expression)
    assert known.startswith("(?=[")
    found = [match.span() for match in re.finditer(known, text, re.ASCII)]
    assert found == [match.span() for match in re.finditer(expression, text, re.ASCII)]


@pytest.mark.parametrize("expression", WITHOUT)
def test_what_may_begin_with_anything_is_left_as_it_is(expression: str) -> None:
    assert with_first_characters(expression) == expression
