"""The wording check: each rule by our own examples, and what holds for every text."""

from __future__ import annotations

import re
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts_ja.card_loader import load_cards
from scripts_ja.loader import load_flows
from scripts_ja.model import Audience
from scripts_ja.own_wording import wording_problems
from scripts_ja.texts import t
from scripts_ja.wording import Category, Context, Rule, check, load_rules, rules

HERE = Path(__file__)
EXAMPLES = tomllib.loads(HERE.with_name("wording_examples.toml").read_text("utf-8"))
RULES = {rule.id: rule for rule in rules().rules}
CASES = [
    pytest.param(rule_id, kind.partition("_in_")[2] or "phrase", kind[:5] == "wrong", text, id=text)
    for rule_id, kinds in EXAMPLES.items()
    for kind, texts in kinds.items()
    for text in texts
]
DEVELOPMENT = tomllib.loads(HERE.with_name("wording_development.toml").read_text("utf-8"))
PIECES = [
    "「",
    "」",
    "『",
    "』",
    "。",
    "\n",
    "でも",
    "必ず",
    "ｸﾚｰﾏｰ",
    "ﾃﾞﾓ",
    "①",
    "後ほど",
    "が\u3099",
    "x",
]
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join))
RULE = """deadline = "a"\npoint = "a"\ndone = "a"\nopening = "a"\nreported = "a"\nfragments = {}\n[[rules]]\nid = "one"
category = "vague"\nbetter = "x"\n"""


def test_every_rule_has_a_wrong_example() -> None:
    found = {rule for rule, kinds in EXAMPLES.items() if any(k[:5] == "wrong" for k in kinds)}
    assert found == set(RULES)


@pytest.mark.parametrize(("rule_id", "context", "is_wrong", "text"), CASES)
@pytest.mark.rule(
    "6",
    "14",
    "20",
    "21",
    "29",
    "36",
    "53",
    "55",
    "56",
    "95",
    "100",
    "102",
    "2.7",
    "L13",
    "M5",
    "M7",
)
def test_example(rule_id: str, context: str, is_wrong: bool, text: str) -> None:
    categories = [finding.category for finding in check(text, context)]
    if is_wrong:
        assert RULES[rule_id].category in categories
    else:
        assert categories == []


@pytest.mark.parametrize("sentence", DEVELOPMENT["sentence"], ids=lambda sentence: sentence["text"])
def test_sentence_of_development(sentence: dict[str, Any]) -> None:
    found = check(sentence["text"], sentence["context"])
    assert {str(finding.category) for finding in found} == set(sentence["faults"])


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
@pytest.mark.parametrize("context", [Context.PHRASE, Context.NOTE, Context.PROMISE])
def test_better_wording_is_without_a_hit(rule: Rule, context: Context) -> None:
    said = re.sub("（[^）]*）", "", rule.better)
    assert [check(each, context) for each in said.split("／") if check(each, context)] == []


@pytest.mark.parametrize("category", Category)
def test_every_category_has_a_rule_and_a_name(category: Category) -> None:
    assert category in {rule.category for rule in RULES.values()}
    assert t(f"wording.category.{category}")


@given(TEXTS, st.sampled_from(Context), st.booleans())
def test_findings_lie_inside_the_text_in_order(text: str, context: Context, known: bool) -> None:
    findings = check(text, context, facts_confirmed=known)
    reached: dict[Category, int] = {}
    for finding in findings:
        assert reached.get(finding.category, 0) <= finding.start < finding.end <= len(text)
        assert finding.found == text[finding.start : finding.end]
        reached[finding.category] = finding.end
    assert [each.start for each in findings] == sorted(each.start for each in findings)


def test_two_faults_may_lie_in_the_same_words() -> None:
    denial, double = check("そうおっしゃられましても、昨日まででございました。", "phrase")
    assert denial.category is Category.DENIAL
    assert double.category is Category.DOUBLE_HONORIFIC
    assert denial.start <= double.start < double.end < denial.end


