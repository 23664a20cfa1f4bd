"""What is being typed into a field of a case, kept until it is taken: across sheets and restarts."""

from __future__ import annotations

from collections.abc import Sequence

from app.session import Session
from call.screening import screen_draft, sound
from storage.journal import Draft, DraftKey, Journal

# What stands before the name of a field, so that no other draft is mistaken for one.
_PREFIX = "field."


class FieldDrafts:
    """The drafts of all cases by case and field; on the disk never with a number that is barred."""

    def __init__(self, session: Session, journal: Journal) -> None:
        self._session = session
        self._journal = journal
        self._typed: dict[DraftKey, str] = {}

    def of_case(self) -> CaseDrafts:
        """Those of the case in hand."""
        desk = self._session.desk
        return CaseDrafts(self, desk.own_case_id if desk else "")

    def find(self, drafts: Sequence[Draft]) -> None:
        """Take over what was being typed when the program stopped."""
        found = {draft.key: draft.text for draft in drafts if draft.field.startswith(_PREFIX)}
        self._typed = {**found, **self._typed}

    def text(self, case_id: str, field: str) -> str:
        """What was typed there last and not taken yet."""
        return self._typed.get(_key(case_id, field), "")

    def keep(self, case_id: str, field: str, text: str) -> None:
        """Keep what is typed; nothing is written where it is what was kept last."""
        key = _key(case_id, field)
        if not text.strip():
            self.drop(case_id, field)
        elif self._typed.get(key) != text:
            self._typed[key] = text
            desk = self._session.desk
            allowed = desk.case.marks.allowed_numbers if desk else frozenset[str]()
            safe = screen_draft(sound(text), allowed).text
            self._journal.save_draft(Draft(case_id, key.field, safe, self._session.now().wall))

    def drop(self, case_id: str, field: str) -> None:
        """It was taken, or given up."""
        key = _key(case_id, field)
        if self._typed.pop(key, None) is not None:
            self._journal.append((), (), (key,))


class CaseDrafts:
    """The drafts of one case. They stay its own while another comes into hand."""

    def __init__(self, drafts: FieldDrafts, case_id: str) -> None:
        self._drafts = drafts
        self._case_id = case_id

    def text(self, field: str) -> str:
        """What was typed there last and not taken yet."""
        return self._drafts.text(self._case_id, field)

    def keep(self, field: str, text: str) -> None:
        """Keep what is typed there; an empty text is none."""
        self._drafts.keep(self._case_id, field, text)

    def drop(self, field: str) -> None:
        """It was taken, or given up."""
        self._drafts.drop(self._case_id, field)


def _key(case_id: str, field: str) -> DraftKey:
    return DraftKey(case_id, _PREFIX + field)
