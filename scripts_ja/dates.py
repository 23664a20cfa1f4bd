"""Deadlines as people type them, and dates and times as the program says them.

The patterns below are the one place in code that holds Japanese: they are how a date is read,
not something that is said. What is said stands in ``texts/dates.toml``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from scripts_ja.clock_time import clock_time as clock_time
from scripts_ja.texts import t

# Within half a year a month and a day mean one date only, with no need to say the year.
_HORIZON = timedelta(days=183)
_MAX_CHARS = 40
_WEEKDAYS = "月火水木金土日"
_DAY_WORDS = {
    "今日": 0,
    "本日": 0,
    "きょう": 0,
    "明日": 1,
    "あした": 1,
    "あす": 1,
    "明後日": 2,
    "あさって": 2,
}
_WEEKS = {"今週": 0, "来週": 1, "再来週": 2}

_AFTER = re.compile(
    r"\+(?P<minutes>[0-9]{1,5})分?"
    r"|\+(?P<clock_hours>[0-9]{1,2}):(?P<clock_minutes>[0-5][0-9])"
    r"|(?P<sign>\+)?(?:(?P<hours>[0-9]{1,3})時間(?P<half>半)?)?(?:(?P<rest>[0-9]{1,4})分)?"
    r"(?(sign)|(?:後|以内))"
)
_TIME = re.compile(
    r"(?P<noon>午前|午後|am|pm)?"
    r"(?:(?P<hour>[0-9]{1,2})(?:時(?:(?P<minute>[0-9]{1,2})分|(?P<half>半))?|:(?P<colon>[0-9]{2}))"
    r"|(?P<packed>[0-9]{3,4}))"
)
_CALENDAR = re.compile(
    r"(?:(?P<year>[0-9]{4})(?:年|/|-))?(?P<month>[0-9]{1,2})(?:月|/|(?(year)-|/))"
    r"(?P<day>[0-9]{1,2})日?(?:\((?P<weekday>[月火水木金土日])(?:曜日?)?\))?"
)
_DAY_OF_MONTH = re.compile(r"(?P<day>[0-9]{1,2})日(?!後)")
_DAYS_AFTER = re.compile(r"(?P<days>[0-9]{1,3})日後")
_WEEKDAY = re.compile(r"(?P<week>今週|来週|再来週)?の?(?P<weekday>[月火水木金土日])曜日?")
_DAY_WORD = re.compile("|".join(_DAY_WORDS))
_PAST_DAYS = {"今日": 0, "本日": 0, "きょう": 0, "昨日": 1, "きのう": 1, "一昨日": 2, "おととい": 2}
_LEADING = re.compile(
    r"\s*(?:(?:(?P<year>\d{4})(?:年|/|-))?(?P<month>\d{1,2})(?:月|/|(?(year)-|/))(?P<day>\d{1,2})日?"
    r"(?:[(（][月火水木金土日]曜?日?[)）])?"
    rf"|(?P<word>{'|'.join(_PAST_DAYS)}))"
    r"(?![\d:：時の日/(（-]|から|まで|以降|以内|頃|ごろ)(?:に|[、,\s])?"
)


def parse_due(text: str, now: datetime) -> datetime | None:
    """The deadline that ``text`` names, to the minute, in the time zone of ``now`` (aware).

    It is always later than ``now`` and at most half a year away; whatever else the text says is
    None. A bare time that has passed today means tomorrow, a weekday its next occurrence. Never
    raises, whatever the text. Daylight saving is honoured where ``now`` carries a zone.
    """
    words = _normalised(text)
    try:
        after = _AFTER.fullmatch(words)
        found = [_after(after, now)] if after else list(_on_the_calendar(words, now))
    except (ValueError, OverflowError):
        return None
    return next((at for at in found if _is_ahead(at, now)), None)


def parse_day(text: str, today: date) -> date | None:
    """The day that ``text`` names, before or after ``today``: the nearest where it may be several.

    Never raises, whatever the text.
    """
    words = _normalised(text)
    if not words:
        return None
    if words in _PAST_DAYS:
        return today - timedelta(days=_PAST_DAYS[words])
    try:
        days, rest = _days(words, today)
    except (ValueError, OverflowError):
        return None
    return min(days, key=lambda day: abs(day - today), default=None) if not rest else None


def echo_due(at: datetime) -> str:
    """A deadline read back with date and weekday; :func:`parse_due` reads it as the same."""
    return t("dates.echo", time=spoken_time(at), **_day_values(at))


def spoken_due(at: datetime, now: datetime, *, half_days: bool = False) -> str:
    """A time as it is said in a sentence: today's without a date, others with date and weekday."""
    clock = spoken_half_day(at) if half_days else spoken_time(at)
    if at.date() == now.date():
        return clock
    return t("dates.said", time=clock, **_day_values(at))


