"""fault.py FAULT WHEN FOLDER: a journal meets a fault, waits it out, and says what it told.

WHEN is `open` (the fault is there from the start) or `write` (twenty events were written).
Prints JSON: what was told while it lasted, what the disk held, what was told and held after.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import secrets  # noqa: F401 - now, as below
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from recorder import WAIT, Recorder, event, summary

# Now, for another user may not be able to read them.
import storage.journal_file  # noqa: F401
import storage.schema  # noqa: F401
from storage.archive import Archive
from storage.journal import Journal
from storage.troubles import StorageError

NOBODY = 65534
Repair = Callable[[], object]


def file_size_limit(path: Path) -> Repair:
    """No file may grow; every write over the limit fails with EFBIG."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    wal = path.with_name(path.name + "-wal")
    size = wal.stat().st_size if wal.exists() else 0
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def full_disk(path: Path) -> Repair:
    """Another file takes all that is free."""
    filler = path.parent / "filler"
    with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"x" * 512)
    return filler.unlink


def small_disk(folder: Path) -> None:
    """A file system of sixteen megabytes that goes with this process (in its own mount namespace)."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=16m", "none", str(folder)]
    subprocess.run(mount, check=True)


def folder_without_right(path: Path) -> Repair:
    """Nothing can be made in the folder."""
    path.parent.chmod(0o500)
    return lambda: path.parent.chmod(0o700)


def file_without_right(path: Path) -> Repair:
    """The database may only be read."""
    path.chmod(0o400)
    return lambda: path.chmod(0o600)


FAULTS = {
    "file_size_limit": file_size_limit,
    "full_disk": full_disk,
    "folder_without_right": folder_without_right,
    "file_without_right": file_without_right,
}


def become_nobody(folder: Path) -> None:
    """Rights mean nothing to root."""
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def held(path: Path) -> list[str] | str:
    """The ids that another reader finds."""
    try:
        with Archive(path) as archive:
            return [each.id for each in archive.events_of("case-1")]
    except StorageError as error:
        return error.kind


def write_some(path: Path) -> None:
    """What was there before the fault, written by an earlier start."""
    recorder = Recorder()
    journal = Journal(path, recorder)
    journal.start()
    journal.append([event("d", seq) for seq in range(1, 21)], [summary(20)])
    assert journal.close(WAIT)


def main() -> None:
    """See above."""
    fault, when, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    if fault == "full_disk":
        small_disk(folder)
    if fault.endswith("_right"):
        become_nobody(folder)
    path = folder / "yorisoi.db"
    recorder = Recorder()
    journal = Journal(path, recorder, retry_seconds=3600)
    repair = None
    if when == "open":
        if fault == "file_without_right":
            write_some(path)
        repair = FAULTS[fault](path)
    journal.start()
    if when == "write":
        recorder.wait_for("opened")
        journal.append([event("d", seq) for seq in range(1, 21)], [summary(20)])
        assert journal.flush(WAIT)
        repair = FAULTS[fault](path)
    assert repair is not None
    # More than fits into what is free inside the log: one batch, all or nothing.
    journal.append([event("d", seq, text="あ" * 9000) for seq in range(21, 61)], [summary(60)])
    recorder.wait_for("trouble")
    journal.append([event("d", 61)], [summary(61)])
    journal.flush(0)
    during = {"told": recorder.names, "held": held(path)}
    during["is_unsaved"] = journal.unsaved_since() is not None
    repair()
    assert journal.flush(WAIT)
    recorder.wait_for("opened")
    recorder.wait_for("recovered")
    assert journal.close(WAIT)
    after = {"told": recorder.names, "mess": mess_in(folder), "held": held(path)}
    after["is_unsaved"] = journal.unsaved_since() is not None
    sys.stdout.write(json.dumps({"during": during, "after": after}))


def mess_in(folder: Path) -> list[str]:
    """Files that should not be there."""
    return [each.name for each in folder.iterdir() if each.name != "yorisoi.db"]


if __name__ == "__main__":
    main()
