"""Everything that a person can be told about their installation: what is well, what is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from app.checks_around import check_flows_and_cards, check_hotkeys, check_key_store, check_settings
from app.checks_files import check_disk, check_folder, check_leftovers, check_rights
from app.checks_records import check_backups, check_records, check_set_aside
from app.checks_shared import check_papers_folder, check_sealing
from desktop.paths import Places
from scripts_ja.texts import t

OK, WARN, BAD = "ok", "warn", "bad"


class Finding(NamedTuple):
    """One thing that was looked at: how it is, in a sentence that also says what to do."""

    topic: str
    level: str
    text: str


Check = Callable[[Places], Iterator[tuple[str, str]]]

CHECKS: tuple[tuple[str, Check], ...] = (
    ("folder", check_folder),
    ("disk", check_disk),
    ("records", check_records),
    ("set_aside", check_set_aside),
    ("backups", check_backups),
    ("rights", check_rights),
    ("leftovers", check_leftovers),
    ("settings", check_settings),
    ("flows", check_flows_and_cards),
    ("sealing", check_sealing),
    ("papers", check_papers_folder),
    ("hotkeys", check_hotkeys),
    ("key_store", check_key_store),
)


def examine(where: Places, on_done: Callable[[float], object]) -> list[Finding]:
    """Look at everything, one after the other; ``on_done`` hears from 0 to 1 how far it is."""
    findings: list[Finding] = []
    for number, (topic, check) in enumerate(CHECKS):
        on_done(number / len(CHECKS))
        try:
            findings += [Finding(topic, level, text) for level, text in check(where)]
        except OSError as error:  # nobody can look
            path = error.filename or where.data
            findings.append(Finding(topic, BAD, t("cli.unread.other", path=path)))
    on_done(1.0)
    return findings
