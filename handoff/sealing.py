"""Sealed files (``.yorisoi.sealed``): signed by the desk that sends, readable by named desks only.

All cryptography is libsodium's, by PyNaCl (docs/adr/0006). The content is signed together with the
names of those it is for, so that nobody can pass it on as if it were meant for another; then
encrypted under a key made for this one file; and that key is sealed to each receiver. ``nacl`` is
imported when the first file is sealed or opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from handoff.acknowledgement import EXTENSION as _ANSWER
from handoff.bundle import EXTENSION as _BUNDLE
from handoff.bundle import MAX_BYTES, BundleError
from handoff.desk_keys import PublicKey, SecretKey

FORMAT: Literal["yorisoi-sealed"] = "yorisoi-sealed"
VERSION = 1
# How a sealed file ends, by how it ends unsealed.
SEALED: Mapping[str, str] = {_BUNDLE: "yorisoi.sealed", _ANSWER: "yorisoi-ack.sealed"}
MOST_RECEIVERS = 200
# In Base64 a third longer than what is in it, and all the slots.
MAX_SEALED_BYTES = MAX_BYTES * 4 // 3 + 200_000

_BEGINS = b'{"format":"yorisoi-sealed"'
_CONTEXT = b"yorisoi-sealed 1\0"
_SIGNATURE = 64
_KEY = 32

_KeyId = Annotated[str, Meta(pattern=r"^[0-9a-f]{20}$")]


class _Slot(Struct, frozen=True, forbid_unknown_fields=True):
    """The file's key, sealed to the desk whose key is called ``to``."""

    to: _KeyId
    key: bytes


class _Sealed(Struct, frozen=True, forbid_unknown_fields=True):
    """The file."""

    format: Literal["yorisoi-sealed"]
    version: int
    slots: Annotated[tuple[_Slot, ...], Meta(min_length=1, max_length=MOST_RECEIVERS)]
    content: bytes


class _Letter(Struct, frozen=True, array_like=True):
    """What is signed: who sent it (both halves of the key), to whom, and the content."""

    verifies: bytes
    sealed_to: bytes
    to: tuple[str, ...]
    content: bytes


class Opened(Struct, frozen=True):
    """What was in it, and whose it is."""

    content: bytes
    sender: PublicKey


def is_sealed(content: bytes) -> bool:
    """Whether it says of itself that it is a sealed file."""
    return content.startswith(_BEGINS)


def seal(content: bytes, sender: SecretKey, receivers: Iterable[PublicKey]) -> bytes:
    """The sealed file for these desks.

    Raises:
        ValueError: there is none of them: nobody could open the file.
    """
    from nacl.public import PublicKey as Box
    from nacl.public import SealedBox
    from nacl.secret import Aead
    from nacl.signing import SigningKey
    from nacl.utils import random

    desks = {key.id: key for key in receivers}
    if not desks:
        raise ValueError("a sealed file needs a receiver")
    own, key = sender.public(), random(_KEY)
    letter = msgspec.msgpack.encode(
        _Letter(own.verifies, own.sealed_to, tuple(sorted(desks)), content)
    )
    signature = SigningKey(sender.signs).sign(_CONTEXT + letter).signature
    slots = tuple(
        _Slot(name, SealedBox(Box(desks[name].sealed_to)).encrypt(key)) for name in sorted(desks)
    )
    closed = bytes(Aead(key).encrypt(signature + letter, _bound(slots)))
    return msgspec.json.encode(_Sealed(FORMAT, VERSION, slots, closed)) + b"\n"


def unseal(content: bytes, own: SecretKey, trusted: Iterable[PublicKey]) -> Opened:
    """What is in a sealed file, if it is for this desk and from one that is trusted.

    Raises:
        BundleError: ``too_large``, ``no_bundle``, ``newer_version``, ``not_for_us``, ``changed``
            or ``unknown_sender``.
    """
    file = _read(content)
    letter, signature, signed = _letter(file, own)
    sender = PublicKey(letter.verifies, letter.sealed_to)
    if sender not in set(trusted):  # the whole key, not its short name
        raise BundleError("unknown_sender")
    _verify(sender, signature, signed)
    if letter.to != tuple(slot.to for slot in file.slots):
        raise BundleError("changed", "other receivers")
    return Opened(letter.content, sender)


def _read(content: bytes) -> _Sealed:
    if len(content) > MAX_SEALED_BYTES:
        raise BundleError("too_large")
    if not is_sealed(content):
        raise BundleError("no_bundle")
    try:
        file = msgspec.json.decode(content, type=_Sealed)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise BundleError("changed", str(error)) from error
    if file.version != VERSION:
        raise BundleError("newer_version" if file.version > VERSION else "changed")
    return file


def _letter(file: _Sealed, own: SecretKey) -> tuple[_Letter, bytes, bytes]:
    """What is in it, the signature, and what was signed."""
    from nacl.exceptions import CryptoError
    from nacl.public import PrivateKey, SealedBox
    from nacl.secret import Aead

    name = own.public().id
    slot = next((slot for slot in file.slots if slot.to == name), None)
    if slot is None:
        raise BundleError("not_for_us")
    try:
        key = SealedBox(PrivateKey(own.opens)).decrypt(slot.key)
        plain = Aead(key).decrypt(file.content, _bound(file.slots))
        signature, signed = plain[:_SIGNATURE], plain[_SIGNATURE:]
        return msgspec.msgpack.decode(signed, type=_Letter), signature, signed
    except (CryptoError, ValueError, TypeError, RecursionError) as error:
        raise BundleError("changed", str(error)) from error


def _verify(sender: PublicKey, signature: bytes, signed: bytes) -> None:
    from nacl.exceptions import CryptoError
    from nacl.signing import VerifyKey

    try:
        VerifyKey(sender.verifies).verify(_CONTEXT + signed, signature)
    except (CryptoError, ValueError, TypeError) as error:
        raise BundleError("changed", str(error)) from error


def _bound(slots: Sequence[_Slot]) -> bytes:
    """What is authenticated with the content: not one slot can be changed, added or taken out."""
    return _CONTEXT + msgspec.msgpack.encode(slots)
