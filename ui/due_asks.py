"""Questions about what has a date: by when instead and why, who sees to it from now on."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import datetime

from call.commands import Command, HandOnDue, PostponeDue
from call.dues import INSIDE, Due
from scripts_ja.texts import t
from ui.rows.page import Page
from ui.rows.row import Ask

# Gets the command that follows from the answers, and the name of what is said of it.
Take = Callable[[Command, str], bool]
# Whoever only presses Enter still has to tell the customer.
_TOLD = {"1": True, "2": False, "": False}


def ask_date(page: Page, due: Due, what: str, take: Take) -> None:
    """Another date, why, and whether the customer knows; ``what`` names it in the questions."""

    def take_date(at: datetime | None) -> Ask | bool:
        return _reason(due, at, what, take) if at and at != due.at else False

    page.ask(page.due_ask(t("agenda.ask.date", what=what), due.at, take_date))


def ask_owner(page: Page, due: Due, what: str, take: Take) -> None:
    """Who sees to it from now on."""

    def take_owner(owner: str) -> bool:
        return bool(owner.strip()) and take(HandOnDue(due.target, owner.strip()), "handed_on")

    label, hint = t("agenda.ask.owner", what=what), t("agenda.ask.owner_hint")
    page.ask(Ask(label, due.owner, take_owner, hint))


def _reason(due: Due, at: datetime, what: str, take: Take) -> Ask:
    def take_reason(reason: str) -> Ask | bool:
        def postpone(is_told: bool) -> bool:
            return take(PostponeDue(due.target, at, reason.strip(), is_told), "postponed")

        if not reason.strip():
            return False
        return postpone(False) if due.kind in INSIDE else _told(what, postpone)

    label, hint = t("agenda.ask.reason", what=what), t("agenda.ask.reason_hint")
    return Ask(label, "", take_reason, hint)


def _told(what: str, postpone: Callable[[bool], bool]) -> Ask:
    def take_told(text: str) -> bool:
        is_told = _TOLD.get(unicodedata.normalize("NFKC", text).strip())
        return postpone(is_told) if is_told is not None else False

    return Ask(t("agenda.ask.told", what=what), "", take_told, t("agenda.ask.told_hint"))
