"""Wayland: the GlobalShortcuts portal. The desktop asks the user, and decides on the keys.

Spoken with jeepney in a thread of its own. QtDBus was tried: PySide6 cannot write the array of
structs that BindShortcuts wants (libdbus aborts the process), and a bus that hangs would hang
the window.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from typing import Any

from jeepney import HeaderFields, MatchRule, message_bus
from jeepney.io.blocking import DBusConnection, Proxy, open_dbus_connection
from PySide6.QtCore import QTimer

from desktop.hotkeys.backend import Outcome, Relay
from desktop.hotkeys.chord import Chord
from desktop.hotkeys.portal_calls import (
    BUS,
    REQUEST,
    SHORTCUTS,
    RefusedError,
    call,
    new_token,
    portal_goes,
    raise_if_gone,
    request,
    wake,
)

_REGISTRY = "org.freedesktop.host.portal.Registry"
_SESSION = "org.freedesktop.portal.Session"
_APP_ID = "yorisoi"  # the name of the .desktop file
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
                wake(self._connection)

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
        except RefusedError as error:
            self._lose(error.reason)
        except Exception:  # noqa: BLE001 - a bus that ends, and answers that are anything
            self._lose("portal_lost")
        finally:
            connection.close()

    def _lose(self, reason: str) -> None:
        if not self._has_left:
            self._relay.lost.emit(reason)

    # -- asking -------------------------------------------------------------------------------

    def _bind(self, connection: DBusConnection) -> None:
        bus = Proxy(message_bus, connection)
        for interface in (REQUEST, SHORTCUTS, _SESSION):
            bus.AddMatch(MatchRule(type="signal", sender=BUS, interface=interface))
        bus.AddMatch(portal_goes())
        with contextlib.suppress(RefusedError):  # an older portal wants no name
            call(connection, _REGISTRY, "Register", "sa{sv}", (_APP_ID, {}))
        token = new_token()
        options = {"session_handle_token": ("s", token)}
        result = request(connection, "CreateSession", "a{sv}", (), options)
        session = str(result["session_handle"][1])
        arguments = (session, self._shortcuts, "")
        result = request(connection, "BindShortcuts", "oa(sa{sv})sa{sv}", arguments, {})
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
            if member == "Activated" and fields.get(HeaderFields.interface) == SHORTCUTS:
                self._relay.pressed.emit(str(message.body[1]))
            elif member == "Closed" and fields.get(HeaderFields.interface) == _SESSION:
                raise RefusedError("portal_lost", "the desktop closed the session")
            raise_if_gone(message)


def _described(name: str, chord: Chord) -> dict[str, Any]:
    """Name and proposed key, in the words of the shortcuts specification."""
    return {"description": ("s", name), "preferred_trigger": ("s", trigger(chord))}


def trigger(chord: Chord) -> str:
    """「CTRL+ALT+n」: modifiers in capitals, the key by the name of its keysym."""
    key = _KEYSYM_NAMES.get(chord.key, chord.key if len(chord.key) > 1 else chord.key.lower())
    held = zip(("CTRL", "ALT", "SHIFT"), (chord.ctrl, chord.alt, chord.shift), strict=True)
    return "+".join([*(name for name, is_held in held if is_held), key])
