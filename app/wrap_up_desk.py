"""What the window asks of the wrap-up record besides the case itself."""

from __future__ import annotations

from app.field_drafts import CaseDrafts, FieldDrafts
from app.own_settings import OwnSettings
from app.phrase_views import phrase_view, values_now
from app.session import Session
from handoff.prevention_sheet import questions_about
from handoff.wrap_up import wrap_up_gaps
from ui.port.phrases import PhraseKey

# Where the flow words the first report; its first phrase is the report itself.
_REPORT_STAGE = "F8-S2"


class WrapUpDesk:
    """Reads the case in hand together with the flows and the settings."""

    def __init__(self, session: Session, settings: OwnSettings, drafts: FieldDrafts) -> None:
        self._session = session
        self._settings = settings
        self._drafts = drafts

    def gaps(self) -> tuple[str, ...]:
        """What after-call work still lacks, the conclusion first."""
        at = self._session.situation()
        return wrap_up_gaps(at.case) if at else ()

    def report_text(self) -> str:
        """The first report as the flow words it (rules.md #38), filled from the case."""
        at = self._session.situation()
        found = at.book.find_stage(_REPORT_STAGE) if at else None
        if found is None or not found[1].phrases:
            return ""
        phrase = found[1].phrases[0]
        values = values_now(self._session, self._settings.current)
        return phrase_view(phrase, values, PhraseKey(_REPORT_STAGE, phrase.text)).plain

    def questions(self, measure: str) -> tuple[str, ...]:
        """What should be asked about a measure; never a refusal (rules.md #47)."""
        return questions_about(measure)

    def drafts(self) -> CaseDrafts:
        """What is being typed for the case in hand."""
        return self._drafts.of_case()
