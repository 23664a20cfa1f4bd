"""All sub-commands and their arguments, as data. The words of each stand in the texts, by key."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from scripts_ja.texts import t


class Argument(NamedTuple):
    """One argument: ``about`` is the key of its words, ``how`` what argparse is told besides."""

    name: str
    about: str
    how: Mapping[str, Any]


class Command(NamedTuple):
    """A sub-command; ``actions`` are sub-commands of its own, one of which must be named."""

    about: str
    arguments: tuple[Argument, ...] = ()
    actions: Mapping[str, Command] = {}
    has_help: bool = True


def _takes(name: str, about: str, **how: object) -> Argument:
    return Argument(name, about, how)


def _flag(name: str, about: str) -> Argument:
    return _takes(name, about, action="store_true")


_JSON = _flag("--json", "cli.as_json")
_PAPERS = (
    *("handoff", "consult_card", "timeline", "absence_note"),
    *("abuse_record", "prevention_sheet"),
)
_FORMS = ("text", "md", "html", "pdf", "xlsx", "json")
_MASKS = ("phone", "names", "quotes")
_CONTEXTS = ("phrase", "note", "promise", "quote")

COMMANDS: Mapping[str, Command] = {
    "backup": Command(
        "backup.cli.about", (_takes("--out", "backup.cli.out", metavar="FILE"), _JSON)
    ),
    "cases": Command(
        "cli.cases.about",
        (
            _takes("query", "cli.cases.query", nargs="*", metavar="QUERY"),
            _flag("--json", "cli.cases.json"),
            _takes("--limit", "cli.cases.limit", type=int, default=50),
        ),
    ),
    "ctl": Command(
        "cli.ctl", (_takes("words", "cli.ctl", nargs=argparse.REMAINDER),), has_help=False
    ),
    "demo": Command(
        "cli.demo",
        (
            _takes("--out", "cli.demo_out", required=True),
            _takes("--scenario", "cli.demo_scenario", default="washing_machine"),
        ),
    ),
    "desk-key": Command("cli.desk_key.about", (_flag("--new", "cli.desk_key.new"), _JSON)),
    "doctor": Command("doctor.about", (_JSON,)),
    "export": Command(
        "cli.export",
        (
            _takes("case_no", "cli.export_case", metavar="CASE_NO"),
            _takes("--paper", "cli.export_paper", choices=_PAPERS, default="handoff"),
            _takes("--format", "cli.export_form", choices=_FORMS, default="text"),
            _takes("--out", "cli.export_out", required=True),
            _takes("--mask", "cli.export_mask", nargs="+", choices=_MASKS, default=()),
            _takes("--page", "cli.export_page", choices=("a5", "a6"), default="a5"),
            _flag("--as-unconfirmed", "cli.export_unconfirmed"),
            _JSON,
        ),
    ),
    "import": Command("cli.import", (_takes("file", "cli.import_file", metavar="FILE"), _JSON)),
    "purge": Command("cli.purge.about", (_flag("--dry-run", "cli.purge.dry_run"), _JSON)),
    "flows": Command(
        "cli.flows",
        actions={
            "check": Command(
                "cli.flows_check", (_takes("folder", "cli.flows_dir", nargs="?", metavar="DIR"),)
            )
        },
    ),
    "month": Command(
        "cli.month.about",
        (
            _takes("month", "cli.month.month", metavar="YYYY-MM"),
            _takes("--out", "cli.month.out", required=True),
            _JSON,
        ),
    ),
    "restore": Command(
        "restore.cli.about",
        (_takes("backup", "restore.cli.backup", nargs="?", metavar="BACKUP"), _JSON),
    ),
    "wording": Command(
        "cli.wording",
        (
            _flag("--json", "cli.wording_json"),
            _takes("--context", "cli.wording_context", choices=_CONTEXTS, default="phrase"),
            _flag("--facts-confirmed", "cli.wording_facts"),
        ),
    ),
    "encrypt": Command("cli.encrypt", (_JSON,)),
    "decrypt": Command("cli.decrypt", (_JSON,)),
    "recovery-key": Command(
        "cli.recovery_key",
        (
            _takes(
                "action",
                "cli.recovery_key_action",
                choices=("new", "open", "remove"),
                metavar="ACTION",
            ),
        ),
    ),
}


def add_commands(parser: argparse.ArgumentParser) -> None:
    """Have the parser know all of them."""
    _add(parser.add_subparsers(dest="command", metavar=""), COMMANDS)


def _add(
    children: argparse._SubParsersAction[argparse.ArgumentParser], commands: Mapping[str, Command]
) -> None:
    for name, command in commands.items():
        child = children.add_parser(name, help=t(command.about), add_help=command.has_help)
        _add_arguments(child, command.arguments)
        if command.actions:
            _add(child.add_subparsers(dest="action", required=True), command.actions)


def _add_arguments(parser: argparse.ArgumentParser, arguments: Iterable[Argument]) -> None:
    for argument in arguments:
        parser.add_argument(argument.name, help=t(argument.about), **argument.how)
