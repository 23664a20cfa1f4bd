"""Several visits and abusive acts in any order: every page of both sheets can always be shown."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from call import commands as c
from call.events import AbusePart, VisitMoment
from tests.call.test_any_aftermath import BEGINNING, calls, days, words

abusive = st.one_of(
    st.builds(c.RecordAct, st.sampled_from([(), ("threat",), ("gone", "threat")]), words),
    st.builds(c.DetailAct, st.sampled_from([(), ("sexual",)]), words),
    st.builds(c.NoteAbuse, st.sampled_from(AbusePart), words),
    st.just(c.GiveWarning("threat", "覚えておけ")),
    st.sampled_from([c.ToggleAside(), c.EnterStage("F6-S4"), c.EnterStage("F7-S3")]),
    calls,
)
# How a visit may have gone on, whatever was drawn before.
ENDINGS = st.sampled_from(
    [
        (),
        ("arrived", "rang", "absent", "left"),
        ("arrived", "met", "left"),
        ("departed", "arrived", "met"),
    ]
)


@pytest.fixture(scope="module")
def shown():
    """How many rows were shown at most, so that the test can be seen to look at something."""
    most: list[int] = [0]
    yield most
    assert most[0] > 20


@given(days, ENDINGS, st.lists(abusive, max_size=15))
@settings(
    max_examples=6,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a window is too slow to shrink by
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_every_page_shows_any_history_with_rows_of_their_own(make_seat, shown, day, ending, acts):
    seat = make_seat().start()
    seat.work.do(c.StartCall("0312345678"))
    moments = [(1, c.MarkVisit(VisitMoment(moment))) for moment in ending]
    begun = [(0, one) for one in BEGINNING]
    for wait, drawn in [*begun, *day, *moments, *((1, act) for act in acts)]:
        seat.clock.advance(wait)
        seat.work.do(drawn[0] if isinstance(drawn, tuple) else drawn)
    for action in ("visit", "abuse"):
        seat.controller.trigger(action)
        pages = seat.window.sheet.pages
        for page_id, page in pages.pages.items():
            pages.show_page(page_id)
            case = seat.work.case
            rows = page.rows(case) if case else []
            ids = [row.id for row in rows]
            assert len(ids) == len(set(ids)), (page_id, ids)
            assert all(row.heading or row.text for row in rows), page_id
            shown[0] = max(shown[0], len(rows))
        seat.window.close_sheet()
