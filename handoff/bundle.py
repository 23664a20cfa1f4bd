"""The case as a file (``.yorisoi.json``): its events, so that another desk can take it over whole.

``bundle.schema.json`` beside this file describes it (:mod:`handoff.bundle_schema`). What comes
from outside is believed only when size, version, checksum, form and values are right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct, structs

from call.case import Case
from call.clock import Reading
from call.events import CaseOpened, Envelope, decode_body, encode_body
from handoff.masks import Mask

FORMAT: Literal["yorisoi-bundle"] = "yorisoi-bundle"
VERSION: Literal[1] = 1
EXTENSION = "yorisoi.json"
MAX_BYTES = 8_000_000

# What the receiving desk noted about calls that were not over (app/bundle_import.py) is its own
# affair: it stays there when the case goes on.
BOOKKEEPING = "import"

_MAX_EVENTS = 20_000
_MOST_LEVELS = 20
_YEARS = range(2000, 2200)
_MAX_NUMBER = 10**9

_Id = Annotated[str, Meta(min_length=1, max_length=80, pattern=r"^[^\x00-\x1f\x7f]*$")]
_Moment = Annotated[datetime, Meta(tz=True)]
_Seconds = Annotated[float, Meta(ge=0, le=1e10)]


class BundleError(Exception):
    """The file cannot be taken over.

    ``kind`` is ``too_large``, ``no_bundle``, ``newer_version``, ``older_version``, ``changed``
    or ``damaged``.
    """

    def __init__(self, kind: str, detail: str = "") -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind = kind


class At(Struct, frozen=True, forbid_unknown_fields=True):
    """When it happened, by both clocks of its desk."""

    wall: _Moment
    boot_seconds: _Seconds
    boot_id: _Id


class BundledEvent(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An event as it is stored. ``body`` is that of its kind and version, without the kind."""

    id: _Id
    desk_id: _Id
    seq: Annotated[int, Meta(ge=1, le=2**53)]
    case_id: _Id
    call_id: _Id | None
    kind: _Id
    v: Annotated[int, Meta(ge=1, le=_MAX_NUMBER)]
    cause: _Id | None
    at: At
    body: dict[str, Any]


