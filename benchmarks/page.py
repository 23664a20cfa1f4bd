"""The page of results, one section per benchmark, in their order."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

RESULTS = Path(__file__).with_name("RESULTS.md")
NOT_MEASURED = "Not measured"
"""How a line begins that says what could not be measured, and what for want of."""

_HEAD = """# Results

Written by `make bench`; `make bench-peers` installs the other programs that are compared, and
measures them. `make bench-check` measures all but those again, and fails where a ratio is worse
than here by more than a fifth.

How to read it:

- **A ratio tells how many times as long (as large, as busy) something is as the measure of its
  table**: an empty repaint, a bare window, bare sqlite3. Less is better. The measure was taken in
  the same run, in turns with the rest, so that ratios of two machines can be compared.
- *times* is how often it was measured. *median*: half of them were no more. *p95*: nineteen of
  twenty were no more. Both are told against the **median** of the measure.
- Milliseconds, where they stand, are those of the machine that is named below the section.
- There it also says what part of all processors other programs took meanwhile. Medians hold while
  that is small; from some tenth on, p95 and what was over a frame tell of the others, too.
- *PSS* is memory with what is shared with other programs counted in parts: nothing else that uses
  the same Qt should run meanwhile. *CPU* is the time of processors, of all threads. A *frame* is
  that of a screen of 60 Hz: 16.7 ms.
"""
_SECTION = re.compile(r"<!-- (?!end of )(\w+) -->\n.*?<!-- end of \1 -->", re.DOTALL)


def with_section(
    page: str, name: str, title: str, lines: Sequence[str], order: Sequence[str]
) -> str:
    """The page with this section in place of its earlier one; those of ``order`` stand in it."""
    sections = {found[1]: found[0] for found in _SECTION.finditer(page)}
    sections[name] = "\n".join(
        [f"<!-- {name} -->", f"## {title}", "", *lines, f"<!-- end of {name} -->"]
    )
    names = [each for each in order if each in sections]
    names += [each for each in sections if each not in order]
    return "\n\n".join([_HEAD.strip(), *(sections[each] for each in names)]) + "\n"


def section_of(page: str, name: str) -> list[str]:
    """The lines of a section; none where it is not on the page."""
    _, _, rest = page.partition(f"<!-- {name} -->")
    return rest.partition(f"<!-- end of {name} -->")[0].splitlines()


def is_whole(lines: Iterable[str]) -> bool:
    """Whether all of a section could be measured."""
    return not any(line.startswith(NOT_MEASURED) for line in lines)


def lacking(programs: Iterable[str]) -> list[str]:
    """The line of a section that needs programs of which some are not here; else none."""
    missing = [name for name in programs if shutil.which(name) is None]
    return [f"{NOT_MEASURED}: no {', '.join(missing)} here."] if missing else []


def save_pictures(pictures: Mapping[str, str]) -> None:
    """Lay SVG pictures beside the page, by file name."""
    for name, drawn in pictures.items():
        path = RESULTS.with_name("pictures") / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(drawn, "utf-8")
