"""What a build takes from the Linux it runs on: only what something needs, with its licences."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

# What PyInstaller lists: where it goes, where it comes from, and its kind.
Entry = tuple[str, str, str]
_DOCUMENTS = Path("/usr/share/doc")


def in_use(entries: Iterable[Entry]) -> list[Entry]:
    """Without the system's libraries that nothing of the build needs any more.

    They came with something that was left out, GTK's theme above all.
    """
    listed = list(entries)
    by_name = {entry[0]: entry for entry in listed if _is_of_system(entry)}
    waiting = [entry[1] for entry in listed if not _is_of_system(entry) and entry[2] != "SYMLINK"]
    needed: set[str] = set()
    while waiting:
        for name in _imports(waiting.pop()) & by_name.keys() - needed:
            needed.add(name)
            waiting.append(by_name[name][1])
    return [entry for entry in listed if not _is_of_system(entry) or entry[0] in needed]


def licences(entries: Iterable[Entry]) -> list[Entry]:
    """The texts of those libraries' licences, as files for the build (Debian keeps one a package).

    Raises:
        RuntimeError: a library has none here; a build without it may not be handed on.
    """
    sources = [entry[1] for entry in entries if _is_of_system(entry)]
    packages = _packages(sources)
    files = {name: _DOCUMENTS / name / "copyright" for name in sorted(set(packages.values()))}
    bare = [
        source for source in sources if not files.get(packages.get(source, ""), Path()).is_file()
    ]
    if bare:
        raise RuntimeError(f"no licence found of {', '.join(bare)}")
    return [
        (f"licences/system/{name}.txt", str(path.resolve()), "DATA") for name, path in files.items()
    ]


def _is_of_system(entry: Entry) -> bool:
    """A library beside the program that no package of Python brought; Python's own is none."""
    name, source, kind = entry
    is_library = kind == "BINARY" and "/" not in name and ".so" in name
    return (
        is_library and not name.startswith("libpython") and not source.startswith(sys.prefix + "/")
    )


def _imports(path: str) -> set[str]:
    from PyInstaller.depend.bindepend import get_imports

    return {Path(name).name for name, _ in get_imports(path)}


def _packages(sources: Iterable[str]) -> Mapping[str, str]:
    """Which package each file is of; dpkg may know it with or without the leading /usr."""
    asked = {
        f"{usr}{source.removeprefix('/usr')}": source for source in sources for usr in ("", "/usr")
    }
    command = ["dpkg-query", "--search", *asked]
    done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 - our words
    found = (line.split(": ", 1) for line in done.stdout.splitlines() if ": " in line)
    return {asked[path]: owner.split(":", 1)[0] for owner, path in found if path in asked}
