"""X11: XGrabKey on a connection of its own, read when Qt's loop says that there is something.

A grabbed key goes to us alone: the window with the focus never sees it, and we see no other.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QSocketNotifier
from Xlib import XK, X
from Xlib.error import BadAccess, CatchError, ConnectionClosedError, DisplayError

from desktop.hotkeys.backend import Outcome, Relay, Unavailable
from desktop.hotkeys.chord import Chord
from desktop.x_display import PlainDisplay

_KEYSYM_NAMES = {".": "period", ",": "comma", "-": "minus", "/": "slash", ";": "semicolon"}
_LOCK_KEYS = ("Num_Lock", "Scroll_Lock")
_REAL_MODIFIERS = 0xFF  # above them are mouse buttons and the group of the layout


class X11Hotkeys:
    """Grabs on the root window. ``display`` names the server; None is that of the environment."""

    def __init__(self, relay: Relay, display: str | None = None) -> None:
        self._relay = relay
        self._wanted: dict[str, Chord] = {}
        self._outcomes: dict[str, Outcome] = {}
        self._grabs: dict[tuple[int, int], str] = {}
        self._released: dict[int, int] = {}
        try:
            self._display = PlainDisplay(display)
            self._display.set_error_handler(_ignore)
            self._root = self._display.screen().root
            self._read_modifiers()
        except (DisplayError, ConnectionClosedError, OSError) as error:
            raise Unavailable("x11_no_server") from error
        self._notifier = QSocketNotifier(self._display.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._read)

    # -- keys ---------------------------------------------------------------------------------

    def register(self, hotkey_id: str, chord: Chord) -> Outcome:
        """Grab a key; BadAccess says that another client was first."""
        self.unregister(hotkey_id)
        self._wanted[hotkey_id] = chord
        try:
            outcome = self._grab(hotkey_id)
        except ConnectionClosedError:
            outcome = Outcome.REFUSED
        self._outcomes[hotkey_id] = outcome
        self._read()  # what came while we waited for the answer wakes no notifier
        return outcome

    def unregister(self, hotkey_id: str) -> None:
        """Give one key back."""
        self._wanted.pop(hotkey_id, None)
        self._outcomes.pop(hotkey_id, None)
        for place in [place for place, owner in self._grabs.items() if owner == hotkey_id]:
            del self._grabs[place]
            self._ungrab(*place)

    def unregister_all(self) -> None:
        """Give all keys back."""
        for hotkey_id in list(self._wanted):
            self.unregister(hotkey_id)

    def close(self) -> None:
        """Leave the server; it forgets our grabs with the connection."""
        self._relay.mute()
        self._notifier.setEnabled(False)
        try:
            self._display.close()
        except (ConnectionClosedError, OSError):
            return  # the server left first

    # -- grabbing -----------------------------------------------------------------------------

    def _grab(self, hotkey_id: str) -> Outcome:
        """Ask for a key under every state of the lock keys: a grab is for one exact state."""
        code, held = self._place(self._wanted[hotkey_id])
        if not code:
            return Outcome.ABSENT
        refusals = []
        for locks in self._lock_states:
            refusal = CatchError(BadAccess)
            refusals.append(refusal)
            mode = X.GrabModeAsync
            self._root.grab_key(code, held | locks, False, mode, mode, onerror=refusal)
        self._display.sync()
        if any(refusal.get_error() for refusal in refusals):
            self._ungrab(code, held)
            return Outcome.TAKEN
        self._grabs[code, held] = hotkey_id
        return Outcome.ACTIVE

    def _ungrab(self, code: int, held: int) -> None:
        try:
            for locks in self._lock_states:
                self._root.ungrab_key(code, held | locks)
            self._display.sync()
        except ConnectionClosedError:
            return  # said when it is read

    def _grab_again(self) -> None:
        """The keyboard changed: keys have moved to other codes, or are gone, or are there again.

        What stays where it was is not let go for a moment: input methods announce a new keyboard
        whenever the focus moves, and a press just then would be lost.
        """
        locks = self._lock_states
        self._read_modifiers()
        places = {hotkey_id: self._place(chord) for hotkey_id, chord in self._wanted.items()}
        stay = {
            place: owner
            for place, owner in self._grabs.items()
            if places[owner] == place and locks == self._lock_states
        }
        for code, held in self._grabs.keys() - stay.keys():
            for lock in locks:
                self._root.ungrab_key(code, held | lock)
        self._grabs = stay
        for hotkey_id, before in list(self._outcomes.items()):
            if hotkey_id not in stay.values():
                outcome = self._outcomes[hotkey_id] = self._grab(hotkey_id)
                if outcome is not before:
                    self._relay.changed.emit(hotkey_id, outcome)

    # -- the keyboard -------------------------------------------------------------------------

    def _place(self, chord: Chord) -> tuple[int, int]:
        """Code and modifiers of a combination; code 0 where this keyboard lacks the key."""
        code, shift = self._key_code(chord.key)
        return code, self._held(chord) | shift

    def _key_code(self, key: str) -> tuple[int, int]:
        """The code that types ``key``, and Shift where the layout has it only there; 0 for none."""
        name = _KEYSYM_NAMES.get(key, key if len(key) > 1 else key.lower())
        found = self._display.keysym_to_keycodes(XK.string_to_keysym(name))
        # The index counts levels within groups: even ones are typed without Shift.
        plain = [code for code, index in found if index % 2 == 0]
        if plain:
            return plain[0], 0
        shifted = [code for code, _ in found]
        return (shifted[0], X.ShiftMask) if shifted else (0, 0)

    def _held(self, chord: Chord) -> int:
        held = X.ControlMask if chord.ctrl else 0
        held |= self._alt if chord.alt else 0
        return held | (X.ShiftMask if chord.shift else 0)

    def _read_modifiers(self) -> None:
        """Which bits stand for Alt and for the lock keys; layouts differ in it."""
        mapping = [list(codes) for codes in self._display.get_modifier_mapping()]
        self._alt = self._mask_of(mapping, "Alt_L") or X.Mod1Mask
        locks = {int(X.LockMask), *(self._mask_of(mapping, name) for name in _LOCK_KEYS)} - {0}
        self._lock_states = _combinations(locks)
        self._locks = max(self._lock_states)

    def _mask_of(self, mapping: list[list[int]], keysym: str) -> int:
        code = self._display.keysym_to_keycode(XK.string_to_keysym(keysym))
        places = [place for place, codes in enumerate(mapping) if code and code in codes]
        return 1 << places[0] if places else 0

    # -- reading ------------------------------------------------------------------------------

    def _read(self) -> None:
        try:
            self._read_events()
        except (ConnectionClosedError, OSError):
            self._notifier.setEnabled(False)
            self._relay.lost.emit("x11_lost")

    def _read_events(self) -> None:
        has_new_layout = True
        while has_new_layout:  # grabbing waits for the server, and more may have come meanwhile
            has_new_layout = False
            while self._display.pending_events():
                event = self._display.next_event()
                if event.type == X.MappingNotify:
                    self._display.refresh_keyboard_mapping(event)
                    has_new_layout = True
                else:
                    self._on_key(event)
            if has_new_layout:
                self._grab_again()

    def _on_key(self, event: Any) -> None:
        """A held key repeats as a release and a press of one and the same millisecond."""
        if event.type == X.KeyRelease:
            self._released[event.detail] = event.time
        elif event.type == X.KeyPress and self._released.get(event.detail) != event.time:
            held = event.state & _REAL_MODIFIERS & ~self._locks
            hotkey_id = self._grabs.get((event.detail, held))
            if hotkey_id is not None:
                self._relay.pressed.emit(hotkey_id)


def _combinations(masks: Iterable[int]) -> list[int]:
    """Every sum of some of the masks, none included."""
    found = [0]
    for mask in masks:
        found += [other | mask for other in found]
    return found


def _ignore(*_: object) -> None:
    """Errors nobody asked about; python-xlib would write them to standard error."""
