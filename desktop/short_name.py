"""A short name for a data folder, the same at every start: of its door, of its entry at login."""

from __future__ import annotations

import os
import zlib


def short_name(folder: str | os.PathLike[str]) -> str:
    """Sixteen hexadecimal digits that tell folders apart.

    Two checksums and no hash of ``hashlib``: that brings libcrypto, 4 MB and 9 ms at each start,
    and nothing here is a secret. Whoever might choose a folder with the same name as another one
    is the user whose folders both are.
    """
    path = os.fsencode(folder)
    return f"{zlib.crc32(path):08x}{zlib.adler32(path):08x}"
