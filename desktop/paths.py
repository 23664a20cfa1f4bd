"""Where files live: under one folder of the user's, or all under a folder that was asked for."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

ENVIRONMENT = "YORISOI_DATA_DIR"


class Places(NamedTuple):
    """Every path that the program writes to or reads the user's own files from."""

    data: Path

    @property
    def database(self) -> Path:
        """The journal."""
        return self.data / "yorisoi.db"

    @property
    def settings(self) -> Path:
        """The settings, TOML with comments."""
        return self.data / "settings.toml"

    @property
    def own_phrases(self) -> Path:
        """The agent's own wordings and first phrases, TOML."""
        return self.data / "own_phrases.toml"

    @property
    def reflections(self) -> Path:
        """What the agent wrote for themselves, apart from all cases."""
        return self.data / "reflections.db"

    @property
    def flows(self) -> Path:
        """The user's own flow files, laid over the shipped ones."""
        return self.data / "flows"

    @property
    def cards(self) -> Path:
        """The user's own interrupt cards."""
        return self.flows / "cards"

    @property
    def department(self) -> Path:
        """The copy of what the department shares, for when its folder is out of reach."""
        return self.data / "department"

    @property
    def handoffs(self) -> Path:
        """The notes that were handed over."""
        return self.data / "handoffs"

    @property
    def exports(self) -> Path:
        """Which files were exported to other folders, one a line (JSON)."""
        return self.data / "exported.jsonl"

    @property
    def inbox(self) -> Path:
        """Where bundles of other desks are laid for the running sidebar to take over."""
        return self.data / "inbox"

    @property
    def logs(self) -> Path:
        """Traces of our own mistakes; no customer text."""
        return self.data / "logs"

    @property
    def backups(self) -> Path:
        """The backups of the journal."""
        return self.data / "backups"

    @property
    def with_half_made_files(self) -> tuple[Path, ...]:
        """The folders in which a crash may leave half of a file."""
        return (self.data, self.backups, self.handoffs, self.inbox)

    @property
    def in_hand(self) -> Path:
        """There, and empty, while a case is in hand: the next first frame says so."""
        return self.data / "in_hand"

    @property
    def lock(self) -> Path:
        """What keeps a second window away."""
        return self.data / "yorisoi.lock"


def make_private(folder: Path) -> None:
    """Make the folder, this user's alone where the system knows such a thing.

    What cannot be made is left: whoever writes there will say so.
    """
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def places(data_dir: str | None, environ: Mapping[str, str] = os.environ) -> Places:
    """The folder named on the command line, else in the environment, else the system's own."""
    named = data_dir or environ.get(ENVIRONMENT)
    if named:
        return Places(Path(named).expanduser().absolute())
    return Places(_systems_own())


def is_systems_own(folder: Path) -> bool:
    """Whether a folder is the one that is used where nobody names another."""
    return folder == _systems_own()


def _systems_own() -> Path:
    # Imported only here: nobody who names a folder should wait for it.
    from platformdirs import user_data_path  # noqa: PLC0415

    return user_data_path("Yorisoi", appauthor=False)
