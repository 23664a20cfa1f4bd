"""What the notes of a case say about placeholders: only where a note has the form of the phrase.

Of each kind the newest note counts. Where that does not fit, the phrase keeps its gap: an older
note is about something else.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from call.case import Case
from call.decision import Situation
from call.fold_notes import Note
from scripts_ja.dates import leading_date, said_dates
from scripts_ja.model import NoteKind
from scripts_ja.noun_form import as_noun, as_reason, as_wish
from scripts_ja.quotes import quoted
from scripts_ja.texts import t


def _as_answer(text: str) -> str:
    """An answer goes before 「と」 and 「という」: as a noun, else in quotation marks."""
    return as_noun(text) or (quoted(text) if text else "")


_FORMS: dict[str, tuple[NoteKind, Callable[[str], str]]] = {
    "request": (NoteKind.REQUEST, as_wish),
    "gap": (NoteKind.DISCREPANCY, as_noun),
    "answered": (NoteKind.ANSWERED, _as_answer),
    "ask": (NoteKind.ASK, as_noun),
    "reason": (NoteKind.CANNOT, as_reason),
}
_FACT_KEYS = ("date1", "fact1", "date2", "fact2")
_QUOTES = "「」『』"

Say = Callable[[datetime], str]


def note_values(at: Situation, say: Say) -> dict[str, str]:
    """Values by placeholder; ``say`` makes a time into the words of this desk."""
    case = at.case
    found = {key: form(_newest(case, kind)) for key, (kind, form) in _FORMS.items()}
    found["quote"] = _newest(case, NoteKind.QUOTE).strip(_QUOTES)
    found |= _promised(at, say)
    facts = _dated_facts(case)
    found |= _in_order(case, facts)
    found["when"] = _happened(case, facts)
    return {key: value for key, value in found.items() if value}


def noted_keys(at: Situation) -> frozenset[str]:
    """The placeholders that the notes fill: nobody needs to ask for these any more."""
    return frozenset(note_values(at, str))


def _newest(case: Case, kind: NoteKind) -> str:
    notes = case.notes.of_kind(kind)
    return notes[-1].text if notes else ""


def _promised(at: Situation, say: Say) -> dict[str, str]:
    """The last promise with its date, the interim report, and when the customer hears next.

    Promise and date are said in one sentence, so they come from one note; a report on the way
    there is not the promise itself. Dates of what is done are over.
    """
    promises = at.case.notes.of_kind(NoteKind.PROMISE)
    settled = at.case.handing_up.settled
    owed = [note for note in promises if note.due_at and note.note_id not in settled]
    ahead = [note for note in owed if note.due_at and note.due_at > at.now.wall]
    interim = [note for note in ahead if _speaks_of(note, "values.interim_words")]
    contact = [note for note in ahead if _speaks_of(note, "values.contact_words")]
    main = [note for note in promises if not _speaks_of(note, "values.interim_words")][-1:]
    return {
        "promise": as_noun(main[0].text) if main else "",
        "deadline": _first_due([note for note in main if note in owed], say),
        "interim_at": _first_due(interim, say),
        "next_at": _first_due(contact, say),
    }


def _speaks_of(note: Note, words: str) -> bool:
    return any(word in note.text for word in t(words).split("/"))


def _first_due(notes: list[Note], say: Say) -> str:
    dues = [note.due_at for note in notes if note.due_at]
    return say(min(dues)) if dues else ""


def _dated_facts(case: Case) -> list[tuple[date, str]]:
    """Confirmed facts whose note begins with the date, in the order in which they happened.

    When a note was typed says nothing about when it happened, so that is never said.
    """
    dated = (
        (leading_date(note.text, note.begun_at.wall.astimezone().date()))
        for note in case.notes.of_kind(NoteKind.FACT_CONFIRMED)
    )
    facts = [(found[0], as_noun(found[1])) for found in dated if found]
    return sorted((fact for fact in facts if fact[1]), key=lambda fact: fact[0])


def _in_order(case: Case, facts: list[tuple[date, str]]) -> dict[str, str]:
    """The first two facts; none where the agent has typed one: the pairs must not be mixed."""
    if any(case.field(key) for key in _FACT_KEYS):
        return {}
    found: dict[str, str] = {}
    for number, (day, fact) in enumerate(facts[:2], start=1):
        found |= {f"date{number}": said_dates([day]), f"fact{number}": fact}
    return found


def _happened(case: Case, facts: list[tuple[date, str]]) -> str:
    """The date of the trouble itself: of a fact that names it, not of what was done about it."""
    issue = case.field("issue")
    days = [day for day, fact in facts if issue and (fact in issue or issue in fact)]
    return said_dates(days[:1])
