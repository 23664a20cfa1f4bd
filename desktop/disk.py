"""The disk that a folder lies on: room, rights, and whether it is somebody else's machine."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

_NETWORK = frozenset(
    "nfs nfs4 cifs smb3 smbfs afs ncpfs 9p fuse.sshfs fuse.rclone fuse.gvfsd-fuse davfs".split()  # noqa: SIM905
)
_MOUNTS = Path("/proc/self/mounts")
_DRIVE_REMOTE = 4


def free_bytes(folder: Path) -> int | None:
    """What is free for this user; None where nobody can tell."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def is_open_to_others(path: Path) -> bool:
    """Whether other users may read or enter it; on Windows a person's folders are their own."""
    if os.name != "posix":
        return False
    try:
        return bool(path.stat().st_mode & 0o077)
    except OSError:
        return False


def is_on_network(folder: Path, mounts: Path = _MOUNTS) -> bool:
    """Whether a folder lies on a share. SQLite's log needs memory that only one machine has."""
    if sys.platform == "win32":
        return _is_remote_drive(folder)
    try:
        table = mounts.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    found, kind = "", ""
    for line in table.splitlines():
        _, point, name, *_ = [*line.split(" "), "", "", ""]
        point = point.replace("\\040", " ")
        if len(point) >= len(found) and folder.is_relative_to(point):
            found, kind = point, name
    return kind in _NETWORK


def _is_remote_drive(folder: Path) -> bool:
    import ctypes

    drive = folder.drive or str(folder)[:3]
    if drive.startswith("\\\\"):
        return True
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - only there
    return bool(kernel.GetDriveTypeW(f"{drive}\\") == _DRIVE_REMOTE)
