"""Whatever happened, every form is made, says the same, and a mask is a mask in all of them."""

import re
from datetime import UTC, datetime
from html.parser import HTMLParser

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from call.case import Case
from call.events import CaseOpened, Envelope, FieldFilled, encode_body
from handoff.bundle import Stamp, as_bundle, read_bundle
from handoff.html_form import as_html
from handoff.layout import handoff_document, laid_out
from handoff.markdown_form import as_markdown
from handoff.masks import Mask, masked
from handoff.note import Author, build_note
from handoff.text_form import as_text
from handoff.typed_text import clean
from tests.handoff.test_any_history import JAPAN, histories, readings

STAMP = Stamp(made_at=datetime(2026, 11, 21, tzinfo=UTC))
NAME, NUMBER = "早乙女", "09012345678"
mask_sets = st.sets(st.sampled_from(list(Mask))).map(tuple)


class Words(HTMLParser):
    """The words of a page as they are read."""

    def __init__(self, page):
        super().__init__()
        self.said = ""
        self.feed(page)

    def handle_data(self, data):
        self.said += data


def read(form, note):
    """What a form says, its own marks taken away."""
    match form:
        case "text":
            return as_text(handoff_document(note))
        case "md":
            return re.sub(r"\\(.)", r"\1", as_markdown(handoff_document(note)))
        case _:
            return Words(as_html(handoff_document(note))).said


def bare(text):
    return "".join(clean(text).split())


def note_of(history, now, masks=()):
    case = Case.of("case", masked(history, masks))
    return build_note(case, Author("鈴木"), now, JAPAN, masks=masks)


@settings(max_examples=60)
@given(histories(), readings, mask_sets)
def test_every_form_of_any_history_says_the_same(history, now, masks):
    note = note_of(history, now, masks)
    cells = [
        bare(cell)
        for block in laid_out(note)
        for section in block.sections
        for cell in [section.title, section.remark]
        + [cell for row in section.rows for cell in (row.label, row.moment, row.kind, row.value)]
    ]
    for form in ("text", "md", "html"):
        said = bare(read(form, note))
        assert [cell for cell in cells if cell not in said] == [], form


@settings(max_examples=60)
@given(histories(), readings)
def test_names_and_numbers_under_a_mask_are_in_no_form(history, now):
    """The name and the number stand wherever something was typed."""
    told = [
        Envelope(
            id=f"own {key}",
            desk_id="d",
            case_id="case",
            call_id=None,
            seq=100 + place,
            at=now,
            body=FieldFilled(key, value),
        )
        for place, (key, value) in enumerate(
            [("customer", NAME), ("callback_tel", NUMBER), ("issue", f"{NAME}様 {NUMBER}")]
        )
    ]
    for form in ("text", "md", "html"):
        said = read(form, note_of([*history, *told], now, (Mask.PHONE, Mask.NAMES)))
        assert NAME not in said
        assert NUMBER not in said


@settings(max_examples=60)
@given(histories(), readings, mask_sets)
def test_a_bundle_of_any_history_is_read_back(history, now, masks):
    opened = Envelope(
        id="opened",
        desk_id="d",
        case_id="case",
        call_id=None,
        seq=99,
        at=now,
        body=CaseOpened("A1-0001"),
    )
    events = [opened, *(event for event in history if not isinstance(event.body, CaseOpened))]
    assume(is_storable(events))
    sent = masked(events, masks)
    bundle, received = read_bundle(as_bundle(Case.of("case", sent), sent, STAMP, masks).encode())
    assert received == sent
    assert (bundle.case_no, bundle.masks) == ("A1-0001", masks)


def is_storable(events: list[Envelope]) -> bool:
    """Halves of surrogate pairs are replaced before an event is recorded."""
    try:
        return all(encode_body(event.body) for event in events)
    except UnicodeEncodeError:
        return False
