"""What waits to be written: one batch, one transaction. Not thread-safe by itself."""

from __future__ import annotations

from collections.abc import Sequence

from call.case import CaseSummary
from call.events import Envelope
from storage.rows import (
    CaseRow,
    Draft,
    DraftKey,
    DraftRow,
    DueRow,
    EventRow,
    case_row,
    draft_row,
    due_rows,
    event_row,
)


class Batch:
    """Events in order, and of case lines and drafts only the last of each.

    Drafts in ``cleared`` are deleted before ``drafts`` are written: what was typed after the
    clearing stays. ``since`` is the ``time.monotonic()`` of the oldest append in it.
    """

    def __init__(self) -> None:
        self.events: list[EventRow] = []
        self.cases: dict[str, tuple[CaseRow, tuple[DueRow, ...]]] = {}
        self.cleared: set[DraftKey] = set()
        self.drafts: dict[DraftKey, DraftRow] = {}
        self.since: float | None = None

    @classmethod
    def of_append(
        cls,
        envelopes: Sequence[Envelope],
        summaries: Sequence[CaseSummary],
        cleared_drafts: Sequence[DraftKey],
        since: float,
    ) -> Batch:
        """What one step of a case left behind.

        Raises:
            UnicodeEncodeError: a text of an event has half a surrogate pair.
        """
        batch = cls()
        batch.events = [event_row(envelope) for envelope in envelopes]
        batch.cases = {line.case_id: (case_row(line), due_rows(line)) for line in summaries}
        batch.cleared = set(cleared_drafts)
        batch.since = since if batch else None
        return batch

    @classmethod
    def of_draft(cls, draft: Draft) -> Batch:
        """A text as far as it was typed."""
        batch = cls()
        batch.drafts = {draft.key: draft_row(draft)}
        return batch

    def __bool__(self) -> bool:
        return bool(self.events or self.cases or self.cleared or self.drafts)

    def absorb(self, later: Batch) -> None:
        """Add what came after this."""
        self.events += later.events
        self.cases |= later.cases
        self.cleared |= later.cleared
        for key in later.cleared:
            self.drafts.pop(key, None)
        self.drafts |= later.drafts
        if self.since is None:
            self.since = later.since
