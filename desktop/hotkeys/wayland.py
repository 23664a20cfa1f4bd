"""Wayland: the GlobalShortcuts portal. The desktop asks the user, and decides on the keys.

Spoken with jeepney in a thread of its own. QtDBus was tried: PySide6 cannot write the array of
structs that BindShortcuts wants (libdbus aborts the process), and a bus that hangs would hang
the window.
"""

from __future__ import annotations

import contextlib
import secrets
import socket
import threading
from collections.abc import Callable
from typing import Any

from jeepney import (
    DBusAddress,
    DBusErrorResponse,
    HeaderFields,
    MatchRule,
    MessageType,
    message_bus,
    new_method_call,
)
from jeepney.io.blocking import DBusConnection, Proxy, open_dbus_connection
from PySide6.QtCore import QTimer

from desktop.hotkeys.backend import Outcome, Relay
from desktop.hotkeys.chord import Chord

_BUS = "org.freedesktop.portal.Desktop"
_OBJECT = "/org/freedesktop/portal/desktop"
_REQUEST = "org.freedesktop.portal.Request"
_SHORTCUTS = "org.freedesktop.portal.GlobalShortcuts"
_REGISTRY = "org.freedesktop.host.portal.Registry"
_SESSION = "org.freedesktop.portal.Session"
_APP_ID = "yorisoi"  # the name of the .desktop file
_CALL_SECONDS = 10
_ASK_SECONDS = 600  # a person answers
_NOBODY_THERE = (
    *("ServiceUnknown", "NameHasNoOwner", "UnknownObject", "UnknownInterface", "UnknownMethod"),
)
_KEYSYM_NAMES = {".": "period", ",": "comma", "-": "minus", "/": "slash", ";": "semicolon"}

Name = Callable[[str], str]


class PortalHotkeys:
    """Collects the keys of one round of the loop and asks for them together.

    A session takes BindShortcuts once, so a change opens a new one. ``name_of`` says what the
    desktop shows the user for an id.
    """

    def __init__(self, relay: Relay, name_of: Name = str) -> None:
        self._relay = relay
        self._name_of = name_of
        self._wanted: dict[str, Chord] = {}
        self._session: _Session | None = None
        self._timer = QTimer()
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._bind)

    def register(self, hotkey_id: str, chord: Chord) -> Outcome:
        """Will be asked for; what comes of it is said later."""
        self._wanted[hotkey_id] = chord
        self._timer.start()
        return Outcome.PENDING

    def unregister(self, hotkey_id: str) -> None:
        """Will be left out."""
        if self._wanted.pop(hotkey_id, None) is not None:
            self._timer.start()

    def unregister_all(self) -> None:
        """Leave the session."""
        self._wanted.clear()
        self._timer.start()

    def close(self) -> None:
        """Leave the bus."""
        self._relay.mute()
        self._timer.stop()
        self._leave()

    def _bind(self) -> None:
        self._leave()
        if self._wanted:
            shortcuts = [
                (hotkey_id, _described(self._name_of(hotkey_id), chord))
                for hotkey_id, chord in self._wanted.items()
            ]
            self._session = _Session(self._relay, shortcuts)

    def _leave(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.leave()


class _RefusedError(Exception):
    """The portal answered with an error or a response code; ``reason`` is an id."""

    def __init__(self, reason: str, said: str) -> None:
        super().__init__(said)
        self.reason = reason


class _Session:
    """One connection, one session, one thread that ends with it."""

    def __init__(self, relay: Relay, shortcuts: list[tuple[str, dict[str, Any]]]) -> None:
        self._relay = relay
        self._shortcuts = shortcuts
        self._connection: DBusConnection | None = None
        self._has_left = False
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="hotkeys", daemon=True)
        self._thread.start()

    def leave(self) -> None:
        """Close the connection; the portal ends the session with it."""
        with self._lock:
            self._has_left = True
            if self._connection is not None:
                _wake(self._connection)

    def _run(self) -> None:
        try:
            connection = open_dbus_connection("SESSION")
        except (OSError, KeyError, ValueError):
            self._lose("portal_no_bus")
            return
        with self._lock:
            self._connection = connection
            if self._has_left:
                connection.close()
                return
        try:
            self._bind(connection)
            self._hear(connection)
        except _RefusedError as error:
            self._lose(error.reason)
        except (OSError, EOFError, DBusErrorResponse, KeyError, ValueError):
            self._lose("portal_lost")
        finally:
            connection.close()

    def _lose(self, reason: str) -> None:
        if not self._has_left:
            self._relay.lost.emit(reason)

    # -- asking -------------------------------------------------------------------------------

    def _bind(self, connection: DBusConnection) -> None:
        bus = Proxy(message_bus, connection)
        for interface in (_REQUEST, _SHORTCUTS, _SESSION):
            bus.AddMatch(MatchRule(type="signal", sender=_BUS, interface=interface))
        with contextlib.suppress(_RefusedError):  # an older portal wants no name
            _call(connection, _REGISTRY, "Register", "sa{sv}", (_APP_ID, {}))
        token = "yorisoi" + secrets.token_hex(4)
        options = {"session_handle_token": ("s", token)}
        result = _request(connection, "CreateSession", "a{sv}", (), options)
        session = str(result["session_handle"][1])
        arguments = (session, self._shortcuts, "")
        result = _request(connection, "BindShortcuts", "oa(sa{sv})sa{sv}", arguments, {})
        bound = {shortcut_id for shortcut_id, _ in result.get("shortcuts", ("", []))[1]}
        for hotkey_id, _ in self._shortcuts:
            outcome = Outcome.ACTIVE if hotkey_id in bound else Outcome.REFUSED
            self._relay.changed.emit(hotkey_id, outcome)

    # -- hearing ------------------------------------------------------------------------------

    def _hear(self, connection: DBusConnection) -> None:
        while True:
            message = connection.receive()
            fields = message.header.fields
            member = fields.get(HeaderFields.member)
            if member == "Activated" and fields.get(HeaderFields.interface) == _SHORTCUTS:
                self._relay.pressed.emit(str(message.body[1]))
            elif member == "Closed" and fields.get(HeaderFields.interface) == _SESSION:
                raise _RefusedError("portal_lost", "the desktop closed the session")


