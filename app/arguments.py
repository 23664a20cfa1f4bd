"""What the command line understands; imported where there is something to parse."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import NoReturn

from scripts_ja.texts import t

_COMMANDS = (
    "backup",
    "cases",
    "ctl",
    "decrypt",
    "demo",
    "desk-key",
    "doctor",
    "encrypt",
    "export",
    "flows",
    "import",
    "month",
    "purge",
    "recovery-key",
    "restore",
    "wording",
)


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
    commands = parser.add_subparsers(dest="command", metavar="")
    backup = commands.add_parser("backup", help=t("backup.cli.about"))
    backup.add_argument("--out", metavar="FILE", help=t("backup.cli.out"))
    backup.add_argument("--json", action="store_true", help=t("cli.as_json"))
    cases = commands.add_parser("cases", help=t("cli.cases.about"))
    cases.add_argument("query", nargs="*", metavar="QUERY", help=t("cli.cases.query"))
    cases.add_argument("--json", action="store_true", help=t("cli.cases.json"))
    cases.add_argument("--limit", type=int, default=50, help=t("cli.cases.limit"))
    ctl = commands.add_parser("ctl", help=t("cli.ctl"), add_help=False)
    ctl.add_argument("words", nargs=argparse.REMAINDER)
    demo = commands.add_parser("demo", help=t("cli.demo"))
    demo.add_argument("--out", required=True, help=t("cli.demo_out"))
    demo.add_argument("--scenario", default="washing_machine", help=t("cli.demo_scenario"))
    desk_key = commands.add_parser("desk-key", help=t("cli.desk_key.about"))
    desk_key.add_argument("--new", action="store_true", help=t("cli.desk_key.new"))
    desk_key.add_argument("--json", action="store_true", help=t("cli.as_json"))
    doctor = commands.add_parser("doctor", help=t("doctor.about"))
    doctor.add_argument("--json", action="store_true", help=t("cli.as_json"))
    export = commands.add_parser("export", help=t("cli.export"))
    export.add_argument("case_no", metavar="CASE_NO", help=t("cli.export_case"))
    papers = (
        "handoff",
        "consult_card",
        "timeline",
        "absence_note",
        "abuse_record",
        "prevention_sheet",
    )
    export.add_argument("--paper", choices=papers, default="handoff", help=t("cli.export_paper"))
    forms = ("text", "md", "html", "pdf", "xlsx", "json")
    export.add_argument("--format", choices=forms, default="text", help=t("cli.export_form"))
    export.add_argument("--out", required=True, help=t("cli.export_out"))
    masks = ("phone", "names", "quotes")
    export.add_argument("--mask", nargs="+", choices=masks, default=(), help=t("cli.export_mask"))
    sheets = ("a5", "a6")
    export.add_argument("--page", choices=sheets, default="a5", help=t("cli.export_page"))
    export.add_argument("--as-unconfirmed", action="store_true", help=t("cli.export_unconfirmed"))
    export.add_argument("--json", action="store_true", help=t("cli.as_json"))
    take_over = commands.add_parser("import", help=t("cli.import"))
    take_over.add_argument("file", metavar="FILE", help=t("cli.import_file"))
    take_over.add_argument("--json", action="store_true", help=t("cli.as_json"))
    purge = commands.add_parser("purge", help=t("cli.purge.about"))
    purge.add_argument("--dry-run", action="store_true", help=t("cli.purge.dry_run"))
    purge.add_argument("--json", action="store_true", help=t("cli.as_json"))
    flows = commands.add_parser("flows", help=t("cli.flows"))
    actions = flows.add_subparsers(dest="action", required=True)
    check = actions.add_parser("check", help=t("cli.flows_check"))
    check.add_argument("folder", nargs="?", metavar="DIR", help=t("cli.flows_dir"))
    month = commands.add_parser("month", help=t("cli.month.about"))
    month.add_argument("month", metavar="YYYY-MM", help=t("cli.month.month"))
    month.add_argument("--out", required=True, help=t("cli.month.out"))
    month.add_argument("--json", action="store_true", help=t("cli.as_json"))
    restore = commands.add_parser("restore", help=t("restore.cli.about"))
    restore.add_argument("backup", nargs="?", metavar="BACKUP", help=t("restore.cli.backup"))
    restore.add_argument("--json", action="store_true", help=t("cli.as_json"))
    wording = commands.add_parser("wording", help=t("cli.wording"))
    wording.add_argument("--json", action="store_true", help=t("cli.wording_json"))
    contexts = ("phrase", "note", "promise", "quote")
    wording.add_argument(
        "--context", choices=contexts, default="phrase", help=t("cli.wording_context")
    )
    wording.add_argument("--facts-confirmed", action="store_true", help=t("cli.wording_facts"))
    for name in ("encrypt", "decrypt"):
        command = commands.add_parser(name, help=t(f"cli.{name}"))
        command.add_argument("--json", action="store_true", help=t("cli.as_json"))
    recovery_key = commands.add_parser("recovery-key", help=t("cli.recovery_key"))
    actions_of_key = ("new", "open", "remove")
    recovery_key.add_argument(
        "action", choices=actions_of_key, metavar="ACTION", help=t("cli.recovery_key_action")
    )
    assert set(commands.choices) == set(_COMMANDS)  # noqa: S101 - a file for each
    return parser
