"""Global hotkeys: the back end that was chosen, the keys of the settings, and what became of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.hotkey_words import said_of_taken
from app.key_choice import GLOBAL, candidates, chosen_key, keys_in_force
from app.notice_board import NoticeBoard
from app.own_settings import OwnSettings
from desktop.hotkeys.chord import neutral_form, parse_chord
from scripts_ja.texts import t
from ui.action_words import action_name
from ui.actions import DEFAULTS, key_of
from ui.port.surroundings import HotkeyView

if TYPE_CHECKING:
    from desktop.hotkeys.backend import HotkeyBackend, Outcome
    from desktop.hotkeys.chooser import Candidate, Choice

_DISABLED = "disabled"
_REFUSALS = ("taken", "absent", "refused")
# Chosen by the user or by nobody: nothing to be told about.
_EXPECTED = ("chosen_none", "no_screen")


class Hotkeys:
    """All of it belongs to the thread of the window."""

    def __init__(self, settings: OwnSettings, notices: NoticeBoard) -> None:
        self._settings = settings
        self._notices = notices
        self._changed: list[Callable[[], None]] = []
        self._pressed: list[Callable[[str], None]] = []
        self._choose: Callable[[str], Choice] | None = None
        self._wanted_backend = ""
        self._left: list[Candidate] = []
        self._otherwise = ""
        self._system: HotkeyBackend | None = None
        self._asked: dict[str, str] = {}
        self._states: dict[str, str] = {}
        self._offers: dict[str, str] = {}
        self._keys = keys_in_force(settings.get)
        self.backend, self.reason = "none", "not_yet"
        self.is_exclusive = False
        settings.listen(self._on_settings)

    # -- asked by the window ------------------------------------------------------------------

    def keys(self) -> dict[str, str]:
        """The key in force of every action."""
        return dict(self._keys)

    def all(self) -> tuple[HotkeyView, ...]:
        """Key, state and offer of every action that has a global key."""
        return tuple(
            HotkeyView(
                action, self._keys[action], self._state(action), self._offers.get(action, "")
            )
            for action in GLOBAL
        )

    def candidates(self, action: str) -> tuple[str, ...]:
        """Keys that no other action has."""
        return candidates(action, self._keys)

    def try_key(self, action: str, key: str) -> str:
        """Give an action another key where it can be had; see :class:`ui.port.surroundings.HotkeysPort`."""
        neutral = neutral_form(key)
        if key not in ("", "none"):
            if not neutral:
                return "unfit"
            if neutral in (k for other, k in self._keys.items() if other != action):
                return "ours"
            state = self._probe(action, neutral)
            if state in _REFUSALS:
                return state
        kept = neutral if neutral != DEFAULTS[action] else ""
        self._settings.change({f"hotkeys.{action}": "none" if key == "none" else kept})
        return self._state(action)

    def listen(self, changed: Callable[[], None]) -> None:
        """Hear that keys, states or the back end are others now."""
        self._changed.append(changed)

    def listen_pressed(self, pressed: Callable[[str], None]) -> None:
        """Hear which action's key was pressed."""
        self._pressed.append(pressed)

    # -- the back end -------------------------------------------------------------------------

    def begin(self, choose: Callable[[str], Choice] | None = None) -> None:
        """Open the back end and ask for the keys. After the first paint: it costs imports."""
        self._choose = choose or _choose
        self._open()

    def close(self) -> None:
        """Give everything back."""
        system, self._system = self._system, None
        if system is not None:
            system.close()
        self._asked.clear()
        self._states.clear()

    def _open(self) -> None:
        """Take the first candidate that works."""
        assert self._choose is not None  # noqa: S101 - begun
        self.close()
        self._wanted_backend = self._settings.get("hotkeys.backend")
        choice = self._choose(self._wanted_backend)
        self._left, self._otherwise = list(choice.candidates), choice.otherwise
        self._open_next("")

    def _open_next(self, failure: str) -> None:
        """``failure`` is why the one before does not work; the first of them is told."""
        from desktop.hotkeys.backend import Listener, Unavailable
        from desktop.hotkeys.null import NullHotkeys

        listener = Listener(self._on_pressed, self._on_outcome, self._on_lost)
        self.backend, self.reason = "none", ""
        while self._left and self._system is None:
            candidate = self._left.pop(0)
            try:
                self._system = candidate.open(listener)
            except Unavailable as error:
                failure = failure or error.reason
            else:
                self.backend, self.reason = candidate.name, candidate.reason
                self.is_exclusive = candidate.is_exclusive
        if self._system is None:
            self._system = NullHotkeys()
            self.reason = failure or self._otherwise
            if self.reason not in _EXPECTED:
                self._notices.say("hotkeys_none", t("hotkeys.none", help=key_of("keys_help")))
        if not self._ask():
            self._tell()  # nothing is asked for, but who would bring it has changed

    # -- keys ---------------------------------------------------------------------------------

    def _ask(self) -> bool:
        """Ask for what differs from what was asked before, and tell it; whether anything did.

        Keys are given back first, so that they can swap.
        """
        if self._system is None:
            return False
        wanted = {
            action: self._keys[action]
            for action in GLOBAL
            if chosen_key(self._settings.get, action) != "none"
        }
        changed = [a for a in GLOBAL if wanted.get(a) != self._asked.get(a)]
        if not changed:
            return False
        for action in changed:
            self._system.unregister(action)
            self._states.pop(action, None)
        for action in changed:
            if action in wanted:
                self._states[action] = self._system.register(action, parse_chord(wanted[action]))
        self._asked = wanted
        self._tell()
        return True

    def _probe(self, action: str, key: str) -> str:
        """What asking for a key would lead to; nothing has changed afterwards."""
        if self._system is None or self._asked.get(action) == key:
            return self._state(action)
        state = self._system.register(action, parse_chord(key))
        before = self._asked.get(action)
        if before is None:
            self._system.unregister(action)
        else:
            self._states[action] = self._system.register(action, parse_chord(before))
        return state

    def _find_offers(self) -> None:
        """For each taken key the next one that is free now, no key offered twice."""
        self._offers.clear()
        for action in self._taken():
            offered = self._offers.values()
            free = (key for key in self.candidates(action) if key not in offered)
            found = next((key for key in free if self._probe(action, key) == "active"), "")
            self._offers[action] = found

    def _tell(self) -> None:
        self._find_offers()
        self._notices.say("hotkeys", said_of_taken(self._taken_keys()), "warn")
        for changed in self._changed:
            changed()

    def _state(self, action: str) -> str:
        if chosen_key(self._settings.get, action) == "none":
            return _DISABLED
        return str(self._states.get(action, "off"))

    def _taken(self) -> list[str]:
        return [action for action in GLOBAL if self._states.get(action) == "taken"]

    def _taken_keys(self) -> list[tuple[str, str]]:
        return [(self._keys[action], self._offers[action]) for action in self._taken()]

    # -- heard --------------------------------------------------------------------------------

    def _on_pressed(self, action: str) -> None:
        if self._states.get(action) == "active":
            for pressed in self._pressed:
                pressed(action)

    def _on_outcome(self, action: str, outcome: Outcome) -> None:
        if action in self._asked:
            self._states[action] = outcome
            self._tell()

    def _on_lost(self, reason: str) -> None:
        """The back end is gone: try what is left."""
        self.close()
        self._open_next(reason)

    def _on_settings(self) -> None:
        keys = keys_in_force(self._settings.get)
        has_other_keys, self._keys = keys != self._keys, keys
        if self._choose is None:
            if has_other_keys:
                self._tell()
        elif self._settings.get("hotkeys.backend") != self._wanted_backend:
            self._open()
        else:
            self._ask()


def _choose(wanted: str) -> Choice:
    from desktop.hotkeys.chooser import choose

    return choose(wanted, action_name)
