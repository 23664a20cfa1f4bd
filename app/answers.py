"""Acknowledgements: written when a case was taken over here, and heard when one comes back."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from app.bundle_import import Arrival
from app.handing_over import author_of, zone_of
from app.papers_folder import PapersFolder
from app.seals import Seals
from app.settings import Settings
from app.writing import write_file
from call.clock import Reading
from call.commands import Command, NoteTakenOver
from handoff.acknowledgement import (
    EXTENSION,
    Acknowledgement,
    acknowledge,
    read_acknowledgement,
)
from handoff.file_name import safe_name
from handoff.sealing import SEALED
from storage.archive import Archive

_log = logging.getLogger(__name__)


class Reply(Struct, frozen=True):
    """The file by which a case is answered."""

    case_no: str
    name: str
    content: bytes


def answer_file(taken: Arrival, settings: Settings, now: Reading, seals: Seals) -> Reply:
    """The acknowledgement of a case; what came sealed is answered so.

    Raises:
        SealError: it cannot be sealed.
    """
    bundle, sender = taken.bundle, taken.sender
    author = author_of(settings)
    names = (author.company, author.department, author.name)
    content = acknowledge(bundle, now.wall.astimezone(zone_of(now)), names)
    if sender is None:
        return Reply(bundle.case_no, safe_name(bundle.case_no, EXTENSION), content)
    name = safe_name(bundle.case_no, SEALED[EXTENSION])
    return Reply(bundle.case_no, name, seals.closing((sender,))(content))


def read_answer(content: bytes, database: Path) -> tuple[str, Acknowledgement] | None:
    """The case here that it is about, and what it says; None where that case is not here.

    Raises:
        BundleError: it is none. StorageError: what is here cannot be read.
    """
    said = read_acknowledgement(content)
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
        seals: Callable[[], Seals],
    ) -> None:
        self._folder = folder
        self._settings = settings
        self._now = now
        self.do_in = do_in
        self.seals = seals

    def answer(self, taken: Arrival, seals: Seals) -> Reply:
        """Made before the case is taken over, by the rules by which it was opened.

        Raises:
            SealError: it cannot be sealed.
        """
        return answer_file(taken, self._settings(), self._now(), seals)

    def lay(self, reply: Reply) -> None:
        """Lay it where papers are; a folder that cannot be written changes nothing else."""
        try:
            self._folder.lay(
                lambda folder: write_file(folder / reply.name, reply.content), reply.case_no
            )
        except OSError as error:
            _log.warning("an answer could not be written: %s", type(error).__name__)
