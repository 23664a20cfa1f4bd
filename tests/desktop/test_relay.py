"""What a back end hears in a thread of its own reaches the desk in the thread of the window, by the loop."""

import threading

import pytest

from desktop.edge.backend import Relay as EdgeRelay
from desktop.hotkeys.backend import Listener, Outcome, Relay


@pytest.fixture
def heard():
    return []


@pytest.fixture
def relay(qapp, heard):
    def keep(*said):
        heard.append((threading.get_ident(), *said))

    return Relay(Listener(keep, keep, keep))


def in_a_thread(call):
    thread = threading.Thread(target=call)
    thread.start()
    thread.join()


def test_from_any_thread_into_that_of_the_window_in_the_order_it_was_said(ear, relay, heard):
    def say():
        relay.pressed.emit("next")
        relay.changed.emit("next", Outcome.TAKEN)
        relay.lost.emit("portal_lost")

    in_a_thread(say)
    assert heard == []
    ear.settle()
    here = threading.get_ident()
    assert heard == [(here, "next"), (here, "next", Outcome.TAKEN), (here, "portal_lost")]


def test_muted_it_drops_what_is_on_its_way(ear, relay, heard):
    relay.pressed.emit("next")
    relay.changed.emit("next", Outcome.ACTIVE)
    relay.lost.emit("x11_lost")
    relay.mute()
    ear.settle()
    assert heard == []


def test_the_edge_likewise(ear, heard):
    relay = EdgeRelay(lambda: heard.append(threading.get_ident()))
    in_a_thread(relay.moved.emit)
    ear.settle()
    assert heard == [threading.get_ident()]
    relay.moved.emit()
    relay.mute()
    ear.settle()
    assert len(heard) == 1