class Stamp(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Who made the file when, and the SHA-256 of all the rest of it.

    ``unconfirmed`` are the ids of the required gaps that it was let go with (H01 to H08).
    """

    made_at: _Moment
    company: str = ""
    department: str = ""
    name: str = ""
    unconfirmed: tuple[_Id, ...] = ()
    checksum: Annotated[str, Meta(pattern=r"^([0-9a-f]{64})?$")] = ""


class Bundle(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A case that leaves the desk. ``masks`` say what was left out of its events."""

    format: Literal["yorisoi-bundle"]
    version: Literal[1]
    case_id: _Id
    case_no: _Id
    masks: tuple[Mask, ...]
    events: Annotated[tuple[BundledEvent, ...], Meta(min_length=1, max_length=_MAX_EVENTS)]
    stamp: Stamp


def as_bundle(case: Case, history: Sequence[Envelope], stamp: Stamp, masks: Iterable[Mask]) -> str:
    """The file of a case whose (masked) events are ``history``."""
    bundle = Bundle(
        format=FORMAT,
        version=VERSION,
        case_id=case.id,
        case_no=case.case_no,
        masks=tuple(masks),
        events=tuple(_bundled(event) for event in history if event.cause != BOOKKEEPING),
        stamp=structs.replace(stamp, checksum=""),
    )
    raw = msgspec.to_builtins(bundle)
    raw["stamp"]["checksum"] = _checksum(raw)
    return msgspec.json.format(msgspec.json.encode(raw), indent=1).decode() + "\n"


def read_bundle(content: bytes) -> tuple[Bundle, tuple[Envelope, ...]]:
    """A file as it came, and its events.

    Raises:
        BundleError: it is not to be believed; nothing was done.
    """
    raw = _decoded(content)
    _refuse_other_versions(raw)
    if not isinstance(raw.get("stamp"), dict) or raw["stamp"].get("checksum") != _checksum(raw):
        raise BundleError("changed")
    try:
        bundle = msgspec.convert(raw, Bundle)
        events = tuple(_envelope(event) for event in bundle.events)
    except (msgspec.DecodeError, KeyError, RecursionError) as error:
        raise BundleError("damaged", str(error)) from error
    _refuse_nonsense(bundle, events)
    return bundle, events


def _decoded(content: bytes) -> dict[str, Any]:
    if len(content) > MAX_BYTES:
        raise BundleError("too_large")
    try:
        return msgspec.json.decode(content, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise BundleError("no_bundle", str(error)) from error


def _refuse_other_versions(raw: dict[str, Any]) -> None:
    version = raw.get("version")
    if raw.get("format") != FORMAT or type(version) is not int:
        raise BundleError("no_bundle")
    if version != VERSION:
        raise BundleError("newer_version" if version > VERSION else "older_version")


def _checksum(raw: dict[str, Any]) -> str:
    """Of all but itself, in an order and a spelling of its own: line ends do not matter."""
    stamp = {key: value for key, value in raw["stamp"].items() if key != "checksum"}
    try:
        rest = msgspec.json.encode({**raw, "stamp": stamp}, order="sorted")
    except RecursionError as error:
        raise BundleError("no_bundle", str(error)) from error
    import hashlib  # here and not above: it is in memory only where a file is made or read

    return hashlib.sha256(rest).hexdigest()


def _bundled(event: Envelope) -> BundledEvent:
    return BundledEvent(
        id=event.id,
        desk_id=event.desk_id,
        seq=event.seq,
        case_id=event.case_id,
        call_id=event.call_id,
        kind=event.kind,
        v=event.v,
        cause=event.cause,
        at=At(event.at.wall, event.at.boot_seconds, event.at.boot_id),
        body=msgspec.json.decode(encode_body(event.body)),
    )


def _envelope(event: BundledEvent) -> Envelope:
    """The event; a body of an older version says today's (as :mod:`storage.rows` reads it)."""
    body = decode_body(event.kind, event.v, msgspec.json.encode(event.body).decode())
    return Envelope(
        id=event.id,
        desk_id=event.desk_id,
        case_id=event.case_id,
        call_id=event.call_id,
        seq=event.seq,
        at=Reading(event.at.wall, event.at.boot_seconds, event.at.boot_id),
        body=body,
        v=getattr(type(body), "version", event.v),
        cause=event.cause,
    )


def _refuse_nonsense(bundle: Bundle, events: Sequence[Envelope]) -> None:
    """What no desk of ours writes, and what folding or a calendar could not bear."""
    opened = [
        event.body.case_no
        for event in events
        if isinstance(event.body, CaseOpened) and event.case_id == bundle.case_id
    ]
    if opened != [bundle.case_no]:
        raise BundleError("damaged", "not opened once, or under another number")
    if len({event.id for event in events}) < len(events):
        raise BundleError("damaged", "an id twice")
    if len({(event.desk_id, event.seq) for event in events}) < len(events):
        raise BundleError("damaged", "a place twice")
    if any(_is_deep(event.body, _MOST_LEVELS) for event in bundle.events):
        raise BundleError("damaged", "too deep")
    if any(event.cause == BOOKKEEPING for event in events):
        raise BundleError("damaged", "somebody's own bookkeeping")
    for event in events:
        if not all(_is_sane(value) for value in _values(event)):
            raise BundleError("damaged", f"a value in {event.id}")


def _values(value: object) -> Iterator[object]:
    """All that stands in a struct, at any depth; what an unknown event holds is not looked at."""
    if isinstance(value, Struct):
        for part in structs.astuple(value):
            yield from _values(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from _values(part)
    else:
        yield value


def _is_deep(value: object, levels: int) -> bool:
    """Whether there are more levels of lists and objects than that."""
    if not isinstance(value, dict | list):
        return False
    parts = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_is_deep(part, levels - 1) for part in parts)


def _is_sane(value: object) -> bool:
    if isinstance(value, datetime):
        return value.tzinfo is not None and value.year in _YEARS
    if isinstance(value, int):
        return abs(value) <= 2**53
    return True
