"""The free help line that card X12 names: a number that nobody checks is a number that fails."""

from __future__ import annotations

from datetime import date, timedelta

from app.settings import Settings
from scripts_ja.dates import plain_date
from scripts_ja.texts import t

_CHECKED = "desk.help_line_checked"
# Once a year (flows.md 4, X12); a leap year is no day shorter.
_GOOD_FOR = timedelta(days=366)


def help_line_reminder(settings: Settings, today: date) -> str:
    """One sentence where a help line is set and was not checked within a year; else empty.

    A day that has not come yet is no day on which anybody has checked.
    """
    if not settings.text("desk.help_line"):
        return ""
    text = settings.text(_CHECKED)
    checked = date.fromisoformat(text) if text else None
    if checked is None or checked > today:
        return t("help_line.unchecked", name=_CHECKED)
    if today - checked <= _GOOD_FOR:
        return ""
    return t("help_line.outdated", day=plain_date(checked), name=_CHECKED)
