"""What really stands in an encrypted file, page by page: also what no table shows any more.

SQLCipher's format (4.x, raw key): each page is AES-256-CBC; its last 80 bytes are the 16 of the
initialisation vector and an HMAC of 64; the first 16 bytes of the first page are the salt. A log has
the same pages, each behind a header of 24 bytes, the first behind one of 32.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from storage.gate import wal_of
from storage.keys import key_for

PAGE_BYTES, RESERVED_BYTES, SALT_BYTES = 4096, 80, 16
LOG_HEADER_BYTES, FRAME_HEADER_BYTES = 32, 24


def decrypted_pages(path: Path) -> bytes:
    """Every page of a file and of its log, free ones and what is left in the slack included."""
    key = key_for(path)
    assert key is not None, "it is plain"
    secret = bytes.fromhex(key.secret)
    return b"".join(_plain(page, number, secret) for number, page in _pages(path))


def _pages(path: Path) -> Iterator[tuple[int, bytes]]:
    content = path.read_bytes()
    assert content
    assert len(content) % PAGE_BYTES == 0
    for place in range(0, len(content), PAGE_BYTES):
        yield place // PAGE_BYTES + 1, content[place : place + PAGE_BYTES]
    log = wal_of(path).read_bytes() if wal_of(path).exists() else b""
    for place in range(LOG_HEADER_BYTES, len(log), FRAME_HEADER_BYTES + PAGE_BYTES):
        number = int.from_bytes(log[place : place + 4], "big")
        start = place + FRAME_HEADER_BYTES
        yield number, log[start : start + PAGE_BYTES]


def _plain(page: bytes, number: int, secret: bytes) -> bytes:
    vector = page[-RESERVED_BYTES : SALT_BYTES - RESERVED_BYTES]
    encrypted = page[SALT_BYTES if number == 1 else 0 : -RESERVED_BYTES]
    decryptor = Cipher(algorithms.AES(secret), modes.CBC(vector)).decryptor()
    return decryptor.update(encrypted) + decryptor.finalize()
