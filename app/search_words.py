"""What is typed to find cases: words, words to leave out, a kind of note, a period."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from msgspec import Struct, structs

from scripts_ja.model import NoteKind
from scripts_ja.texts import t
from storage.search_wanted import Shelf, Wanted

# A minus as it comes from a keyboard that types kana, too: no word begins with a long vowel mark.
_MINUS = "-－−ー‐"
_DAY = r"(?:(?P<{0}y>\d{{4}})/)?(?P<{0}m>\d{{1,2}})/(?P<{0}d>\d{{1,2}})"
_RANGE = re.compile(f"(?:{_DAY.format('a')})?(?P<to>[-~])?(?:{_DAY.format('b')})?")

Period = tuple[date | None, date | None]


class Asked(Struct, frozen=True):
    """What is sought, and words of a filter that nobody understands."""

    wanted: Wanted
    unread: tuple[str, ...] = ()


def read_words(query: str, now: datetime, shelf: Shelf = Shelf.ALL) -> Asked:
    """Read what was typed; ``now`` (aware, local) is what 「今日」 means."""
    asked = Asked(Wanted(shelf=shelf))
    for word in query.split():
        asked = _with_word(asked, word, now)
    return asked


def _with_word(asked: Asked, word: str, now: datetime) -> Asked:
    wanted = asked.wanted
    name, colon, value = unicodedata.normalize("NFKC", word).partition(":")
    if colon and name == t("case_search.word.kind"):
        kinds = _kinds(value)
        return _narrowed(asked, kinds=kinds) if kinds else _unread(asked, word)
    if colon and name == t("case_search.word.period"):
        period = _period(value, now.date())
        if period is None:
            return _unread(asked, word)
        since, until = (_midnight(day, now) for day in period)
        return _narrowed(asked, since=since, until=until)
    if word[0] in _MINUS:
        rest = word.lstrip(_MINUS)
        unwanted = (*wanted.unwanted, rest) if rest else wanted.unwanted
        return structs.replace(asked, wanted=structs.replace(wanted, unwanted=unwanted))
    return structs.replace(asked, wanted=structs.replace(wanted, words=(*wanted.words, word)))


def _narrowed(asked: Asked, **changes: object) -> Asked:
    return structs.replace(asked, wanted=structs.replace(asked.wanted, **changes))


def _unread(asked: Asked, word: str) -> Asked:
    return structs.replace(asked, unread=(*asked.unread, word))


def _kinds(value: str) -> tuple[str, ...]:
    """The kinds whose name, long or short, has these letters in it."""
    names = {kind: t(f"note.kind.{kind}") + "\n" + t(f"note.short.{kind}") for kind in NoteKind}
    return tuple(kind.value for kind, name in names.items() if value and value in name)


def _period(value: str, today: date) -> Period | None:
    """The first day and the day after the last; None where it is no period."""
    monday, first = today - timedelta(days=today.weekday()), today.replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    day = timedelta(days=1)
    named: dict[str, Period] = {
        "today": (today, today + day),
        "yesterday": (today - day, today),
        "this_week": (monday, monday + 7 * day),
        "last_week": (monday - 7 * day, monday),
        "this_month": (first, (first + 31 * day).replace(day=1)),
        "last_month": (before, first),
        "this_year": (date(today.year, 1, 1), date(today.year + 1, 1, 1)),
    }
    for name, period in named.items():
        if value == t(f"case_search.word.{name}"):
            return period
    days = value.removesuffix(t("case_search.word.days"))
    if days != value and days.isdecimal() and len(days) < 5:
        return today - timedelta(days=max(0, int(days) - 1)), today + day
    return _dates(value.replace("〜", "~"), today)


def _dates(value: str, today: date) -> Period | None:
    """「4/1」, 「4/1-4/20」, 「4/1-」, 「-4/20」."""
    found = _RANGE.fullmatch(value)
    if found is None or not (found["am"] or found["bm"]):
        return None
    try:
        first = _date(found, "a", today)
        last = _date(found, "b", today) if found["to"] else first
    except ValueError:
        return None
    return first, last + timedelta(days=1) if last else None


def _date(found: re.Match[str], side: str, today: date) -> date | None:
    """The day of a side; without a year the last one that has been.

    Raises:
        ValueError: the calendar has no such day.
    """
    if found[f"{side}m"] is None:
        return None
    month, day = int(found[f"{side}m"]), int(found[f"{side}d"])
    if found[f"{side}y"]:
        return date(int(found[f"{side}y"]), month, day)
    that = date(today.year, month, day)
    return that if that <= today else date(today.year - 1, month, day)


def _midnight(day: date | None, now: datetime) -> datetime | None:
    return datetime.combine(day, time(), now.tzinfo) if day else None
