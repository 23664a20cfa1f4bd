"""With which characters a match of a regular expression can begin.

Python's search tries an expression with many alternatives at every place of a text. An assertion
in front of it that looks at one character only lets it pass most of them: half of the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from re import _parser  # type: ignore[attr-defined]
from typing import Any

# Of a class such as [一-龥], its ends: it is written down as the range that it is.
_Ranges = frozenset[tuple[int, int]]
_WITHOUT_WIDTH = frozenset({"ASSERT", "ASSERT_NOT", "AT"})


def with_first_characters(expression: str) -> str:
    """``expression`` behind an assertion of its first characters, or as it is if it has none.

    Raises:
        re.error: it is no regular expression.
    """
    found, may_be_empty = _first(_parser.parse(expression))
    if found is None or may_be_empty:
        return expression
    inside = "".join(f"{re.escape(chr(low))}-{re.escape(chr(high))}" for low, high in sorted(found))
    return f"(?=[{inside}])(?:{expression})"


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
            return _first(argument[3])
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
