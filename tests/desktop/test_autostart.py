"""Starting at the login: real files where a file is all, a recording registry for Windows."""

import plistlib
import re
import sys
from pathlib import Path

import pytest

from desktop.autostart import LaunchAgent, RunKey, XdgAutostart, open_autostart, own_command

COMMAND = ["/opt/よりそい 1/python", "/opt/x/main.py", "--data-dir", '/home/a b/100%$HOME`"\\']


class Registry:
    """The part of winreg that is used: keys as dictionaries, and what was asked for."""

    HKEY_CURRENT_USER, KEY_SET_VALUE, REG_SZ = "HKCU", 2, 1

    def __init__(self):
        self.keys = {}
        self.asked = []
        self.refuses = False

    def CreateKeyEx(self, root, path, reserved, access):  # noqa: N802
        self._ask("create", root, path, reserved, access)
        return Key(self.keys.setdefault(path, {}))

    def OpenKey(self, root, path, reserved=0, access=0x20019):  # noqa: N802
        self._ask("open", root, path, reserved, access)
        if path not in self.keys:
            raise FileNotFoundError(path)
        return Key(self.keys[path])

    def SetValueEx(self, key, name, reserved, kind, value):  # noqa: N802
        assert (reserved, kind) == (0, self.REG_SZ)
        key.values[name] = value

    def QueryValueEx(self, key, name):  # noqa: N802
        if name not in key.values:
            raise FileNotFoundError(name)
        return key.values[name], self.REG_SZ

    def DeleteValue(self, key, name):  # noqa: N802
        if name not in key.values:
            raise FileNotFoundError(name)
        del key.values[name]

    def _ask(self, *asked):
        self.asked.append(asked)
        if self.refuses:
            raise PermissionError("no")


class Key:
    def __init__(self, values):
        self.values = values

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass


@pytest.fixture
def registry():
    return Registry()


@pytest.fixture(params=["linux", "macos", "windows"])
def entry(request, tmp_path, registry):
    if request.param == "linux":
        return XdgAutostart(tmp_path / "autostart", "yorisoi")
    if request.param == "macos":
        return LaunchAgent(tmp_path / "LaunchAgents", "yorisoi")
    return RunKey("yorisoi", registry)


def test_on_and_off_as_often_as_one_likes(entry):
    assert not entry.is_on()
    entry.turn_off()
    for _ in range(2):
        entry.turn_on(COMMAND)
        assert entry.is_on()
    entry.turn_off()
    assert not entry.is_on()


