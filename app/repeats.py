"""What the record says of a repeated talk, in words: when, how often, and what was answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from call.clock import Reading
from call.decision import Situation
from call.repeat_ledger import RepeatLedger, read_repeats
from scripts_ja.dates import spoken_time
from scripts_ja.model import Audience
from scripts_ja.placeholders import plain, segments
from scripts_ja.quotes import quoted
from scripts_ja.texts import t
from ui.port.phrases import PhraseView
from ui.port.stage import ReadyView


def ready_view(at: Situation) -> ReadyView | None:
    """What stands ready while the same talk goes on, or None (rules.md T3, T8)."""
    ledger = read_repeats(at.case)
    if ledger is None:
        return None
    return ReadyView(ledger.here, ledger.in_case, _phrase(ledger, at))


def _phrase(ledger: RepeatLedger, at: Situation) -> PhraseView | None:
    """The sentence; None where no answer was noted, because then there is nothing to repeat."""
    if ledger.answer is None:
        return None
    now = _local(at.now)
    text = t(
        "repeat.firm" if _is_aside(at) else "repeat.gentle",
        history=_history(ledger, now),
        when=_moment(_local(ledger.answer.begun_at), now),
        answer="{answered}",
    )
    pieces = segments(text, {"answered": quoted(ledger.answer.text)})
    return PhraseView(pieces, plain(pieces), Audience.CUSTOMER, "")


def _history(ledger: RepeatLedger, now: datetime) -> str:
    """How often and when the same talk was heard, as the beginning of a sentence."""
    days = _days([_local(at) for at in ledger.heard_at], now)
    if ledger.in_case == 1:
        return t("repeat.history.once")
    if ledger.calls == 1:
        return t("repeat.history.here", count=ledger.here)
    if len(days) == 1:
        return t("repeat.history.calls", calls=ledger.calls, count=ledger.in_case)
    return t("repeat.history.days", days=_joined(days), count=ledger.in_case)


def _is_aside(at: Situation) -> bool:
    """Whether the flow for abuse is open: there the same is said more firmly."""
    aside, visit = at.book.opened_anywhere, at.case.stages.current
    return bool(aside and visit and aside.id == visit.flow_id)


def _days(times: Sequence[datetime], now: datetime) -> list[str]:
    """The days of these times, each once, in order."""
    return [_day(at, now) for at in sorted({at.date(): at for at in times}.values())]


def _joined(words: Sequence[str]) -> str:
    """「11月3日、11月5日と本日」."""
    if len(words) < 2:
        return "".join(words)
    *first, last = words
    return t("repeat.date.comma").join(first) + t("repeat.date.last") + last


def _moment(at: datetime, now: datetime) -> str:
    if at.date() == now.date():
        return t("repeat.date.today_at", time=spoken_time(at))
    return _day(at, now) + spoken_time(at)


def _day(at: datetime, now: datetime) -> str:
    if at.date() == now.date():
        return t("repeat.date.today")
    key = "repeat.date.day" if at.year == now.year else "repeat.date.other_year"
    return t(key, year=at.year, month=at.month, day=at.day)


def _local(at: Reading) -> datetime:
    return at.wall.astimezone()
