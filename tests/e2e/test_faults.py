"""What the world does to files is said in the notice bar, and the call goes on."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from scripts_ja.texts import t
from tests.e2e.desktop import Desktop, Program, wait_until

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(60)]

_SETTINGS = '[desk]\nname = "Suzuki"\ncompany = "Hidamari"\n'
# Modes of files mean nothing to root with all its rights.
_AS_ANYBODY = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search,-fowner"]


@pytest.fixture
def data(desktop: Desktop) -> Path:
    folder = desktop.folder / "data"
    folder.mkdir()
    (folder / "settings.toml").write_text(_SETTINGS, encoding="utf-8")
    return folder


def test_settings_that_are_not_toml(desktop: Desktop, data: Path) -> None:
    broken = '[desk]\nname = "Suzuki\n'
    (data / "settings.toml").write_text(broken, encoding="utf-8")
    program = Program(desktop, data)
    program.wait(lambda p: p.notice[0] == "settings.", "the notice")
    said = t("settings.not_toml", path=data / "settings.toml", line=2)
    assert program.notice == ("settings.", said)
    _work_on(desktop, program)
    assert (data / "settings.toml").read_text(encoding="utf-8") == broken
    wait_until(lambda: _is_all_kept(program, data), "all is in the database")


def test_broken_flow_file(desktop: Desktop, data: Path) -> None:
    (data / "flows").mkdir()
    (data / "flows" / "own.toml").write_text('id = "own"\ntitle = \n', encoding="utf-8")
    program = Program(desktop, data)
    program.wait(lambda p: p.notice[0] == "flow.0", "the notice")
    assert "own.toml" in program.notice[1]
    assert "2行目" in program.notice[1]
    _work_on(desktop, program)
    wait_until(lambda: _is_all_kept(program, data), "all is in the database")


def test_unwritable_folder(desktop: Desktop, data: Path) -> None:
    data.chmod(0o500)
    program = Program(desktop, data, prefix=_AS_ANYBODY if os.geteuid() == 0 else ())
    program.wait(lambda p: p.notice[0] == "storage", "the notice")
    assert program.notice[1] == t("storage.unwritable", path=data / "yorisoi.db")
    _work_on(desktop, program)
    assert not (data / "yorisoi.db").exists()
    data.chmod(0o700)
    program.wait(lambda p: p.notice[0] == "", "nothing is amiss any more")
    assert _is_all_kept(program, data)


@pytest.fixture
def small_disk(data: Path) -> Iterator[Path]:
    """The data folder on a disk of its own that is soon full, where that may be mounted."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(data)]
    is_mounted = subprocess.run(mount, check=False, capture_output=True).returncode == 0
    (data / "settings.toml").write_text(_SETTINGS, encoding="utf-8")
    yield data
    if is_mounted:
        subprocess.run(["umount", "--lazy", str(data)], check=True)


def test_full_disk(desktop: Desktop, small_disk: Path) -> None:
    program = Program(desktop, small_disk)
    program.wait_shown()
    desktop.key("ctrl+alt+s")
    program.wait(lambda p: p.state.phase == "talking", "a call")
    wait_until(lambda: _is_all_kept(program, small_disk), "its beginning is in the database")
    filler = _fill(program, small_disk)
    # 未保存 comes as soon; whichever came first stands.
    desktop.key("ctrl+alt+n", "ctrl+alt+3")
    program.wait(lambda p: p.notice[0] == "storage", "the notice")
    kind = "disk_full" if filler else "io_error"
    assert program.notice[1] == t(f"storage.{kind}", path=small_disk / "yorisoi.db")
    desktop.type("mizumore")
    desktop.key("Return", "ctrl+alt+w")
    program.wait(lambda p: p.state.phase == "on_hold" and p.state.notes == 1, "the call goes on")
    assert not _is_all_kept(program, small_disk)
    if filler:
        filler.unlink()
    else:
        _limit_files(program, "unlimited")
    program.wait(lambda p: p.notice[0] == "", "nothing is amiss any more")
    assert _is_all_kept(program, small_disk)


def _fill(program: Program, folder: Path) -> Path | None:
    """Fill the disk, or, where it is everybody's, forbid the program to make files longer."""
    if not os.path.ismount(folder):  # noqa: PTH114 - Path's own does not know a bind mount
        longest = max(path.stat().st_size for path in folder.glob("yorisoi.db*"))
        _limit_files(program, str(longest))
        return None
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (65536, 512):
            try:
                while file.write(b"x" * size):
                    pass
            except OSError:
                continue
    return filler


def _limit_files(program: Program, size: str) -> None:
    limit = ["prlimit", "--pid", str(program.process.pid), f"--fsize={size}:unlimited"]
    subprocess.run(limit, check=True)


def _work_on(desktop: Desktop, program: Program) -> None:
    """The window takes a call and a note, whatever the disk does."""
    program.wait_shown()
    desktop.key("ctrl+alt+s")
    program.wait(lambda p: p.state.phase == "talking", "a call")
    desktop.key("ctrl+alt+n", "ctrl+alt+3")
    desktop.type("mizumore")
    desktop.key("Return")
    program.wait(lambda p: p.state[2:] == ("F1-S2", 3, 0, 1), "the call goes on")


def _is_all_kept(program: Program, data: Path) -> bool:
    """Whether every event that was shown is in the database."""
    painted = set(program.report.ids("painted"))
    try:
        with closing(sqlite3.connect(f"{(data / 'yorisoi.db').as_uri()}?mode=ro", uri=True)) as db:
            kept = {event_id for (event_id,) in db.execute("SELECT id FROM events")}
    except sqlite3.OperationalError:
        return False
    return bool(painted) and painted <= kept
