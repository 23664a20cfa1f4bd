"""Which packages a build carries, so that each one's licence goes with it.

Read from what is installed: a dependency that brings another one along needs no line here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution

from packaging.requirements import Requirement

# Named by sqlite-utils and left out of the build.
LEFT_OUT = frozenset({"pip"})
# Qt's wheels carry no text of their licence; docs/licences does.
OF_QT = frozenset({"pyside6-essentials", "shiboken6"})
_LICENCE = re.compile(r"licen[cs]e|copying", re.IGNORECASE)


def bundled(name: str = "yorisoi") -> list[str]:
    """The names of a package and of all that it needs on this system, sorted.

    Raises:
        PackageNotFoundError: it is not installed, or something that it needs is not.
    """
    found: set[str] = set()
    waiting = [name]
    while waiting:
        package = _plain(waiting.pop())
        if package not in found | LEFT_OUT:
            found.add(package)
            waiting += _needed(distribution(package))
    return sorted(found)


def licence_files(package: str) -> list[str]:
    """The texts of its licence among what is known about an installed package."""
    files = distribution(package).files or []
    return [str(f) for f in files if ".dist-info" in str(f) and _LICENCE.search(f.name)]


def _needed(package: Distribution) -> Iterator[str]:
    for line in package.requires or []:
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield requirement.name


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
