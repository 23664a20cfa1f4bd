"""Reading what older versions wrote: one function per kind and version step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Fields = dict[str, Any]

# (kind, version it lifts from) -> what turns its fields into those of the next version.
UPCASTERS: dict[tuple[str, int], Callable[[Fields], Fields]] = {}


def upcast(kind: str, version: int, current: int, fields: Fields) -> Fields:
    """Lift ``fields`` of ``kind`` step by step from ``version`` to ``current``.

    Raises:
        KeyError: a step is missing (a mistake of ours, found by the tests).
    """
    for step in range(version, current):
        fields = UPCASTERS[kind, step](fields)
    return fields
