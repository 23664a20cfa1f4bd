"""Which key opens which file: found once in the key store, then kept in memory by its id."""

from __future__ import annotations

import re
import threading
from functools import cache
from importlib import import_module
from pathlib import Path

from msgspec import Struct

from storage import troubles
from storage.key_record import ENCRYPTED, KeyRecord, has_recovery_near, record_near
from storage.troubles import StorageError

MAGIC = b"SQLite format 3\x00"
_KEY_BYTES, _ID_BYTES, _PAGE_BYTES = 32, 16, 4096
_HEX_KEY = re.compile(rf"[0-9a-f]{{{_KEY_BYTES * 2}}}")

_known: dict[str, Key] = {}
_lock = threading.Lock()


class Key(Struct, frozen=True):
    """A raw key of 256 bits, in hex, and its id: the salt, which is how its files begin."""

    key_id: str
    secret: str

    @property
    def literal(self) -> str:
        """Key and salt as SQLCipher reads them in a statement; derived from nothing."""
        return f"\"x'{self.secret}{self.key_id}'\""

    @property
    def fingerprint(self) -> str:
        """Tells this key from another without telling it."""
        import hashlib  # here and below: start-up is measured, and most folders are plain

        return hashlib.sha256(b"yorisoi journal key " + bytes.fromhex(self.secret)).hexdigest()

    def __repr__(self) -> str:
        """Nothing of the key stands in a log or a trace."""
        return f"Key({self.key_id})"


def new_key() -> Key:
    """A key by chance."""
    import secrets

    return Key(secrets.token_hex(_ID_BYTES), secrets.token_hex(_KEY_BYTES))


@cache
def has_cipher() -> bool:
    """Whether SQLCipher is installed and can be loaded; it is, from then on."""
    try:
        import_module("sqlcipher3.dbapi2")
    except ImportError:
        return False
    return True


def is_plain(path: Path) -> bool:
    """Whether a file begins as a plain database."""
    return _beginning(path) == MAGIC


def is_sealed(path: Path) -> bool:
    """Whether a file begins with anything else, as an encrypted database does."""
    beginning = _beginning(path)
    return len(beginning) == _ID_BYTES and beginning != MAGIC


def may_be_sealed(path: Path) -> bool:
    """Whether a file looks like pages under a key that nobody knows here; a text does not."""
    return is_sealed(path) and path.stat().st_size % _PAGE_BYTES == 0


def is_under(path: Path, key_id: str) -> bool:
    """Whether a file says that it is encrypted under that key."""
    return _beginning(path).hex() == key_id


def key_for(path: Path) -> Key | None:
    """The key to open a file with; None for a plain one, and for a new one that is to be plain.

    Raises:
        StorageError: ``cipher_missing``, ``key_missing``, ``key_wrong`` or ``key_store_shut``.
    """
    beginning = _beginning(path)
    if beginning == MAGIC:
        return None
    record = record_near(path)
    if len(beginning) < _ID_BYTES:
        if record is None or record.wanted != ENCRYPTED:
            return None
        return key_of(record, path)
    key_id = beginning.hex()
    if key_id in _known:
        return _known[key_id]
    if record is not None:
        return key_of(record, path)
    if has_recovery_near(path):
        return _key_named(key_id, path)
    try:  # the record may have been lost, and the key not
        return _key_named(key_id, path)
    except StorageError:
        return None  # nothing says that anything is encrypted here: a beginning like that is damage


def key_of(record: KeyRecord, path: Path) -> Key:
    """The key that a record names; ``path`` is what it is asked for.

    Raises:
        StorageError: as :func:`key_for`.
    """
    key = _key_named(record.key_id, path)
    if key.fingerprint != record.fingerprint:
        with _lock:
            _known.pop(record.key_id, None)
        raise StorageError(troubles.KEY_WRONG, path, "the key store has another key")
    return key


def remember(key: Key) -> None:
    """Open files under this key for as long as the program runs."""
    with _lock:
        _known[key.key_id] = key


def forget_all() -> None:
    """Ask the key store anew for whatever is opened next."""
    with _lock:
        _known.clear()


def _key_named(key_id: str, path: Path) -> Key:
    if not has_cipher():
        raise StorageError(troubles.CIPHER_MISSING, path)
    with _lock:
        if key_id in _known:
            return _known[key_id]
    from storage import key_store

    try:
        secret = key_store.fetch(key_id)
    except key_store.KeyStoreShutError as error:
        raise StorageError(troubles.KEY_STORE_SHUT, path, str(error)) from error
    if secret is None:
        raise StorageError(troubles.KEY_MISSING, path)
    if not _HEX_KEY.fullmatch(secret):
        raise StorageError(troubles.KEY_WRONG, path, "no key stands in the key store")
    key = Key(key_id, secret)
    remember(key)
    return key


def _beginning(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_ID_BYTES)
    except FileNotFoundError:
        return b""
