"""All papers of the case in hand, as documents, views and files; what is masked is in none."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import structs

from app.month_shelf import MonthShelf
from app.own_settings import OwnSettings
from app.paper_saving import COPIED, PRINTED, PaperSaving
from app.paper_wishes import desk_of, usual
from app.session import Session
from call.case import Case
from call.decision import Situation
from handoff.document import Document
from handoff.papers import NAMES, make_checked
from handoff.text_form import as_text
from handoff.validation import barrier, is_stopped, required
from scripts_ja.texts import t
from ui.port.paper_shelf import MONTHS, Lack, LeaveOut, PaperEntry, PaperView, Written


class PaperShelf:
    """Makes them in the window's thread; ``saving`` and ``months`` work beside it."""

    def __init__(
        self, session: Session, settings: OwnSettings, saving: PaperSaving, months: MonthShelf
    ) -> None:
        self._session = session
        self._settings = settings
        self._saving = saving
        self._months = months

    @property
    def folder(self) -> str:
        """Where the files are."""
        return str(self._saving.folder.path)

    def usual(self) -> LeaveOut:
        """What the settings say is left out."""
        return usual(self._settings.current)

    def entries(self) -> tuple[PaperEntry, ...]:
        """All papers that there are, in their order."""
        made = ((name, self.document(name, LeaveOut())) for name in NAMES)
        of_case = (
            PaperEntry(name, t(f"paper.name.{name}"), len(document.missing))
            for name, document in made
            if document is not None
        )
        months = (PaperEntry(name, t(f"paper.name.{name}"), 0) for name in MONTHS)
        return (*of_case, *months)

    def paper(self, name: str, wanted: LeaveOut) -> PaperView | None:
        """The paper as it reads now; None where there is nothing to write on it."""
        if name in MONTHS:
            return self._months.view(name)
        document = self.document(name, wanted)
        if document is None:
            return None
        # Nothing of it is needed before a paper is first looked at.
        from app.paper_forms import forms_of
        from handoff.printed.pages import Pages

        held_back = barrier(document, as_unconfirmed=wanted.as_unconfirmed)
        return PaperView(
            name=name,
            title=document.title,
            text=as_text(document),
            lacks=lacks_of(document),
            remark=document.screen_only,
            forms=forms_of(name),
            pages=Pages(document),
            is_letter=document.is_letter,
            barrier=held_back[1] if held_back else "",
            is_passable=bool(required(document)) and not is_stopped(document),
            gauge=document.gauge,
        )

    def read_month(self, name: str, then: Callable[[], None]) -> None:
        """Read all cases of that month beside the window; ``then`` its paper is there."""
        self._months.read(name, then)

    def save(self, name: str, form: str, wanted: LeaveOut, then: Callable[[Written], None]) -> None:
        """Write the paper beside the window; ``then`` hears where it is."""
        if name in MONTHS:
            self._months.save(name, form, then)
            return
        document = self.document(name, wanted)
        if document is None or barrier(document, as_unconfirmed=wanted.as_unconfirmed):
            then(Written())
            return
        self._saving.save(document, form, wanted, then)

    def note_copied(self, name: str, wanted: LeaveOut) -> None:
        """Its text was copied: the handoff note has left."""
        self._note_left(name, COPIED, wanted)

    def note_printed(self, name: str, wanted: LeaveOut) -> None:
        """It went to a printer."""
        self._note_left(name, PRINTED, wanted)

    def _note_left(self, name: str, form: str, wanted: LeaveOut) -> None:
        document = self.document(name, wanted) if name not in MONTHS else None
        if document is not None:
            self._saving.leave(document, form)

    def document(self, name: str, wanted: LeaveOut) -> Document | None:
        """The paper as it reads now, of events without what is to be left out."""
        at = self._session.situation()
        if at is None:
            return None
        shown, desk = self._masked(at, wanted), desk_of(self._settings.current, at, wanted)
        return make_checked(name, at, shown, desk, as_unconfirmed=wanted.as_unconfirmed)

    def _masked(self, at: Situation, wanted: LeaveOut) -> Situation:
        if not wanted.masks:
            return at
        return structs.replace(at, case=Case.of(at.case.id, self._saving.history(wanted)))


def lacks_of(document: Document) -> tuple[Lack, ...]:
    """What the paper lacks, and what else was found in it."""
    if not document.findings:
        return tuple(map(Lack, document.missing, document.missing_names))
    return tuple(
        Lack(each.id, each.name, each.level, each.advice, each.target) for each in document.findings
    )
