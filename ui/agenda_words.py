"""How a line of the agenda reads: what and whose, by when, how long that still is."""

from __future__ import annotations

from call.agenda import AgendaLine
from call.limits import Limits
from call.phone_masks import mask_numbers
from scripts_ja.dates import echo_due
from scripts_ja.texts import t

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


def identity(line: AgendaLine) -> tuple[str, str, str]:
    """What makes it the same line a second later: of another date it is another one."""
    return line.entry.case_id, line.entry.what.kind, line.entry.key


def headline(line: AgendaLine) -> str:
    """What is owed, and to whom."""
    entry = line.entry
    who = t("header.customer", name=entry.customer) if entry.customer else entry.case_no
    return t("list.joint").join([t(f"agenda.kind.{entry.what.kind}"), who])


def particulars(line: AgendaLine) -> str:
    """By when, who sees to it, and what it says."""
    entry = line.entry
    owner = t("agenda.owner", owner=entry.owner) if entry.owner else ""
    parts = (
        echo_due(entry.at.astimezone()),
        owner,
        mask_numbers(" ".join(entry.what.text.split())),
    )
    return t("list.joint").join(part for part in parts if part)


def countdown(seconds_left: float) -> str:
    """How long it still is: begun minutes while there is time, whole ones once it is over."""
    if seconds_left <= 0:
        return _late(int(-seconds_left))
    minutes = -int(-seconds_left // _MINUTE)
    hours, rest = divmod(minutes, 60)
    if hours >= 48:
        return t("agenda.left.days", days=int(seconds_left // _DAY))
    if hours:
        key = "agenda.left.hours" if rest else "agenda.left.full_hours"
        return t(key, hours=hours, minutes=rest)
    return t("agenda.left.minutes", minutes=minutes)


def tone(line: AgendaLine, limits: Limits) -> str:
    """Red once it is late, amber from the first reminder on; the words say the same."""
    if line.is_late:
        return "danger"
    is_near = line.seconds_left <= limits.callback_remind_first_minutes * _MINUTE
    return "warn" if is_near else "muted"


def spoken_line(line: AgendaLine) -> str:
    """All of a line for those who hear it."""
    return " ".join([headline(line), countdown(line.seconds_left), particulars(line)])


def _late(seconds: int) -> str:
    if seconds < _MINUTE:
        return t("agenda.late_by.now")
    if seconds < _HOUR:
        return t("agenda.late_by.minutes", minutes=seconds // _MINUTE)
    if seconds < 2 * _DAY:
        return t("agenda.late_by.hours", hours=seconds // _HOUR)
    return t("agenda.late_by.days", days=seconds // _DAY)
