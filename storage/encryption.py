"""Encryption as it is asked for: what is, what could be, and what is to be done about it.

Everything here asks the disk or the system's key store, which may ask the user: beside the window
only. Converting itself is for whoever alone may write (:mod:`storage.conversion`).
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct, structs

from storage import key_store, keys, recovery, troubles
from storage.connection import BUSY_SECONDS, storage_errors
from storage.conversion import is_to_convert
from storage.gate import exists_and_is_ours
from storage.key_record import (
    ENCRYPTED,
    PLAIN,
    Form,
    KeyRecord,
    has_recovery,
    read_record,
    write_record,
)
from storage.key_store import KeyStoreShutError
from storage.keys import Key
from storage.lost_record import lost_record, write_lost_record
from storage.recovery_words import MisreadError, RecoveryWords, WrongRecoveryKeyError
from storage.troubles import StorageError

__all__ = ["Encryption", "MisreadError", "RecoveryWords", "Status", "WrongRecoveryKeyError"]


class Status(Struct, frozen=True):
    """How a folder stands.

    ``wanted`` is what was asked for last; while ``is_converting``, not every file is in that form.
    ``obstacle`` says why nothing could be encrypted here: a kind of :mod:`storage.troubles`, or
    empty. With ``is_recoverable`` there is a recovery key that was proved.
    """

    wanted: Form
    is_converting: bool
    is_recoverable: bool
    obstacle: str


class Encryption:
    """The encryption of one folder. Every method raises StorageError for what the world does."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._folder = database.parent

    def status(self) -> Status:
        """How it stands now; writes nothing."""
        with storage_errors(self._database):
            lost = lost_record(self._database)
            record = lost or read_record(self._folder)
            return Status(
                wanted=record.wanted if record else PLAIN,
                is_converting=lost is not None or is_to_convert(self._database),
                is_recoverable=has_recovery(self._folder),
                obstacle=self._obstacle(),
            )

    def want(self, form: Form) -> None:
        """From now on the folder is to be in that form; whoever may write converts it.

        Raises:
            StorageError: also where the key cannot be kept or found, or the database is not one
                that this version may write; nothing was changed.
        """
        with storage_errors(self._database):
            write_lost_record(self._database)
            if form == PLAIN and read_record(self._folder) is None:
                return
            exists_and_is_ours(self._database, BUSY_SECONDS)
            self.key()
            record = self._record()
            write_record(self._folder, structs.replace(record, wanted=form, is_settled=False))

    def key(self) -> Key:
        """The key of the folder; made and kept where there is none yet."""
        with storage_errors(self._database):
            record = lost_record(self._database) or read_record(self._folder)
            if record is not None:
                return keys.key_of(record, self._database)
            if obstacle := self._obstacle():
                raise StorageError(obstacle, self._database)
            # What cannot be opened may be under a key, of which only the record is lost.
            exists_and_is_ours(self._database, BUSY_SECONDS)
            key = keys.new_key()
            self._keep(key)
            self._write(key, PLAIN)
            return key

    def propose_recovery(self) -> RecoveryWords:
        """A new recovery key; the former one is good until this one was proved."""
        with storage_errors(self._database):
            return recovery.propose(self._folder, self.key())

    def prove_recovery(self, typed: str) -> None:
        """What was written down, typed again, really opens; from now on it is the recovery key.

        Raises:
            MisreadError, WrongRecoveryKeyError: it does not; the former one is good.
        """
        with storage_errors(self._database):
            recovery.prove(self._folder, typed, self.key())

    def give_up_recovery(self) -> None:
        """The recovery key that was proposed is not wanted."""
        with storage_errors(self._database):
            recovery.give_up(self._folder)

    def remove_recovery(self) -> None:
        """There is no recovery key from now on.

        Raises:
            StorageError: also where the key cannot be found: then it is the last way in.
        """
        with storage_errors(self._database):
            if not has_recovery(self._folder):
                raise StorageError(troubles.MISSING, self._database)
            if read_record(self._folder) is not None:
                self.key()
            recovery.remove(self._folder)

    def recover(self, typed: str) -> bool:
        """Open by the recovery key; whether the key is in the key store again as well.

        Where it is not, files can be opened for as long as this program runs.

        Raises:
            MisreadError, WrongRecoveryKeyError: it opens nothing.
        """
        with storage_errors(self._database):
            key = recovery.key_by(self._folder, typed)
            keys.remember(key)
            record = read_record(self._folder)
            if record is None or (record.key_id, record.fingerprint) != _name_of(key):
                self._write(key, ENCRYPTED)
            try:
                self._keep(key)
            except StorageError:
                return False
            return True

    def _obstacle(self) -> str:
        if not keys.has_cipher():
            return troubles.CIPHER_MISSING
        return "" if key_store.has_key_store() else troubles.KEY_STORE_SHUT

    def _keep(self, key: Key) -> None:
        try:
            key_store.keep(key.key_id, key.secret)
        except KeyStoreShutError as error:
            raise StorageError(troubles.KEY_STORE_SHUT, self._database, str(error)) from error
        keys.remember(key)

    def _record(self) -> KeyRecord:
        record = read_record(self._folder)
        if record is None:
            raise StorageError(troubles.UNEXPECTED, self._database, "the key record is gone")
        return record

    def _write(self, key: Key, wanted: Form) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        key_id, fingerprint = _name_of(key)
        write_record(self._folder, KeyRecord(key_id, fingerprint, wanted, is_settled=True))


def _name_of(key: Key) -> tuple[str, str]:
    return key.key_id, key.fingerprint
