"""The system's key store, through keyring: asked beside, because it may ask the user, or hang.

Imports keyring (about 0.1 s and its back end) where it is first used: never before the window.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")

SERVICE = "Yorisoi"
_PATIENCE_SECONDS = 5.0

_turn = threading.Lock()
_asking: threading.Thread | None = None

_log = logging.getLogger(__name__)


class KeyStoreShutError(Exception):
    """There is no key store here, it is locked, or it does not answer."""


def has_key_store() -> bool:
    """Whether the system offers a key store that could keep a key."""

    def look() -> bool:
        import keyring
        from keyring.backends import fail, null

        backend = keyring.get_keyring()
        return backend.priority > 0 and not isinstance(backend, fail.Keyring | null.Keyring)

    try:
        return _ask(look)
    except KeyStoreShutError:
        return False


def fetch(name: str) -> str | None:
    """What is kept under a name, or None.

    Raises:
        KeyStoreShutError: it cannot be asked.
    """

    def ask() -> str | None:
        import keyring

        return keyring.get_password(SERVICE, name)

    return _ask(ask)


def keep(name: str, secret: str) -> None:
    """Keep something, and see that it is kept.

    Raises:
        KeyStoreShutError: it was not.
    """

    def ask() -> bool:
        import keyring

        keyring.set_password(SERVICE, name, secret)
        return keyring.get_password(SERVICE, name) == secret

    if not _ask(ask):
        raise KeyStoreShutError("what was kept is not there")


def forget(name: str) -> None:
    """Take out what is kept under a name; nothing there is no mistake.

    Raises:
        KeyStoreShutError: it cannot be asked.
    """

    def ask() -> None:
        import keyring
        from keyring.errors import PasswordDeleteError

        try:
            keyring.delete_password(SERVICE, name)
        except PasswordDeleteError:
            _log.info("the key store had no such key")

    _ask(ask)


def _ask(question: Callable[[], _T]) -> _T:
    """Ask in a thread that nobody has to wait for for ever; one question at a time.

    While an earlier one has no answer (the system may be asking the user), none is added to it.
    """
    with _turn:
        if _asking is not None:
            _asking.join(_PATIENCE_SECONDS)
            if _asking.is_alive():
                raise KeyStoreShutError("still no answer")
        return _answer(question)


def _answer(question: Callable[[], _T]) -> _T:
    global _asking  # noqa: PLW0603 - the system has one key store
    answers: list[_T] = []
    mistakes: list[Exception] = []

    def work() -> None:
        try:
            answers.append(question())
        except Exception as error:  # noqa: BLE001 - back ends raise what their systems raise
            mistakes.append(error)

    _asking = threading.Thread(target=work, name="key store", daemon=True)
    _asking.start()
    _asking.join(_PATIENCE_SECONDS)
    if answers:
        return answers[0]
    reason = repr(mistakes[0]) if mistakes else "no answer"
    raise KeyStoreShutError(reason)
