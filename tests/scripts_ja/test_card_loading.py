"""A person's own cards laid over the shipped ones, and each way that a card file can be wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scripts_ja.card_file import CardFile, parse_cards
from scripts_ja.card_loader import check_cards, load_cards
from scripts_ja.flow_problem import FlowProblem

HERE = Path("own.toml")
GOOD = Path(__file__).with_name("own_cards.toml").read_text("utf-8")
SHIPPED = load_cards(None).book
OWN_SAFETY = GOOD.replace("own_card", "safety").replace("Y1", "X1")


def _line(source: str, text: str) -> int:
    """The number of the first line that contains ``text``."""
    return source[: source.index(text)].count("\n") + 1


def _ids(folder: Path | None) -> list[str]:
    return [card.id for card in load_cards(folder).book.cards]


def _own_ids(folder: Path) -> list[str]:
    return _ids(folder)[len(SHIPPED.cards) :]


def _only(source: str | bytes) -> FlowProblem:
    parsed = parse_cards(HERE, source.encode() if isinstance(source, str) else source)
    assert not isinstance(parsed, CardFile), "the broken file loaded"
    assert len(parsed) == 1
    message = parsed[0].message
    assert message.endswith("。")
    assert message.count("。") == 1
    assert re.search("(てください|でください)。|ください（", message)
    assert "Expected" not in message
    return parsed[0]


def test_the_good_file_is_good() -> None:
    parsed = parse_cards(HERE, GOOD.encode())
    assert isinstance(parsed, CardFile)
    own, other = parsed.cards
    assert (own.version, own.suspends_limits) == (1, False)
    assert (other.version, other.suspends_limits) == (2, True)


# --- laid over the shipped ones -----------------------------------------------------------------


def test_new_cards_come_after_the_shipped_ones(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(GOOD)
    assert load_cards(tmp_path).problems == ()
    assert _ids(tmp_path) == [*(card.id for card in SHIPPED.cards), "own_card", "other_card"]


def test_a_card_of_the_same_id_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(OWN_SAFETY)
    loaded = load_cards(tmp_path)
    assert loaded.problems == ()
    assert [card.title for card in loaded.book.cards[:2]] == ["own", SHIPPED.cards[1].title]
    assert _own_ids(tmp_path) == ["other_card"]


def test_where_the_own_file_is_broken_the_shipped_cards_stand_in(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text(OWN_SAFETY.replace('title = "own"', "title = 3"))
    (tmp_path / "own.toml").write_text(GOOD)
    loaded = load_cards(tmp_path)
    assert loaded.book.card("safety") == SHIPPED.card("safety")
    assert _own_ids(tmp_path) == ["own_card", "other_card"]
    assert [problem.path.name for problem in loaded.problems] == ["bad.toml"]


def test_no_folder_is_no_problem_when_loading_but_one_when_checking(tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    assert load_cards(nowhere) == load_cards(None)
    assert [(p.path, p.line) for p in check_cards(nowhere)] == [(nowhere, None)]


def test_the_same_id_in_two_files_keeps_the_first_by_name(tmp_path: Path) -> None:
    second = GOOD.replace("Y1", "Y3").replace("other_card", "third_card").replace("Y2", "Y4")
    (tmp_path / "a.toml").write_text(GOOD)
    (tmp_path / "b.toml").write_text(second)
    (problem,) = check_cards(tmp_path)
    assert problem.path.name == "b.toml"
    assert problem.line == _line(second, "own_card")
    assert "「own_card」は a.toml でも" in problem.message
    # Only that card is left out.
    assert _own_ids(tmp_path) == ["own_card", "other_card", "third_card"]
    assert [card.code for card in load_cards(tmp_path).book.cards[-3:]] == ["Y1", "Y2", "Y4"]


def test_a_code_that_is_taken_leaves_that_card_out(tmp_path: Path) -> None:
    own = GOOD.replace("Y2", "X9")
    (tmp_path / "own.toml").write_text(own)
    (problem,) = check_cards(tmp_path)
    assert "2番目のカード（other_card）の code「X9」は「silence」が使って" in problem.message
    assert problem.line == _line(own, '"X9"')
    assert _own_ids(tmp_path) == ["own_card"]


def test_checking_the_shipped_folder_finds_nothing() -> None:
    cards = Path(__file__).parents[2] / "scripts_ja" / "cards"
    assert check_cards(cards) == ()


def test_a_file_instead_of_a_folder_is_a_problem(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    loaded = load_cards(file)
    assert [problem.path for problem in loaded.problems] == [file]
    assert loaded.book == SHIPPED


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(["a", "b"]), st.binary(max_size=60)))
def test_no_folder_makes_loading_fail(tmp_path: Path, contents: dict[str, bytes]) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.toml").write_bytes(contents.get(name, GOOD.encode()))
    loaded = load_cards(tmp_path)
    assert loaded.book.cards[: len(SHIPPED.cards)] == SHIPPED.cards
    assert {problem.path.stem for problem in loaded.problems} >= set(contents)


# --- what can be wrong --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "line_text", "says"),
    [
        ('id = "own_card"', 'id = "Own"', "Own", ("1番目のカード", "id の書き方", "safety")),
        ('code = "Y1"', 'code = "y1"', "y1", ("（own_card）の code の書き方", "X1")),
        ('title = "own"\n', "", "[[cards]]", ("（own_card）に title がありません",)),
        ('when = ["later"]', "when = []", "when = []", ("when の数が足りません", "1個以上")),
        ('must = ["act"]', 'must = [""]', 'must = [""]', ("must の1番目が空",)),
        ('"T3"', '"T0"', "T0", ("rules の2番目の書き方", "53、T3、2.9")),
        ('category = "check"', 'category = "chat"', "chat", ("「chat」は使えません", "apology")),
        ("= true", '= "yes"', "suspends", ("suspends_limits の値の種類", "true か false")),
        ("version = 2", "version = 0", "version", ("version の数が小さすぎ", "1以上")),
        ("{customer}", "{costumer}", "costumer", ("（own_card）の1番目の言い回し", "{costumer}")),
        ('id = "other_card"', 'id = "own_card"', None, ("2番目のカード", "前のカード")),
        ('code = "Y2"', 'code = "Y1"', None, ("「Y1」は前のカード",)),
        ("[[cards]]\n", "[[cards\n", "[[cards", ("見出しのかっこ",)),
    ],
)
def test_a_wrong_card(old: str, new: str, line_text: str | None, says: tuple[str, ...]) -> None:
    assert old in GOOD
    source = GOOD.replace(old, new, 1)
    problem = _only(source)
    assert [part for part in says if part not in problem.message] == []
    if line_text is not None:
        assert problem.line == _line(source, line_text)


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("", "ファイルの先頭の部分に cards がありません"),
        ("cards = []", "cards の数が足りません"),
        ('id = "first"', "id という項目は使えません"),
        (b"\xff", "UTF-8"),
    ],
)
def test_a_wrong_file(source: str | bytes, says: str) -> None:
    assert says in _only(source).message


@given(st.binary(max_size=200))
def test_nothing_raises(content: bytes) -> None:
    parse_cards(HERE, content)
