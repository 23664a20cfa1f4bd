"""The page on rules says what is in the house, and every number in the house is a known one."""

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("rules_report", ROOT / "tools/rules_report.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def book(tool):
    return tool.read_book()


@pytest.fixture(scope="module")
def homes(tool, book):
    return tool.find_homes(book)


def test_the_page_is_what_the_tool_says(tool):
    said = "run tools/rules_report.py"
    assert (ROOT / "docs" / "RULES.md").read_text("utf-8") == tool.report(), said


def test_every_numbered_rule_is_there_in_a_few_words_of_ours(book):
    numbers = [number for number in book.rules if number.isdigit()]
    assert numbers == [str(number) for number in range(1, 123)]
    for number, (kind, words) in book.rules.items():
        assert 2 <= len(words.split()) <= 10, (number, words)
        assert words.isascii(), number
        assert kind in [
            "rule",
            "step",
            "limit",
            "do",
            "dont",
            "record",
            "paper",
            "mind",
            "why",
            "law",
            "finding",
        ]


def test_notes_are_about_rules_that_are_there(book):
    assert set(book.notes) <= set(book.rules)


def test_every_rule_of_the_articles_lives_somewhere(book, homes):
    numbered = {n: kind for n, (kind, _) in book.rules.items() if n.isdigit()}
    assert [n for n, kind in numbered.items() if homes[n].state(kind) == "not served"] == []


def test_a_limit_that_nothing_reads_serves_nobody(tool, homes):
    places = {place for home in homes.values() for place in home.code}
    assert "call/limits.py: max_holds" in places
    assert not places & {f"call/limits.py: {field}" for field in tool._unread_limits()}


def test_what_is_not_served_or_noted_stands_among_the_gaps(tool):
    book = tool.RuleBook({"1": ("rule", "One"), "2": ("rule", "Two"), "3": ("do", "Three")}, {}, {})
    homes = {number: tool.Home() for number in book.rules}
    homes["2"].texts = homes["3"].texts = ["F1-S1"]
    book.notes["3"] = "half of it"
    assert tool._gaps(book, homes)[2:4] == ["- **1** One: not served", "- **3** Three: half of it"]


def test_tagged_is_told_from_tested(tool):
    home = tool.Home()
    assert (home.state("step"), home.state("mind")) == ("not served", "attitude")
    assert home.state("law") == "background"
    home.texts.append("F1-S1")
    assert (home.state("step"), home.state("mind")) == ("in the texts", "attitude")
    home.code.append("call/case.py")
    assert (home.state("step"), home.state("mind")) == ("in the program", "in the program")
    home.texts.clear()
    assert home.state("step") == "in the program"
    home.tests.append("call/test_x: y")
    assert home.state("mind") == "tested"


def test_what_the_house_is_known_to_do_is_found(homes):
    assert "F1-S3" in homes["58"].texts
    assert "call/limits.py: hearing_tries" in homes["58"].code
    assert "call/test_times: holds_and_tries_count_per_call_and_per_case" in homes["58"].tests
    assert "call/repeat_ledger.py" in homes["T3"].code
    assert any(place.startswith("advice: ") for place in homes["72"].code)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Holds of that call (rules.md #72).", ["72"]),
        ("rules.md #58, #67", ["58", "67"]),
        ("(rules.md #12-#15)", ["12", "13", "14", "15"]),
        ("# rules.md M2-M4", ["M2", "M3", "M4"]),
        ("(rules.md 2.8, D5). Digits", ["2.8", "D5"]),
        ("rules.md T3, T8; flows.md F7-S6", ["T3", "T8"]),
        ("rules.md #7 and then, rules.md\n    #9", ["7", "9"]),
        ("where it comes from in rules.md; 5", []),
    ],
)
def test_citations(tool, text, numbers):
    assert tool.cited_in(text) == numbers


@pytest.mark.parametrize(
    ("listed", "numbers"),
    [
        ('"#72, #73", values', ["72", "73"]),
        ('"2.9, M3"', ["2.9", "M3"]),
        ('"#85, F3-S1"', ["85"]),
        ('"X12"', []),
        ('rule="#70"', ["70"]),
        ('"consult", "hold"', []),
    ],
)
def test_prompts_name_their_rules(tool, tmp_path, listed, numbers):
    (tmp_path / "call").mkdir()
    file = tmp_path / "call" / "guidance.py"
    file.write_text(f'Prompt("second_hold", Level.RED, {listed})', encoding="utf-8")
    assert list(tool._of_advice(file)) == [("advice: second_hold", number) for number in numbers]


@pytest.mark.parametrize("number", ["123", "Q1"])
def test_an_unknown_number_is_an_error(tool, book, monkeypatch, number):
    monkeypatch.setattr(tool, "_of_tests", lambda: [("some test", number)])
    with pytest.raises(ValueError, match=f"some test names a rule {number}"):
        tool.find_homes(book)


def test_a_place_that_is_gone_is_an_error(tool, book):
    book = tool.RuleBook(book.rules, {"call/limits.py: no_such_words_there": ("58",)}, {})
    with pytest.raises(ValueError, match="no longer holds 'no_such_words_there'"):
        tool.find_homes(book)


def test_the_rules_themselves_are_not_in_the_house():
    """Only numbers and our own words: the tool reads nothing outside the repository."""
    source = (ROOT / "tools" / "rules_report.py").read_text("utf-8")
    assert not re.search(r"shared|\.\./|Path\.home|environ", source)
