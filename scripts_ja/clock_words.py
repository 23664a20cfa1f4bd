"""Reading how long ago something was, as an agent types it in the middle of a call."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, timedelta

_SPAN = re.compile(
    r"(?:(?P<hours>\d{1,2})時間)?(?:(?P<minutes>\d{1,3})分)?(?:(?P<seconds>\d{1,5})秒?)?"
    r"(?:前)?(?:から)?"
)
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2})(?::(?P<second>\d{2}))?"
    r"|時(?:(?P<minute_said>\d{1,2})分)?)(?:から)?"
)


def parse_seconds_ago(text: str, now: datetime) -> float | None:
    """Seconds before ``now``: 「40」「40秒前から」「1分20秒」, or a time of day such as 「14:05」.

    A time of day is the last one that has passed. None where nothing can be read.
    """
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    if not plain:
        return None
    if found := _SPAN.fullmatch(plain):
        parts = {unit: int(value) for unit, value in found.groupdict().items() if value}
        return timedelta(**parts).total_seconds() if parts else None
    if found := _CLOCK.fullmatch(plain):
        return _since(found, now)
    return None


def _since(found: re.Match[str], now: datetime) -> float | None:
    hour, second = int(found["hour"]), int(found["second"] or 0)
    minute = int(found["minute"] or found["minute_said"] or 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    then = now.replace(hour=hour, minute=minute, second=second, microsecond=0)
    if then > now:
        then -= timedelta(days=1)
    return (now - then).total_seconds()
