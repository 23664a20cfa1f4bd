"""Whatever happened, a note and a card can be made of it, and nothing typed is lost."""

from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from typing import get_args, get_origin

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from call.case import Case
from call.clock import Reading
from call.events import Envelope, Event, FieldFilled, NoteTaken
from call.limits import Limits
from handoff import consult_card
from handoff.layout import handoff_document
from handoff.missing import GAPS
from handoff.note import Author, build_note
from handoff.text_form import as_text
from handoff.typed_text import clean
from scripts_ja.model import NoteKind

JAPAN = timezone(timedelta(hours=9))

# Everything a keyboard, a clipboard or a hostile caller of the door can bring, halves of
# surrogate pairs and controls included.
typed = st.text(alphabet=st.characters(exclude_categories=()), max_size=12) | st.sampled_from(
    [
        *[
            "",
            " ",
            "1",
            "\t",
            "\x00",
            "a\r\nb\n\n",
            "x\n【事実】",
            "\ud83d",
            "{issue}",
            "<b>太字</b>",
            "👩‍👩‍👧",
        ]
    ]
)
wall_times = st.datetimes(datetime(2020, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC))
readings = st.builds(Reading, wall_times, st.floats(0, 1e7), st.sampled_from(["boot 1", "boot 2"]))
note_ids = st.sampled_from(["n1", "n2", "n3"])
field_keys = st.sampled_from(
    [
        *["issue", "request", "decision", "estimate_min", "apology", "callback_tel", "customer"],
        *["customer_reading", "best_time", "safety", "safety_detail", "burden", "gap", "answered"],
        *["landing_point", "approver", "never_offer", "first_phrase"],
        *["ng_none", "answered_none", "request_unheard", "fact1", "date1", "company_no", "xyz"],
    ]
)


def value_of(field, kind):
    """Something that a field of that name and type may hold."""
    if field.name in ("note_id", "target", "after", "request_id", "entry_id", "action_id"):
        return note_ids
    if field.name == "key":
        return field_keys
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return st.sampled_from(list(kind))
    simple = {str: typed, int: st.integers(-5, 70), bool: st.booleans(), Reading: readings}
    simple |= {datetime: wall_times, date: wall_times.map(datetime.date)}
    if kind in simple:
        return simple[kind]
    parts = get_args(kind)
    if type(None) in parts:
        (some,) = set(parts) - {type(None)}
        return value_of(field, some) | st.none()
    assert get_origin(kind) is tuple, f"{field.name}: nobody has said what {kind} may hold"
    one = value_of(field, parts[0])
    return st.just(()) | st.tuples(one, one)


def body_of(kind):
    fields = {f.name: value_of(f, f.type) for f in msgspec.structs.fields(kind)}
    return st.builds(kind, **fields)


anything = st.one_of([body_of(kind) for kind in Event.__subclasses__()])
typing = body_of(NoteTaken) | body_of(FieldFilled)
bodies = st.booleans().flatmap(lambda is_typing: typing if is_typing else anything)
call_ids = st.sampled_from([None, "call 1", "call 2"])


@st.composite
def histories(draw):
    """Events in any order, of two calls and none, most of them told in the order of their ids."""
    events = draw(st.lists(st.tuples(bodies, call_ids, readings), max_size=12))
    return [
        Envelope(
            id=f"n{n}", desk_id="d", case_id="case", call_id=call, seq=n, at=at, body=body, v=1
        )
        for n, (body, call, at) in enumerate(events, start=1)
    ]


def said(case):
    """All that somebody typed and that still stands."""
    yield from (note.text for note in case.notes.notes)
    for key, value in case.marks.fields.items():
        if not (key in ("ng_none", "answered_none", "request_unheard") and value == "1"):
            yield value
    yield from (call.number for call in case.calls.values())
    for made in case.handing_up.commitments:
        yield made.owner
    for _, warning in case.handing_up.warnings:
        yield from (warning.act, warning.quote)
    yield from said_of_the_second_line(case)


def said_of_the_second_line(case):
    for told in case.concession.told:
        yield from (told.offer, told.approver, told.superior_reason)
        yield from (told.words, told.answer_words)
    yield from (limit.words for limit in case.concession.limits)
    yield from (worked.words for worked in case.plan.words)
    for row in case.facts.rows:
        yield from (row.happened, row.source, row.words)
    for entry in case.columns.entries:
        yield from (entry.owner, entry.reason, entry.result, *entry.alternatives)
    for action in case.actions.actions:
        yield from (action.text, action.owner)
    if case.plan.legal:
        yield case.plan.legal.by
    if case.concession.planned:
        yield from (case.concession.planned.offer, case.concession.planned.approver)


def bare(text):
    """What is left for comparing when blanks, indents and honorifics are set aside."""
    return "".join(clean(text).split()).removesuffix("様").removesuffix("分")


@settings(max_examples=300)
@given(histories(), readings)
def test_a_note_of_any_history_loses_nothing(history, now):
    case = Case.of("case", history)
    note = build_note(case, Author("鈴木"), now, JAPAN)
    text = as_text(handoff_document(note))
    for words in said(case):
        assert bare(words) in "".join(text.split())
    assert not [char for char in text if char < " " and char != "\n"]
    text.encode("utf-8")
    assert text.startswith("【30秒欄】")
    assert [gap.id for gap in GAPS if gap.id in note.missing] == list(note.missing)
    headings = [line for line in text.split("\n") if line.startswith("【")]
    assert len(headings) == len(set(headings)), "what was typed passes for a heading"


@given(histories(), readings)
def test_a_card_of_any_history_has_seven_rows(history, now):
    case = Case.of("case", history)
    card = consult_card.build_card(case, now, Limits(), JAPAN)
    ng = [""] if case.notes.of_kind(NoteKind.NG) else []
    assert [row.number for row in card.rows] == [*"①②③④⑤⑥⑦", *ng]
    assert len(consult_card.as_text(card).splitlines()) == 8 + len(ng)
    assert card.spoken
