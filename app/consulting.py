"""The consultation card for the window: asked for in the middle of a call, so it comes alone."""

from __future__ import annotations

from datetime import UTC, tzinfo

from call.clock import Reading
from call.decision import Situation
from handoff.consult_card import as_text, build_card
from ui.port.papers import ConsultView
from ui.port.stage import CardRow

# Rows of the card that the case itself gives: nobody types them.
_FIGURES = (0, 3)


def consult_view(at: Situation) -> ConsultView:
    """The card of this moment."""
    card = build_card(at.case, at.now, at.limits, zone_of(at.now))
    rows = tuple(
        CardRow(f"{row.number} {row.label}", row.value, row.is_missing, place in _FIGURES)
        for place, row in enumerate(card.rows)
    )
    return ConsultView(rows, as_text(card), card.spoken)


def zone_of(now: Reading) -> tzinfo:
    """The local time zone at that moment."""
    return now.wall.astimezone().tzinfo or UTC