def plain_date(day: date) -> str:
    """A date with its year, without a weekday."""
    return t("dates.plain", year=day.year, month=day.month, day=day.day)


def said_dates(days: Iterable[date]) -> str:
    """Dates in one row as they are said: a month only where it changes."""
    said: list[str] = []
    before: date | None = None
    for day in days:
        is_same = before is not None and (before.year, before.month) == (day.year, day.month)
        key = "dates.day_only" if is_same else "dates.month_day"
        said.append(t(key, month=day.month, day=day.day))
        before = day
    rows = [t("dates.comma").join(said[:-1]), *said[-1:]]
    return t("dates.and").join(part for part in rows if part)


def leading_date(text: str, written: date) -> tuple[date, str] | None:
    """The date that a note begins with and what it says of it, or None where it names none.

    What is noted has happened: a date without a year is the last one up to ``written``. A year
    that is written counts as it is. The rest comes without the particle or blank between.
    """
    found = _LEADING.match(text)
    if found is None:
        return None
    day = _noted_day(found, written)
    rest = text[found.end() :].strip()
    return (day, rest) if day and rest else None


def spoken_half_day(at: datetime) -> str:
    """The time of day with the half of the day: 午後3時30分."""
    if (at.hour, at.minute) == (12, 0):
        return t("dates.noon")
    key = "dates.hour_minute" if at.minute else "dates.hour"
    half = t("dates.morning" if at.hour < 12 else "dates.afternoon")
    return half + t(key, hour=at.hour % 12, minute=at.minute)


def spoken_day(at: datetime) -> str:
    """Date and weekday."""
    return t("dates.day", **_day_values(at))


def spoken_time(at: datetime) -> str:
    """The time of day as it is said; a full hour goes without minutes."""
    key = "dates.hour_minute" if at.minute else "dates.hour"
    return t(key, hour=at.hour, minute=at.minute)


