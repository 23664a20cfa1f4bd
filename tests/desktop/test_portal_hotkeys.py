"""The portal's client on a real message bus, with a portal of the tests' own at the other end.

No desktop's own portal has been met yet (docs/PLATFORMS.md).
"""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import threading
from pathlib import Path

import pytest
from jeepney import DBusAddress, MessageType, new_error, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import Proxy, open_dbus_connection
from jeepney.low_level import HeaderFields
from PySide6.QtCore import QDeadlineTimer

from desktop.hotkeys import portal_calls
from desktop.hotkeys.backend import Outcome
from desktop.hotkeys.chord import parse_chord
from desktop.hotkeys.wayland import PortalHotkeys, trigger

N, B = parse_chord("Ctrl+Alt+N"), parse_chord("Ctrl+Alt+.")
OBJECT = "/org/freedesktop/portal/desktop"
SHORTCUTS = "org.freedesktop.portal.GlobalShortcuts"


class Portal:
    """Answers as told, and keeps what it was asked."""

    def __init__(self, address):
        self.calls = []
        self.refuses = ""
        self.code = 0
        self.error = ""
        self.leaves_out = ""
        self.is_silent = ""
        self.answers = {}
        self.session, self.client = "", ""
        self._connection = open_dbus_connection(address)
        bus = Proxy(message_bus, self._connection)
        bus.RequestName("org.freedesktop.portal.Desktop")
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self):
        with contextlib.suppress(OSError):  # closed before, or the bus is gone
            self._connection.sock.shutdown(socket.SHUT_RDWR)
        self._thread.join(20)
        self._connection.close()

    def press(self, hotkey_id):
        self._signal(OBJECT, SHORTCUTS, "Activated", "osta{sv}", (self.session, hotkey_id, 1, {}))

    def close_session(self):
        self._signal(self.session, "org.freedesktop.portal.Session", "Closed", "a{sv}", ({},))

    def _serve(self):
        """Until it is closed, which may be in the middle of an answer: that is no error of a test."""
        with contextlib.suppress(OSError, EOFError):
            while True:
                message = self._connection.receive()
                if message.header.message_type is MessageType.method_call:
                    self._answer(message)

    def _answer(self, message):
        fields = message.header.fields
        member = fields[HeaderFields.member]
        self.client = fields[HeaderFields.sender]
        self.calls.append((member, message.body))
        if member == self.refuses:
            self._connection.send(new_error(message, self.error, "s", ("no",)))
            return
        if member == "Register":
            self._connection.send(new_method_return(message))
            return
        if member == self.is_silent:
            return
        options = message.body[-1]
        token = options["handle_token"][1]
        sender = self.client[1:].replace(".", "_")
        path = f"{OBJECT}/request/{sender}/{token}"
        self._connection.send(new_method_return(message, "o", (path,)))
        result = getattr(self, f"_{member}")(message.body, sender)
        result = self.answers.get(member, result)
        body = (self.code if member == "BindShortcuts" else 0, result)
        self._signal(path, "org.freedesktop.portal.Request", "Response", "ua{sv}", body)

    def _CreateSession(self, body, sender):  # noqa: N802
        self.session = f"{OBJECT}/session/{sender}/{body[0]['session_handle_token'][1]}"
        return {"session_handle": ("s", self.session)}

    def _BindShortcuts(self, body, _sender):  # noqa: N802
        bound = [(i, {"trigger_description": ("s", "x")}) for i, _ in body[1]]
        return {"shortcuts": ("a(sa{sv})", [s for s in bound if s[0] != self.leaves_out])}

    def _signal(self, path, interface, member, signature, body):
        signal = new_signal(DBusAddress(path, interface=interface), member, signature, body)
        signal.header.fields[HeaderFields.destination] = self.client
        self._connection.send(signal)


def listens(place):
    """The place is there a moment before somebody listens at it."""
    with socket.socket(socket.AF_UNIX) as knock:
        return knock.connect_ex(str(place)) == 0


