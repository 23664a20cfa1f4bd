"""What is typed to find cases, read as words, words to leave out, kinds and periods."""

from datetime import date, datetime, timedelta, timezone

import pytest

from app.search_words import read_words
from storage.search_wanted import Shelf, Wanted

JAPAN = timezone(timedelta(hours=9))
NOW = datetime(2026, 11, 22, 10, 30, tzinfo=JAPAN)  # a Sunday


def read(query):
    return read_words(query, NOW).wanted


def test_words_and_words_to_leave_out():
    assert read("返金　佐々木 -謝罪 －交換 ー電話") == Wanted(
        ("返金", "佐々木"), ("謝罪", "交換", "電話")
    )
    assert read(" - 　") == Wanted()
    assert read_words("返金", NOW, Shelf.DUE).wanted.shelf is Shelf.DUE


def test_kinds_of_notes_by_their_names():
    assert read("種類:約束").kinds == ("promise",)
    assert read("種類：要望 返金") == Wanted(("返金",), kinds=("request",))
    assert read("種類:お").kinds == ("claim", "promise", "ask")
    asked = read_words("返金 種類:天気", NOW)
    assert asked.wanted == Wanted(("返金",))
    assert asked.unread == ("種類:天気",)


@pytest.mark.parametrize(
    ("typed", "since", "until"),
    [
        ("今日", (2026, 11, 22), (2026, 11, 23)),
        ("昨日", (2026, 11, 21), (2026, 11, 22)),
        ("今週", (2026, 11, 16), (2026, 11, 23)),
        ("先週", (2026, 11, 9), (2026, 11, 16)),
        ("今月", (2026, 11, 1), (2026, 12, 1)),
        ("先月", (2026, 10, 1), (2026, 11, 1)),
        ("今年", (2026, 1, 1), (2027, 1, 1)),
        ("7日", (2026, 11, 16), (2026, 11, 23)),
        ("11/3", (2026, 11, 3), (2026, 11, 4)),
        ("１２/３", (2025, 12, 3), (2025, 12, 4)),
        ("4/1-4/20", (2026, 4, 1), (2026, 4, 21)),
        ("4/1〜", (2026, 4, 1), None),
        ("-2025/4/20", None, (2025, 4, 21)),
    ],
)
def test_periods(typed, since, until):
    wanted = read(f"期間:{typed}")
    for found, day in ((wanted.since, since), (wanted.until, until)):
        assert (found and (found.date(), found.tzinfo)) == (day and (date(*day), JAPAN))


@pytest.mark.parametrize("typed", ["", "-", "2/30", "いつか", "1/", "99999日", "0000/1/1"])
def test_what_is_no_period_is_said(typed):
    asked = read_words(f"期間:{typed}", NOW)
    assert asked.wanted.is_open
    assert asked.unread == (f"期間:{typed}",)
