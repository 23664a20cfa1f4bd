"""Acknowledgements: written when a case was taken over here, and heard when one comes back."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

from app.bundle_import import Arrival
from app.handing_over import author_of, zone_of
from app.papers_folder import PapersFolder
from app.settings import Settings
from app.writing import write_file
from call.clock import Reading
from call.commands import Command, NoteTakenOver
from handoff.acknowledgement import (
    EXTENSION,
    MAX_BYTES,
    Acknowledgement,
    acknowledge,
    read_acknowledgement,
)
from handoff.bundle import Bundle
from handoff.file_name import safe_name
from storage.archive import Archive


def write_answer(bundle: Bundle, folder: Path, settings: Settings, now: Reading) -> Path:
    """Lay the acknowledgement into that folder, to be sent back.

    Raises:
        OSError: the folder cannot be written.
    """
    author = author_of(settings)
    names = (author.company, author.department, author.name)
    content = acknowledge(bundle, now.wall.astimezone(zone_of(now)), names)
    return write_file(folder / safe_name(bundle.case_no, EXTENSION), content)


def read_answer(path: Path, database: Path) -> tuple[str, Acknowledgement] | None:
    """The case here that it is about, and what it says; None where that case is not here.

    Raises:
        BundleError: it is none. OSError: it cannot be read. StorageError: what is here cannot be.
    """
    with path.open("rb") as file:
        said = read_acknowledgement(file.read(MAX_BYTES + 1))
    with Archive(database) as archive:
        summary = archive.summary_of(said.case_id)
    if summary is None:
        return None
    return summary.joined_to or summary.case_id, said


def noted(said: Acknowledgement) -> NoteTakenOver:
    """What is recorded of it."""
    names = (said.company, said.department, said.name)
    return NoteTakenOver(" ".join(filter(None, names)), said.taken_at, said.bundle)


class Answering:
    """What a running desk needs to answer, and to keep the answers of others."""

    def __init__(
        self,
        folder: PapersFolder,
        settings: Callable[[], Settings],
        now: Callable[[], Reading],
        do_in: Callable[[str, Command], None],
    ) -> None:
        self._folder = folder
        self._settings = settings
        self._now = now
        self.do_in = do_in

    def write(self, taken: Arrival) -> None:
        """Lay the answer where papers are; a folder that cannot be written changes nothing else."""
        with contextlib.suppress(OSError):
            self._folder.lay(
                lambda folder: write_answer(taken.bundle, folder, self._settings(), self._now()),
                taken.bundle.case_no,
            )
