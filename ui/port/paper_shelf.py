"""All papers of the case in hand: which there are, how one reads now, and its files."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

if TYPE_CHECKING:  # the command line knows this port too, and needs no Qt
    from PySide6.QtCore import QSizeF
    from PySide6.QtGui import QPagedPaintDevice, QPainter

# What can be left out, and the forms a paper can be saved in, the first one first.
MASKS = ("phone", "names", "quotes")
FORMS = ("pdf", "html", "md", "text", "xlsx", "csv", "json")
# The months over all cases of the desk: this one, and the one before.
MONTHS = ("month", "month_before")


class PrintedPages(Protocol):
    """A paper on its pages, painted as it is printed. ``size`` is that of a sheet, in units."""

    @property
    def count(self) -> int:
        """How many pages there are."""
        ...

    @property
    def size(self) -> QSizeF:
        """Of a sheet, in the units of :meth:`paint`."""
        ...

    def paint(self, painter: QPainter, page: int) -> None:
        """Paint a page (from 0) at the painter's origin."""
        ...

    def paint_all(self, device: QPagedPaintDevice) -> None:
        """Paint all of it on a printer."""
        ...


class LeaveOut(Struct, frozen=True):
    """How a paper is wanted: what is left out of it (of :data:`MASKS`), a letter's sheet.

    ``as_unconfirmed``: the agent lets it go with gaps that are required.
    """

    masks: tuple[str, ...] = ()
    letter: str = "a5"
    as_unconfirmed: bool = False


class PaperEntry(Struct, frozen=True):
    """A paper that there is."""

    name: str
    title: str
    lacks: int


class Lack(Struct, frozen=True):
    """Something that is not known, or that was found: its id within the paper, and its words.

    ``level`` is ``stop``, ``required``, ``caution`` or ``hint``; empty where a paper has no levels.
    ``advice`` is a sentence, ``target`` the note or field it is about.
    """

    id: str
    name: str
    level: str = ""
    advice: str = ""
    target: str = ""


class PaperView(Struct, frozen=True, kw_only=True):
    """A paper as it reads now. ``remark`` is what whoever prints it must know.

    ``forms`` are those it can be saved in. ``is_letter``: its sheet can be chosen. ``barrier`` is
    why it may not leave yet, in one sentence; ``is_passable``: the agent may let it go all the
    same. ``gauge`` says how long what is read first is. ``is_maskable``: it holds what could be
    left out.
    """

    name: str
    title: str
    text: str
    lacks: tuple[Lack, ...]
    remark: str
    forms: tuple[str, ...]
    pages: PrintedPages
    is_letter: bool = False
    barrier: str = ""
    is_passable: bool = False
    gauge: str = ""
    is_maskable: bool = True


class Written(Struct, frozen=True):
    """Where a paper is; empty where it was not written, with the sentence that says why."""

    path: str = ""
    trouble: str = ""


class PaperShelfPort(Protocol):
    """Makes papers in the window's thread and writes their files beside it."""

    @property
    def folder(self) -> str:
        """Where the files are."""
        ...

    def usual(self) -> LeaveOut:
        """What the settings say is left out."""
        ...

    def entries(self) -> tuple[PaperEntry, ...]:
        """All papers that there are, in their order."""
        ...

    def paper(self, name: str, wanted: LeaveOut) -> PaperView | None:
        """The paper as it reads now; None where there is nothing to write on it."""
        ...

    def read_month(self, name: str, then: Callable[[], None]) -> None:
        """Read all cases of that month (of :data:`MONTHS`) beside the window, ``then`` show it."""
        ...

    def note_copied(self, name: str, wanted: LeaveOut) -> None:
        """The paper's text was copied: a handoff note has left the desk."""
        ...

    def note_printed(self, name: str, wanted: LeaveOut) -> None:
        """The paper went to a printer."""
        ...

    def save(self, name: str, form: str, wanted: LeaveOut, then: Callable[[Written], None]) -> None:
        """Write the paper beside the window; ``then`` hears where it is."""
        ...
