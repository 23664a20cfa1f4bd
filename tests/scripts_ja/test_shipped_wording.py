"""Every shipped phrase, rendered in every way, against the patterns that a check should catch.

The patterns, each with a bad example that it must find, stand in ``phrase_checks.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from itertools import chain, combinations
from pathlib import Path

import msgspec
import pytest
from msgspec import Struct

from scripts_ja.card_loader import load_cards
from scripts_ja.loader import load_flows
from scripts_ja.model import Audience, Phrase
from scripts_ja.noun_form import as_noun
from scripts_ja.placeholders import (
    SegmentKind,
    definitions,
    placeholder_keys,
    plain,
    segments,
)


class Check(Struct, frozen=True, forbid_unknown_fields=True):
    """A pattern that no phrase may match, and an example of what it must find."""

    why: str
    where: str = msgspec.field(name="in")
    pattern: str
    bad: str
    unless: str = "(?!)"
    audience: Audience | None = None

    def objects_to(self, phrase: Phrase, samples: Mapping[str, str]) -> bool:
        """Whether ``phrase`` says what this check forbids, in any of its renderings."""
        if self.audience not in (None, phrase.audience) or re.search(self.unless, phrase.text):
            return False
        said = [phrase.text] if self.where == "template" else renderings(phrase.text, samples)
        return any(re.search(self.pattern, text) for text in said)


class Checks(Struct, frozen=True, forbid_unknown_fields=True):
    """What ``phrase_checks.toml`` holds."""

    samples: dict[str, str]
    checks: tuple[Check, ...]


DATA = msgspec.convert(
    tomllib.loads(Path(__file__).with_name("phrase_checks.toml").read_text("utf-8")), Checks
)
SPOKEN = {
    stage.id: stage.phrases for flow in load_flows(None).book.flows for stage in flow.stages
} | {card.code: card.phrases for card in load_cards(None).book.cards}
PHRASES = [
    pytest.param(phrase, id=f"{place}-{number}")
    for place, phrases in SPOKEN.items()
    for number, phrase in enumerate(phrases, start=1)
]


def renderings(text: str, samples: Mapping[str, str]) -> Iterator[str]:
    """``text`` with every placeholder filled, and with every choice of fallbacks instead."""
    with_fallback = [key for key in placeholder_keys(text) if definitions()[key].fallback]
    choices = chain.from_iterable(
        combinations(with_fallback, count) for count in range(len(with_fallback) + 1)
    )
    for left_empty in choices:
        values = {key: value for key, value in samples.items() if key not in left_empty}
        yield plain(segments(text, values))


def test_there_is_a_sample_for_every_placeholder() -> None:
    assert set(DATA.samples) == set(definitions())


@pytest.mark.parametrize("check", DATA.checks, ids=lambda check: check.why)
def test_check_finds_its_bad_example(check: Check) -> None:
    assert check.objects_to(Phrase(check.bad), DATA.samples)


@pytest.mark.parametrize("phrase", PHRASES)
@pytest.mark.rule("36", "53", "55", "56", "2.7", "M7")
def test_phrase_passes_every_check(phrase: Phrase) -> None:
    assert [check.why for check in DATA.checks if check.objects_to(phrase, DATA.samples)] == []


@pytest.mark.parametrize("phrase", PHRASES)
def test_phrase_renders_whole(phrase: Phrase) -> None:
    for text in renderings(phrase.text, DATA.samples):
        assert not re.search(r"[{}＿]", text)
    empty = segments(phrase.text, {})
    gaps = {piece.key for piece in empty if piece.kind is SegmentKind.GAP}
    required = {key for key in placeholder_keys(phrase.text) if not definitions()[key].fallback}
    assert gaps == required


@pytest.mark.parametrize("phrase", PHRASES)
def test_phrase_is_whole_sentences(phrase: Phrase) -> None:
    assert phrase.text.endswith("。")
    assert "。。" not in phrase.text
    # Two breaths: what is longer cannot be said to somebody who is shouting.
    assert max(map(len, renderings(phrase.text, DATA.samples))) <= 80


def test_an_act_is_named_to_the_customer_as_a_noun_and_without_reproach() -> None:
    flow = load_flows(None).book.opened_anywhere
    assert flow is not None
    rendered = [check for check in DATA.checks if check.where == "rendered"]
    asking = [phrase for phrase in SPOKEN["F7-S2"] + SPOKEN["F7-S3"] if "{act}" in phrase.text]
    assert len(asking) == 2
    for act in flow.act_types:
        assert as_noun(act.spoken) == act.spoken != ""
        assert not re.search("暴言|脅|カスハラ|過大|強要|差別的な言動|性的|攻撃|拘束", act.spoken)
        samples = DATA.samples | {"act": act.spoken}
        for phrase in asking:
            assert [check.why for check in rendered if check.objects_to(phrase, samples)] == []
            assert max(map(len, renderings(phrase.text, samples))) <= 80


def test_no_phrase_is_there_twice() -> None:
    texts = [phrase.text for phrases in SPOKEN.values() for phrase in phrases]
    assert sorted({text for text in texts if texts.count(text) > 1}) == []


@pytest.mark.parametrize("phrase", PHRASES)
def test_condition_fits_one_line(phrase: Phrase) -> None:
    assert len(phrase.condition) <= 18