def test_another_data_folder_has_another_entry(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    one = open_autostart(Path("/data/one"), "linux")
    one.turn_on(COMMAND)
    assert not open_autostart(Path("/data/two"), "linux").is_on()
    assert open_autostart(Path("/data/one"), "linux").is_on()


def test_what_the_system_cannot_write_is_an_os_error(entry, registry, tmp_path):
    registry.refuses = True
    for folder in ("autostart", "LaunchAgents"):
        (tmp_path / folder).write_text("a file, not a folder")
    with pytest.raises(OSError):  # noqa: PT011 - each system has its own
        entry.turn_on(COMMAND)


# -- Linux ------------------------------------------------------------------------------------


def _exec(path: Path) -> list[str]:
    """As a desktop reads the line: the string's own escapes, then the quotes, then the codes."""
    line = next(x for x in path.read_text("utf-8").splitlines() if x.startswith("Exec="))
    text = re.sub(r"\\(.)", r"\1", line.removeprefix("Exec="))
    quoted = re.findall(r'"((?:[^"\\]|\\.)*)"', text)
    return [re.sub(r"\\(.)", r"\1", word).replace("%%", "%") for word in quoted]


def test_every_word_arrives_as_it_is(tmp_path):
    XdgAutostart(tmp_path, "yorisoi").turn_on(COMMAND)
    assert _exec(tmp_path / "yorisoi.desktop") == COMMAND
    assert "100%%" in (tmp_path / "yorisoi.desktop").read_text("utf-8")  # else a field code


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_what_the_desktops_own_list_switched_off_is_off(tmp_path, line):
    entry = XdgAutostart(tmp_path, "yorisoi")
    entry.turn_on(COMMAND)
    path = tmp_path / "yorisoi.desktop"
    path.write_text(path.read_text("utf-8") + line + "\n", "utf-8")
    assert not entry.is_on()
    entry.turn_on(COMMAND)
    assert entry.is_on()


def test_the_folder_is_the_one_of_the_desktop(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    for environ in ({}, {"XDG_CONFIG_HOME": ""}, {"XDG_CONFIG_HOME": "relative"}):
        entry = open_autostart(Path("/data"), "linux", environ)
        assert entry._path.parent == tmp_path / ".config" / "autostart"
    entry = open_autostart(Path("/data"), "linux", {"XDG_CONFIG_HOME": "/etc/mine"})
    assert entry._path.parent == Path("/etc/mine/autostart")


# -- macOS ------------------------------------------------------------------------------------


def test_launchd_gets_the_words_as_they_are(tmp_path):
    LaunchAgent(tmp_path, "yorisoi").turn_on(COMMAND)
    told = plistlib.loads((tmp_path / "jp.yorisoi.plist").read_bytes())
    assert told == {"Label": "jp.yorisoi", "ProgramArguments": COMMAND, "RunAtLoad": True}


@pytest.mark.parametrize("content", [b"", b"<plist", plistlib.dumps({"Disabled": True})])
def test_a_list_that_does_not_count_is_off(tmp_path, content):
    (tmp_path / "jp.yorisoi.plist").write_bytes(content)
    assert not LaunchAgent(tmp_path, "yorisoi").is_on()


def test_macos_keeps_it_in_the_users_library(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    entry = open_autostart(Path("/data"), "darwin")
    assert entry._path.parent == tmp_path / "Library" / "LaunchAgents"


# -- Windows ----------------------------------------------------------------------------------

RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
APPROVED = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"


def test_the_registry_gets_one_quoted_line(registry):
    words = [r"C:\Program Files\Yorisoi\yorisoi.exe", "--data-dir", "D:\\Daten\\"]
    RunKey("yorisoi", registry).turn_on(words)
    line = '"C:\\Program Files\\Yorisoi\\yorisoi.exe" --data-dir D:\\Daten\\'
    assert registry.keys == {RUN: {"yorisoi": line}}
    assert registry.asked == [
        ("create", "HKCU", RUN, 0, 2),
        ("open", "HKCU", APPROVED, 0, 2),
    ]


def test_what_the_task_manager_switched_off_is_off(registry):
    entry = RunKey("yorisoi", registry)
    entry.turn_on(COMMAND)
    registry.keys[APPROVED] = {"yorisoi": bytes([3]) + bytes(11)}
    assert not entry.is_on()
    registry.keys[APPROVED]["yorisoi"] = bytes([2]) + bytes(11)
    assert entry.is_on()
    registry.keys[APPROVED]["yorisoi"] = bytes([3]) + bytes(11)
    entry.turn_on(COMMAND)
    assert entry.is_on()


def test_other_entries_are_left_alone(registry):
    registry.keys[RUN] = {"other": "x"}
    entry = RunKey("yorisoi", registry)
    entry.turn_on(COMMAND)
    entry.turn_off()
    assert registry.keys[RUN] == {"other": "x"}


# -- the command ------------------------------------------------------------------------------


def test_the_command_starts_this_program_on_this_folder(tmp_path, monkeypatch):
    monkeypatch.delattr(sys, "frozen", raising=False)
    python, main, *rest = own_command(tmp_path)
    assert python == sys.executable
    assert Path(main).is_file()
    assert Path(main).name == "main.py"
    assert rest == ["--data-dir", str(tmp_path)]


def test_the_packed_program_starts_itself(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert own_command(tmp_path) == [sys.executable, "--data-dir", str(tmp_path)]


def test_the_systems_own_folder_is_not_named(monkeypatch):
    monkeypatch.setattr("desktop.autostart.is_systems_own", lambda _: True)
    assert "--data-dir" not in own_command(Path("/data"))
    assert open_autostart(Path("/data"), "linux", {"XDG_CONFIG_HOME": "/c"})._path == Path(
        "/c/autostart/yorisoi.desktop"
    )


def test_without_a_console_where_there_is_such_a_python(tmp_path, monkeypatch):
    (tmp_path / "pythonw.exe").touch()
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python.exe"))
    assert own_command(tmp_path)[0] == str(tmp_path / "pythonw.exe")
