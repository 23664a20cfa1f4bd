"""What was found, as one line shows it: where the words stand, in a piece of the note."""

from __future__ import annotations

from scripts_ja.texts import t
from storage.search import Findings, Found
from ui.port.cases import FoundCase, FoundCases

_BEFORE = 10
_LONGEST = 120


def found_cases(findings: Findings, unread: tuple[str, ...] = ()) -> FoundCases:
    """The list as the window shows it."""
    rows = tuple(found_case(found) for found in findings.found)
    return FoundCases(rows, findings.has_more, findings.is_whole, unread)


def found_case(found: Found) -> FoundCase:
    """One row. Its text begins shortly before the first place, and says so by an ellipsis."""
    first = found.places[0].start if found.places else 0
    start = max(0, first - _BEFORE)
    start = 0 if start < 3 else start
    end = start + _LONGEST
    cut = "…" if start else ""
    shift = start - len(cut)
    text = cut + "".join(" " if char.isspace() else char for char in found.text[start:end])
    places = tuple(
        (max(place.start - shift, 0), min(place.end - shift, len(text)))
        for place in found.places
        if place.start < end
    )
    kind = t(f"note.kind.{found.kind}") if found.kind else ""
    return FoundCase(found.case, found.at, kind, text, places, found.answered)
