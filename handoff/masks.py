"""What may be left out when a case leaves the desk: telephone numbers, customers' names, quotes.

Events are masked before anything is folded of them, so that what is masked is in no form, in no
file name and in no bundle, whatever forms there will be.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum

from msgspec import structs

from call.events import (
    AbuseNoted,
    ActDetailed,
    ActRecorded,
    Body,
    CallAttempted,
    ConcessionAnswered,
    DispositionSet,
    Envelope,
    FactAnswered,
    FieldFilled,
    NoteEdited,
    NoteTaken,
    NumberAllowed,
    PreventionWritten,
    ReportSent,
    UnknownEvent,
    VisitMarked,
    WarningGiven,
)
from call.phone_masks import mask_all_digits, mask_numbers
from handoff.masked_names import name_mask
from scripts_ja.model import NoteKind
from scripts_ja.texts import t


class Mask(StrEnum):
    """Something that can be left out.

    ``QUOTES`` are the customer's own words: notes and fields that are for nothing else, and what
    stands in quotation marks in what was noted and reported of the customer. What a colleague
    decided, what we promised or answered, and what must not be said are our own words and stay.
    """

    PHONE = "phone"
    NAMES = "names"
    QUOTES = "quotes"


TextMask = Callable[[str], str]

_NAME_KEYS = ("customer", "customer_reading", "proxy")
# Colleagues: who calls back and who approved is what the note is for.
_COLLEAGUES = frozenset({"owner", "owner_title", "approver", "by"})
# What is told of the customer, where their words may stand in quotation marks among ours.
_REPORTING = (
    AbuseNoted,
    CallAttempted,
    DispositionSet,
    FieldFilled,
    PreventionWritten,
    ReportSent,
    VisitMarked,
)
_REPORTING_KINDS = frozenset(
    {
        NoteKind.CLAIM,
        NoteKind.DISCREPANCY,
        NoteKind.FACT_CONFIRMED,
        NoteKind.MEMO,
        NoteKind.REQUEST,
        NoteKind.UNCONFIRMED,
    }
)
_QUOTED = re.compile(r"「[^「」]*」|『[^『』]*』|“[^“”]*”")
_COLLEAGUE_KEYS = frozenset({"approver", "superior", "superior_title"})


def masked(history: Sequence[Envelope], masks: Iterable[Mask]) -> tuple[Envelope, ...]:
    """The same events without what is masked.

    Events of a later version are left out too: what cannot be read cannot be masked.
    """
    wanted = frozenset(masks)
    if not wanted:
        return tuple(history)
    mask = _Masks(wanted, history)
    return tuple(
        structs.replace(event, body=mask.body(event.body))
        for event in history
        if not isinstance(event.body, UnknownEvent)
    )


class _Masks:
    """The masks of one export; which names there are is read off the whole history."""

    def __init__(self, wanted: frozenset[Mask], history: Sequence[Envelope]) -> None:
        self._wanted = wanted
        self._quotes = frozenset(_notes_with_quotes(history))
        self._hide_names: TextMask = name_mask(_names(history))

    def body(self, body: Body) -> Body:
        if Mask.QUOTES in self._wanted:
            body = self._without_quote(body)
        texts = {name: self._text(body, name, getattr(body, name)) for name in body.free_text}
        body = structs.replace(body, **texts) if texts else body
        if isinstance(body, NumberAllowed) and Mask.PHONE in self._wanted:
            return structs.replace(body, digits=mask_all_digits(body.digits))
        return body

    def _without_quote(self, body: Body) -> Body:
        match body:
            case NoteTaken() | NoteEdited() if body.note_id in self._quotes:
                return structs.replace(body, text=t("handoff.mask.quote"))
            case NoteTaken() | NoteEdited() if body.note_kind in _REPORTING_KINDS:
                return structs.replace(body, text=_unquoted(body.text))
            case FactAnswered() | ConcessionAnswered():
                return structs.replace(body, words="")
            case ActRecorded() | ActDetailed() | WarningGiven() if body.quote:
                return structs.replace(body, quote=t("handoff.mask.quote"))
            case _ if "quote" in body.free_text:
                return structs.replace(body, quote="")
            case _ if isinstance(body, _REPORTING):
                texts = {name: _unquoted(getattr(body, name)) for name in body.free_text}
                return structs.replace(body, **texts)
            case _:
                return body

    def _text(self, body: Body, name: str, value: object) -> object:
        if isinstance(value, tuple):
            return tuple(self._text(body, name, part) for part in value)
        text = str(value)
        if Mask.PHONE in self._wanted:
            text = mask_all_digits(text) if _is_number(body, name) else mask_numbers(text)
        if Mask.NAMES in self._wanted:
            text = self._without_name(body, name, text)
        return text

    def _without_name(self, body: Body, name: str, text: str) -> str:
        key = body.key if isinstance(body, FieldFilled) else ""
        if name in _COLLEAGUES or key in _COLLEAGUE_KEYS:
            return text
        if key == "customer_reading":
            return ""
        if key in ("customer", "proxy"):
            return t("handoff.mask.name") if text.strip() else text
        return self._hide_names(text)


def _unquoted(text: str) -> str:
    """``text`` without what stands in quotation marks."""
    return _QUOTED.sub(t("handoff.mask.quote"), text)


def _is_number(body: Body, name: str) -> bool:
    """Whether that field holds a telephone number and nothing else."""
    return name == "number" or (isinstance(body, FieldFilled) and body.key.endswith("tel"))


def _names(history: Sequence[Envelope]) -> Iterable[str]:
    """Every name that was filled in for the customer, taken back or not."""
    for event in history:
        body = event.body
        if isinstance(body, FieldFilled) and body.key in _NAME_KEYS:
            yield body.value


def _notes_with_quotes(history: Sequence[Envelope]) -> Iterable[str]:
    """The notes that were a quote at any time."""
    for event in history:
        body = event.body
        if isinstance(body, NoteTaken | NoteEdited) and body.note_kind is NoteKind.QUOTE:
            yield body.note_id
