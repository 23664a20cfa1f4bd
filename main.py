"""Yorisoi: the way in. It only hands over; what to do is decided in app/."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the program with the arguments of the command line; returns the exit code."""
    from app.command_line import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
