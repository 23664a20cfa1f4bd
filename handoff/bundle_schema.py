"""The JSON Schema of a bundle, made of the structs that write and read it.

It ships as ``bundle.schema.json``; a test holds that it is this one.
"""

from __future__ import annotations

from typing import Any

import msgspec

from call.events import Event
from handoff.bundle import Bundle, BundledEvent

_REFERENCE = "#/$defs/{name}"


def bundle_schema() -> dict[str, Any]:
    """What a bundle of today's version looks like, the bodies of all kinds of events included."""
    kinds = sorted(Event.__subclasses__(), key=lambda kind: kind.__name__)
    (whole, *_), parts = msgspec.json.schema_components((Bundle, *kinds), ref_template=_REFERENCE)
    for kind in kinds:
        _leave_out_kind(parts[kind.__name__])
    parts[BundledEvent.__name__]["allOf"] = [_body_of(kind) for kind in kinds]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Yorisoi bundle",
        **whole,
        "$defs": dict(sorted(parts.items())),
    }


def as_file(schema: dict[str, Any]) -> str:
    """The schema as it ships."""
    return msgspec.json.format(msgspec.json.encode(schema), indent=1).decode() + "\n"


def _leave_out_kind(body: dict[str, Any]) -> None:
    """The kind stands beside the body, not in it."""
    del body["properties"]["kind"]
    body["required"] = [name for name in body["required"] if name != "kind"]


def _body_of(kind: type[Event]) -> dict[str, Any]:
    """A body of a kind and version that is known has to be one; others are passed on."""
    named = {"kind": {"const": kind.__name__}, "v": {"const": kind.version}}
    body = {"body": {"$ref": _REFERENCE.format(name=kind.__name__)}}
    return {"if": {"properties": named}, "then": {"properties": body}}
