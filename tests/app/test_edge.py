"""What is said where an edge cannot be had, and how often."""

import pytest

from app.edge import Edge
from app.notice_board import NoticeBoard
from desktop.edge.chooser import Opened
from desktop.edge.null import NullEdge
from scripts_ja.texts import t
from ui.port.box import Box

PLACE, MONITOR = Box(760, 0, 340, 760), Box(0, 0, 1100, 760)


class Refusing(NullEdge):
    """Refuses for another reason each time it is told to."""

    def __init__(self):
        super().__init__("inner_edge")

    def refuse(self, reason):
        self._reason = reason


@pytest.fixture
def said():
    return []


@pytest.fixture
def edge(said, qapp):
    board = NoticeBoard()
    board.listen(said.append)
    return Edge(board)


def test_a_reason_is_said_once(edge, said):
    backend = Refusing()
    edge.begin(lambda relay: Opened("x11", backend))
    for _ in range(3):
        assert edge.reserve(1, "right", PLACE, MONITOR, []) is None
    assert [notice.text for notice in said] == [t("edge.without.inner_edge")]
    backend.refuse("x11_lost")
    edge.reserve(1, "right", PLACE, MONITOR, [])
    assert [notice.text for notice in said][1:] == [t("edge.without.x11_lost")]


def test_nobody_looks_at_a_screen_that_is_none(edge, said):
    assert edge.name == "none"
    assert edge.reserve(1, "right", PLACE, MONITOR, []) is None
    assert said == []


def test_what_the_system_answers_is_the_place(edge):
    class Moving(NullEdge):
        def reserve(self, window, strip):
            assert (window, strip.side, strip.other_monitors) == (7, "left", (MONITOR,))
            return strip.place._replace(top=40)

    edge.begin(lambda relay: Opened("windows", Moving("")))
    assert edge.reserve(7, "left", PLACE, MONITOR, [MONITOR]) == PLACE._replace(top=40)


def test_a_wish_of_the_system_is_passed_on(edge, qapp):
    relays, heard = [], []

    def opened(relay):
        relays.append(relay)
        return Opened("windows", NullEdge(""))

    edge.begin(opened)
    edge.listen(lambda: heard.append(1))
    relays[0].moved.emit()
    assert heard == []  # by the loop
    qapp.processEvents()
    assert heard == [1]


@pytest.mark.parametrize(
    "reason",
    [
        "inner_edge",
        "macos",
        "wayland",
        "other_system",
        "x11_missing",
        "x11_no_server",
        "x11_lost",
        "x11_manager",
        "windows_refused",
    ],
)
def test_every_reason_has_words(edge, said, reason):
    edge.begin(lambda relay: Opened("none", NullEdge(reason), reason))
    edge.reserve(1, "right", PLACE, MONITOR, [])
    assert said[0].text
