"""The wording check: words that make a call worse, with better ones beside them.

The rules are data (``wording.toml``). Nothing is ever blocked: a finding is a place in the text, a
category and a better wording. What stands between Japanese quotation marks is somebody's own
words and is left alone.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from scripts_ja.first_characters import with_first_characters
from scripts_ja.model import Id, Text

__all__ = ["Category", "Context", "Finding", "Rule", "WordingRules", "check", "load_rules", "rules"]


class Context(StrEnum):
    """Where the words stand: said aloud, written down, promised, or a customer's own words."""

    PHRASE = "phrase"
    NOTE = "note"
    PROMISE = "promise"
    QUOTE = "quote"


class Category(StrEnum):
    """Why a wording is not good."""

    D_WORD = "d_word"
    DENIAL = "denial"
    TRANSFER_REFUSAL = "transfer_refusal"
    TALKING_DOWN = "talking_down"
    BUREAUCRATIC = "bureaucratic"
    BLAME = "blame"
    DOUBT = "doubt"
    FLAT_REFUSAL = "flat_refusal"
    VAGUE = "vague"
    UNBACKED_PROMISE = "unbacked_promise"
    VAGUE_TIME = "vague_time"
    LIABILITY = "liability"
    INFLAMING = "inflaming"
    EMPTY = "empty"
    SPECIAL_TREATMENT = "special_treatment"
    LABEL = "label"
    LIGHT_RESPONSE = "light_response"
    DOUBLE_HONORIFIC = "double_honorific"
    HUMBLE_MISUSE = "humble_misuse"
    POLITE_FORM = "polite_form"


class Rule(Struct, frozen=True, forbid_unknown_fields=True):
    """One rule as ``wording.toml`` holds it; the fields are explained there."""

    id: Id
    category: Category
    patterns: Annotated[tuple[Text, ...], Meta(min_length=1)]
    better: Text
    contexts: Annotated[tuple[Context, ...], Meta(min_length=1)] = (
        Context.PHRASE,
        Context.NOTE,
        Context.PROMISE,
    )
    exceptions: tuple[Text, ...] = ()
    unless_in_sentence: tuple[Text, ...] = ()
    yields_to: tuple[Category, ...] = ()
    unless_facts_confirmed: bool = False
    only_at_sentence_start: bool = False
    unless_deadline: bool = False
    even_reported: bool = False


class WordingRules(Struct, frozen=True, forbid_unknown_fields=True):
    """What ``wording.toml`` holds."""

    deadline: Text
    point: Text
    done: Text
    opening: Text
    reported: Text
    fragments: dict[str, Text]
    rules: Annotated[tuple[Rule, ...], Meta(min_length=1)]


class Finding(Struct, frozen=True):
    """A wording that could be better, from ``start`` up to ``end`` of the text as it was given."""

    category: Category
    start: int
    end: int
    found: str
    better: str


class _CompiledRule(Struct, frozen=True):
    rule: Rule
    pattern: re.Pattern[str]
    exceptions: tuple[re.Pattern[str], ...]
    unless: re.Pattern[str] | None


class _CompiledRules(Struct, frozen=True):
    deadline: re.Pattern[str]
    point: re.Pattern[str]
    done: re.Pattern[str]
    before_start: re.Pattern[str]
    reported: re.Pattern[str]
    rules: tuple[_CompiledRule, ...]


class _Hit(Struct, frozen=True):
    start: int
    end: int
    rule: Rule


_SENTENCE_END = re.compile(r"[。!?\n]")
_FRAGMENT = re.compile(r"<([a-z_]+)>")
# Groups that nobody asks for take half of the time.
_GROUP = re.compile(r"(?<!\\)\((?!\?)")
_QUOTES = {"「": "」", "『": "』", "“": "”"}
# Takes the place of every quoted character: no rule names it.
_MASK = "\ue000"
# An opening such as 「お客様、」 before a D word is short.
_OPENING_CHARS = 16
# What belongs to a place in the text stands as near to it as this.
_NEAR_CHARS = 40


