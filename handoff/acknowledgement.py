"""The acknowledgement (``.yorisoi-ack.json``): who took a case over and when, for the first desk.

It is as little to be believed as a bundle: size, form and checksum come first, and it only ever
adds one line to a case that was handed over from here.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct, structs

from handoff.bundle import Bundle, BundleError

EXTENSION = "yorisoi-ack.json"
FORMAT: Literal["yorisoi-ack"] = "yorisoi-ack"
MAX_BYTES = 20_000

_Name = Annotated[str, Meta(max_length=200)]
_Id = Annotated[str, Meta(min_length=1, max_length=80, pattern=r"^[^\x00-\x1f\x7f]*$")]


class Acknowledgement(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``bundle`` is the checksum of the file that was taken over; ``checksum`` that of all else."""

    format: Literal["yorisoi-ack"]
    version: Literal[1]
    case_id: _Id
    case_no: _Id
    bundle: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
    taken_at: Annotated[datetime, Meta(tz=True)]
    company: _Name = ""
    department: _Name = ""
    name: _Name = ""
    checksum: Annotated[str, Meta(pattern=r"^([0-9a-f]{64})?$")] = ""


def acknowledge(bundle: Bundle, at: datetime, names: tuple[str, str, str]) -> bytes:
    """The file that says so; ``names`` are company, department and name of who took it over."""
    company, department, name = names
    said = Acknowledgement(
        format=FORMAT,
        version=1,
        case_id=bundle.case_id,
        case_no=bundle.case_no,
        bundle=bundle.stamp.checksum,
        taken_at=at,
        company=company,
        department=department,
        name=name,
    )
    signed = structs.replace(said, checksum=_checksum(said))
    return msgspec.json.format(msgspec.json.encode(signed), indent=1) + b"\n"


def read_acknowledgement(content: bytes) -> Acknowledgement:
    """A file as it came.

    Raises:
        BundleError: it is none (``no_ack``), or something else stands in it now (``changed``).
    """
    if len(content) > MAX_BYTES:
        raise BundleError("no_ack", "too large")
    try:
        said = msgspec.json.decode(content, type=Acknowledgement)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise BundleError("no_ack", str(error)) from error
    if said.checksum != _checksum(said):
        raise BundleError("changed")
    return said


def _checksum(said: Acknowledgement) -> str:
    rest = msgspec.json.encode(structs.replace(said, checksum=""), order="sorted")
    import hashlib  # here and not above: it is in memory only where a file is made or read

    return hashlib.sha256(rest).hexdigest()
