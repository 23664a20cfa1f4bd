"""The month over one desk's cases: what came again and again, and nobody's name.

A row is a case. Neither agents nor customers are in it: it shows what the house does, and ranks
nobody (issue: "without ranking people").
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, tzinfo
from io import StringIO

from msgspec import Struct, structs

from call.case import Case
from call.clock import Reading
from call.dues import INSIDE, OFFER, TELL_DELAY
from call.events import Cause, Direction, DueSettled, Envelope
from call.fold_times import CallRecord
from call.limits import Limits
from handoff.sheet_form import FORMULA_STARTS, Cell, Table, workbook_of
from scripts_ja.texts import t

_COUNTS = ("second_holds", "no_commitment", "broken", "calls")
_WIDTHS = (22, 12, 16, 22, 16, 20, 20)
_REPEATED = 2
# What is owed by a date that no customer was given.
_NOT_PROMISED = (*INSIDE, OFFER, TELL_DELAY)


class MonthLine(Struct, frozen=True, kw_only=True):
    """What happened in a case in that month.

    ``second_holds``: calls held more often than allowed; ``no_commitment``: calls of 20 minutes
    without anybody who calls back; ``broken``: dates that were not kept; ``calls``: how often
    this customer rang. ``caller`` tells callers apart and is never written.
    """

    case_no: str
    day: date
    second_holds: int
    no_commitment: int
    broken: int
    calls: int
    caller: str
    cause: Cause | None


def month_lines(
    cases: Iterable[tuple[Case, Sequence[Envelope]]],
    month: date,
    now: Reading,
    limits: Limits,
    zone: tzinfo,
) -> tuple[MonthLine, ...]:
    """The cases with a call or a date in the month of ``month``, in the order of their days."""
    found = [line for each in cases if (line := _line(*each, month, now, limits, zone))]
    rang = Counter[str]()
    for line in found:
        rang[line.caller] += line.calls
    whole = [structs.replace(line, calls=rang[line.caller]) for line in found]
    return tuple(sorted(whole, key=lambda line: (line.day, line.case_no)))


def _line(
    case: Case,
    history: Sequence[Envelope],
    month: date,
    now: Reading,
    limits: Limits,
    zone: tzinfo,
) -> MonthLine | None:
    calls = [call for call in case.calls.values() if _is_in(_begun(call), month, zone)]
    broken = [at for at in _broken(case, history, now) if _is_in(at, month, zone)]
    days = [at.astimezone(zone).date() for at in (*map(_begun, calls), *broken) if at]
    if not days:
        return None
    incoming = [call for call in calls if call.direction is Direction.INCOMING]
    number = next((digits for call in calls if (digits := _digits(call.number))), "")
    sheet = case.prevention.sheet
    return MonthLine(
        case_no=case.case_no,
        day=min(days),
        second_holds=sum(len(call.holds) > limits.max_holds for call in calls),
        no_commitment=sum(_lacks_commitment(case, call, now, limits) for call in calls),
        broken=len(broken),
        calls=len(incoming),
        caller=number or case.id,
        cause=sheet.cause if sheet else None,
    )


def _begun(call: CallRecord) -> datetime | None:
    return call.started_at.wall if call.started_at else None


def _is_in(at: datetime | None, month: date, zone: tzinfo) -> bool:
    local = at.astimezone(zone) if at else None
    return local is not None and (local.year, local.month) == (month.year, month.month)


def _digits(number: str) -> str:
    return "".join(char for char in number if char.isdigit())


def _lacks_commitment(case: Case, call: CallRecord, now: Reading, limits: Limits) -> bool:
    is_long = call.call_seconds(now) >= limits.call_red_minutes * 60
    committed = (made.call_id for made in case.handing_up.commitments)
    return is_long and call.call_id not in committed


def _broken(case: Case, history: Sequence[Envelope], now: Reading) -> Iterator[datetime]:
    """Dates given to the customer that passed without it, or before it was done."""
    for due in case.dues():
        if due.kind not in _NOT_PROMISED and due.at < now.wall:
            yield due.at
    given = {made.event_id: made.due_at for made in case.handing_up.commitments}
    given |= {note.note_id: note.due_at for note in case.notes.notes if note.due_at}
    done = {e.body.target: e.at.wall for e in history if isinstance(e.body, DueSettled)}
    for target, at in given.items():
        if target in case.handing_up.settled and target in done and done[target] > at:
            yield at


# -- forms ----------------------------------------------------------------------------------------


def month_tables(lines: Sequence[MonthLine], month: date) -> tuple[Table, Table]:
    """The cases, and what they come to."""
    heads = tuple(t(f"month.head.{key}") for key in ("case_no", "day", *_COUNTS, "cause"))
    rows = tuple(_cells(line) for line in lines)
    name = t("month.title", year=month.year, month=month.month)
    summary = tuple(month_sums(lines))
    words = (t("month.head.what"), t("month.head.count"))
    return Table(name, heads, rows, _WIDTHS), Table(t("month.summary"), words, summary, (44, 10))


def month_xlsx(lines: Sequence[MonthLine], month: date) -> bytes:
    """Two sheets: the cases, and what they come to."""
    tables = month_tables(lines, month)
    return workbook_of(tables, tables[0].name, "")


def month_csv(lines: Sequence[MonthLine], month: date) -> bytes:
    """Both one below the other; with a mark that spreadsheets know UTF-8 by, and no formulas."""
    into = StringIO()
    writer = csv.writer(into, lineterminator="\r\n")
    for place, table in enumerate(month_tables(lines, month)):
        if place:
            writer.writerow(())
        writer.writerows(map(_safe, (table.heads, *table.rows)))
    return into.getvalue().encode("utf-8-sig")


def _cells(line: MonthLine) -> tuple[Cell, ...]:
    cause = t(f"prevention.cause.{line.cause}") if line.cause else ""
    counts = (getattr(line, key) for key in _COUNTS)
    return (line.case_no, line.day.isoformat(), *counts, cause)


def month_sums(lines: Sequence[MonthLine]) -> Iterator[tuple[str, int]]:
    """What the cases come to: words and counts, the causes most frequent first."""
    yield t("month.sum.cases"), len(lines)
    for key in _COUNTS[:-1]:
        yield t(f"month.sum.{key}"), sum(getattr(line, key) for line in lines)
    often = {line.caller for line in lines if line.calls >= _REPEATED}
    yield t("month.sum.repeat_callers"), len(often)
    causes = Counter(line.cause for line in lines if line.cause)
    for cause, count in sorted(causes.items(), key=lambda each: (-each[1], each[0])):
        yield t("month.sum.cause", cause=t(f"prevention.cause.{cause}")), count


def _safe(cells: Iterable[Cell]) -> list[Cell]:
    """A cell that a spreadsheet would calculate begins with an apostrophe."""
    return [
        f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell
        for cell in cells
    ]