def check(
    text: str, context: Context | str, *, facts_confirmed: bool = False
) -> tuple[Finding, ...]:
    """What could be better in ``text``, in order. Never changes it.

    Findings of one category never overlap; those of two categories may.

    Raises:
        ValueError: ``context`` is none.
    """
    place = Context(context)
    if place is Context.QUOTE or not text:
        return ()
    normal, starts, ends = _normalised(text)
    reading = _Reading(_without_quotes(normal), _compiled())
    hits = [
        hit
        for compiled in _compiled().rules
        if place in compiled.rule.contexts
        and not (facts_confirmed and compiled.rule.unless_facts_confirmed)
        for hit in reading.hits(compiled)
    ]
    return tuple(
        Finding(
            hit.rule.category,
            starts(hit.start),
            ends(hit.end - 1),
            text[starts(hit.start) : ends(hit.end - 1)],
            hit.rule.better,
        )
        for hit in _settled(hits, reading)
    )


@cache
def rules() -> WordingRules:
    """The shipped rules."""
    source = Path(__file__).with_name("wording.toml").read_text("utf-8")
    return load_rules(source)


def load_rules(source: str) -> WordingRules:
    """The rules that ``source`` (TOML) holds.

    Raises:
        ValueError: it is no TOML, a field is wrong, an id is there twice, or an expression is
            none, names a fragment that is not there, or matches nothing at all.
    """
    found = msgspec.convert(tomllib.loads(source), WordingRules)
    ids = [rule.id for rule in found.rules]
    twice = sorted({rule_id for rule_id in ids if ids.count(rule_id) > 1})
    if twice:
        raise ValueError(f"rule ids that are there twice: {', '.join(twice)}")
    for rule in found.rules:
        if Context.QUOTE in rule.contexts:
            raise ValueError(f"rule {rule.id}: a customer's own words are never corrected")
    _compile(found)
    return found


@cache
def _compiled() -> _CompiledRules:
    return _compile(rules())


def _compile(source: WordingRules) -> _CompiledRules:
    def compiled(owner: str, patterns: Sequence[str]) -> re.Pattern[str]:
        """The alternatives as one expression."""
        try:
            whole = _filled(_together(patterns), source.fragments)
            pattern = re.compile(with_first_characters(_GROUP.sub("(?:", whole)), re.ASCII)
        except (re.error, KeyError) as error:
            raise ValueError(f"rule {owner}: {error}") from error
        if pattern.match(""):
            raise ValueError(f"rule {owner}: matches an empty text")
        return pattern

    return _CompiledRules(
        compiled("deadline", [source.deadline]),
        compiled("point", [source.point]),
        compiled("done", [source.done]),
        re.compile(f"\\s*(?:{source.opening})?$"),
        compiled("reported", [source.reported]),
        tuple(
            _CompiledRule(
                rule,
                compiled(rule.id, rule.patterns),
                tuple(compiled(rule.id, [text]) for text in rule.exceptions),
                compiled(rule.id, rule.unless_in_sentence) if rule.unless_in_sentence else None,
            )
            for rule in source.rules
        ),
    )


def _together(patterns: Sequence[str]) -> str:
    """One expression for all; those that begin with the same fragment look for it but once."""
    by_fragment: dict[str, list[str]] = {}
    for text in patterns:
        first = _FRAGMENT.match(text)
        by_fragment.setdefault(first[0] if first else "", []).append(text)
    return "|".join(
        first + "(" + "|".join(text.removeprefix(first) for text in texts) + ")"
        for first, texts in by_fragment.items()
    )


def _filled(pattern: str, fragments: Mapping[str, str]) -> str:
    """``pattern`` with its fragments, which may name others.

    Raises:
        KeyError: there is no such fragment.
    """
    return _FRAGMENT.sub(lambda match: f"(?:{_filled(fragments[match[1]], fragments)})", pattern)


