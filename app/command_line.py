"""The command line: one file in app/commands/ per sub-command, imported when it is asked for."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from app.failure import Failure
from desktop.paths import Places, places
from scripts_ja.texts import t


def run(arguments: Sequence[str]) -> int:
    """Do what the arguments ask for; without a sub-command the window opens.

    Returns the exit code: 0 done, 1 not done (said on standard error), 2 wrong arguments; of
    ``export`` also 3 (required items are missing) and 4 (something has to be mended first).
    """
    _say_no_traces()
    os.umask(0o077)  # whatever is written is this user's alone; Windows has no such thing
    # Who starts the window waits for it: the parser is made where there is something to parse.
    bare = argparse.Namespace(data_dir=None, command=None)
    parsed = _parser().parse_args(arguments) if arguments else bare
    where = places(parsed.data_dir)
    command = import_module(f"app.commands.{_module(parsed.command)}")
    try:
        return int(command.run(parsed, where))
    except Failure as failure:
        sys.stderr.write(f"{failure}\n")
        return failure.code
    except OSError as error:
        return _say_what_the_world_did(error, where)
    except KeyboardInterrupt:
        return 130


def _say_no_traces() -> None:
    """What is logged is for the log of the window: a command says one sentence, in Japanese."""
    import logging

    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(logging.NullHandler())


class _Version(argparse.Action):
    """``--version``: read only when somebody asks."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        sys.stdout.write(f"yorisoi {version('yorisoi')}\n")
        parser.exit()


class _Parser(argparse.ArgumentParser):
    """Says in Japanese that arguments are wrong."""

    def error(self, message: str) -> NoReturn:
        """Show the usage and one sentence; exit code 2."""
        self.print_usage(sys.stderr)
        self.exit(2, t("cli.bad_arguments", detail=message) + "\n")


def _parser() -> argparse.ArgumentParser:
    from app.command_table import add_commands

    parser = _Parser(prog="yorisoi", description=t("cli.description"))
    parser.add_argument("--data-dir", help=t("cli.data_dir"))
    parser.add_argument("--version", action=_Version, nargs=0, help=t("cli.version"))
    add_commands(parser)
    return parser


def _module(command: str | None) -> str:
    """The file in app/commands/; without a sub-command it is the window's."""
    if command is None:
        return "window"
    from app.command_table import COMMANDS

    return COMMANDS[command].module or command


def _say_what_the_world_did(error: OSError, where: Places) -> int:
    """A full disk, a folder that cannot be written: one sentence, no trace."""
    import errno

    path = error.filename or where.data
    is_full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    sys.stderr.write(t("cli.out_of_space" if is_full else "cli.unwritable", path=path) + "\n")
    return 1
