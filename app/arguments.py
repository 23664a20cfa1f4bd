"""What the command line understands; imported where there is something to parse."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import NoReturn

from app.command_table import add_commands
from scripts_ja.texts import t


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """What was asked for; of ``cases`` a word with a hyphen before it is to be left out.

    Raises:
        SystemExit: wrong arguments, a wish for help or for the version.
    """
    parser = _parser()
    found, unknown = parser.parse_known_args(arguments)
    if found.command == "cases" and not any(word.startswith("--") for word in unknown):
        found.query += unknown
    elif unknown:
        parser.error(" ".join(unknown))
    return found


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
    parser = _Parser(prog="yorisoi", description=t("cli.description"))
    parser.add_argument("--data-dir", help=t("cli.data_dir"))
    parser.add_argument("--version", action=_Version, nargs=0, help=t("cli.version"))
    add_commands(parser)
    return parser
