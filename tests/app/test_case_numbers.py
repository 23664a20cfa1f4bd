"""受付番号: unique over the days of a desk, and over desks by their codes."""

from datetime import datetime

import pytest

from app.case_numbers import CaseNumbers

SATURDAY, SUNDAY = datetime(2026, 11, 21, 10), datetime(2026, 11, 22, 10)


def test_each_day_counts_from_one():
    numbers = CaseNumbers("K7Q2")
    given = [numbers.next(day) for day in (SATURDAY, SATURDAY, SUNDAY, SATURDAY)]
    assert given == ["261121-K7Q2-01", "261121-K7Q2-02", "261122-K7Q2-01", "261121-K7Q2-03"]


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        ([], "261121-K7Q2-01"),
        (["261121-K7Q2-02", "261121-K7Q2-07", "261121-K7Q2-03"], "261121-K7Q2-08"),
        (["261120-K7Q2-09"], "261121-K7Q2-01"),
        (["261121-A1-09"], "261121-K7Q2-01"),
        (["261121-K7Q2-99"], "261121-K7Q2-100"),
        (["", "-", "261121-K7Q2-", "261121-K7Q2-x", "261121-K7Q2-²"], "261121-K7Q2-01"),
    ],
)
def test_what_was_given_is_not_given_again(taken, expected):
    assert CaseNumbers("K7Q2", taken).next(SATURDAY) == expected


def test_a_code_may_hold_a_hyphen():
    assert CaseNumbers("A-1", ["261121-A-1-04"]).next(SATURDAY) == "261121-A-1-05"
