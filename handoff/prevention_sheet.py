"""The prevention sheet (再発防止票) as data and text, and what should be asked about it (#46, #47)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo

from msgspec import Struct

from call.case import Case
from call.events import PreventionWritten
from handoff.document import Block, Document, Row, Section
from handoff.text_form import as_text as document_text
from handoff.typed_text import one_line
from handoff.words import or_unknown
from scripts_ja.dates import echo_due, plain_date
from scripts_ja.texts import t

PREVENTION_SHEET = "prevention_sheet"
_NEEDED = ("cause", "size", "measure", "owner", "starts_on", "check_at", "shared_with")
# Longer words than that say how, whatever they begin with.
_BARE_CHARS = 12


class PreventionSheet(Struct, frozen=True):
    """The sheet; ``missing`` are its fields, ``questions`` ids (``prevention.question.<id>``)."""

    case_no: str
    sheet: PreventionWritten
    check_at: datetime | None
    checks: tuple[tuple[datetime, bool, str], ...]
    missing: tuple[str, ...]
    questions: tuple[str, ...]


def build_prevention_sheet(case: Case, zone: tzinfo) -> PreventionSheet | None:
    """The sheet of a case, times in ``zone``; None until something was written."""
    folded = case.prevention
    if folded.sheet is None:
        return None
    sheet = folded.sheet
    return PreventionSheet(
        case.field("company_no") or case.case_no,
        sheet,
        sheet.check_at.astimezone(zone) if sheet.check_at else None,
        tuple((one.at.wall.astimezone(zone), one.is_effective, one.words) for one in folded.checks),
        tuple(name for name in _NEEDED if not getattr(sheet, name)),
        questions_about(sheet.measure),
    )


def questions_about(measure: str) -> tuple[str, ...]:
    """``only_care`` where a measure is nothing but care: 「注意する」「徹底する」 (F8-S5).

    A question, never a refusal: the agent may know better.
    """
    said = "".join(measure.split()).rstrip(t("prevention.stops"))
    endings = tuple(t("prevention.only_care").split("/"))
    is_bare = len(said) <= _BARE_CHARS and said.endswith(endings)
    return ("only_care",) if said and is_bare else ()


def as_text(sheet: PreventionSheet) -> str:
    """The sheet, ready to be copied or kept."""
    return document_text(prevention_document(sheet))


def prevention_document(paper: PreventionSheet, author: str = "") -> Document:
    """The sheet as a paper."""
    title, case_no = t("prevention.title"), one_line(paper.case_no)
    section = Section(
        title, tuple(_rows(paper)), t("paper.case_no", case_no=case_no), is_title=True
    )
    return Document(
        name=PREVENTION_SHEET,
        title=t("paper.title", title=title, case_no=case_no),
        case_no=paper.case_no,
        blocks=(Block("b", (section,)),),
        author=author,
        missing=paper.missing,
        missing_names=tuple(t(f"prevention.field.{field}") for field in paper.missing),
    )


def _with_year(at: datetime) -> str:
    """Months may lie between: with the year, as the day it starts."""
    return t("handoff.line.made_at", year=at.year, value=echo_due(at))


def _rows(paper: PreventionSheet) -> Iterator[Row]:
    sheet = paper.sheet
    values = {
        "cause": t(f"prevention.cause.{sheet.cause}") if sheet.cause else "",
        "story": sheet.story,
        "size": sheet.size,
        "stopgap": sheet.stopgap,
        "measure": sheet.measure,
        "owner": sheet.owner,
        "starts_on": plain_date(sheet.starts_on) if sheet.starts_on else "",
        "check_at": _with_year(paper.check_at) if paper.check_at else "",
        "shared_with": sheet.shared_with,
        "told_customer": sheet.told_customer,
    }
    for name, value in values.items():
        label, is_open = t(f"prevention.field.{name}"), not value.strip()
        yield Row(label=label, value=or_unknown(value), is_open=is_open)
    for at, is_effective, words in paper.checks:
        result = t("prevention.effective" if is_effective else "prevention.not_effective")
        label = t("prevention.check", at=echo_due(at))
        yield Row(label=label, value=t("prevention.found", result=result, words=one_line(words)))