@pytest.fixture
def bus_process(tmp_path, monkeypatch):
    place = Path(tmp_path) / "bus"
    address = f"unix:path={place}"
    command = ["dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address={address}"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    patience = QDeadlineTimer(20_000)
    while not listens(place):
        assert not patience.hasExpired()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    yield process
    process.kill()
    process.wait()


@pytest.fixture
def bus(bus_process):
    return os.environ["DBUS_SESSION_BUS_ADDRESS"]


@pytest.fixture
def portal(bus):
    portal = Portal(bus)
    yield portal
    portal.close()


@pytest.fixture
def keys(ear):
    backend = PortalHotkeys(ear.relay, lambda hotkey_id: f"name of {hotkey_id}")
    yield backend
    backend.close()
    for thread in [t for t in threading.enumerate() if t.name == "hotkeys"]:
        thread.join(20)
        assert not thread.is_alive()


def test_keys_are_written_as_the_specification_says():
    assert trigger(N) == "CTRL+ALT+n"
    assert trigger(B) == "CTRL+ALT+period"
    assert trigger(parse_chord("Alt+Shift+F5")) == "ALT+SHIFT+F5"
    assert trigger(parse_chord("Ctrl+Alt+-")) == "CTRL+ALT+minus"


def test_all_keys_of_a_round_are_asked_for_together(ear, portal, keys):
    assert keys.register("next", N) is Outcome.PENDING
    assert keys.register("aside", B) is Outcome.PENDING
    ear.wait_until(lambda: len(ear.changed) == 2)
    assert set(ear.changed.values()) == {Outcome.ACTIVE}
    assert [member for member, _ in portal.calls] == ["Register", "CreateSession", "BindShortcuts"]
    assert portal.calls[0][1] == ("yorisoi", {})
    session, shortcuts, parent, _ = portal.calls[2][1]
    assert (session, parent) == (portal.session, "")
    assert shortcuts == [
        ("next", {"description": ("s", "name of next"), "preferred_trigger": ("s", "CTRL+ALT+n")}),
        (
            "aside",
            {"description": ("s", "name of aside"), "preferred_trigger": ("s", "CTRL+ALT+period")},
        ),
    ]


def test_presses_come_by_the_loop_in_their_order(ear, portal, keys):
    keys.register("next", N)
    ear.wait_until(lambda: ear.changed)
    for hotkey_id in ("next", "aside", "next"):
        portal.press(hotkey_id)
    ear.wait_until(lambda: len(ear.pressed) == 3)
    assert ear.pressed == ["next", "aside", "next"]


def test_a_key_the_user_left_out_is_refused(ear, portal, keys):
    portal.leaves_out = "next"
    keys.register("next", N)
    keys.register("aside", B)
    ear.wait_until(lambda: len(ear.changed) == 2)
    assert ear.changed == {"next": Outcome.REFUSED, "aside": Outcome.ACTIVE}
    assert ear.lost == []


def test_another_key_is_a_new_session(ear, portal, keys):
    keys.register("next", N)
    ear.wait_until(lambda: ear.changed)
    first = portal.session
    ear.changed.clear()
    keys.register("next", B)
    ear.wait_until(lambda: ear.changed)
    assert portal.session != first
    assert ear.lost == []


def test_an_older_portal_wants_no_name(ear, portal, keys):
    portal.refuses, portal.error = "Register", "org.freedesktop.DBus.Error.UnknownMethod"
    keys.register("next", N)
    ear.wait_until(lambda: ear.changed)
    assert ear.changed == {"next": Outcome.ACTIVE}


@pytest.mark.parametrize(
    ("refuses", "error", "reason"),
    [
        ("CreateSession", "org.freedesktop.DBus.Error.UnknownInterface", "portal_missing"),
        ("CreateSession", "org.freedesktop.DBus.Error.UnknownMethod", "portal_missing"),
        ("CreateSession", "org.freedesktop.portal.Error.NotAllowed", "portal_refused"),
        ("BindShortcuts", "org.freedesktop.DBus.Error.AccessDenied", "portal_refused"),
    ],
)
def test_errors(ear, portal, keys, refuses, error, reason):
    portal.refuses, portal.error = refuses, error
    keys.register("next", N)
    ear.wait_until(lambda: ear.lost)
    assert (ear.lost, ear.changed) == ([reason], {})


def test_a_user_who_says_no(ear, portal, keys):
    portal.code = 1
    keys.register("next", N)
    ear.wait_until(lambda: ear.lost)
    assert ear.lost == ["portal_refused"]


def test_a_session_that_the_desktop_ends(ear, portal, keys):
    keys.register("next", N)
    ear.wait_until(lambda: ear.changed)
    portal.close_session()
    ear.wait_until(lambda: ear.lost)
    assert ear.lost == ["portal_lost"]


def test_a_bus_without_a_portal(ear, bus, keys):
    keys.register("next", N)
    ear.wait_until(lambda: ear.lost)
    assert ear.lost == ["portal_missing"]


@pytest.mark.parametrize("address", ["disabled:", "unix:path=/nowhere/at/all", "nonsense"])
def test_no_bus(ear, keys, monkeypatch, address):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    keys.register("next", N)
    ear.wait_until(lambda: ear.lost)
    assert ear.lost == ["portal_no_bus"]


def test_leaving_is_heard_by_nobody(ear, portal, keys):
    keys.register("next", N)
    ear.wait_until(lambda: ear.changed)
    portal.press("next")
    keys.close()
    for thread in [t for t in threading.enumerate() if t.name == "hotkeys"]:
        thread.join(20)
    ear.settle()
    assert (ear.pressed, ear.lost) == ([], [])


def test_keys_that_are_given_back_end_the_session(ear, portal, keys):
    keys.register("next", N)
    keys.register("aside", B)
    ear.wait_until(lambda: len(ear.changed) == 2)
    ear.changed.clear()
    keys.unregister("nobody")
    keys.unregister("aside")
    ear.wait_until(lambda: ear.changed)
    assert [key for key, _ in portal.calls[-1][1][1]] == ["next"]
    keys.unregister_all()
    ear.settle()
    for thread in [t for t in threading.enumerate() if t.name == "hotkeys"]:
        thread.join(20)
    assert [member for member, _ in portal.calls].count("BindShortcuts") == 2
    assert ear.lost == []


@pytest.mark.parametrize("member", ["CreateSession", "BindShortcuts"])
def test_a_portal_that_never_answers(ear, portal, keys, monkeypatch, member):
    monkeypatch.setattr(portal_calls, "_CALL_SECONDS", 0.05)
    portal.is_silent = member
    keys.register("next", N)
    ear.wait_until(lambda: ear.lost)
    assert ear.lost == ["portal_lost"]


def test_a_user_who_never_answers(ear, portal, keys, monkeypatch):
    monkeypatch.setattr(portal_calls, "_ASK_SECONDS", 0.05)
    monkeypatch.setattr(portal, "_signal", lambda *_: None)
    keys.register("next", N)
    ear.wait_until(lambda: ear.lost)
    assert ear.lost == ["portal_lost"]


@pytest.mark.parametrize(
    ("member", "answer"),
    [
        ("CreateSession", {}),
        ("CreateSession", {"session_handle": ("s", "not a path")}),
        ("BindShortcuts", {"shortcuts": ("s", "many")}),
    ],
)
def test_answers_that_are_anything(ear, portal, keys, member, answer):
    portal.answers[member] = answer
    keys.register("next", N)
    ear.wait_until(lambda: ear.lost)
    assert ear.lost == ["portal_lost"]


def test_a_press_that_is_none(ear, portal, keys):
    keys.register("next", N)
    ear.wait_until(lambda: ear.changed)
    portal._signal(OBJECT, SHORTCUTS, "Activated", "o", (portal.session,))
    ear.wait_until(lambda: ear.lost)
    assert ear.lost == ["portal_lost"]


def test_other_signals_of_the_portal_are_none_of_ours(ear, portal, keys):
    keys.register("next", N)
    ear.wait_until(lambda: ear.changed)
    portal._signal(OBJECT, SHORTCUTS, "Deactivated", "osta{sv}", (portal.session, "next", 1, {}))
    portal._signal(OBJECT, "org.example.Other", "Activated", "s", ("next",))
    portal.press("next")
    ear.wait_until(lambda: ear.pressed)
    assert (ear.pressed, ear.lost) == (["next"], [])


def test_a_portal_that_ends_takes_the_keys_with_it(ear, portal, keys):
    """After an update, or a crash: it sends no word of it, only the bus does."""
    keys.register("next", N)
    ear.wait_until(lambda: ear.changed)
    portal.close()
    ear.wait_until(lambda: ear.lost)
    assert ear.lost == ["portal_lost"]


def test_a_portal_that_ends_while_the_user_is_asked(ear, portal, keys, monkeypatch):
    monkeypatch.setattr(portal, "_signal", lambda *_: None)
    keys.register("next", N)
    ear.wait_until(lambda: portal.calls and portal.calls[-1][0] == "CreateSession")
    portal.close()
    ear.wait_until(lambda: ear.lost)
    assert ear.lost[0] in ("portal_lost", "portal_refused")  # before or after its reply


@pytest.mark.parametrize(("before", "is_news"), [("", False), (":1.7", True)])
def test_a_portal_that_begins_is_no_news(before, is_news):
    """The bus starts one when it is first asked for."""
    bus = DBusAddress("/org/freedesktop/DBus", interface="org.freedesktop.DBus")
    body = (portal_calls.BUS, before, ":1.9")
    told = new_signal(bus, "NameOwnerChanged", "sss", body)
    with pytest.raises(portal_calls.RefusedError) if is_news else contextlib.nullcontext():
        portal_calls.raise_if_gone(told)


def test_a_bus_that_ends(ear, portal, keys, bus_process):
    keys.register("next", N)
    ear.wait_until(lambda: ear.changed)
    bus_process.kill()
    ear.wait_until(lambda: ear.lost)
    assert ear.lost == ["portal_lost"]
