"""The file of the agent's own phrases: read whole or told what is wrong, written in one step."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, count
from pathlib import Path

from msgspec import Struct, structs

from scripts_ja.flow_problem import FlowProblem
from scripts_ja.model import StageId, Text
from scripts_ja.texts import t
from scripts_ja.toml_file import MAX_FILE_BYTES, read_toml


class OwnWording(Struct, frozen=True, forbid_unknown_fields=True):
    """What the agent says instead of ``original``, a phrase of the stage or card ``place``."""

    place: Text
    original: Text
    text: Text


class FirstPhrase(Struct, frozen=True, forbid_unknown_fields=True):
    """What the agent says first of all in a stage (rules.md #104)."""

    stage: StageId
    text: Text


class OwnFile(Struct, frozen=True, forbid_unknown_fields=True):
    """What the file holds."""

    wordings: tuple[OwnWording, ...] = ()
    first_phrases: tuple[FirstPhrase, ...] = ()

    def with_wording(self, place: str, original: str, text: str) -> OwnFile:
        """The same with that wording; with an empty ``text`` without it."""
        kept = [w for w in self.wordings if (w.place, w.original) != (place, original)]
        new = [OwnWording(place, original, text)] if text else []
        return structs.replace(self, wordings=(*kept, *new))

    def with_first(self, stage: str, text: str) -> OwnFile:
        """The same with that first phrase; with an empty ``text`` without it."""
        kept = [first for first in self.first_phrases if first.stage != stage]
        new = [FirstPhrase(stage, text)] if text else []
        return structs.replace(self, first_phrases=(*kept, *new))


class Change(Struct, frozen=True):
    """One thing that the agent wrote: a wording of ``original``, or (empty) a first phrase."""

    place: str
    original: str
    text: str

    def applied(self, file: OwnFile) -> OwnFile:
        """The file with it."""
        if self.original:
            return file.with_wording(self.place, self.original, self.text)
        return file.with_first(self.place, self.text)


def read(path: Path) -> OwnFile | FlowProblem:
    """What the file holds, or what is wrong with it; a missing file holds nothing.

    Raises:
        OSError: it cannot be read.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        return OwnFile()
    found = read_toml(path, content)
    return found if isinstance(found, FlowProblem) else found.converted(OwnFile)


def save(path: Path, changes: Sequence[Change]) -> Path | None:
    """Apply changes to what the file holds now; a broken one is set aside first, and named.

    Raises:
        OSError: the file cannot be read or written.
    """
    found = read(path)
    aside = _free_name(path) if isinstance(found, FlowProblem) else None
    if aside is not None:
        path.replace(aside)
    file = OwnFile() if isinstance(found, FlowProblem) else found
    for change in changes:
        file = change.applied(file)
    _write(path, _as_toml(file))
    return aside


def _free_name(path: Path) -> Path:
    """A name beside it that nothing has: what was set aside before stays too."""
    names = chain([".broken.toml"], (f".broken{number}.toml" for number in count(2)))
    return next(
        name for suffix in names if not (name := path.with_name(path.stem + suffix)).exists()
    )


def _as_toml(file: OwnFile) -> str:
    # Imported when it is first needed: tomlkit costs as much as a font.
    import tomlkit

    document = tomlkit.document()
    for line in t("own.file_head").splitlines():
        document.add(tomlkit.comment(line))
    for name in structs.fields(file):
        rows = tomlkit.aot()
        for entry in getattr(file, name.name):
            row = tomlkit.table()
            row.update(structs.asdict(entry))
            rows.append(row)
        if rows:
            document.add(name.name, rows)
    return tomlkit.dumps(document)


def _write(path: Path, text: str) -> None:
    """Write beside and replace: a crash leaves the old file or the new one. This user's alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".tmp")
    beside.touch(mode=0o600)
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
