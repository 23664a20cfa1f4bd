"""Lines of values in a TOML source, in each way that TOML can write them."""

from __future__ import annotations

import tomllib

import pytest

from scripts_ja.source_lines import DataPath, line_of

SOURCE = '''\
# a comment
top = 1
text = """
[[stages]]
top = 2
"""
a.b = 3

[[stages]]
id = "one"
many = [  # comment with ]
  { to = "x" },

  { to = "y" }, { to = "z" },
  { to = "last" }]
[[stages.exits]]
to = "p"
[[stages.exits]]
to = "q"

[[stages]]
"quoted key" = 1
[[stages.exits]]
to = "r"
[other.table]
key = { inner = [1, 2] }
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("top",), 2),
        (("text",), 3),
        (("a", "b"), 7),
        (("stages",), 9),
        (("stages", 0), 9),
        (("stages", 0, "id"), 10),
        (("stages", 0, "many"), 11),
        (("stages", 0, "many", 0, "to"), 12),
        (("stages", 0, "many", 1, "to"), 14),
        (("stages", 0, "many", 2, "to"), 14),
        (("stages", 0, "many", 3, "to"), 15),
        (("stages", 0, "exits", 1, "to"), 19),
        (("stages", 1), 21),
        (("stages", 1, "quoted key"), 22),
        (("stages", 1, "exits", 0, "to"), 24),
        (("other", "table", "key", "inner", 1), 26),
    ],
)
def test_line_of_a_value(path: DataPath, line: int) -> None:
    assert line_of(SOURCE, path) == line


def test_the_source_of_these_tests_is_toml() -> None:
    assert tomllib.loads(SOURCE)["stages"][0]["many"][3] == {"to": "last"}


def test_windows_line_ends_count_alike() -> None:
    assert line_of(SOURCE.replace("\n", "\r\n"), ("stages", 1, "exits", 0, "to")) == 24


def test_what_is_missing_is_placed_at_its_table() -> None:
    assert line_of(SOURCE, ("stages", 1, "goal")) == 21


@pytest.mark.parametrize("path", [(), ("nowhere",), ("nowhere", 3)])
def test_no_line_where_there_is_none(path: DataPath) -> None:
    assert line_of(SOURCE, path) is None


@pytest.mark.parametrize(
    ("elements", "line"),
    [
        ("1,\n" * 50, 53),
        ("1,\n" * 150, None),
        (f'"{"x" * 900}",\n' * 20, None),
    ],
    ids=["long", "too many lines", "too many characters"],
)
def test_a_statement_of_absurd_length_is_given_up(elements: str, line: int | None) -> None:
    assert line_of(f"a = [\n{elements}]\nb = 2\n", ("b",)) == line


def test_absurd_depth_is_given_up() -> None:
    deep = "a = " + "[" * 300 + "]" * 300
    assert line_of(deep, ("a", *[0] * 299)) == 1
    keys = ".".join("k" * 990)
    assert line_of(f"{keys} = 1\n", tuple("k" * 990)) == 1
