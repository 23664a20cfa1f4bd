"""Bringing a database into the plain or the encrypted form, under a key of this run.

The key is made here and kept in memory: no run touches the key store of whoever measures.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

from storage import keys
from storage.conversion import convert_all
from storage.key_record import Form, KeyRecord, write_record

os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"


def convert(path: Path, form: Form) -> float:
    """Bring it into that form under a key of this run; the seconds it took."""
    key = next(iter(keys._known.values()), None) or keys.new_key()
    keys.remember(key)
    record = KeyRecord(key.key_id, key.fingerprint, form, is_settled=False)
    write_record(path.parent, record)
    begun = time.perf_counter()
    convert_all(path, 60.0)
    return time.perf_counter() - begun
