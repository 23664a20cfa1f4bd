"""A desktop of our own: an X server that nobody sees, a window manager, and hands (xdotool).

The program runs in it as its users start it and is touched by xdotool alone. What it shows is
read from the pipe that `ui/paint_report.py` describes. Whatever is started here dies with it.
"""

from __future__ import annotations

import os
import re
import select
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

ROOT = Path(__file__).parents[2]
# The program from source, or a built one (`make build`).
_built = os.environ.get("YORISOI_PROGRAM")
PROGRAM = [_built] if _built else [sys.executable, str(ROOT / "main.py")]
# Pictures that are looked at: of steps, and of what was shown when somebody waited in vain.
PICTURES = Path(os.environ.get("YORISOI_PICTURES") or ROOT / "build" / "e2e")
_PATIENCE_SECONDS = 20.0
_LOOK_SECONDS = 0.01
_CLICK_SECONDS = 1.0  # then it has missed
_SCREEN = (1100, 760)


class Line(NamedTuple):
    """A line of the report: the word, when it became true, and the value."""

    word: str
    at: float
    value: str


class State(NamedTuple):
    """What the case in hand looks like."""

    phase: str = "idle"
    case_no: str = ""
    stage: str = ""
    temperature: int = 0
    holds: int = 0
    notes: int = 0

    @classmethod
    def read(cls, value: str) -> State:
        """A line of the report."""
        phase, *rest = value.split(" ")
        if not rest:
            return cls(phase)
        case_no, stage, *counts = rest
        return cls(phase, unquote(case_no), stage, *map(int, counts))


def wait_until(holds: Callable[[], bool], what: str, seconds: float = _PATIENCE_SECONDS) -> None:
    """Look again and again until something is so.

    Raises:
        AssertionError: it was not so in time.
    """
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"waited {seconds:.0f} s in vain: {what}"
        time.sleep(_LOOK_SECONDS)


class Report:
    """What the program says on its pipe, collected in a thread until the pipe ends."""

    def __init__(self, descriptor: int) -> None:
        self.lines: list[Line] = []
        self.latest: dict[str, str] = {}
        self._thread = threading.Thread(target=self._read, args=(descriptor,), daemon=True)
        self._thread.start()

    def ids(self, word: str, before: float = float("inf")) -> dict[str, float]:
        """The event ids of `painted` or `committed` lines, each with its first time."""
        found: dict[str, float] = {}
        for line in list(self.lines):
            if line.word == word and line.at <= before:
                found.setdefault(line.value, line.at)
        return found

    def join(self) -> None:
        """Wait for the end of the pipe: the program is gone."""
        self._thread.join(_PATIENCE_SECONDS)
        assert not self._thread.is_alive(), "somebody still holds the pipe"

    def _read(self, descriptor: int) -> None:
        with os.fdopen(descriptor, encoding="ascii") as pipe:
            for text in pipe:
                if text.endswith("\n"):  # a kill may cut a line
                    word, at, value = text[:-1].split(" ", 2)
                    self.lines.append(Line(word, float(at), value))
                    self.latest[word] = value


