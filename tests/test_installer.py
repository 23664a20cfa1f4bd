"""What is packed for Windows can be made here as far as it is data; the rest is in RELEASING.md."""

import re
import sys
from pathlib import Path

import pytest

from call.fold_times import CallPhase
from desktop import autostart

ROOT = Path(__file__).parents[1]
WINDOWS = ROOT / "installer" / "windows"
SCRIPT = (WINDOWS / "yorisoi.iss").read_text(encoding="utf-8-sig")


@pytest.fixture
def resource(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "installer"))
    import version_resource

    return version_resource


@pytest.mark.parametrize(
    ("version", "numbers"),
    [
        ("0.1.0", (0, 1, 0, 0)),
        ("1.2", (1, 2, 0, 0)),
        ("1.2.3.4", (1, 2, 3, 4)),
        ("2.0.0rc1", (2, 0, 0, 0)),
        ("2.0.0+local.7", (2, 0, 0, 0)),
    ],
)
def test_windows_wants_four_numbers(resource, version, numbers):
    assert resource.version_numbers(version) == numbers


def test_no_number_is_no_version(resource):
    with pytest.raises(ValueError, match="no version"):
        resource.version_numbers("unknown")


def test_the_resource_is_what_pyinstaller_reads(resource):
    """Evaluated as PyInstaller does, with stand-ins for its classes: they are for Windows only."""
    names = (
        "VSVersionInfo FixedFileInfo StringFileInfo StringTable StringStruct VarFileInfo VarStruct"
    )
    made = {name: (lambda *a, _name=name, **k: (_name, a, k)) for name in names.split()}
    text = resource.version_text({"version": "1.2.3"}, "yorisoi")
    _, _, parts = eval(text, {"__builtins__": {}}, made)  # noqa: S307 - our own text
    assert parts["ffi"][2]["filevers"] == (1, 2, 3, 0)
    strings = {row[1][0]: row[1][1] for row in parts["kids"][0][1][0][0][1][1]}
    assert strings["OriginalFilename"] == "yorisoi.exe"
    assert strings["FileVersion"] == "1.2.3"


def test_the_installer_asks_for_no_administrator_and_keeps_the_cases():
    assert "PrivilegesRequired=lowest" in SCRIPT
    assert "DelTree" not in SCRIPT
    assert "UninstallDelete" not in SCRIPT
    assert "HKLM" not in SCRIPT


def test_its_text_is_read_as_what_it_is():
    """Inno Setup before 6.3 takes a file without the mark for one of the system's code page."""
    assert (WINDOWS / "yorisoi.iss").read_bytes().startswith(b"\xef\xbb\xbf")
    assert (WINDOWS / "build.ps1").read_bytes().isascii()  # PowerShell 5.1 likewise


def test_it_closes_nothing_during_a_call():
    named = set(re.findall(r"Pos\('\"(\w+)\"', Status\)", SCRIPT))
    assert named == {str(phase) for phase in CallPhase if phase.is_live or phase == "ringing"}


def test_removed_it_takes_every_start_at_the_login_with_it():
    keys = re.findall(r"Key = '([^']+)';", SCRIPT)
    assert keys == [autostart._RUN, autostart._APPROVED]
    assert 'ValueName: "yorisoi"' in SCRIPT  # as the settings of the program name it
    assert autostart._name(autostart.Path("elsewhere")).startswith("yorisoi")


def test_what_opens_closes():
    code = SCRIPT.partition("[Code]")[2]
    code = re.sub(r"//[^\n]*|'[^'\n]*'", "", code)
    assert code.count("begin") == len(re.findall(r"\bend;", code))
    for opening, closing in ("()", "[]"):
        assert code.count(opening) == code.count(closing)
    for line in SCRIPT.partition("[Code]")[0].splitlines():
        if line.startswith(("Name:", "Source:", "Root:", "Filename:", "Type:")):
            assert line.count('"') % 2 == 0, line


def test_the_version_is_said_to_the_pipeline(resource, capsys):
    assert resource.main() == 0
    version, numbers = capsys.readouterr().out.splitlines()
    assert numbers == ".".join(map(str, resource.version_numbers(version)))


@pytest.fixture
def libraries(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "installer"))
    import system_libraries

    return system_libraries


@pytest.mark.skipif(sys.platform != "linux", reason="libraries of Linux")
def test_of_the_system_only_what_something_needs_goes_along(libraries, monkeypatch):
    needs = {"/own/QtGui.so": {"libpng.so"}, "/lib/libpng.so": {"libz.so"}, "/lib/libgtk.so": set()}
    monkeypatch.setattr(libraries, "_imports", lambda path: needs.get(path, set()))
    own = ("PySide6/QtGui.so", "/own/QtGui.so", "EXTENSION")
    link = ("libQt6Gui.so", "PySide6/libQt6Gui.so", "SYMLINK")
    python = ("libpython3.11.so.1.0", "/usr/lib/libpython3.11.so.1.0", "BINARY")
    of_system = [(name, f"/lib/{name}", "BINARY") for name in ("libpng.so", "libz.so", "libgtk.so")]
    kept = libraries.in_use([own, link, python, *of_system])
    assert kept == [own, link, python, *of_system[:2]]


@pytest.mark.skipif(sys.platform != "linux", reason="libraries of Linux")
def test_a_library_of_the_system_brings_its_licence(libraries):
    found = Path("/lib/x86_64-linux-gnu/libz.so.1")
    if not found.exists():
        found = next(Path("/usr/lib").glob("*-linux-gnu/libz.so.1"))
    ((name, text, _),) = libraries.licences([("libz.so.1", str(found), "BINARY")])
    assert name == "licences/system/zlib1g.txt"
    assert "zlib" in Path(text).read_text(encoding="utf-8").lower()
    with pytest.raises(RuntimeError, match=r"/nowhere/libx\.so"):
        libraries.licences([("libx.so", "/nowhere/libx.so", "BINARY")])


def test_every_file_that_the_installer_takes_from_the_source_is_there():
    named = re.findall(r"(?:LicenseFile|Source:)\s*=?\s*\"?([^;\"\n]+)", SCRIPT)
    taken = [name.strip() for name in named if name.strip().startswith("..")]
    assert taken
    for name in taken:
        assert (ROOT / "installer" / "windows" / name.replace("\\", "/")).resolve().exists(), name


def test_the_icon_becomes_the_files_that_the_systems_want(tmp_path):
    import subprocess

    for name in ("yorisoi.ico", "yorisoi.icns", "yorisoi.png"):
        out = tmp_path / name
        subprocess.run(
            [sys.executable, str(ROOT / "installer" / "icon_files.py"), str(out)], check=True
        )
        assert out.stat().st_size > 500
