"""Deadlines as agents type them, and how they are read back."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scripts_ja.dates import (
    clock_time,
    echo_due,
    leading_date,
    minutes_left,
    parse_day,
    parse_due,
    plain_date,
    said_dates,
    spoken_day,
    spoken_due,
    spoken_time,
)

JAPAN = timezone(timedelta(hours=9))
# A Saturday, in the middle of a minute.
NOW = datetime(2026, 11, 21, 10, 14, 5, tzinfo=JAPAN)


@pytest.mark.parametrize(
    ("typed", "echo"),
    [
        ("1530", "11月21日(土) 15時30分"),
        ("15:30", "11月21日(土) 15時30分"),
        ("15時半", "11月21日(土) 15時30分"),
        ("15時30分", "11月21日(土) 15時30分"),
        ("15時30分までに", "11月21日(土) 15時30分"),
        ("午後3時半", "11月21日(土) 15時30分"),
        ("午後0時", "11月21日(土) 12時"),
        ("午後12時半", "11月21日(土) 12時30分"),
        ("PM 3:05", "11月21日(土) 15時05分"),
        ("１５：３０", "11月21日(土) 15時30分"),
        ("　１５ 時　３０ 分 ", "11月21日(土) 15時30分"),
        ("+30", "11月21日(土) 10時44分"),
        ("＋３０", "11月21日(土) 10時44分"),
        ("+1:30", "11月21日(土) 11時44分"),
        ("30分後", "11月21日(土) 10時44分"),
        ("30分以内", "11月21日(土) 10時44分"),
        ("2時間後", "11月21日(土) 12時14分"),
        ("1時間半後", "11月21日(土) 11時44分"),
        ("明日10時", "11月22日(日) 10時"),
        ("明日の10時までに", "11月22日(日) 10時"),
        ("明後日 9:30", "11月23日(月) 9時30分"),
        ("3日後10時", "11月24日(火) 10時"),
        ("今日17時", "11月21日(土) 17時"),
        ("11/25 14:00", "11月25日(水) 14時"),
        ("１１／２５　１４：００", "11月25日(水) 14時"),
        ("11月25日14時", "11月25日(水) 14時"),
        ("11月25日（水）14時", "11月25日(水) 14時"),
        ("2026-11-25 14:00", "11月25日(水) 14時"),
        ("25日14時", "11月25日(水) 14時"),
        ("月曜10時", "11月23日(月) 10時"),
        ("来週月曜10時", "11月23日(月) 10時"),
        ("来週の金曜日 15時", "11月27日(金) 15時"),
    ],
)
def test_reads_what_agents_type(typed, echo):
    at = parse_due(typed, NOW)
    assert at is not None
    assert at.utcoffset() == timedelta(hours=9)
    assert (at.second, at.microsecond) == (0, 0)
    assert echo_due(at) == echo


@pytest.mark.parametrize(
    ("typed", "echo"),
    [
        ("930", "11月22日(日) 9時30分"),  # passed today: tomorrow
        ("10:14", "11月22日(日) 10時14分"),  # this very minute has begun
        ("10:15", "11月21日(土) 10時15分"),
        ("土曜9時", "11月28日(土) 9時"),
        ("土曜11時", "11月21日(土) 11時"),
        ("5日10時", "12月5日(土) 10時"),
        ("1/10 9:00", "1月10日(日) 9時"),  # the year turns
    ],
)
def test_what_has_passed_means_the_next_one(typed, echo):
    at = parse_due(typed, NOW)
    assert at is not None
    assert echo_due(at) == echo


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("12月1日", date(2026, 12, 1)),
        ("2026年12月1日", date(2026, 12, 1)),
        ("１２／１", date(2026, 12, 1)),
        ("1月10日", date(2027, 1, 10)),
        ("11月1日", date(2026, 11, 1)),
        ("今日", date(2026, 11, 21)),
        ("昨日", date(2026, 11, 20)),
        ("明日", date(2026, 11, 22)),
        ("来週の月曜", date(2026, 11, 23)),
        ("30日", date(2026, 11, 30)),
        ("3日後", date(2026, 11, 24)),
        *[(text, None) for text in ("", "そのうち", "13月1日", "12月1日頃", "15:30", "来週")],
    ],
)
def test_a_day_alone(typed, day):
    assert parse_day(typed, NOW.date()) == day


@given(st.text(max_size=50))
def test_a_day_never_raises(typed):
    parse_day(typed, NOW.date())
    parse_day(typed, date.max)


@given(st.dates(date(2026, 11, 21), date(2027, 10, 1)))
def test_a_day_reads_back_as_the_same(day):
    assert parse_day(plain_date(day), NOW.date()) == day


@pytest.mark.parametrize(
    "typed",
    [
        *["", " ", "25時", "24時", "2460", "12:60", "15:3", "9", "15", "12345", "明日", "11/25"],
        *["+", "+0", "後", "半", "十時", "すぐに", "今日中", "午前12時", "午後15時", "2/30 10:00"],
        *[
            "今日9時",
            "11/20 9:00",
            "11月21日(日) 15時",
            "今週月曜10時",
            "2027-11-25 14:00",
            "1" * 99,
        ],
    ],
)
def test_no_deadline_is_made_of_less(typed):
    assert parse_due(typed, NOW) is None


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=60))
@example("0" * 50)
@example("99999年1月1日10時")
@example("+99999")
def test_never_raises(typed):
    at = parse_due(typed, NOW)
    assert at is None or timedelta() < at - NOW <= timedelta(days=183)


pieces = st.sampled_from(
    [*"0123456789０９:：/+時分半日月火土曜後 　午前午後", "明日", "来週", "時間", "11/2", "1530"]
)


@given(st.lists(pieces, max_size=8).map("".join), st.datetimes(datetime(2026, 1, 1)))
def test_what_is_read_back_reads_as_the_same(typed, wall):
    now = wall.replace(tzinfo=JAPAN)
    at = parse_due(typed, now)
    if at is not None:
        assert parse_due(echo_due(at), now) == at


@given(st.datetimes(datetime(2026, 1, 1), datetime(2099, 1, 1)), st.integers(1, 200_000))
def test_every_deadline_reads_back_as_the_same(wall, minutes):
    now = wall.replace(tzinfo=JAPAN)
    at = (now + timedelta(minutes=minutes)).replace(second=0, microsecond=0)
    assert parse_due(echo_due(at), now) == at


def test_minutes_are_counted_across_a_clock_change():
    # In New York clocks go back at 2:00 on 1 November 2026: 1:30 comes twice.
    new_york = ZoneInfo("America/New_York")
    now = datetime(2026, 11, 1, 0, 45, tzinfo=new_york)
    at = parse_due("+90", now)
    assert at is not None
    assert at.astimezone(UTC) - now.astimezone(UTC) == timedelta(minutes=90)
    assert minutes_left(at, now) == 90
    assert (at.hour, at.minute) == (1, 15)
    assert at.fold == 1


def test_a_time_of_tomorrow_is_by_tomorrows_clock():
    new_york = ZoneInfo("America/New_York")
    now = datetime(2026, 10, 31, 12, 0, tzinfo=new_york)
    at = parse_due("明日10時", now)
    assert at is not None
    assert at.utcoffset() == timedelta(hours=-5)
    assert minutes_left(at, now) == 23 * 60


def test_an_hour_that_comes_twice_is_taken_when_it_is_still_ahead():
    new_york = ZoneInfo("America/New_York")
    now = datetime(2026, 11, 1, 1, 40, tzinfo=new_york)  # the first 1:40
    at = parse_due("1:30", now)
    assert at is not None
    assert minutes_left(at, now) == 50


def test_an_hour_that_never_comes_becomes_a_real_one():
    new_york = ZoneInfo("America/New_York")
    now = datetime(2026, 3, 8, 0, 30, tzinfo=new_york)
    at = parse_due("2:30", now)
    assert at is not None
    assert at.astimezone(UTC).astimezone(new_york) == at
    assert at.hour == 3


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "0:00"), (59.9, "0:59"), (252, "4:12"), (3599, "59:59"), (3723, "1:02:03"), (-5, "0:00")],
)
def test_clock_time(seconds, shown):
    assert clock_time(seconds) == shown


@pytest.mark.parametrize(("seconds", "left"), [(60, 1), (59, 0), (0, 0), (-1, -1), (-61, -2)])
def test_minutes_left_are_rounded_down(seconds, left):
    assert minutes_left(NOW + timedelta(seconds=seconds), NOW) == left


def test_spoken():
    at = datetime(2026, 11, 21, 9, 5, tzinfo=JAPAN)
    assert (spoken_day(at), spoken_time(at)) == ("11月21日(土)", "9時05分")


@pytest.mark.parametrize(
    ("hour", "minute", "whole", "halves"),
    [
        (15, 30, "15時30分", "午後3時30分"),
        (9, 5, "9時05分", "午前9時05分"),
        (17, 0, "17時", "午後5時"),
        (0, 0, "0時", "午前0時"),
        (12, 0, "12時", "正午"),
        (12, 30, "12時30分", "午後0時30分"),
    ],
)
def test_a_time_as_it_is_said(hour, minute, whole, halves):
    now = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
    at = now.replace(hour=hour, minute=minute)
    assert (spoken_due(at, now), spoken_due(at, now, half_days=True)) == (whole, halves)
    assert spoken_due(at.replace(day=23), now) == f"11月23日(月)の{whole}"
    assert spoken_due(at.replace(day=23), now, half_days=True) == f"11月23日(月)の{halves}"


def test_dates_in_a_row():
    days = [date(2026, 10, 30), date(2026, 11, 3), date(2026, 11, 5)]
    assert said_dates(days) == "10月30日、11月3日と5日"
    assert (said_dates(days[1:]), said_dates(days[:1])) == ("11月3日と5日", "10月30日")
    assert said_dates([]) == ""
    assert plain_date(days[0]) == "2026年10月30日"


WRITTEN = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "day", "rest"),
    [
        ("11月3日 修理のお申し込み", date(2026, 11, 3), "修理のお申し込み"),
        ("11/3に修理のお申し込み", date(2026, 11, 3), "修理のお申し込み"),
        ("１１月３日、修理", date(2026, 11, 3), "修理"),
        ("11月3日(火) 修理", date(2026, 11, 3), "修理"),
        ("12/24 購入", date(2025, 12, 24), "購入"),
        ("2024-12-24 購入", date(2024, 12, 24), "購入"),
        ("2024年12月24日に購入", date(2024, 12, 24), "購入"),
        ("昨日 お電話", date(2026, 11, 20), "お電話"),
        ("本日、お電話", WRITTEN, "お電話"),
    ],
)
def test_a_note_that_begins_with_its_date(text, day, rest):
    assert leading_date(text, WRITTEN) == (day, rest)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "修理のお申し込み",
        "11月3日",
        "11月3日の朝から水漏れ",
        "11月3日から水漏れ",
        "11/3頃 購入",
        "2/30 購入",
        "13/1 購入",
        "2027-01-01 購入",
        "1/2/3 購入",
        "11/3時点",
        "3-1 購入",
        "11月3日(火)の朝から水漏れ",
        "昨日の朝",
    ],
)
def test_a_note_without_a_date_in_front(text):
    assert leading_date(text, WRITTEN) is None