class Program:
    """The program, started on a data folder in a desktop."""

    def __init__(self, desktop: Desktop, data: Path, *, prefix: Sequence[str] = ()) -> None:
        self._desktop = desktop
        reading, writing = os.pipe()
        environment = {
            **desktop.environment,
            "YORISOI_DATA_DIR": str(data),
            "YORISOI_PAINT_FD": str(writing),
        }
        stamp = time.monotonic_ns()
        self.said = desktop.folder / f"stdout-{stamp}"
        self.errors = desktop.folder / f"stderr-{stamp}"
        with self.said.open("wb") as said, self.errors.open("wb") as errors:
            self.process = subprocess.Popen(
                [*prefix, *PROGRAM],
                env=environment,
                cwd=desktop.folder,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=errors,
                pass_fds=[writing],
            )
        os.close(writing)
        self.report = Report(reading)
        desktop.started.append(self.process)

    # -- what it shows ------------------------------------------------------------------------

    @property
    def state(self) -> State:
        """The case in hand as it was painted last."""
        return State.read(self.report.latest.get("state", "idle"))

    @property
    def field(self) -> str:
        """The text of the note field."""
        return unquote(self.report.latest.get("field", ""))

    @property
    def sheet(self) -> str:
        """The class of the open sheet."""
        return self.report.latest.get("sheet", "")

    @property
    def notice(self) -> tuple[str, str]:
        """Key and text of the notice that stands."""
        key, _, text = self.report.latest.get("notice", "").partition(" ")
        return key, unquote(text)

    def wait(self, holds: Callable[[Program], bool], what: str) -> None:
        """Wait until something is shown; a program that ended is not waited for."""
        is_so = False  # asked once more, what clicks would click twice

        def is_so_or_over() -> bool:
            nonlocal is_so
            is_so = holds(self)
            return is_so or self.process.poll() is not None

        try:
            wait_until(is_so_or_over, what)
            assert is_so, f"the program ended ({self.process.returncode}) before: {what}"
        except AssertionError as error:
            said = self.errors.read_text(errors="replace")[-2000:]
            self._desktop.picture(PICTURES / "failed.png")
            error.add_note(f"shown: {self.report.latest}\nstandard error: {said}")
            raise

    def wait_shown(self) -> None:
        """Wait until the window is painted, and click where one types."""
        self.wait_painted()
        self.take_focus()

    def wait_painted(self) -> None:
        """Wait until the window is there; it has left the focus where it was."""
        self.wait(lambda p: "state" in p.report.latest, "the window is painted")

    def take_focus(self) -> None:
        """Click into the field that waits for typing: a window at the edge never takes the focus.

        The field may move while the hand is on its way (text comes back): then it clicks again.
        The caret goes behind the text, wherever the click has put it.
        """

        def types() -> bool:
            return self.report.latest["typing"] == "1" and self.has_focus()

        def types_after_a_click() -> bool:
            self._desktop.click(*map(int, self.report.latest["entry"].split(",")))
            with suppress(AssertionError):  # a second click at once would select a word
                wait_until(types, "the keyboard", _CLICK_SECONDS)
            return types()

        self.wait(lambda p: types_after_a_click(), "the window has the focus")
        self._desktop.key("ctrl+End")

    def has_focus(self) -> bool:
        """Whether keys go to one of its windows."""
        return self._desktop.xdotool("getactivewindow", "getwindowpid") == str(self.process.pid)

    # -- its end ------------------------------------------------------------------------------

    def kill(self) -> float:
        """SIGKILL; returns the moment of it."""
        at = time.monotonic()
        self.process.kill()
        return at

    def wait_gone(self) -> int:
        """Wait for the end, however it comes, also of the pipe; returns the exit code."""
        code = self.process.wait(_PATIENCE_SECONDS)
        self.report.join()
        return code


