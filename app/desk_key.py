"""This desk's own key: the public half in a file, the secret one in the system's key store only."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from handoff.desk_keys import PublicKey, SecretKey, new_secret, read_public, read_secret
from storage.key_record import write_durably
from storage.key_store import KeyStoreShutError, fetch, forget, has_key_store, keep

_FILE = "desk_key.txt"
_NAME = "desk-key {id}"


class DeskKeyError(Exception):
    """There is no key to be had.

    ``kind`` is ``none`` (never made), ``lost`` (not in the key store any more), ``shut`` (the store
    does not answer) or ``no_store`` (the system has none).
    """

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def public_key(folder: Path) -> PublicKey | None:
    """The half that others may know; None where none was made, or the file is spoilt."""
    try:
        return read_public((folder / _FILE).read_text(encoding="ascii"))
    except (OSError, UnicodeDecodeError):
        return None


def secret_key(folder: Path) -> SecretKey:
    """The other half; may take seconds, as the system may ask the user.

    Raises:
        DeskKeyError: it is not to be had.
    """
    public = public_key(folder)
    if public is None:
        raise DeskKeyError("none")
    try:
        kept = fetch(_NAME.format(id=public.id))
    except KeyStoreShutError:
        raise DeskKeyError("shut") from None
    secret = read_secret(kept) if kept else None
    if secret is None or secret.public() != public:
        raise DeskKeyError("lost")
    return secret


def make_key(folder: Path) -> PublicKey:
    """A new key, in place of the one there may be; where it cannot be kept, none is made.

    Raises:
        DeskKeyError: there is no key store, or it does not answer.
        OSError: the data folder cannot be written.
    """
    if not has_key_store():
        raise DeskKeyError("no_store")
    before, secret = public_key(folder), new_secret()
    public = secret.public()
    try:
        keep(_NAME.format(id=public.id), secret.as_text())
    except KeyStoreShutError:
        raise DeskKeyError("shut") from None
    write_durably(folder / _FILE, public.as_text().encode("ascii") + b"\n")
    if before is not None:
        with suppress(KeyStoreShutError):
            forget(_NAME.format(id=before.id))
    return public
