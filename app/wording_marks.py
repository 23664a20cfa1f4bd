"""The wording check for the note field: what to look at in which kind of note, and what to offer.

Nothing is kept but what was found in the text checked last, so that a keystroke in a long note
costs a sentence or two and not all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec.structs import replace

from app.own_settings import OwnSettings
from app.session import Session
from app.values import local_time, values_for
from app.wording_fit import fits
from call.facts import facts_confirmed
from scripts_ja import wording
from scripts_ja.dates import parse_due
from scripts_ja.model import Audience, NoteKind
from scripts_ja.placeholders import plain, segments
from scripts_ja.wording import Category, Context, Finding
from ui.port.notes import WordingMark, WordingReason

# What is longer was pasted and is no note: checking it would hold the keys up.
MOST_CHARACTERS = 10_000

_CONTEXTS = {NoteKind.QUOTE: Context.QUOTE, NoteKind.PROMISE: Context.PROMISE}
# What only we must not say. A customer may demand at once, be vague and claim what they like;
# where the note tells what they said (rules.md 2.7), only how we speak of them is looked at.
_OF_OUR_WORD = frozenset(
    {
        Category.VAGUE,
        Category.VAGUE_TIME,
        Category.UNBACKED_PROMISE,
        Category.LIABILITY,
        Category.EMPTY,
        Category.SPECIAL_TREATMENT,
    }
)
_SPARED: Mapping[NoteKind, frozenset[Category]] = {
    NoteKind.CLAIM: _OF_OUR_WORD,
    NoteKind.REQUEST: _OF_OUR_WORD,
    NoteKind.UNCONFIRMED: frozenset({Category.VAGUE}),  # the kind itself says so
}
# A promise that ends in its date, 「…@+30」, has the deadline that these ask for.
_ASK_FOR_DEADLINE = frozenset({Category.VAGUE_TIME, Category.UNBACKED_PROMISE, Category.EMPTY})
_DUE_MARK = re.compile("[@＠]")
# The better wording of these shows a form; put in as it is, it would not fit its sentence.
_EXAMPLES = frozenset({Category.DOUBLE_HONORIFIC, Category.HUMBLE_MISUSE, Category.POLITE_FORM})
_AFTER_STOP = re.compile("(?<=。)")
_QUOTES = frozenset("「『“｢")
_REMARK = re.compile("（([^（）]*)）")

_Rules = tuple[Context, bool]


class WordingMarks:
    """Finds the words of a note that could be better."""

    def __init__(self, session: Session, settings: OwnSettings) -> None:
        self._session = session
        self._settings = settings
        self._rules: _Rules | None = None
        # By a sentence and the one that follows it, which may name the deadline of the first.
        self._known: dict[tuple[str, str], tuple[Finding, ...]] = {}

    def check(self, text: str, kind: NoteKind) -> tuple[WordingMark, ...]:
        """The words of ``text`` that could be better, in order; none where it is switched off."""
        context = _CONTEXTS.get(kind, Context.NOTE)
        is_off = self._settings.get("view.wording_marks") == "off"
        if is_off or context is Context.QUOTE or len(text) > MOST_CHARACTERS:
            return ()
        situation = self._session.situation()
        is_confirmed = situation is not None and facts_confirmed(situation)
        spared = _SPARED.get(kind, frozenset()) | self._spared_by_due(text, kind)
        found = [
            each
            for each in self._findings(text, (context, is_confirmed))
            if each.category not in spared
        ]
        if not found:
            return ()
        settings = self._settings.current
        values = values_for(situation, settings, Audience.CUSTOMER) if situation else {}
        reasons = sorted(
            (_reason(text, each, values) for each in found),
            key=lambda each: (each.start, -each.end),
        )
        return tuple(_mark(text, place) for place in _places(reasons))

    def _spared_by_due(self, text: str, kind: NoteKind) -> frozenset[Category]:
        tail = _DUE_MARK.split(text)[1:]
        if kind is not NoteKind.PROMISE or not tail:
            return frozenset()
        due = parse_due(tail[-1].strip(), local_time(self._session.now()))
        return _ASK_FOR_DEADLINE if due else frozenset()

    def _findings(self, text: str, rules: _Rules) -> Iterator[Finding]:
        """What is found in ``text``, each at its place there.

        A sentence is checked with its follower, and only where one of the two is new.
        """
        before = self._known if rules == self._rules else {}
        self._rules, self._known = rules, {}
        context, is_confirmed = rules
        start = 0
        for pair in pairwise([*_sentences(text), ""]):
            sentence, follower = pair
            known = before.get(pair)
            if known is None:
                both = wording.check(sentence + follower, context, facts_confirmed=is_confirmed)
                known = tuple(each for each in both if each.start < len(sentence))
            self._known[pair] = known
            for each in known:
                yield replace(each, start=start + each.start, end=start + each.end)
            start += len(sentence)


def _sentences(text: str) -> Iterator[str]:
    """The sentences of ``text``, nothing left out; a line with quotation marks is not cut."""
    for line in text.splitlines(keepends=True):
        pieces = [line] if not _QUOTES.isdisjoint(line) else _AFTER_STOP.split(line)
        yield from filter(None, pieces)


def _places(reasons: Sequence[WordingReason]) -> Iterator[list[WordingReason]]:
    """``reasons``, which are in order, in groups: those of one group share words."""
    place: list[WordingReason] = []
    end = 0
    for reason in reasons:
        if place and reason.start >= end:
            yield place
            place = []
        place.append(reason)
        end = max(end, reason.end)
    yield place


def _mark(text: str, reasons: Sequence[WordingReason]) -> WordingMark:
    """One place for all that is said of the words in it."""
    start, end = reasons[0].start, max(reason.end for reason in reasons)
    return WordingMark(start, end, text[start:end], tuple(reasons))


def _reason(text: str, finding: Finding, values: Mapping[str, str]) -> WordingReason:
    """What was found, with the better words as they read in this case; a gap stays visible.

    Words that do not fit this sentence are remarked on and not offered.
    """
    words = [_REMARK.sub("", each).strip() for each in finding.better.split("／")]
    words = [plain(segments(each, values)) for each in words if each]
    is_example = finding.category in _EXAMPLES
    better = [
        each for each in words if not is_example and fits(each, text, finding.start, finding.end)
    ]
    remarks = _REMARK.findall(finding.better)
    if words and not better:
        remarks = ["／".join(words), *remarks]
    return WordingReason(
        finding.category,
        finding.start,
        finding.end,
        finding.found,
        tuple(better),
        "　".join(remarks),
    )
