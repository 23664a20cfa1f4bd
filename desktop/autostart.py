"""Whether the program starts when its user logs in, in the place where each system keeps that.

The system's own word counts: what a person turned off there is off (docs/PLATFORMS.md says what of
this has never run where it is for).
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from desktop.paths import is_systems_own
from desktop.short_name import short_name

_RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
# Where the task manager keeps what it has switched off: an odd first byte.
_APPROVED = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
_SWITCHED_OFF = re.compile(r"^(Hidden\s*=\s*true|X-GNOME-Autostart-enabled\s*=\s*false)\s*$", re.M)
_ENTRY = """[Desktop Entry]
Type=Application
Name=Yorisoi
Exec={command}
Terminal=false
X-GNOME-Autostart-enabled=true
"""


class Autostart(Protocol):
    """The entry of one program. All of it reads or writes what the system keeps on the disk."""

    def is_on(self) -> bool:
        """Whether the system will start it.

        Raises:
            OSError: that cannot be read.
        """
        ...

    def turn_on(self, command: Sequence[str]) -> None:
        """Have it start this command, whatever was there before.

        Raises:
            OSError: the system does not let us.
        """
        ...

    def turn_off(self) -> None:
        """Take the entry away; where there is none, that is that.

        Raises:
            OSError: the system does not let us.
        """
        ...


class XdgAutostart:
    """A desktop entry in the user's autostart folder, as all Linux desktops read it."""

    def __init__(self, folder: Path, name: str) -> None:
        self._path = folder / f"{name}.desktop"

    def is_on(self) -> bool:
        """There, and not switched off by the desktop's own list."""
        try:
            return not _SWITCHED_OFF.search(self._path.read_text("utf-8", "replace"))
        except FileNotFoundError:
            return False

    def turn_on(self, command: Sequence[str]) -> None:
        """Write the entry."""
        line = " ".join(map(_quoted, command)).replace("\\", "\\\\").replace("\n", "\\n")
        _write(self._path, _ENTRY.format(command=line).encode())

    def turn_off(self) -> None:
        """Remove it."""
        self._path.unlink(missing_ok=True)


class LaunchAgent:
    """A property list that launchd of macOS reads at the login."""

    def __init__(self, folder: Path, name: str) -> None:
        self._label = f"jp.{name}"
        self._path = folder / f"{self._label}.plist"

    def is_on(self) -> bool:
        """There, and not marked as disabled."""
        import plistlib
        from xml.parsers.expat import ExpatError

        try:
            told = plistlib.loads(self._path.read_bytes())
        except FileNotFoundError:
            return False
        except (ExpatError, ValueError):
            return False  # launchd cannot read it either
        return isinstance(told, dict) and not told.get("Disabled")

    def turn_on(self, command: Sequence[str]) -> None:
        """Write the list; it counts from the next login on."""
        import plistlib

        told = {"Label": self._label, "ProgramArguments": list(command), "RunAtLoad": True}
        _write(self._path, plistlib.dumps(told))

    def turn_off(self) -> None:
        """Remove it."""
        self._path.unlink(missing_ok=True)


class RunKey:
    """A value under the Run key of this user in the registry of Windows.

    ``registry`` is the module ``winreg``; the tests give their own.
    """

    def __init__(self, name: str, registry: Any) -> None:  # noqa: ANN401 - no types elsewhere
        self._name = name
        self._registry = registry

    def is_on(self) -> bool:
        """There, and not switched off in the task manager."""
        if self._value(_RUN) is None:
            return False
        approved = self._value(_APPROVED)
        return not (isinstance(approved, bytes) and approved and approved[0] & 1)

    def turn_on(self, command: Sequence[str]) -> None:
        """Write the value; what the task manager keeps of an earlier one is forgotten."""
        registry = self._registry
        with registry.CreateKeyEx(
            registry.HKEY_CURRENT_USER, _RUN, 0, registry.KEY_SET_VALUE
        ) as key:
            import subprocess  # here: only Windows needs it

            line = subprocess.list2cmdline(command)
            registry.SetValueEx(key, self._name, 0, registry.REG_SZ, line)
        self._delete(_APPROVED)

    def turn_off(self) -> None:
        """Delete the value."""
        self._delete(_RUN)
        self._delete(_APPROVED)

    def _value(self, path: str) -> object:
        registry = self._registry
        try:
            with registry.OpenKey(registry.HKEY_CURRENT_USER, path) as key:
                return registry.QueryValueEx(key, self._name)[0]
        except FileNotFoundError:
            return None

    def _delete(self, path: str) -> None:
        registry = self._registry
        try:
            with registry.OpenKey(
                registry.HKEY_CURRENT_USER, path, 0, registry.KEY_SET_VALUE
            ) as key:
                registry.DeleteValue(key, self._name)
        except FileNotFoundError:
            return


def open_autostart(
    data: Path, system: str = sys.platform, environ: Mapping[str, str] = os.environ
) -> Autostart:
    """The entry for the program with this data folder; another folder has another entry."""
    name = _name(data)
    if system == "win32":
        import winreg

        return RunKey(name, winreg)
    if system == "darwin":
        return LaunchAgent(Path.home() / "Library" / "LaunchAgents", name)
    given = environ.get("XDG_CONFIG_HOME", "")
    config = Path(given) if Path(given).is_absolute() else Path.home() / ".config"
    return XdgAutostart(config / "autostart", name)


def own_command(data: Path) -> list[str]:
    """How this program is started, on this data folder."""
    own = [sys.executable]
    if not getattr(sys, "frozen", False):
        # Without a window of the console, where Windows has such a Python.
        windowless = Path(sys.executable).with_name("pythonw.exe")
        own = [str(windowless) if windowless.exists() else sys.executable]
        own.append(str(Path(__file__).resolve().parents[1] / "main.py"))
    return own if is_systems_own(data) else [*own, "--data-dir", str(data)]


def _name(data: Path) -> str:
    if is_systems_own(data):
        return "yorisoi"
    return f"yorisoi-{short_name(data)}"


def _quoted(word: str) -> str:
    """A word of ``Exec``: quoted, its field codes and what a shell would read escaped."""
    return '"' + re.sub(r'(["`$\\])', r"\\\1", word).replace("%", "%%") + '"'


def _write(path: Path, content: bytes) -> None:
    """Write beside and replace: a crash leaves the old entry or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".tmp")
    beside.write_bytes(content)
    beside.replace(path)
