"""What was found, as one line shows it: where the words stand, in a piece of the note."""

from __future__ import annotations

from msgspec import structs

from call.phone_masks import mask_numbers
from scripts_ja.texts import t
from storage.search import Findings, Found
from storage.search_text import Span
from ui.port.cases import FoundCase, FoundCases

_BEFORE = 10
_LONGEST = 120


def found_cases(findings: Findings, unread: tuple[str, ...] = ()) -> FoundCases:
    """The list as the window shows it: telephone numbers hidden but for their end."""
    rows = tuple(map(shown_case, findings.found))
    return FoundCases(rows, findings.has_more, findings.is_whole, unread)


def shown_case(found: Found) -> FoundCase:
    """One row as people beside the agent may see it; its texts as they are in ``whole``."""
    plain = found_case(found)
    whole = plain.text or plain.answered
    masked = structs.replace(found, text=mask_numbers(found.text))
    answered = mask_numbers(plain.answered)
    return structs.replace(found_case(masked), answered=answered, whole=whole)


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
    return FoundCase(
        found.case,
        found.at,
        _kind(found),
        text,
        places,
        found.answered,
        in_name=_pairs(found.in_name),
        in_number=_pairs(found.in_number),
    )


def _kind(found: Found) -> str:
    if found.kind:
        return t(f"note.kind.{found.kind}")
    return t("case_search.in_fields") if found.text else ""


def _pairs(spans: tuple[Span, ...]) -> tuple[tuple[int, int], ...]:
    return tuple((span.start, span.end) for span in spans)
