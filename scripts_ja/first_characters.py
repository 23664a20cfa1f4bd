"""With which characters a match of a regular expression can begin.

Python's search tries an expression with many alternatives at every place of a text. An assertion
in front of it that looks at one character only lets it pass most of them: half of the time
(10,000 characters: 30 to 37 ms and not 57 to 75).

How an expression begins is read from what ``re._parser`` makes of it. That module is private (it
is there in Python 3.11 to 3.13): where it is missing, or does not answer a known expression as
expected, or anything else goes wrong, an expression stays as it is. Then the same is found, slower.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

# Of a class such as [一-龥], its ends: it is written down as the range that it is.
_Ranges = frozenset[tuple[int, int]]
_Parse = Callable[[str], Iterable[tuple[Any, Any]]]
_WITHOUT_WIDTH = frozenset({"ASSERT", "ASSERT_NOT", "AT"})
# One of everything that is read here, and how it begins.
_KNOWN = r"(?=x)^(?:a|[b-cd]|(?<!x)\d)?e{0,2}f"
_KNOWN_FIRST = frozenset({("a", "a"), ("b", "c"), ("d", "d"), ("0", "9"), ("e", "e"), ("f", "f")})


def with_first_characters(expression: str) -> str:
    """``expression`` behind an assertion of its first characters, or as it is if it has none.

    It is meant for a search with ``re.ASCII`` and no other flag.
    """
    parse = _parser()
    if parse is None:
        return expression
    found, may_be_empty = _read(parse, expression)
    if found is None or may_be_empty:
        return expression
    inside = "".join(f"{re.escape(chr(low))}-{re.escape(chr(high))}" for low, high in sorted(found))
    return f"(?=[{inside}])(?:{expression})"


@cache
def _parser() -> _Parse | None:
    """Python's own, if it hands over what is expected."""
    try:
        from re._parser import parse  # type: ignore[import-not-found]  # noqa: PLC0415
    except ImportError:
        return None
    expected = frozenset((ord(low), ord(high)) for low, high in _KNOWN_FIRST)
    return parse if _read(parse, _KNOWN) == (expected, False) else None


def _read(parse: _Parse, expression: str) -> tuple[_Ranges | None, bool]:
    """The first characters, or None where they cannot be told: what is read has no promised form."""
    try:
        return _first(parse(expression))
    except Exception:  # noqa: BLE001 - a faulty expression is the business of who compiles it
        return None, False


def _first(items: Iterable[tuple[Any, Any]]) -> tuple[_Ranges | None, bool]:
    """The first characters of a sequence (None: any), and whether it may match nothing."""
    found: _Ranges = frozenset()
    for operation, argument in items:
        if str(operation) in _WITHOUT_WIDTH:
            continue
        here, may_be_empty = _first_of(str(operation), argument)
        if here is None:
            return None, False
        found |= here
        if not may_be_empty:
            return found, False
    return found, True


def _first_of(  # noqa: PLR0911
    operation: str,
    argument: Any,  # noqa: ANN401 - as the parser hands it over
) -> tuple[_Ranges | None, bool]:
    match operation:
        case "LITERAL":
            return frozenset({(argument, argument)}), False
        case "IN":
            return _of_class(argument), False
        case "BRANCH":
            parts = [_first(each) for each in argument[1]]
            found = [ranges for ranges, _ in parts if ranges is not None]
            whole = frozenset().union(*found) if len(found) == len(parts) else None
            return whole, any(may_be_empty for _, may_be_empty in parts)
        case "SUBPATTERN":
            _, adds, drops, inside = argument
            return (None, False) if adds or drops else _first(inside)
        case "MAX_REPEAT" | "MIN_REPEAT":
            least, _, repeated = argument
            ranges, may_be_empty = _first(repeated)
            return ranges, may_be_empty or least == 0
        case _:
            return None, False


def _of_class(members: Iterable[tuple[Any, Any]]) -> _Ranges | None:
    found: set[tuple[int, int]] = set()
    for operation, argument in members:
        match str(operation), str(argument):
            case "LITERAL", _:
                found.add((argument, argument))
            case "RANGE", _:
                found.add(argument)
            case "CATEGORY", "CATEGORY_DIGIT":
                found.add((ord("0"), ord("9")))
            case _:
                return None
    return frozenset(found)
