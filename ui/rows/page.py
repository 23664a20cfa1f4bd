"""What all pages of the second line's desk have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from call.case import Case
from call.commands import Command, FillField
from scripts_ja.dates import echo_due, parse_due
from scripts_ja.texts import t
from ui.port.workplace import Workplace
from ui.rows.row import Ask, Do, Keys, Row

# The full-width blank: a line that breaks there begins without a mark.
BLANK = "\u3000"


class Page:
    """One page: rows made of the case. It keeps nothing but where the agent is on it."""

    id = ""

    def __init__(
        self,
        workplace: Workplace,
        ask: Callable[[Ask], None],
        say: Callable[[str], None],
        select: Callable[[str], None],
    ) -> None:
        self.work = workplace
        self.ask = ask
        self.say = say
        self.select = select

    def rows(self, case: Case) -> list[Row]:
        """What the page shows now, from top to bottom."""
        raise NotImplementedError

    def keys(self, case: Case) -> Keys:
        """Keys that do the same on every row of the page."""
        return {}

    def do(self, command: Command) -> bool:
        """Carry out a command; whether it was not refused (a refusal is said by the window)."""
        return self.work.do(command).refusal is None

    def ask_field(self, label: str, key: str, value: str) -> Do:
        """Enter on a field of the case."""

        def accept(text: str) -> bool:
            return self.do(FillField(key, text.strip()))

        return Do(t("second.key.type"), lambda: self.ask(Ask(label, value, accept)))

    def due_ask(
        self, label: str, due: datetime | None, take: Callable[[datetime | None], Ask | bool]
    ) -> Ask:
        """A question for a date and time, which says how it is understood; empty: none."""
        value = echo_due(due.astimezone()) if due else ""

        def accept(text: str) -> Ask | bool:
            if not text.strip():
                return take(None)
            meant = due if text == value else self._parsed(text)
            return take(meant) if meant else False

        return Ask(label, value, accept, t("consult.due_hint"), self._echo)

    def _echo(self, text: str) -> str:
        due = self._parsed(text)
        return t("consult.due_echo", due=echo_due(due)) if due else t("consult.due_unread")

    def _parsed(self, text: str) -> datetime | None:
        return parse_due(text, self.work.local(self.work.now()))


def joined(parts: Iterable[str]) -> str:
    """Parts of a note on a row; empty ones are left out."""
    return BLANK.join(part for part in parts if part)


def when(at: datetime | None) -> str:
    """A local date with its time, or nothing."""
    return echo_due(at.astimezone()) if at else ""


def box(*, is_done: bool) -> str:
    """A box that is ticked or not, in words that are read out too."""
    return t("second.box.done" if is_done else "second.box.open")
