"""The wording check for the note field: what to look at in which kind of note, and what to offer.

Nothing is kept but what was found in the text checked last, so that a keystroke in a long note
costs one sentence and not all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from app.own_settings import OwnSettings
from app.session import Session
from app.values import local_time, values_for
from call.facts import facts_confirmed
from scripts_ja import wording
from scripts_ja.dates import parse_due
from scripts_ja.model import Audience, NoteKind
from scripts_ja.placeholders import plain, segments
from scripts_ja.wording import Category, Context, Finding
from ui.port import WordingMark

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
_QUOTES = frozenset("「『“｢")
_REMARK = re.compile("（([^（）]*)）")

_Rules = tuple[Context, bool]


class WordingMarks:
    """Finds the words of a note that could be better."""

    def __init__(self, session: Session, settings: OwnSettings) -> None:
        self._session = session
        self._settings = settings
        self._rules: _Rules | None = None
        self._known: dict[str, tuple[Finding, ...]] = {}

    def listen(self, listener: Callable[[], None]) -> None:
        """Hear that a setting was changed: what is marked may be other words now."""
        self._settings.listen(listener)

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
            (start, finding)
            for start, finding in self._findings(text, (context, is_confirmed))
            if finding.category not in spared
        ]
        if not found:
            return ()
        settings = self._settings.current
        values = values_for(situation, settings, Audience.CUSTOMER) if situation else {}
        return tuple(_mark(start, finding, values) for start, finding in found)

    def _spared_by_due(self, text: str, kind: NoteKind) -> frozenset[Category]:
        tail = _DUE_MARK.split(text)[1:]
        if kind is not NoteKind.PROMISE or not tail:
            return frozenset()
        due = parse_due(tail[-1].strip(), local_time(self._session.now()))
        return _ASK_FOR_DEADLINE if due else frozenset()

    def _findings(self, text: str, rules: _Rules) -> list[tuple[int, Finding]]:
        """Findings, each with where its sentence begins; only new sentences are checked."""
        before = self._known if rules == self._rules else {}
        self._rules, self._known = rules, {}
        context, is_confirmed = rules
        found: list[tuple[int, Finding]] = []
        for start, sentence in _sentences(text):
            known = before.get(sentence)
            if known is None:
                known = wording.check(sentence, context, facts_confirmed=is_confirmed)
            self._known[sentence] = known
            found += [(start, finding) for finding in known]
        return found


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of ``text`` and where they begin; a line with quotation marks is not cut."""
    start = 0
    for line in text.splitlines(keepends=True):
        pieces = [line] if not _QUOTES.isdisjoint(line) else line.split("。")
        for number, piece in enumerate(pieces, start=1):
            sentence = piece if number == len(pieces) else piece + "。"
            if sentence:
                yield start, sentence
            start += len(sentence)


def _mark(start: int, finding: Finding, values: Mapping[str, str]) -> WordingMark:
    """What was found, with the better words as they read in this case; a gap stays visible."""

    def filled(words: str) -> str:
        return plain(segments(words, values))

    if finding.category in _EXAMPLES:
        better, remarks = [], [finding.better]
    else:
        better = [_REMARK.sub("", words).strip() for words in finding.better.split("／")]
        remarks = _REMARK.findall(finding.better)
    return WordingMark(
        finding.category,
        start + finding.start,
        start + finding.end,
        finding.found,
        tuple(filled(words) for words in better if words),
        filled("　".join(remarks)),
    )
