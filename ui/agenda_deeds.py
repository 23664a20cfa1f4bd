"""What can be done with a line of the agenda: done, postponed, handed on, opened, apologised for."""

from __future__ import annotations

from collections.abc import Callable

from call.agenda import INTERIM, REPORT, REPORT_SAFETY, UNREACHED, VISIT_OVERDUE, AgendaLine
from call.commands import Command, SendReport, SettleDue, Undo
from call.dues import OFFER, TELL_DELAY, Due
from scripts_ja.texts import t
from ui.agenda_words import headline
from ui.clipboard import copy_text
from ui.due_asks import Take, ask_date, ask_owner
from ui.port.change import Change
from ui.port.workplace import Workplace
from ui.rows.page import Page
from ui.rows.row import Ask, Do, Keys
from ui.undo_words import undone_words

# These are owed by what goes on in the case, not by a date of their own.
_FOLLOWS = (INTERIM, UNREACHED, VISIT_OVERDUE, REPORT, REPORT_SAFETY)


class AgendaDeeds(Page):
    """The keys of a line. What was done last here can be taken back."""

    id = "agenda"

    def __init__(
        self,
        workplace: Workplace,
        ask: Callable[[Ask], None],
        say: Callable[[str], None],
        open_line: Callable[[AgendaLine], None],
    ) -> None:
        super().__init__(workplace, ask, say, lambda _: None)
        self._open_line = open_line
        self._doing: tuple[AgendaLine, Command, str] | None = None
        self._done: AgendaLine | None = None

    def of(self, line: AgendaLine | None) -> Keys:
        """What each key does with that line."""
        keys: dict[str, Do] = {}
        if line is not None:
            keys["Enter"] = Do(t("agenda.do.open"), lambda: self._open_line(line))
            keys.update(self._to_settle(line))
            if self.work.agenda.apology(line):
                keys["C"] = Do(t("agenda.do.apology"), lambda: self._copy_apology(line))
        if self._done is not None:
            keys["Z"] = Do(t("agenda.do.undo"), self._undo)
        return keys

    def _to_settle(self, line: AgendaLine) -> Keys:
        kind = line.entry.what.kind
        if kind in (REPORT, REPORT_SAFETY):
            return {"Space": Do(t("agenda.do.reported"), lambda: self._ask_report(line))}
        if kind in _FOLLOWS:
            return {}
        settle = SettleDue(line.entry.what.target)
        keys = {"Space": Do(t("agenda.do.done"), lambda: self._do(line, settle, "done"))}
        if kind != TELL_DELAY:
            keys["P"] = Do(t("agenda.do.postpone"), lambda: ask_date(self, *self._on(line)))
        if kind not in (OFFER, TELL_DELAY):
            keys["H"] = Do(t("agenda.do.hand_on"), lambda: ask_owner(self, *self._on(line)))
        return keys

    # -- typing -------------------------------------------------------------------------------

    def _on(self, line: AgendaLine) -> tuple[Due, str, Take]:
        """What the questions are about, and what takes the answers."""
        return line.entry.what, headline(line), lambda command, said: self._do(line, command, said)

    def _ask_report(self, line: AgendaLine) -> None:
        def take(to: str) -> bool:
            return bool(to.strip()) and self._do(line, SendReport(to.strip()), "reported")

        label = t("agenda.ask.report", what=headline(line))
        self.ask(Ask(label, self.work.settings.get("desk.superior"), take))

    # -- doing --------------------------------------------------------------------------------

    def _do(self, line: AgendaLine, command: Command, said: str) -> bool:
        """It may have to be read first: what came of it is heard as a change."""
        self._doing = (line, command, said)
        self.work.agenda.do(line, command)
        return True

    def _undo(self) -> None:
        line, self._done = self._done, None
        if line is not None:
            self._do(line, Undo(), "done")

    def hear(self, change: Change) -> None:
        """What came of it; a case that was not at hand was read first."""
        if self._doing is None or change.command is not self._doing[1]:
            return
        line, command, said = self._doing
        self._doing = None
        if change.refusal is None:
            self._done = None if isinstance(command, Undo) else line
            words = undone_words(change.taken_back) if isinstance(command, Undo) else ""
            self.say(words or t(f"agenda.said.{said}"))

    def _copy_apology(self, line: AgendaLine) -> None:
        copy_text(self.work.agenda.apology(line))
        self.say(t("agenda.said.copied"))
