"""What all commands have in common."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

Level = Annotated[int, Meta(ge=1, le=5)]
Minutes = Annotated[int, Meta(ge=0, le=600)]


def _tag(name: str) -> str:
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in name).lstrip("-")


class Command(Struct, frozen=True, forbid_unknown_fields=True, tag_field="do", tag=_tag):
    """Base of all commands."""
