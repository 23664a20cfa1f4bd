"""Whether somebody wants to know when what was painted, and the first line for them.

The others are written by ui/paint_report.py, which nobody else needs.
"""

from __future__ import annotations

import os
import time

ENVIRONMENT = "YORISOI_PAINT_FD"


def tell_first_frame() -> None:
    """Say that it is on the screen, and what it has cost; the rest of the window is not there yet."""
    descriptor = wanted_descriptor()
    if descriptor is not None:
        os.write(
            descriptor, f"first {time.monotonic():.6f} {time.process_time():.6f}\n".encode("ascii")
        )


def wanted_descriptor() -> int | None:
    """The descriptor named in the environment, or None: nobody wants a report."""
    named = os.environ.get(ENVIRONMENT, "")
    return int(named) if named.isdigit() else None
