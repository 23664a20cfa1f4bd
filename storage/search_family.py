"""What there is to find in a case and in those joined to it, folded as their events come.

A document per note, and one per case for cases without any; its id is the ``place`` of the event
that brought it, so that a higher one is a later one. It holds what the fold says.

A call of thousands of events must not be folded anew for each of them: a :class:`Family` goes on
from where it was, and only what an event can have changed is looked at. What goes back on earlier
events (a correction, a join) is folded from the beginning.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from call.case import Case
from call.corrections import corrections_in, is_correction
from call.events import CaseOpened, Envelope, NoteEdited, NoteRemoved, NoteTaken
from storage import reading
from storage.rows import digits_of, iso, whole

FAMILY = """
    WITH RECURSIVE family (case_id) AS (
        SELECT ?
        UNION
        SELECT cases.case_id FROM cases JOIN family ON cases.joined_to = family.case_id
        WHERE cases.joined_to <> ''
    )
"""
_MEMBERS = FAMILY + "SELECT case_id FROM family"  # noqa: S608 - constants
_PLACES = f"""
    {FAMILY}
    SELECT id, place FROM events
    WHERE case_id IN family AND place > ? AND kind IN ('CaseOpened', 'NoteTaken')
"""  # noqa: S608 - constants
_NEWEST_PLACE = "SELECT coalesce(max(place), 0) FROM events"
_FIELDS = ("company_no", "customer", "reading", "callback_tel", "product", "issue")
_NAMES = ("customer", "reading")
_DOTS = "・･·•."


class Doc(NamedTuple):
    """What is found, in the order of the columns of ``search_docs``.

    ``kind`` is empty for the case itself; ``fields`` are those of its case, one a line.
    """

    id: int
    case_id: str
    kind: str
    at: str
    body: str
    fields: str


class Change(NamedTuple):
    """Documents to be taken out and to be put in."""

    old: tuple[Doc, ...]
    new: tuple[Doc, ...]


class Family:
    """The case ``head`` with all that was joined to it; ``docs`` are its documents by id."""

    def __init__(self, head: str, members: frozenset[str]) -> None:
        self.head = head
        self.docs: dict[int, Doc] = {}
        self._members = members
        self._case = Case(head)
        self._annulled: frozenset[str] = frozenset()
        self._seqs: dict[str, int] = {}
        self._place = 0
        self._place_of_note: dict[str, int] = {}
        self._numbers: list[str] = []
        self._fields = ""

    @classmethod
    def of(cls, connection: sqlite3.Connection, head: str) -> Family:
        """Fold all that there is.

        Raises:
            sqlite3.Error: it cannot be read.
        """
        family = cls(head, _members(connection, head))
        events = reading.events_of(connection, head)
        corrections = corrections_in(events)
        family._annulled = corrections.annulled
        family._case = Case.of(head, events)
        family._take_in(connection, events)
        return family

    def go_on(self, connection: sqlite3.Connection) -> Change | None:
        """Fold what came since; None where that cannot be done without beginning anew.

        Raises:
            sqlite3.Error: it cannot be read.
        """
        if _members(connection, self.head) != self._members:
            return None
        events = reading.events_of(connection, self.head, self._place)
        if not all(map(self._comes_last, events)):
            return None
        for event in events:
            self._case.apply(event)
        return self._take_in(connection, events)

    def _comes_last(self, event: Envelope) -> bool:
        """Whether it says nothing of earlier events, and stands behind those of its desk."""
        body = event.body
        is_plain = not is_correction(body) and event.cause not in self._annulled
        is_again = isinstance(body, NoteTaken) and body.note_id in self._place_of_note
        return is_plain and not is_again and event.seq > self._seqs.get(event.desk_id, 0)

    def _take_in(self, connection: sqlite3.Connection, events: Iterable[Envelope]) -> Change:
        """Bring the documents up to the fold, after these events."""
        places = dict(connection.execute(_PLACES, (self.head, self._place)).fetchall())
        note_ids: set[str] = set()
        own: Doc | None = None
        for event in events:
            self._seqs[event.desk_id] = max(event.seq, self._seqs.get(event.desk_id, 0))
            body = event.body
            if isinstance(body, NoteTaken | NoteEdited | NoteRemoved):
                note_ids.add(body.note_id)
            if isinstance(body, NoteTaken):
                self._place_of_note[body.note_id] = places[event.id]
            elif isinstance(body, CaseOpened):
                self._numbers.append(body.case_no)
                if event.case_id == self.head and own is None:
                    own = Doc(places[event.id], self.head, "", iso(event.at.wall), "", "")
        (self._place,) = connection.execute(_NEWEST_PLACE).fetchone()
        return self._bring_up(note_ids, own)

    def _bring_up(self, note_ids: Iterable[str], own: Doc | None) -> Change:
        wanted: dict[int, Doc | None] = {
            self._place_of_note[note_id]: self._doc_of(note_id)
            for note_id in note_ids
            if note_id in self._place_of_note
        }
        if own is not None and not any(doc.kind == "" for doc in self.docs.values()):
            wanted[own.id] = own
        fields = _fields_of(self._case, self._numbers)
        if fields != self._fields:
            self._fields = fields
            wanted = {**self.docs, **wanted}
        return self._change(
            {id_: doc and doc._replace(fields=fields) for id_, doc in wanted.items()}
        )

    def _change(self, wanted: dict[int, Doc | None]) -> Change:
        changed = {id_: doc for id_, doc in wanted.items() if self.docs.get(id_) != doc}
        old = tuple(self.docs.pop(id_) for id_ in changed if id_ in self.docs)
        new = tuple(doc for doc in changed.values() if doc is not None)
        self.docs.update((doc.id, doc) for doc in new)
        return Change(old, new)

    def _doc_of(self, note_id: str) -> Doc | None:
        note = self._case.notes.get(note_id)
        if note is None:
            return None
        place, at = self._place_of_note[note_id], iso(note.begun_at.wall)
        return Doc(place, self.head, note.kind.value, at, whole(note.text), "")


def _members(connection: sqlite3.Connection, head: str) -> frozenset[str]:
    return frozenset(case_id for (case_id,) in connection.execute(_MEMBERS, (head,)))


def _fields_of(case: Case, numbers: Iterable[str]) -> str:
    """What a case is found by besides its notes, one a line, none twice.

    Names stand there in one piece, too: 「山田　太郎」 is sought as 「山田太郎」.
    """
    phones = [case.field("callback_tel"), *(call.number for call in case.calls.values())]
    fields = [*numbers, *(case.field(name) for name in _FIELDS), *phones]
    names = [in_one_piece(case.field(name)) for name in _NAMES]
    digits = [digits_of(phone) for phone in phones]
    return whole("\n".join(dict.fromkeys(filter(None, [*fields, *names, *digits]))))


def in_one_piece(name: str) -> str:
    """A name without the blanks and dots between its parts."""
    return "".join(char for char in name if not char.isspace() and char not in _DOTS)
