"""What the pages of the wrap-up sheet have in common: fields whose typed text is never lost."""

from __future__ import annotations

from collections.abc import Callable

from scripts_ja.texts import t
from ui.kept_line import KeptAsk
from ui.port.wrap_up import FieldDrafts
from ui.rows.page import Page, joined
from ui.rows.row import Ask, Do, Keys, Row

Take = Callable[[str], "Ask | bool"]


class Answer:
    """What is typed to one question: kept under ``field`` until it is taken.

    A text that is no other than what stood there is not kept.
    """

    def __init__(self, drafts: FieldDrafts, field: str, ask: Ask) -> None:
        self._drafts = drafts
        self._field = field
        self._ask = ask
        self._is_taken = False

    def kept(self) -> KeptAsk:
        """The question, with what was typed before in its line."""
        ask, value = self._ask, self._drafts.text(self._field) or self._ask.value
        hint = ask.hint or t("wrap_up.hint.kept")
        return KeptAsk(ask.label, value, self._accept, hint, ask.echo, self._keep)

    def _keep(self, text: str) -> None:
        if not self._is_taken:
            self._drafts.keep(self._field, "" if text == self._ask.value else text)

    def _accept(self, text: str) -> Ask | bool:
        self._is_taken = True  # taking it may put the next question into the same line
        answer = self._ask.accept(text)
        self._is_taken = answer is not False
        if self._is_taken:
            self._drafts.drop(self._field)
        return answer


class WrapUpPage(Page):
    """A page of fields. What is typed belongs to the case that was in hand when it was asked."""

    @property
    def drafts(self) -> FieldDrafts:
        """Where what is typed is kept."""
        return self.work.wrap_up.drafts()

    def ask_kept(self, field: str, ask: Ask) -> bool:
        """Put a question whose answer is not lost; true, so that one can follow another."""
        self.ask(Answer(self.drafts, self._name(field), ask).kept())
        return True

    def typed(self, field: str, label: str, value: str, take: Take, hint: str = "") -> Do:
        """Enter on a field: type in the one line."""
        ask = Ask(label, value, take, hint)
        return Do(t("second.key.type"), lambda: self.ask_kept(field, ask))

    def field_row(
        self, field: str, heading: str, value: str, keys: Keys, *, note: str = "", tone: str = ""
    ) -> Row:
        """A field as a row: what stands there, and below it what is typed and not taken yet."""
        draft = self.drafts.text(self._name(field))
        if draft:
            note = joined([t("wrap_up.draft", text=draft), note])
            keys = {**keys, "Delete": Do(t("wrap_up.give_up"), lambda: self._give_up(field))}
        return Row(
            field,
            value or t("wrap_up.blank"),
            heading=heading,
            note=note,
            tone=tone or ("ink" if value else "muted"),
            note_tone="accent" if draft else "muted",
            keys=keys,
        )

    def _name(self, field: str) -> str:
        return f"{self.id}.{field}"

    def _give_up(self, field: str) -> None:
        self.drafts.drop(self._name(field))
        self.select(field)
