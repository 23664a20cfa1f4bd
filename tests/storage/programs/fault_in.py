"""fault_in.py FAULT OPERATION FOLDER: a long operation meets a fault, and is done again without it.

Prints JSON: the exit code and what was said while the fault lasted, whether the database was as
before or as it should become, what lay about; and whether it could be done afterwards.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import resource
import sys
from pathlib import Path

import keyring
from die_in import OPERATIONS, journal_file, make_some, run, run_quietly, state_of
from fault import become_nobody, full_disk, small_disk
from msgspec import structs
from recorder import NOON, event, summary

from storage.backups import Backups
from storage.batch import Batch
from storage.keys import is_sealed
from storage.troubles import StorageError
from tests.doubles.key_stores import MemoryKeyring


def make_over(path: Path) -> None:
    """A case that was over years ago, and a backup that holds it too."""
    file = journal_file(path)
    events = [event("d", n, "あ" * 300) for n in range(1, 121)]
    line = structs.replace(summary(120), status="done", touched_at=NOON.replace(year=2020))
    file.write(Batch.of_append(events, [line], [], 0.0))
    file.close()
    Backups(path).make("asked", NOON)


def make_encrypted(path: Path) -> None:
    """Records that were encrypted by the command."""
    make_over(path)
    run_quietly(lambda each: run(each, "encrypt", "--json"), path)


ALL_OPERATIONS = {
    **OPERATIONS,
    "purge": (make_over, lambda path: run(path, "purge", "--json")),
    "encrypt": (make_over, lambda path: run(path, "encrypt", "--json")),
    "decrypt": (make_encrypted, lambda path: run(path, "decrypt", "--json")),
}


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


HALF_MADE = re.compile(r"new-|\.new$|\.tmp$|\.converting")


def forms_of(path: Path) -> list[tuple[str, bool]]:
    """Which databases are encrypted: the records and their backups."""
    files = [path, *sorted((path.parent / "backups").glob("*-asked.db"))]
    return [(each.name, is_sealed(each)) for each in files]


def holds_text(path: Path) -> bool:
    """Whether any file has what was noted, as the records and their backups write it."""
    files = [each for each in path.parent.rglob("*") if each.is_file() and each.name != "filler"]
    return any(("あ" * 20).encode() in each.read_bytes() for each in files)


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
    keyring.set_keyring(MemoryKeyring())
    make, operation = ALL_OPERATIONS[name]
    warm = folder / "warm" / "yorisoi.db"
    make_some(warm)  # what is imported is imported before the rights are gone
    for each in ("restore", "encrypt", name) if name == "decrypt" else ("restore", name):
        attempt(ALL_OPERATIONS[each][1], warm)
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
        "mess": [each.name for each in path.parent.rglob("*") if HALF_MADE.search(each.name)],
        "more_backups": len(Backups(path).all()) - backups,
    }
    state, forms = state_of(path), forms_of(path)
    during["holds_text"] = holds_text(path)
    after, said_after = attempt(operation, path)
    during["is_as_before"], during["is_done"] = state == before, state == state_of(path)
    during["is_in_one_form"] = forms == forms_of(path)
    sys.stdout.write(json.dumps({"during": during, "after": after, "said": said_after}))


if __name__ == "__main__":
    os.umask(0o077)
    main()
