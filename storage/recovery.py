"""The key once more, in a file that the recovery key opens: for when the key store has lost it.

The file is a small SQLCipher database under the recovery key as its words; SQLCipher derives the
key of that file by itself (PBKDF2, 256,000 rounds), so nothing here does cryptography. A new one
stands beside under another name until it was proved: until then the former one is good.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from storage import keys, troubles
from storage.key_record import recovery_path, sync_folder
from storage.keys import Key
from storage.recovery_words import (
    RecoveryWords,
    WrongRecoveryKeyError,
    new_words,
    read_words,
)
from storage.troubles import StorageError

_BUSY_SECONDS = 2.0


def propose(folder: Path, key: Key) -> RecoveryWords:
    """A new recovery key for a key; it counts once it was proved.

    Raises:
        OSError, sqlite3.Error: the file could not be written.
    """
    words = new_words()
    path = _proposed(folder)
    _remove(path)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    with closing(_open(path, words)) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE kept (key_id TEXT, secret TEXT, fingerprint TEXT) STRICT")
        row = (key.key_id, key.secret, key.fingerprint)
        connection.execute("INSERT INTO kept VALUES (?, ?, ?)", row)
    return words


def prove(folder: Path, typed: str, key: Key) -> None:
    """Open what was proposed with what was typed; from now on it is the recovery key.

    Raises:
        MisreadError: it was not typed as it stands there.
        WrongRecoveryKeyError: it is another one's, or an older one.
        OSError, sqlite3.Error: the file could not be read.
    """
    path = _proposed(folder)
    if _key_in(path, read_words(typed)) != key:
        raise WrongRecoveryKeyError
    path.replace(recovery_path(folder))
    sync_folder(folder)


def give_up(folder: Path) -> None:
    """What was proposed was not wanted; the former one stands."""
    _remove(_proposed(folder))


def key_by(folder: Path, typed: str) -> Key:
    """The key, by the recovery key.

    Raises:
        MisreadError: it was not typed as it stands there.
        WrongRecoveryKeyError: it is another one's, or an older one.
        StorageError: ``missing`` where there is none, else what is wrong with the file.
        sqlite3.Error: the file could not be read.
    """
    words = read_words(typed)
    path = recovery_path(folder)
    if not path.exists():
        raise StorageError(troubles.MISSING, path)
    return _key_in(path, words)


def remove(folder: Path) -> None:
    """There is no recovery key any more.

    Raises:
        OSError: it could not be removed.
    """
    _remove(recovery_path(folder))
    sync_folder(folder)


def _key_in(path: Path, words: RecoveryWords) -> Key:
    with closing(_open(path, words)) as connection:
        try:
            row = connection.execute("SELECT key_id, secret, fingerprint FROM kept").fetchone()
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorname == "SQLITE_NOTADB":
                raise WrongRecoveryKeyError from None
            raise
    if row is None or Key(row[0], row[1]).fingerprint != row[2]:
        raise StorageError(troubles.DAMAGED, path, "no key stands in it")
    return Key(row[0], row[1])


def _open(path: Path, words: RecoveryWords) -> sqlite3.Connection:
    if not keys.has_cipher():
        raise StorageError(troubles.CIPHER_MISSING, path)
    from storage import cipher

    uri = f"{path.absolute().as_uri()}?mode=rw"
    return cipher.connect_with_words(uri, words.text, _BUSY_SECONDS)


def _proposed(folder: Path) -> Path:
    return folder / f"{recovery_path(folder).name}.new"


def _remove(path: Path) -> None:
    for suffix in ("", "-journal"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).unlink()
