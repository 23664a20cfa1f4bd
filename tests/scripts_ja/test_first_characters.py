"""The assertion of first characters changes nothing but the time that a search takes."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts_ja import first_characters, wording
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
WITHOUT = ["[^a]b", ".a", "a*", "a|.b", "(?i:a)b"]


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


# -- Python's private parser -------------------------------------------------------------------


@pytest.fixture
def another_python() -> Iterator[None]:
    """Where the parser is asked for anew, and after the test once more."""
    first_characters._parser.cache_clear()
    yield
    first_characters._parser.cache_clear()


def test_the_parser_of_this_python_is_known() -> None:
    assert first_characters._parser() is not None


@pytest.mark.usefixtures("another_python")
def test_without_the_parser_an_expression_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "re._parser", None)
    assert with_first_characters("ab|c") == "ab|c"
    slow = wording._compile(wording.rules())
    assert slow.deadline.pattern in wording._compiled().deadline.pattern


@pytest.mark.usefixtures("another_python")
@pytest.mark.parametrize(
    "answer",
    [[], [("LITERAL",)], [("LITERAL", 97)], None, [("NEW", 1)], [("BRANCH", 3)]],
    ids=["nothing", "short", "other", "none", "unknown", "shape"],
)
def test_a_parser_that_answers_otherwise_is_not_asked(
    monkeypatch: pytest.MonkeyPatch, answer: object
) -> None:
    monkeypatch.setattr("re._parser.parse", lambda _: answer)
    assert with_first_characters("ab|c") == "ab|c"


def test_what_is_no_expression_is_left_to_who_compiles_it() -> None:
    assert with_first_characters("(a") == "(a"
