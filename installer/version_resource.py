"""What Windows shows of the program under Properties, made from pyproject.toml.

``python version_resource.py`` prints the version and, on a line of its own, its four numbers.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_LANGUAGE = 0x0411  # Japanese
_UNICODE = 1200


def version_numbers(version: str) -> tuple[int, int, int, int]:
    """Four numbers, as Windows wants them, of a version like 「0.1.0」 or 「1.2.0rc1」.

    Raises:
        ValueError: it does not begin with a number.
    """
    release = version.split("+", 1)[0].replace("-", ".").split(".")
    numbers = [int(_leading_digits(part)) for part in release[:4] if _leading_digits(part)]
    if not numbers:
        raise ValueError(f"no version: {version!r}")
    padded = [*numbers, 0, 0, 0]
    return padded[0], padded[1], padded[2], padded[3]


def version_text(project: Mapping[str, Any], program: str) -> str:
    """The resource of one program, in the form that PyInstaller reads from a file."""
    version = project["version"]
    numbers = version_numbers(version)
    strings = {
        "CompanyName": "Yorisoi",
        "FileDescription": "よりそい（電話応対サイドバー）",
        "FileVersion": version,
        "InternalName": program,
        "LegalCopyright": "MIT License",
        "OriginalFilename": f"{program}.exe",
        "ProductName": "Yorisoi",
        "ProductVersion": version,
    }
    rows = ", ".join(f"StringStruct({name!r}, {text!r})" for name, text in strings.items())
    return (
        "VSVersionInfo(\n"
        f"  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3f, flags=0x0,\n"
        "    OS=0x40004, fileType=0x1, subtype=0x0, date=(0, 0)),\n"
        "  kids=[\n"
        f"    StringFileInfo([StringTable('{_LANGUAGE:04x}{_UNICODE:04x}', [{rows}])]),\n"
        f"    VarFileInfo([VarStruct('Translation', [{_LANGUAGE}, {_UNICODE}])]),\n"
        "  ],\n"
        ")\n"
    )


def _leading_digits(part: str) -> str:
    digits = ""
    for char in part:
        if not char.isdecimal():
            break
        digits += char
    return digits


def main() -> int:
    """Say both."""
    text = (Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8")
    version = tomllib.loads(text)["project"]["version"]
    numbers = ".".join(map(str, version_numbers(version)))
    sys.stdout.write(f"{version}\n{numbers}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
