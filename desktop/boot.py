"""The time since boot, suspend included, and a name for the boot it counts from."""

from __future__ import annotations

import sys
import time
from functools import cache
from pathlib import Path

_LINUX_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_WINDOWS_BOOT_KEY = (
    r"SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management\PrefetchParameters"
)


def boot_seconds() -> float:
    """Seconds since boot that go on while the machine sleeps.

    ``time.monotonic`` stands still in suspend on Linux and macOS, so it is only the last resort.
    """
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC)
    if sys.platform == "win32":
        return float(_windows_tick_milliseconds()) / 1000
    return time.monotonic()


@cache
def boot_id() -> str:
    """A name of this boot; equal only within one boot.

    Where the system gives none, the process itself is the boot: readings of another process are
    then compared by their walls, which is right, only less exact.
    """
    try:
        found = _read_boot_id()
    except (OSError, ValueError, AttributeError):
        found = ""
    return found or f"process-{time.time_ns():x}"


def _read_boot_id() -> str:
    if sys.platform == "linux":
        return _LINUX_BOOT_ID.read_text(encoding="ascii").strip()
    if sys.platform == "darwin":
        return _mac_boot_session()
    if sys.platform == "win32":
        return _windows_boot_count()
    return ""


if sys.platform == "win32":
    import ctypes
    import winreg

    def _windows_tick_milliseconds() -> int:
        tick = ctypes.windll.kernel32.GetTickCount64
        tick.restype = ctypes.c_uint64
        return int(tick())

    def _windows_boot_count() -> str:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, _WINDOWS_BOOT_KEY) as key:
            return f"windows-{winreg.QueryValueEx(key, 'BootId')[0]}"


def _mac_boot_session() -> str:
    import ctypes

    buffer = ctypes.create_string_buffer(64)
    size = ctypes.c_size_t(len(buffer))
    libc = ctypes.CDLL(None)
    failed = libc.sysctlbyname(b"kern.bootsessionuuid", buffer, ctypes.byref(size), None, 0)
    return "" if failed else buffer.value.decode("ascii")
