"""The month over one desk's cases as a paper: what it comes to, then case by case. Nobody's name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from handoff.document import Block, Document, Row, Section
from handoff.month import MonthLine, month_sums
from scripts_ja.dates import echo_due, plain_date
from scripts_ja.texts import t

_COUNTS = ("second_holds", "no_commitment", "broken")


def month_document(
    name: str, lines: Sequence[MonthLine], month: date, made_at: datetime
) -> Document:
    """The paper called ``name``; ``made_at`` is local."""
    title = t("month.title", year=month.year, month=month.month)
    sums = tuple(
        Row(label=words, value=t("month.count", count=count), is_item=False)
        for words, count in month_sums(lines)
    )
    heads = (t("month.head.day"), t("month.head.case_no"), t("month.head.found"))
    cases = tuple(map(_row, lines)) or (Row(value=t("month.no_cases")),)
    as_of = Row(
        label=t("month.as_of"), value=t("month.made_at", at=echo_due(made_at)), is_item=False
    )
    return Document(
        name=name,
        title=title,
        case_no="",
        blocks=(
            Block("a", (Section(title, (as_of, *sums), is_title=True),)),
            Block("b", (Section(t("month.sum.cases"), cases, heads=heads),)),
        ),
    )


def _row(line: MonthLine) -> Row:
    found = t("handoff.separator").join(_found(line)) or t("month.nothing")
    return Row(moment=plain_date(line.day), kind=line.case_no, value=found)


def _found(line: MonthLine) -> Iterator[str]:
    """What there is to say of a case, never of a person."""
    for key in _COUNTS:
        if count := getattr(line, key):
            yield t(f"month.found.{key}", count=count)
    if line.calls > 1:
        yield t("month.found.calls", count=line.calls)
    if line.cause:
        yield t("month.found.cause", cause=t(f"prevention.cause.{line.cause}"))
