"""The command line: one file in app/commands/ per sub-command, imported when it is asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from types import SimpleNamespace
from typing import TYPE_CHECKING

from app.failure import Failure
from desktop.paths import Places, places
from scripts_ja.texts import t

if TYPE_CHECKING:
    from argparse import Namespace

# No sub-command, one whose name Python keeps for itself, and those that are no names there.
_MODULES = {
    None: "window",
    "desk-key": "desk_key",
    "import": "take_over",
    "recovery-key": "recovery_key",
}


def run(arguments: Sequence[str]) -> int:
    """Do what the arguments ask for; without a sub-command the window opens.

    Returns the exit code: 0 done, 1 not done (said on standard error), 2 wrong arguments; of
    ``export`` also 3 (required items are missing) and 4 (something has to be mended first).
    """
    _say_no_traces()
    os.umask(0o077)  # whatever is written is this user's alone; Windows has no such thing
    asked = _asked(arguments)
    where = places(asked.data_dir)
    command = import_module(f"app.commands.{_MODULES.get(asked.command, asked.command)}")
    try:
        return int(command.run(asked, where))
    except Failure as failure:
        sys.stderr.write(f"{failure}\n")
        return failure.code
    except OSError as error:
        return _say_what_the_world_did(error, where)
    except KeyboardInterrupt:
        return 130


def _asked(arguments: Sequence[str]) -> Namespace | SimpleNamespace:
    if not arguments:  # who starts the window waits for it: no parser is made
        return SimpleNamespace(data_dir=None, command=None)
    from app.arguments import parsed

    return parsed(arguments)


def _say_no_traces() -> None:
    """What is logged is for the log of the window: a command says one sentence, in Japanese."""
    import logging

    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(logging.NullHandler())


def _say_what_the_world_did(error: OSError, where: Places) -> int:
    """A full disk, a folder that cannot be written: one sentence, no trace."""
    import errno

    path = error.filename or where.data
    is_full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    sys.stderr.write(t("cli.out_of_space" if is_full else "cli.unwritable", path=path) + "\n")
    return 1