def _request(
    connection: DBusConnection,
    member: str,
    signature: str,
    arguments: tuple[Any, ...],
    options: dict[str, Any],
) -> dict[str, Any]:
    """A call whose result comes later as a signal at a path that is known beforehand."""
    token = "yorisoi" + secrets.token_hex(4)
    sender = str(connection.unique_name)[1:].replace(".", "_")
    path = f"{_OBJECT}/request/{sender}/{token}"
    rule = MatchRule(type="signal", interface=_REQUEST, member="Response", path=path)
    with connection.filter(rule) as answers:
        body = (*arguments, {**options, "handle_token": ("s", token)})
        _call(connection, _SHORTCUTS, member, signature, body)
        code, result = connection.recv_until_filtered(answers, timeout=_ASK_SECONDS).body
    if code:
        raise _RefusedError("portal_refused", f"{member}: response {code}")
    return dict(result)


def _call(
    connection: DBusConnection, interface: str, member: str, signature: str, body: tuple[Any, ...]
) -> None:
    address = DBusAddress(_OBJECT, _BUS, interface)
    call = new_method_call(address, member, signature, body)
    reply = connection.send_and_get_reply(call, timeout=_CALL_SECONDS)
    if reply.header.message_type is MessageType.error:
        name = str(reply.header.fields.get(HeaderFields.error_name, ""))
        reason = "portal_missing" if name.endswith(_NOBODY_THERE) else "portal_refused"
        raise _RefusedError(reason, f"{member}: {name}")


def _described(name: str, chord: Chord) -> dict[str, Any]:
    """Name and proposed key, in the words of the shortcuts specification."""
    return {"description": ("s", name), "preferred_trigger": ("s", trigger(chord))}


def trigger(chord: Chord) -> str:
    """「CTRL+ALT+n」: modifiers in capitals, the key by the name of its keysym."""
    key = _KEYSYM_NAMES.get(chord.key, chord.key if len(chord.key) > 1 else chord.key.lower())
    held = zip(("CTRL", "ALT", "SHIFT"), (chord.ctrl, chord.alt, chord.shift), strict=True)
    return "+".join([*(name for name, is_held in held if is_held), key])


def _wake(connection: DBusConnection) -> None:
    """End a read in another thread; closing alone would leave it waiting."""
    try:
        connection.sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it has ended already
