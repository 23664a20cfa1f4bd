"""fault_in.py FAULT OPERATION FOLDER: a long operation meets a fault, and is done again without it.

Prints JSON: the exit code and what was said while the fault lasted, whether the database was as
before, what lay about; and whether it could be done afterwards.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import resource
import sys
from pathlib import Path

from die_in import OPERATIONS, make_some, state_of
from fault import become_nobody, full_disk, small_disk

from storage.backups import Backups
from storage.troubles import StorageError


def file_size_limit(path: Path) -> object:
    """No file may grow beyond some pages: neither a copy nor the log of a restore."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, hard))
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def folder_without_right(path: Path) -> object:
    """Nothing can be made in the data folder, nor in that of the backups."""
    folders = [each for each in (path.parent, path.parent / "backups") if each.exists()]
    for folder in folders:
        folder.chmod(0o500)
    return lambda: [folder.chmod(0o700) for folder in folders]


FAULTS = {
    "file_size_limit": file_size_limit,
    "full_disk": full_disk,
    "folder_without_right": folder_without_right,
}


def attempt(operation: object, path: Path) -> tuple[str, str]:
    """How it ended, and what was said on standard error."""
    said = io.StringIO()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(said):
        try:
            operation(path)
        except SystemExit as exit_:
            return f"exit {exit_.code}", said.getvalue()
        except StorageError as error:
            return error.kind, said.getvalue()
    return "done", said.getvalue()


def main() -> None:
    """See above."""
    fault, name, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    make, operation = OPERATIONS[name]
    warm = folder / "warm" / "yorisoi.db"
    make_some(warm)  # what is imported is imported before the rights are gone
    attempt(OPERATIONS["restore"][1], warm)
    if fault == "full_disk":
        small_disk(folder)
    path = folder / "data" / "yorisoi.db"
    if fault.endswith("_right"):
        become_nobody(folder)
    make(path)
    before, backups = state_of(path), len(Backups(path).all())
    repair = FAULTS[fault](path)
    ended, said = attempt(operation, path)
    repair()
    during = {
        "ended": ended,
        "said": said,
        "is_as_before": state_of(path) == before,
        "mess": [each.name for each in path.parent.rglob("*") if "new-" in each.name],
        "more_backups": len(Backups(path).all()) - backups,
    }
    after, _ = attempt(operation, path)
    sys.stdout.write(json.dumps({"during": during, "after": after}))


if __name__ == "__main__":
    os.umask(0o077)
    main()
