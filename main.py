"""Yorisoi: the way in. It only hands over; what to do is decided in app/."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the program with the arguments of the command line; returns the exit code."""
    arguments = sys.argv[1:]
    if "ctl" in arguments[:3]:
        # A softphone waits for its hook: asked before anything that takes time to import.
        from app.commands import ctl

        if (asked := ctl.parted(arguments)) is not None:
            return ctl.send(*asked)
    from app.late_modules import put_off

    put_off()  # before what imports them
    from app.command_line import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
