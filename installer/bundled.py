"""Which packages a build carries, so that each one's licence goes with it.

Ours are read from pyproject.toml (what is known of an editable install may be older), theirs from
what is installed: a dependency that brings another one along needs no line here.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement

# Named by sqlite-utils and left out of the build.
LEFT_OUT = frozenset({"pip"})
# Qt's wheels carry no text of their licence; docs/licences does.
OF_QT = frozenset({"pyside6-essentials", "shiboken6"})
_LICENCE = re.compile(r"licen[cs]e|copying", re.IGNORECASE)


def bundled(root: Path) -> list[str]:
    """The names of all packages that the project in ``root`` needs on this system, and its own.

    Raises:
        PackageNotFoundError: one of them is not installed.
    """
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found = {_plain(project["name"])}
    waiting = list(_for_this_system(project["dependencies"]))
    while waiting:
        package = _plain(waiting.pop())
        if package not in found | LEFT_OUT:
            found.add(package)
            waiting += _for_this_system(distribution(package).requires or [])
    return sorted(found)


def licence_files(package: str) -> list[str]:
    """The texts of its licence among what is known about an installed package."""
    files = distribution(package).files or []
    return [str(f) for f in files if ".dist-info" in str(f) and _LICENCE.search(f.name)]


def _for_this_system(requirements: Iterable[str]) -> Iterator[str]:
    for line in requirements:
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield requirement.name


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
