"""Where in the sidebar something is filled in that a paper lacks."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

# Lacks that stand for a row of a sheet, a note of a kind, a page of the second line's desk, or for
# an action whose sheet shows them all.
CARD, CUSTOMER, NOTE, SECOND, ACTION, MARKS = (
    "card",
    "customer",
    "note",
    "second",
    "action",
    "marks",
)


class Place(Struct, frozen=True):
    """``kind`` is one of the above, ``what`` the row, the kind of note, the page or the action."""

    kind: str
    what: str


_HANDOFF = {
    "issue": Place(CARD, "issue"),
    "request": Place(CARD, "request"),
    "decision": Place(CARD, "decision"),
    "deadline": Place(CARD, "due"),
    "owner": Place(CARD, "owner"),
    "callback_tel": Place(CUSTOMER, "callback_tel"),
    "apology": Place(CUSTOMER, "apology"),
    "temperature": Place(MARKS, "temperature"),
    "safety": Place(MARKS, "safety"),
    "answered": Place(NOTE, "answered"),
    "ng": Place(NOTE, "ng"),
    "act_words": Place(ACTION, "abuse"),
    "fact_kind": Place(SECOND, "facts"),
    "one_concession": Place(SECOND, "concession"),
    "approver": Place(SECOND, "concession"),
    "promise_owner": Place(SECOND, "columns"),
    "vague_time": Place(SECOND, "columns"),
    "many_holds": Place(CARD, "owner"),
    "no_consult": Place(CARD, "owner"),
    "label": Place(CARD, "issue"),
    "secret": Place(CARD, "issue"),
    "long_block": Place(CARD, "issue"),
    "pressing": Place(CARD, "due"),
    "next": Place(SECOND, "actions"),
    "customer": Place(CUSTOMER, "customer"),
}
# These are about words that stand in a note or a field.
OF_WORDS = frozenset({"vague_time", "label", "secret"})
_CARD = {
    "elapsed": Place(ACTION, "start"),
    "issue": Place(CARD, "issue"),
    "request": Place(CARD, "request"),
    "heat": Place(MARKS, "temperature"),
    "extra": Place(CARD, "extra_min"),
    "commitment": Place(CARD, "owner"),
    "decision": Place(CARD, "decision"),
}
_PLACES: Mapping[str, Mapping[str, Place]] = {
    "handoff": _HANDOFF,
    "consult_card": _CARD,
    "absence_note": {
        "customer": Place(CUSTOMER, "customer"),
        "contact_tel": Place(ACTION, "settings"),
        "company": Place(ACTION, "settings"),
    },
    "abuse_record": {
        "request": Place(CARD, "request"),
        "answered": Place(NOTE, "answered"),
    },
}
# Where all the rest of a paper is filled in.
_SHEET_OF = {
    "absence_note": Place(ACTION, "visit"),
    "abuse_record": Place(ACTION, "abuse"),
    "prevention_sheet": Place(ACTION, "wrap_up"),
}


def place_of(paper: str, lack: str) -> Place | None:
    """Where that is filled in, or None where nobody has said."""
    return _PLACES.get(paper, {}).get(lack) or _SHEET_OF.get(paper)