class _Reading:
    """One text while it is checked: its sentences and what is known of them."""

    def __init__(self, text: str, compiled: _CompiledRules) -> None:
        self._text = text
        self._compiled = compiled
        self._known: dict[tuple[re.Pattern[str], int], int] = {}
        self._ends = [match.start() for match in _SENTENCE_END.finditer(text)] + [len(text)]

    def hits(self, compiled: _CompiledRule) -> Iterator[_Hit]:
        """Where the rule objects."""
        for match in compiled.pattern.finditer(self._text):
            start, end = match.span()
            if start == end or _MASK in match[0]:
                continue
            if self._stands(compiled, start, end) and not self._is_exception(compiled, start, end):
                yield _Hit(start, end, compiled.rule)

    def sentence(self, position: int) -> int:
        """Which sentence it is, by number."""
        return min(bisect_left(self._ends, position), len(self._ends) - 1)

    def _is_exception(self, compiled: _CompiledRule, start: int, end: int) -> bool:
        """Whether an exception overlaps the place; it is looked for near it alone."""
        near = max(0, start - _NEAR_CHARS), min(len(self._text), end + _NEAR_CHARS)
        return any(
            match.start() < end and match.end() > start
            for each in compiled.exceptions
            for match in each.finditer(self._text, *near)
        )

    def _stands(self, compiled: _CompiledRule, start: int, end: int) -> bool:
        rule = compiled.rule
        number = self.sentence(start)
        if rule.only_at_sentence_start and not self._is_start(self._span(number)[0], start):
            return False
        if rule.unless_deadline and self._has_deadline(number, start):
            return False
        if compiled.unless and self._last(compiled.unless, number) >= 0:
            return False
        return rule.even_reported or self._last(self._compiled.reported, number) < end

    def _has_deadline(self, number: int, start: int) -> bool:
        """Whether a deadline stands in the sentence or the next.

        A deadline is said by words such as 「まで」, or by a date that comes after the promise or
        belongs to it.
        """
        numbers = range(number, min(number + 2, len(self._ends)))
        if any(self._last(self._compiled.deadline, each) >= 0 for each in numbers):
            return True
        if any(self._last(self._compiled.point, each) >= start for each in numbers):
            return True
        near = max(self._span(number)[0], start - _NEAR_CHARS)
        return any(
            not self._compiled.done.search(self._text, match.end(), start)
            for match in self._compiled.point.finditer(self._text, near, start)
        )

    def _last(self, pattern: re.Pattern[str], number: int) -> int:
        """Where the last match in a sentence begins, or -1; each sentence is read once."""
        key = (pattern, number)
        if key not in self._known:
            found = [match.start() for match in pattern.finditer(self._text, *self._span(number))]
            self._known[key] = found[-1] if found else -1
        return self._known[key]

    def _span(self, number: int) -> tuple[int, int]:
        return (self._ends[number - 1] + 1 if number else 0), self._ends[number]

    def _is_start(self, sentence_from: int, start: int) -> bool:
        if start - sentence_from > _OPENING_CHARS:
            return False
        return bool(self._compiled.before_start.match(self._text[sentence_from:start]))


def _settled(hits: Sequence[_Hit], reading: _Reading) -> Iterator[_Hit]:
    """The hits in order, without those that yield to another in their sentence.

    Of one category, the first of those that overlap, and the longest of these; two faults may
    lie in the same words.
    """
    said = {(hit.rule.category, reading.sentence(hit.start)) for hit in hits}
    reached: dict[Category, int] = {}
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        number = reading.sentence(hit.start)
        if any((category, number) in said for category in hit.rule.yields_to):
            continue
        if hit.start >= reached.get(hit.rule.category, 0):
            reached[hit.rule.category] = hit.end
            yield hit


def _without_quotes(text: str) -> str:
    """``text`` with every quoted character masked; an open quote reaches to the end of its line."""
    masked: list[str] = []
    waiting: list[str] = []
    for char in text:
        if char == "\n":
            waiting.clear()
        if waiting and char == waiting[-1]:
            waiting.pop()
        if char in _QUOTES:
            masked.append(_MASK if waiting else char)
            waiting.append(_QUOTES[char])
        else:
            masked.append(_MASK if waiting else char)
    return "".join(masked)


_Offset = Callable[[int], int]


def _normalised(text: str) -> tuple[str, _Offset, _Offset]:
    """``text`` in NFKC, and for each of its characters where it came from: start and end."""
    if unicodedata.is_normalized("NFKC", text):
        return text, lambda index: index, lambda index: index + 1
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(text):
        piece = unicodedata.normalize("NFKC", text[start:end])
        pieces.append(piece)
        starts += [start] * len(piece)
        ends += [end] * len(piece)
    return "".join(pieces), starts.__getitem__, ends.__getitem__


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """The pieces of ``text`` that are normalised alone: a character with the marks after it."""
    start = 0
    for index in range(1, len(text)):
        if not (unicodedata.combining(text[index]) or text[index] in "\uff9e\uff9f"):
            yield start, index
            start = index
    if text:
        yield start, len(text)