class Desktop:
    """An X server with a window manager, and what was started in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.started: list[subprocess.Popen[bytes]] = []
        runtime = folder / "run"
        runtime.mkdir(mode=0o700)
        self.environment = {
            **os.environ,
            "HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_RUNTIME_DIR": str(runtime),
            "DBUS_SESSION_BUS_ADDRESS": "disabled:",
            "QT_QPA_PLATFORM": "xcb",
            "QT_IM_MODULE": "compose",
            "LANG": "C.UTF-8",
            "TZ": "Asia/Tokyo",
        }
        for name in ("WAYLAND_DISPLAY", "XMODIFIERS", "YORISOI_DATA_DIR", "YORISOI_NO_SKIP"):
            self.environment.pop(name, None)

    def open(self) -> None:
        """Start the X server and the window manager."""
        self.environment["DISPLAY"] = self._start_server()
        self.run(["openbox"])
        wait_until(self._is_managed, "openbox manages the screen")

    def run(self, command: Sequence[str], **options: object) -> subprocess.Popen[bytes]:
        """Start something in this desktop that ends with it."""
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
        process = subprocess.Popen(
            command,
            **{"env": self.environment, "stderr": subprocess.DEVNULL, **quiet, **options},
        )
        self.started.append(process)
        return process

    def close(self) -> None:
        """End everything, the X server last."""
        for process in reversed(self.started):
            with suppress(ProcessLookupError):
                process.kill()
            process.wait()

    # -- hands --------------------------------------------------------------------------------

    def xdotool(self, *arguments: object) -> str:
        """One call of xdotool; returns what it says."""
        done = subprocess.run(
            ["xdotool", *map(str, arguments)],
            env=self.environment,
            check=False,
            capture_output=True,
            text=True,
            timeout=_PATIENCE_SECONDS,
        )
        return done.stdout.strip()

    def key(self, *keys: str) -> None:
        """Press keys, one after the other."""
        self.xdotool("key", "--delay", 20, *keys)

    def type(self, text: str, delay_milliseconds: int = 12) -> None:
        """Type a text; what is not ASCII needs its keys first (:meth:`add_keys`)."""
        self.xdotool("type", "--delay", delay_milliseconds, "--", text)

    def click(self, x: int, y: int) -> None:
        """Click somewhere on the screen."""
        self.xdotool("mousemove", x, y, "click", 1)

    def add_keys(self, text: str) -> None:
        """Give the keyboard a key for every character of a text that it has none for.

        Without one xdotool borrows a key for each character in turn, and a program that reads
        the new map late sees the character after next.
        """
        missing = sorted({char for char in text if not char.isascii()})
        display = self.environment["DISPLAY"]
        described = self._xkbcomp("-xkb", display, "-")
        # Keys of loudspeakers, mail and the like, which no keyboard of ours has.
        spare = re.findall(r"(<I\d+>) = \d+;", described)
        pairs = [missing[place : place + 2] for place in range(0, len(missing), 2)]
        assert len(pairs) <= len(spare), "more characters than keys"
        keys = "".join(
            f"key {name} {{ [ {', '.join(f'U{ord(char):04X}' for char in pair)} ] }};\n"
            for name, pair in zip(spare, pairs, strict=False)
        )
        mended = described.replace("modifier_map", keys + "modifier_map", 1)
        self._xkbcomp("-w", "0", "-", display, text=mended)

    def _xkbcomp(self, *arguments: str, text: str = "") -> str:
        done = subprocess.run(
            ["xkbcomp", *arguments],
            env=self.environment,
            input=text,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

    # -- eyes ---------------------------------------------------------------------------------

    def windows(self, name: str) -> list[str]:
        """The visible windows whose title has a name in it."""
        return self.xdotool("search", "--onlyvisible", "--name", name).split()

    def active_window(self) -> str:
        """The window with the focus."""
        return self.xdotool("getactivewindow")

    def picture(self, path: Path) -> None:
        """Save what the screen shows, from the memory in which the server keeps it."""
        # Here only: benchmarks measure memory, of which what they have of Qt would be a part.
        from PySide6.QtGui import QImage

        dump = (self.folder / "Xvfb_screen0").read_bytes()
        head = struct.unpack(">25I", dump[:100])
        head_bytes, width, height, line_bytes, colours = (head[i] for i in (0, 4, 5, 12, 19))
        pixels = dump[head_bytes + colours * 12 :]
        image = QImage(pixels, width, height, line_bytes, QImage.Format.Format_RGB32)
        path.parent.mkdir(parents=True, exist_ok=True)
        assert image.save(str(path))

    def clipboard(self) -> str:
        """What another program would paste."""
        done = subprocess.run(
            [sys.executable, "-c", _PASTE],
            env=self.environment,
            check=True,
            capture_output=True,
            timeout=_PATIENCE_SECONDS,
        )
        return done.stdout.decode()

    # -- starting -----------------------------------------------------------------------------

    def _start_server(self) -> str:
        reading, writing = os.pipe()
        width, height = _SCREEN
        self.run(
            [
                # Killed even where the tests themselves are.
                *("setpriv", "--pdeathsig", "KILL"),
                *("Xvfb", "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24"),
                *("-fbdir", str(self.folder), "-nolisten", "tcp", "-noreset"),
            ],
            pass_fds=[writing],
        )
        os.close(writing)
        with os.fdopen(reading) as pipe:
            ready, _, _ = select.select([pipe], [], [], _PATIENCE_SECONDS)
            number = pipe.readline().strip() if ready else ""
        assert number, "Xvfb did not start"
        return f":{number}"

    def _is_managed(self) -> bool:
        done = subprocess.run(
            ["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"],
            env=self.environment,
            check=False,
            capture_output=True,
            text=True,
        )
        return "window id" in done.stdout


_PASTE = """
import sys
from PySide6.QtGui import QGuiApplication
application = QGuiApplication([])
sys.stdout.buffer.write(application.clipboard().text().encode())
"""


_TYPED_INTO = "stty -icanon -echo -isig; exec cat > {file}"


class Terminal:
    """An xterm that has the focus, and keeps what is typed into it."""

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop
        self._file = desktop.folder / "typed"
        desktop.run(["xterm", "-T", "CRM", "-e", "sh", "-c", _TYPED_INTO.format(file=self._file)])
        wait_until(lambda: bool(desktop.windows("CRM")), "the xterm")
        self.window = desktop.windows("CRM")[-1]
        self.focus()
        wait_until(self._file.exists, "what reads in the xterm")

    def focus(self) -> None:
        self._desktop.xdotool("windowactivate", "--sync", self.window)
        wait_until(self.has_focus, "the xterm has the focus")

    def has_focus(self) -> bool:
        return self._desktop.active_window() == self.window

    def typed(self) -> bytes:
        return self._file.read_bytes()


def opened() -> Iterator[Desktop]:
    """A desktop for as long as it is wanted; its folder's path is short enough for a socket."""
    with tempfile.TemporaryDirectory(prefix="yorisoi-", ignore_cleanup_errors=True) as folder:
        desktop = Desktop(Path(folder))
        try:
            desktop.open()
            yield desktop
        finally:
            desktop.close()
