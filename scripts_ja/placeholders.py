"""Placeholders of phrases such as ``{customer}``: what they are, and rendering without inventing.

A phrase is rendered to segments, so that a window can highlight what is missing instead of
hiding it. Rendering never fails: an agent on the line must get the sentence, whatever is in it.
Wrong braces are found when a flow file is loaded (:func:`wrong_braces`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

import msgspec
from msgspec import Struct

_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_BRACED_OR_LONE = re.compile(r"\{[^{}]*\}|[{}]")
# The same braces as an IME types them (full width): easily overlooked, and read out as they are.
_WIDE_BRACED = re.compile("\uff5b([a-z0-9_]+)\uff5d")


class Placeholder(Struct, frozen=True, forbid_unknown_fields=True):
    """One placeholder: its name on screen, what stands in for it, and the form it wants.

    Without a ``fallback`` an empty value is a gap. ``suffix`` is put after a value that does not
    end with it already (the customer's honorific), never after the fallback.
    """

    label: str
    form: str
    fallback: str = ""
    suffix: str = ""


class SegmentKind(StrEnum):
    """Where the text of a segment comes from."""

    LITERAL = "literal"
    FILLED = "filled"
    FALLBACK = "fallback"
    GAP = "gap"


class Segment(Struct, frozen=True):
    """A piece of a rendered phrase. ``key`` is empty for a literal; a gap's text is its label."""

    kind: SegmentKind
    text: str
    key: str = ""


class _PlaceholderFile(Struct, frozen=True, forbid_unknown_fields=True):
    """What ``placeholders.toml`` holds."""

    gap_mark: str
    placeholders: dict[str, Placeholder]


def definitions() -> Mapping[str, Placeholder]:
    """Every placeholder by key, in the order of ``placeholders.toml``."""
    return MappingProxyType(_shipped().placeholders)


def placeholder_keys(text: str) -> tuple[str, ...]:
    """The known keys that ``text`` asks for, each once, in order of appearance."""
    found = (match[1] for match in _PLACEHOLDER.finditer(text))
    return tuple(dict.fromkeys(key for key in found if key in definitions()))


def wrong_braces(text: str) -> tuple[str, ...]:
    """The braces in ``text`` that are no known placeholder, as they stand there.

    There is no escape: in a phrase a brace always means a placeholder. Known keys between
    full-width braces count as wrong too.
    """
    known = definitions()
    narrow = [piece for piece in _BRACED_OR_LONE.findall(text) if piece[1:-1] not in known]
    wide = [match[0] for match in _WIDE_BRACED.finditer(text) if match[1] in known]
    return tuple(narrow + wide)


def segments(text: str, values: Mapping[str, str]) -> tuple[Segment, ...]:
    """``text`` cut into literals and its placeholders as ``values`` fill them.

    A value is inserted as it is, never parsed again. An empty or blank value counts as not
    given. Braces that are no known placeholder stay as literal text.
    """
    pieces: list[Segment] = []
    literal_from = 0
    for match in _PLACEHOLDER.finditer(text):
        definition = definitions().get(match[1])
        if definition is None:
            continue
        if match.start() > literal_from:
            pieces.append(Segment(SegmentKind.LITERAL, text[literal_from : match.start()]))
        pieces.append(_filled(match[1], definition, values.get(match[1], "")))
        literal_from = match.end()
    if literal_from < len(text):
        pieces.append(Segment(SegmentKind.LITERAL, text[literal_from:]))
    return tuple(pieces)


def plain(rendered: Iterable[Segment]) -> str:
    """The segments as text to copy: a gap becomes a visible mark with its label."""
    return "".join(_plain_text(segment) for segment in rendered)


def _filled(key: str, definition: Placeholder, value: str) -> Segment:
    if value.strip():
        suffix = "" if value.endswith(definition.suffix) else definition.suffix
        return Segment(SegmentKind.FILLED, value + suffix, key)
    if definition.fallback:
        return Segment(SegmentKind.FALLBACK, definition.fallback, key)
    return Segment(SegmentKind.GAP, definition.label, key)


def _plain_text(segment: Segment) -> str:
    if segment.kind is SegmentKind.GAP:
        # replace, not format: a label is data and may hold any character.
        return _shipped().gap_mark.replace("{label}", segment.text)
    return segment.text


@cache
def _shipped() -> _PlaceholderFile:
    """The shipped definitions.

    Raises:
        ValueError: the shipped file is broken (TOML or type); a test would have said so.
    """
    source = Path(__file__).with_name("placeholders.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(source), _PlaceholderFile)
