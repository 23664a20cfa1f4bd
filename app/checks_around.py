"""Looking at what stands around the records: settings, flows, keys, the key store."""

from __future__ import annotations

from collections.abc import Iterator

from app.encryption_words import failure_words, obstacle_words
from app.known_settings import in_force
from app.rule_layers import load_layers
from app.settings import load
from app.settings_file import BROKEN_SUFFIX
from desktop.hotkeys.chooser import choose
from desktop.paths import Places
from scripts_ja.texts import t
from storage.encryption import Encryption
from storage.key_record import ENCRYPTED
from storage.troubles import StorageError

Told = Iterator[tuple[str, str]]


def check_settings(where: Places) -> Told:
    """The settings file, and one that had to be set aside."""
    _, problems = load(where.settings)
    for problem in problems:
        yield "warn", problem.message
    broken = where.settings.with_suffix(BROKEN_SUFFIX)
    if broken.exists():
        yield "warn", t("doctor.settings.broken", path=broken)
    if not problems and not broken.exists():
        yield "ok", t("doctor.settings.ok")


def check_flows_and_cards(where: Places) -> Told:
    """Flows and cards of one's own, and of the department's copy."""
    layers = load_layers(where, in_force(where)[1])
    for problem in layers.problems:
        yield "warn", problem.sentence
    if not layers.problems:
        yield "ok", t("doctor.flows.ok", count=len(layers.book.flows))


def check_hotkeys(where: Places) -> Told:
    """Which way keys of other windows would come by; whether it is free is known in the window."""
    settings, _ = load(where.settings)
    wanted = settings.text("hotkeys.backend")
    choice = choose(wanted)
    if choice.candidates:
        names = t("list.comma").join(candidate.name for candidate in choice.candidates)
        yield "ok", t("doctor.hotkeys.ok", names=names)
    else:
        level = "ok" if wanted == "none" else "warn"
        yield level, t("doctor.hotkeys.none")


def check_key_store(where: Places) -> Told:
    """Where the key of encrypted records is, or would be, kept."""
    try:
        status = Encryption(where.database).status()
    except StorageError as error:
        yield "bad", failure_words(error.kind)
        return
    if status.wanted == ENCRYPTED:
        yield from _key_of(where)
    elif status.obstacle:
        yield "warn", obstacle_words(status.obstacle)
    else:
        yield "ok", t("doctor.key_store.ok")
    if status.is_converting:
        yield "warn", t("doctor.key_store.converting")


def _key_of(where: Places) -> Told:
    try:
        Encryption(where.database).key()
    except StorageError as error:
        yield "bad", failure_words(error.kind)
    else:
        yield "ok", t("doctor.key_store.found")
