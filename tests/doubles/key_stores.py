"""The operating system's key store, as keyring lets one put another in its place."""

from __future__ import annotations

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError


class MemoryKeyring(KeyringBackend):
    """Keeps what it is given for as long as it lives; ``is_locked`` as after a log-in by card."""

    priority = 1

    def __init__(self):
        super().__init__()
        self.kept: dict[str, str] = {}
        self.is_locked = False

    def _look(self):
        if self.is_locked:
            raise KeyringLocked("locked")

    def get_password(self, service, username):
        self._look()
        return self.kept.get(f"{service}/{username}")

    def set_password(self, service, username, password):
        self._look()
        self.kept[f"{service}/{username}"] = password

    def delete_password(self, service, username):
        self._look()
        if self.kept.pop(f"{service}/{username}", None) is None:
            raise PasswordDeleteError("not there")


class FileKeyring(MemoryKeyring):
    """Outlives the program that asks it, as the system's does; the file is named outside."""

    @property
    def _file(self) -> Path:
        return Path(os.environ["YORISOI_TEST_KEYRING"])

    def _look(self):
        self.kept = json.loads(self._file.read_text()) if self._file.exists() else {}

    def set_password(self, service, username, password):
        super().set_password(service, username, password)
        self._write()

    def delete_password(self, service, username):
        super().delete_password(service, username)
        self._write()

    def _write(self):
        beside = self._file.with_suffix(".tmp")
        beside.write_text(json.dumps(self.kept))
        beside.replace(self._file)
