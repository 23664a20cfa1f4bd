"""What is packed for Windows can be made here as far as it is data; the rest is in RELEASING.md."""

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SCRIPT = (ROOT / "installer" / "windows" / "yorisoi.iss").read_text(encoding="utf-8")


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
    assert "UninstallDelete" not in SCRIPT
    assert "HKLM" not in SCRIPT


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