def test_a_date_that_is_past_is_no_deadline() -> None:
    past = "6月2日に工場へ届き、点検をしておりますので、終わりましたら追ってご連絡いたします。"
    assert [each.category for each in check(past, "promise")] == ["vague_time"]
    assert check("後ほどお電話いたします。17時にはおかけします。", "promise") == ()


@given(st.lists(st.sampled_from([p for p in PIECES if p not in "「」『』\n"])).map("".join))
def test_quoted_words_are_never_flagged(words: str) -> None:
    assert check(f"「{words}」", "note") == ()
    assert check(f"『{words}", "phrase") == ()
    assert check(words, "quote") == ()


def test_a_place_is_given_in_the_original() -> None:
    (finding,) = check("㈱の件、ｸﾚｰﾏｰです", "note")
    assert (finding.start, finding.end, finding.found) == (4, 9, "ｸﾚｰﾏｰ")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("担当から後ほどお電話する", "後ほど"),
        ("すぐにお電話する", "すぐに"),
        ("なるべく早めに伺います。", "なるべく早めに"),
        ("100%お戻しします。", "100%"),
    ],
)
def test_only_the_words_to_replace_are_marked(text: str, word: str) -> None:
    assert [finding.found for finding in check(text, "promise")] == [word]


def test_liability_is_free_when_the_facts_are_known() -> None:
    assert check("弊社の責任です。", "phrase", facts_confirmed=True) == ()


def test_reported_words_pass() -> None:
    assert check("必ず直ると聞いたとのこと", "note") == ()


@pytest.mark.parametrize(
    "broken",
    [
        'patterns = ["("]',
        'patterns = ["<nobody>"]',
        'patterns = ["a*"]',
        "patterns = []",
        'patterns = ["a"]\ncontexts = ["quote"]',
        'patterns = ["a"]\nmore = 1',
    ],
)
def test_broken_rules_are_refused(broken: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - each has a message of its own
        load_rules(RULE + broken)


@pytest.mark.parametrize(
    "piece", ["お", "一", "でも", "必ず", "お客様が", "本来は", "なぜ", "「", "すぐ", "頭", "a"]
)
def test_time_grows_with_the_text_only(piece: str) -> None:
    """Ten times the text may take ten times as long; a hundred times would be quadratic."""

    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        began = time.process_time()
        check(text, "note")
        check(text, "phrase")
        return time.process_time() - began

    seconds(100)
    assert seconds(20_000) < 40 * seconds(2_000) + 0.1


def test_a_long_text_is_checked_while_nobody_notices() -> None:
    """10,000 characters: about 30 ms where this was written, and never a fifth of a second."""
    sentences = "".join(each["text"] for each in DEVELOPMENT["sentence"])
    text = (sentences * (10_000 // len(sentences) + 1))[:10_000]
    check(text, "phrase")
    began = time.process_time()
    check(text, "phrase")
    assert time.process_time() - began < 0.2


def test_nothing_that_ships_is_flagged() -> None:
    holders = [stage for flow in load_flows(None).book.flows for stage in flow.stages]
    phrases = [
        phrase
        for holder in [*holders, *load_cards(None).book.cards]
        for phrase in holder.phrases
        if phrase.audience is Audience.CUSTOMER
    ]
    assert [(f.found, p.text) for p in phrases for f in check(p.text, "phrase")] == []


def test_own_files_are_checked(tmp_path: Path) -> None:
    source = HERE.with_name("own_flow.toml").read_text("utf-8")
    source = source.replace("Good bye", "後ほどお電話します").replace("Well {agent}", "後ほど")
    (tmp_path / "own.toml").write_text(source, "utf-8")
    (problem,) = wording_problems(tmp_path)
    assert "後ほど" in problem.sentence
    assert problem.line == source[: source.index("後ほどお")].count("\n") + 1
