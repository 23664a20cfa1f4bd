"""The forms a paper can be saved in, and the bytes of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from call.case import Case
from call.events import Envelope
from handoff.bundle import EXTENSION, Stamp, as_bundle
from handoff.document import Document
from handoff.html_form import as_html
from handoff.layout import HANDOFF
from handoff.markdown_form import as_markdown
from handoff.masks import Mask
from handoff.text_form import as_text

_WRITERS: Mapping[str, Callable[[Document], str]] = {
    "html": as_html,
    "md": as_markdown,
    "text": as_text,
}
_EXTENSIONS = {
    "pdf": "pdf",
    "html": "html",
    "md": "md",
    "text": "txt",
    "xlsx": "xlsx",
    "csv": "csv",
    "json": EXTENSION,
}
# A table of its own, which only the month has.
_CSV = "csv"
FORMS = tuple(form for form in _EXTENSIONS if form != _CSV)
# The whole case, which another desk takes over.
BUNDLE = "json"


class Origin(Struct, frozen=True):
    """The (masked) case behind a paper, for the form that holds its events."""

    case: Case
    history: Sequence[Envelope]
    stamp: Stamp
    masks: tuple[Mask, ...]


def extension_of(form: str) -> str:
    """How a file of that form ends."""
    return _EXTENSIONS[form]


def forms_of(name: str) -> tuple[str, ...]:
    """The forms a paper can be saved in; only the whole case can be taken over."""
    return tuple(form for form in FORMS if form != BUNDLE or name == HANDOFF)


def file_content(form: str, document: Document, origin: Origin) -> bytes:
    """The file; text with plain line ends, in UTF-8."""
    if form == BUNDLE:
        bundle = as_bundle(origin.case, origin.history, origin.stamp, origin.masks)
        return bundle.encode("utf-8")
    return document_content(form, document)


def document_content(form: str, document: Document) -> bytes:
    """The file of a paper behind which there need be no case."""
    if form == "pdf":
        # Qt's fonts and painting are read when the first page is wanted.
        from handoff.printed.pdf import as_pdf

        return as_pdf(document)
    if form == "xlsx":
        # What writes sheets is read when the first is wanted.
        from handoff.sheet_form import as_xlsx

        return as_xlsx(document)
    return _WRITERS[form](document).encode("utf-8")
