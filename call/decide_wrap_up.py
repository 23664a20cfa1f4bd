"""After the call: the disposition, the first report, the prevention sheet."""

from __future__ import annotations

from typing import Any

from msgspec import structs

from call import commands as c
from call import events as e
from call.clock import as_utc
from call.decision import Decision, Refusal, Situation, steps


def set_disposition(command: c.SetDisposition, at: Situation) -> Decision:
    """Keep how the customer took the end."""
    known, words = at.case.wrap_up.ending, command.words.strip()
    if known and (known.disposition, known.words) == (command.disposition, words):
        return ()
    return steps(e.DispositionSet(command.disposition, words))


def send_report(command: c.SendReport, at: Situation) -> Decision:
    """Keep to whom the report was sent; a report to nobody is none."""
    to = command.to.strip()
    if not to:
        return Refusal("report.no_name")
    return steps(e.ReportSent(to, command.words.strip()))


def acknowledge_report(command: c.AcknowledgeReport, at: Situation) -> Decision:
    """Keep that a report was read."""
    sent = at.case.wrap_up.reports
    meant = [report for report in sent if command.target in ("", report.event_id)]
    if not meant:
        return Refusal("report.none")
    report, by = meant[-1], command.by.strip() or meant[-1].to
    return () if report.read_by == by else steps(e.ReportAcknowledged(report.event_id, by))


def write_prevention(command: c.WritePrevention, at: Situation) -> Decision:
    """Let the sheet read so. What it lacks or leaves weak is said elsewhere, never refused."""
    values: dict[str, Any] = {
        name: value.strip() if isinstance(value, str) else value
        for name, value in structs.asdict(command).items()
    }
    values["cause"] = command.cause  # a name of causes, not a text
    if command.check_at is not None:
        values["check_at"] = as_utc(command.check_at)
    sheet = e.PreventionWritten(**values)
    known = at.case.prevention.sheet or e.PreventionWritten()
    return () if sheet == known else steps(sheet)


def check_effect(command: c.CheckEffect, at: Situation) -> Decision:
    """Keep what the look at the effect showed; a next one needs a new date."""
    if at.case.prevention.sheet is None:
        return Refusal("prevention.none")
    return steps(e.EffectChecked(command.is_effective, command.words.strip()))
