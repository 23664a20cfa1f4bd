"""The two halves of a desk's key: what it hands out, and what stays in the system's key store.

A desk signs with Ed25519 and is sealed to with X25519, each with a key of its own. ``nacl`` is
imported only where a key is made: reading and comparing public ones needs none of it.
"""

from __future__ import annotations

from base64 import b64decode, b64encode, urlsafe_b64decode, urlsafe_b64encode

from msgspec import Struct

_PREFIX = "yk1-"
_HALF = 32
_CHECK = 4
_ID_DIGITS = 20
_GROUP = 4


class PublicKey(Struct, frozen=True):
    """What every desk may know: 32 bytes that verify, 32 bytes to which a file is sealed."""

    verifies: bytes
    sealed_to: bytes

    @property
    def id(self) -> str:
        """Its name: 20 hex digits that no other key has."""
        return _digest(self.verifies + self.sealed_to).hex()[:_ID_DIGITS]

    @property
    def spoken(self) -> str:
        """The same in groups of four, to be compared over the telephone."""
        return " ".join(self.id[at : at + _GROUP] for at in range(0, _ID_DIGITS, _GROUP))

    def as_text(self) -> str:
        """One line to be copied; a check at its end finds what was copied by half."""
        both = self.verifies + self.sealed_to
        return _PREFIX + urlsafe_b64encode(both + _check(both)).decode().rstrip("=")


class SecretKey(Struct, frozen=True):
    """The seeds of both keys; it is in no trace and no message."""

    signs: bytes
    opens: bytes

    def __repr__(self) -> str:
        """Nothing of it."""
        return "SecretKey(…)"

    def as_text(self) -> str:
        """As the key store keeps it."""
        return b64encode(self.signs + self.opens).decode()

    def public(self) -> PublicKey:
        """The half that is handed out."""
        from nacl.public import PrivateKey
        from nacl.signing import SigningKey

        verifies = bytes(SigningKey(self.signs).verify_key)
        return PublicKey(verifies, bytes(PrivateKey(self.opens).public_key))


def new_secret() -> SecretKey:
    """A key made by chance."""
    from nacl.public import PrivateKey
    from nacl.signing import SigningKey

    return SecretKey(bytes(SigningKey.generate()), bytes(PrivateKey.generate()))


def read_public(text: str) -> PublicKey | None:
    """The key in a line as :meth:`PublicKey.as_text` wrote it; None where it is none, or half."""
    line = "".join(text.split())
    if not line.startswith(_PREFIX) or not line.isascii():
        return None
    code = line.removeprefix(_PREFIX)
    try:
        raw = urlsafe_b64decode(code + "=" * (-len(code) % 4))
    except ValueError:
        return None
    both, check = raw[:-_CHECK], raw[-_CHECK:]
    if len(both) != 2 * _HALF or check != _check(both):
        return None
    return PublicKey(both[:_HALF], both[_HALF:])


def is_sound(key: PublicKey) -> bool:
    """Whether both halves are points that can be worked with; imports ``nacl``.

    Half of all numbers are none, and libsodium says so only when one is used.
    """
    from nacl.bindings import crypto_core_ed25519_is_valid_point as is_point
    from nacl.bindings import has_crypto_core_ed25519 as can_tell
    from nacl.exceptions import CryptoError
    from nacl.public import PublicKey as Box
    from nacl.public import SealedBox

    try:
        SealedBox(Box(key.sealed_to)).encrypt(b"")
    except CryptoError:
        return False
    return not can_tell or bool(is_point(key.verifies))


def read_secret(text: str) -> SecretKey | None:
    """What the key store kept; None where that is no key."""
    try:
        raw = b64decode(text, validate=True)
    except ValueError:
        return None
    return SecretKey(raw[:_HALF], raw[_HALF:]) if len(raw) == 2 * _HALF else None


def _check(both: bytes) -> bytes:
    return _digest(_PREFIX.encode() + both)[:_CHECK]


def _digest(data: bytes) -> bytes:
    import hashlib  # here and not above: libcrypto comes with it, and few desks have such a key

    return hashlib.sha256(data).digest()
