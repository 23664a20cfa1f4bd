"""事実: the inventory as rows, and the view to read it out from (rules.md #89-#93)."""

from __future__ import annotations

from functools import partial

from call.case import Case
from call.commands import AnswerFact, DetailFact, EditNote, MoveFact, RemoveNote, TakeNote
from call.events import FactAnswer
from call.fold_facts import FACT_KINDS, FactRow
from call.preparation import GAP
from scripts_ja.model import NoteKind
from scripts_ja.texts import t
from ui.rows.page import Page, joined
from ui.rows.row import Ask, Do, Keys, Row, title

_ANSWER_KEYS = {"Y": FactAnswer.AGREED, "N": FactAnswer.DIFFERENT, "O": FactAnswer.OPEN}


class FactsPage(Page):
    """Rows to sort; with ``R`` one fact after the other, large, to be read out."""

    id = "facts"
    _read: str | None = None

    def rows(self, case: Case) -> list[Row]:
        """The rows, or the fact that is read out."""
        rows = case.facts.rows
        read = case.facts.row(self._read) if self._read else None
        if read is not None:
            return self._reading(rows, read)
        self._read = None
        table = [self._row(number, row) for number, row in enumerate(rows, start=1)]
        none = Row("none", t("second.facts.none"), tone="muted")
        return [title("facts", _progress(rows)), *(table or [none]), self._gap(case)]

    def keys(self, case: Case) -> Keys:
        """A new fact, and between the two views."""
        if self._read is not None:
            return {"R": Do(t("second.facts.table"), self._leave_reading)}
        keys = {"A": Do(t("second.key.add"), self._add)}
        if case.facts.rows:
            keys["R"] = Do(t("second.facts.read_out"), self._begin_reading)
        return keys

    # -- the table ----------------------------------------------------------------------------

    def _row(self, number: int, row: FactRow) -> Row:
        note = joined([row.happened, _source(row), _answer(row)])
        return Row(
            row.note_id,
            row.text,
            heading=t("second.facts.head", number=number, kind=t(f"note.short.{row.shown_kind}")),
            note=note,
            tone=_tone(row),
            keys=self._answers(row)
            | {
                "Enter": Do(t("second.facts.detail"), lambda: self._ask_detail(row)),
                "T": Do(t("second.key.words"), lambda: self._ask_text(row)),
                "K": Do(t("second.facts.kind"), lambda: self._turn_kind(row)),
                "Delete": Do(t("second.key.remove"), lambda: self.do(RemoveNote(row.note_id))),
            },
            move=lambda by: self.do(MoveFact(row.note_id, by)),
        )

    def _gap(self, case: Case) -> Row:
        """What led to the gap in understanding (rules.md #92)."""
        value, name = case.field(GAP), t("second.field.gap")
        is_missing = bool(case.facts.differences) and not value
        return Row(
            GAP,
            value or t("second.facts.no_gap"),
            heading=name,
            tone="warn" if is_missing else "ink" if value else "muted",
            keys={"Enter": self.ask_field(name, GAP, value)},
        )

    def _add(self) -> None:
        def accept(text: str) -> bool:
            return not text.strip() or self.do(TakeNote(NoteKind.FACT_CONFIRMED, text.strip()))

        self.ask(Ask(t("second.facts.ask_new"), "", accept))

    def _ask_detail(self, row: FactRow) -> None:
        def take_source(happened: str, source: str) -> bool:
            return self.do(DetailFact(row.note_id, happened.strip(), source.strip()))

        def take_happened(happened: str) -> Ask:
            label = t("second.facts.ask_source")
            return Ask(label, row.source, lambda source: take_source(happened, source))

        self.ask(Ask(t("second.facts.ask_happened"), row.happened, take_happened))

    def _ask_text(self, row: FactRow) -> None:
        def accept(text: str) -> bool:
            return bool(text.strip()) and self.do(EditNote(row.note_id, row.kind, text.strip()))

        self.ask(Ask(t("second.ask.words"), row.text, accept))

    def _turn_kind(self, row: FactRow) -> None:
        following = FACT_KINDS[(FACT_KINDS.index(row.kind) + 1) % len(FACT_KINDS)]
        self.do(EditNote(row.note_id, following, row.text))

    # -- answers ------------------------------------------------------------------------------

    def _answers(self, row: FactRow) -> dict[str, Do]:
        return {
            key: Do(
                t(f"second.facts.answer.{answer}"),
                partial(self._take_answer, row, answer),
            )
            for key, answer in _ANSWER_KEYS.items()
        }

    def _take_answer(self, row: FactRow, answer: FactAnswer) -> None:
        """The key records it at once; where they see it differently, their words may follow."""
        words = row.words if answer is FactAnswer.DIFFERENT else ""
        if not self.do(AnswerFact(row.note_id, answer, words)):
            return
        if answer is FactAnswer.DIFFERENT:
            self._ask_words(row)
        elif answer is FactAnswer.AGREED:
            self._read_next(row.note_id)

    def _ask_words(self, row: FactRow) -> None:
        def accept(words: str) -> bool:
            is_kept = self.do(AnswerFact(row.note_id, FactAnswer.DIFFERENT, words.strip()))
            if is_kept:
                self._read_next(row.note_id)
            return is_kept

        self.ask(Ask(t("second.facts.ask_different"), row.words, accept))

    # -- reading out --------------------------------------------------------------------------

    def _reading(self, rows: tuple[FactRow, ...], row: FactRow) -> list[Row]:
        place = [each.note_id for each in rows].index(row.note_id)
        keys = self._answers(row) | {
            "Up": Do("", lambda: self._read_at(rows, place - 1)),
            "Down": Do(t("second.facts.next"), lambda: self._read_at(rows, place + 1)),
        }
        following = rows[place + 1].text if place + 1 < len(rows) else t("second.facts.last")
        return [
            title("reading", t("second.facts.reading", number=place + 1, count=len(rows))),
            Row(
                "read",
                words_to_say(row),
                note=joined([_source(row), _answer(row)]),
                tone=_tone(row),
                is_large=True,
                keys=keys,
            ),
            Row(
                "following",
                t("second.facts.following", text=following),
                tone="muted",
                is_title=True,
            ),
        ]

    def _begin_reading(self) -> None:
        """At the first that is not answered yet."""
        case = self.work.case
        if case is not None and case.facts.rows:
            first = next(iter(case.facts.unanswered), case.facts.rows[0])
            self._read = first.note_id
            self.select("read")

    def _leave_reading(self) -> None:
        read, self._read = self._read, None
        self.select(read or "")

    def _read_at(self, rows: tuple[FactRow, ...], place: int) -> None:
        self._read = rows[max(0, min(place, len(rows) - 1))].note_id
        self.select("read")

    def _read_next(self, note_id: str) -> None:
        """While reading out, an answer leads to the next fact."""
        case = self.work.case
        if self._read != note_id or case is None:
            return
        rows = case.facts.rows
        self._read_at(rows, [row.note_id for row in rows].index(note_id) + 1)


def words_to_say(row: FactRow) -> str:
    """The fact as it is put to the customer, so that it can be confirmed or denied."""
    is_dated = bool(row.happened) and row.happened not in row.text
    fact = t("second.say.dated", date=row.happened, fact=row.text) if is_dated else row.text
    return t(f"second.say.{row.kind}", fact=fact)


def _progress(rows: tuple[FactRow, ...]) -> str:
    answered = sum(row.answer is not FactAnswer.OPEN for row in rows)
    return t("second.facts.progress", count=len(rows), answered=answered)


def _source(row: FactRow) -> str:
    return t("second.facts.source", source=row.source) if row.source else ""


def _answer(row: FactRow) -> str:
    if row.answer is FactAnswer.OPEN:
        return ""
    answer = t(f"second.facts.answered.{row.answer}")
    return t("second.facts.with_words", answer=answer, words=row.words) if row.words else answer


def _tone(row: FactRow) -> str:
    if row.shown_kind is NoteKind.DISCREPANCY:
        return "danger"
    return "accent" if row.answer is FactAnswer.AGREED else "ink"
