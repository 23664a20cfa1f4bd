"""The programs that are compared: how each is started, and what it needs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_BARE = ROOT / "benchmarks" / "bare_window.py"
# Plover wants another PySide6 than we: an environment of its own.
_OWN_ENVIRONMENT = ROOT / "build" / "peers"
_PAGE = "<!doctype html><meta charset=utf-8><title>script</title>"
_VERSIONS = (
    "from importlib.metadata import version; print({}'PySide6', version('PySide6_Essentials'))"
)
_SETTINGS = '[desk]\nname = "田中"\ncompany = "みどり電器"\n'


@dataclass(frozen=True)
class Peer:
    """A program; ``command`` and ``environment`` are made for a folder that it may write to."""

    name: str
    program: str
    missing: str
    version_of: Sequence[str]
    command: Callable[[Path], Sequence[str]]
    environment: Callable[[Path], Mapping[str, str]] = field(default=lambda _: {})

    @property
    def is_here(self) -> bool:
        """Whether it is installed."""
        return shutil.which(self.program) is not None

    def version(self) -> str:
        """What it says of itself, its first line."""
        told = subprocess.run(
            self.version_of,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            check=False,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
        )
        return (told.stdout.strip().splitlines() or ["version unknown"])[0].strip()


def peers() -> tuple[Peer, ...]:
    """The sidebar first, then a bare window, then what a user would pick instead."""
    python, plover = sys.executable, str(_OWN_ENVIRONMENT / "bin" / "plover")
    pyside = [python, "-c", _VERSIONS.format("")]
    own = [python, "-c", _VERSIONS.format("'Yorisoi', version('yorisoi'), 'on', ")]
    return (
        Peer("the sidebar", python, "", own, _sidebar, _sidebar_environment),
        Peer("a bare PySide6 window", python, "", pyside, lambda _: [python, str(_BARE)], _told),
        Peer(
            "Chromium, an empty page as an app window",
            "chromium",
            "the Debian package chromium",
            ["chromium", "--version"],
            _chromium,
        ),
        Peer(
            "CopyQ, its main window",
            "copyq",
            "the Debian package copyq",
            ["copyq", "--version"],
            lambda _: ["copyq", "--start-server", "show"],
            lambda folder: {"COPYQ_SETTINGS_PATH": str(folder)},
        ),
        Peer(
            "Plover, its main window",
            plover,
            "Plover in build/peers",
            [plover, "--version"],
            lambda _: [plover],
        ),
    )


def _sidebar(_: Path) -> Sequence[str]:
    return [sys.executable, str(ROOT / "main.py")]


def _sidebar_environment(folder: Path) -> Mapping[str, str]:
    (folder / "settings.toml").write_text(_SETTINGS, "utf-8")
    return {"YORISOI_DATA_DIR": str(folder)}


def _told(_: Path) -> Mapping[str, str]:
    """It says on a descriptor when it is painted; here nobody listens."""
    return {"YORISOI_PAINT_FD": "1"}


def _chromium(folder: Path) -> Sequence[str]:
    page = folder / "page.html"
    page.write_text(_PAGE, "utf-8")
    command = ["chromium", f"--app={page.as_uri()}", f"--user-data-dir={folder / 'profile'}"]
    command += ["--no-first-run", "--no-default-browser-check", "--password-store=basic"]
    # Chromium's sandbox refuses root, whom nobody is but a build machine.
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*command, "--no-sandbox"] if is_root else command