def minutes_left(at: datetime, now: datetime) -> int:
    """Whole minutes until ``at``, rounded down; negative once it has passed."""
    # In UTC: aware datetimes of one zone are subtracted by their walls, across a clock change too.
    return int((at.astimezone(UTC) - now.astimezone(UTC)) // timedelta(minutes=1))


def _day_values(at: datetime) -> dict[str, object]:
    weekday = t("dates.weekdays")[at.weekday()]
    return {"month": at.month, "day": at.day, "weekday": weekday}


def _normalised(text: str) -> str:
    """Half width, lower case, blanks only where they part two numbers, no closing "by"."""
    if len(text) > _MAX_CHARS:
        return ""
    plain = " ".join(unicodedata.normalize("NFKC", text).lower().split())
    plain = re.sub(r"(?<![0-9]) | (?![0-9])", "", plain)
    return re.sub(r"まで(?:に)?$", "", plain)


def _after(found: re.Match[str], now: datetime) -> datetime:
    """So many minutes after ``now``, counted in real time.

    Raises:
        ValueError: no number at all.
    """
    parts = {name: int(digits) for name, digits in found.groupdict("0").items() if digits.isdigit()}
    hours, minutes = parts.get("hours", 0), parts.get("minutes", 0) + parts.get("rest", 0)
    if found["half"]:
        minutes += 30
    hours, minutes = hours + parts["clock_hours"], minutes + parts["clock_minutes"]
    at = now.astimezone(UTC) + timedelta(hours=hours, minutes=minutes)
    return at.astimezone(now.tzinfo).replace(second=0, microsecond=0)


def _on_the_calendar(words: str, now: datetime) -> Iterator[datetime]:
    """What a date and a time of day, or a time alone, can mean, the likeliest first."""
    days, rest = _days(words, now.date())
    at_time = _time_of_day(rest.lstrip(" の、,t"))
    if at_time is None:
        return
    for day in days:
        wall = datetime.combine(day, at_time, now.tzinfo)
        # Both readings of an hour that comes twice; there and back makes one that never comes
        # a real one.
        for fold in (0, 1):
            yield wall.replace(fold=fold).astimezone(UTC).astimezone(now.tzinfo)


def _days(words: str, today: date) -> tuple[list[date], str]:
    """The dates that the beginning of ``words`` can mean, and what follows it."""
    if found := _CALENDAR.match(words):
        return list(_calendar_days(found, today)), words[found.end() :]
    if found := _DAYS_AFTER.match(words):
        return [today + timedelta(days=int(found["days"]))], words[found.end() :]
    if found := _DAY_WORD.match(words):
        return [today + timedelta(days=_DAY_WORDS[found[0]])], words[found.end() :]
    if found := _WEEKDAY.match(words):
        return list(_weekdays(found, today)), words[found.end() :]
    if found := _DAY_OF_MONTH.match(words):
        return list(_days_of_month(int(found["day"]), today)), words[found.end() :]
    return [today, today + timedelta(days=1)], words


def _calendar_days(found: re.Match[str], today: date) -> Iterator[date]:
    years = [int(found["year"])] if found["year"] else [today.year, today.year + 1]
    for year in years:
        day = _date_or_none(year, int(found["month"]), int(found["day"]))
        if day and found["weekday"] in (None, _WEEKDAYS[day.weekday()]):
            yield day


def _days_of_month(number: int, today: date) -> Iterator[date]:
    for months in (0, 1):
        years, month = divmod(today.month - 1 + months, 12)
        day = _date_or_none(today.year + years, month + 1, number)
        if day:
            yield day


def _weekdays(found: re.Match[str], today: date) -> Iterator[date]:
    ahead = _WEEKDAYS.index(found["weekday"]) - today.weekday()
    if found["week"]:
        yield today + timedelta(days=ahead + 7 * _WEEKS[found["week"]])
    else:
        yield today + timedelta(days=ahead % 7)
        yield today + timedelta(days=ahead % 7 + 7)


def _date_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _time_of_day(words: str) -> time | None:
    """The time of day that ``words`` are, or None.

    Raises:
        ValueError: an hour or a minute that no clock shows.
    """
    found = _TIME.fullmatch(words)
    if found is None:
        return None
    if packed := found["packed"]:
        hour, minute = int(packed[:-2]), int(packed[-2:])
    else:
        hour, minute = int(found["hour"]), int(found["minute"] or found["colon"] or 0)
    if found["half"]:
        minute = 30
    return time(_hour_of_day(hour, found["noon"]), minute)


def _hour_of_day(hour: int, noon: str | None) -> int:
    """The hour of 24.

    Raises:
        ValueError: more than twelve hours of a half day, or the twelfth of the morning, which is
            midnight to some and noon to others.
    """
    if noon is None:
        return hour
    is_afternoon = noon in ("午後", "pm")
    if hour > 12 or (hour == 12 and not is_afternoon):
        raise ValueError(noon)
    return hour % 12 + 12 if is_afternoon else hour


def _noted_day(found: re.Match[str], written: date) -> date | None:
    if word := found["word"]:
        return written - timedelta(days=_PAST_DAYS[word])
    month, day = int(found["month"]), int(found["day"])
    years = [int(found["year"])] if found["year"] else [written.year, written.year - 1]
    known = (_date_or_none(year, month, day) for year in years)
    return next((at for at in known if at and at <= written), None)


def _is_ahead(at: datetime, now: datetime) -> bool:
    return timedelta() < at.astimezone(UTC) - now.astimezone(UTC) <= _HORIZON
