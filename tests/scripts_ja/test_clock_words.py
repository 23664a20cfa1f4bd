"""How long ago, as it is typed in the middle of a call."""

from datetime import datetime, timedelta, timezone

import pytest

from scripts_ja.clock_words import parse_seconds_ago

NOW = datetime(2026, 11, 21, 14, 10, 30, tzinfo=timezone(timedelta(hours=9)))


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("40", 40),
        ("40秒前から", 40),
        ("４０秒前", 40),
        (" 40 秒 ", 40),
        ("1分20秒前から", 80),
        ("1分20", 80),
        ("3分", 180),
        ("2分前から", 120),
        ("1時間前", 3600),
        ("1時間2分3秒", 3723),
        ("0", 0),
        ("14:05", 330),
        ("14:05:30から", 300),
        ("１４：０５", 330),
        ("14時5分", 330),
        ("14時05分から", 330),
        ("14時", 630),
        ("9:00", 18_630),
        ("14:10:30", 0),
        ("14:11", 86_370),
        ("23:59", 51_090),
    ],
)
def test_read(text, seconds):
    assert parse_seconds_ago(text, NOW) == seconds


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "さっき",
        "から",
        "前から",
        "-5",
        "1.5",
        "24:00",
        "14:60",
        "14:05:60",
        "25時",
        "14:5",
        "14:",
    ],
)
def test_not_read(text):
    assert parse_seconds_ago(text, NOW) is None
