"""What the record is asked for besides plain fields: requests, facts, promises, temperature."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from call.case import Case
from call.commands import DrawLine, EditNote, FillField, SetTemperature, TakeNote
from call.fold_columns import ColumnEntry
from call.fold_facts import FACT_KINDS
from scripts_ja.model import NoteKind
from scripts_ja.texts import t
from ui.rows.page import joined
from ui.rows.row import Do, Row

if TYPE_CHECKING:
    from ui.wrap_up_record import WrapUpRecord

_UNHEARD = "request_unheard"
_FACT_KEYS = {"Enter": NoteKind.FACT_CONFIRMED, "C": NoteKind.CLAIM}
_LEVELS = range(1, 6)


class GapRows:
    """Rows of the record; each one's key leads into what fills it (F8-S1)."""

    def __init__(self, page: WrapUpRecord) -> None:
        self._page = page

    def rows(self, case: Case) -> list[Row]:
        """In the order of the gaps."""
        return [
            self._request(case),
            self._facts(case),
            self._promise(case),
            self._temperature(case),
        ]

    def _request(self, case: Case) -> Row:
        page, name = self._page, t("wrap_up.field.request")
        is_unheard = case.field(_UNHEARD) == "1"
        heard = joined(request.text for request in case.columns.requests)
        keys = {
            "Enter": page.typed(
                "request", name, case.field("request"), partial(page.fill, "request")
            ),
            "U": Do(t("wrap_up.unheard"), lambda: self._turn_unheard(is_unheard=is_unheard)),
        }
        return page.item("request", heard or (t("wrap_up.unheard") if is_unheard else ""), keys)

    def _turn_unheard(self, *, is_unheard: bool) -> None:
        self._page.do(FillField(_UNHEARD, "" if is_unheard else "1"))
        self._page.select("request")

    def _facts(self, case: Case) -> Row:
        page, count = self._page, len(case.notes.of_kind(*FACT_KINDS))
        keys = {}
        for key, kind in _FACT_KEYS.items():
            take = partial(self._take_fact, kind)
            typed = page.typed("facts", t(f"note.kind.{kind}"), "", take)
            keys[key] = Do(t(f"note.short.{kind}"), typed.act)
        return page.item("facts", t("wrap_up.count", count=count) if count else "", keys)

    def _take_fact(self, kind: NoteKind, text: str) -> bool:
        """An empty line takes nothing and is left."""
        if not text.strip():
            return True
        return self._page.do(TakeNote(kind, text.strip())) and self._page.go_to_gap("facts")

    def _promise(self, case: Case) -> Row:
        """All promises; Enter asks what the first open one lacks."""
        page, promises = self._page, case.columns.of_kind(NoteKind.PROMISE)
        lacking = next((entry for entry in promises if entry.lacks), None)
        keys = {}
        if lacking is not None:
            label = t("wrap_up.ask.owner", text=lacking.text)
            keys["Enter"] = page.typed("promise", label, lacking.owner, partial(self._own, lacking))
        value = t("wrap_up.count", count=len(promises)) if promises else t("wrap_up.no_promise")
        return page.item("promise", value, keys)

    def _own(self, entry: ColumnEntry, owner: str) -> bool:
        """The owner first, then the date."""
        line = DrawLine(
            entry.note_id, owner.strip(), entry.reason, entry.alternatives, entry.result
        )
        ask = self._page.due_ask(
            t("wrap_up.ask.due", text=entry.text), entry.due_at, partial(self._date, entry)
        )
        return self._page.do(line) and self._page.ask_kept("promise_due", ask)

    def _date(self, entry: ColumnEntry, due: datetime | None) -> bool:
        edit = EditNote(entry.note_id, entry.kind, entry.text, due)
        return self._page.do(edit) and self._page.go_to_gap("promise")

    def _temperature(self, case: Case) -> Row:
        levels = [mark.value for mark in case.marks.temperatures]
        value = ""
        if levels:
            value = t("wrap_up.levels", first=levels[0], highest=max(levels), last=levels[-1])
        label = t("wrap_up.ask.temperature")
        keys = {"Enter": self._page.typed("temperature", label, "", self._set_level)}
        return self._page.item("temperature", value, keys)

    def _set_level(self, text: str) -> bool:
        digits = text.strip()
        level = int(digits) if digits.isdecimal() and len(digits) == 1 else 0
        if level not in _LEVELS:
            return not digits
        return self._page.do(SetTemperature(level)) and self._page.go_to_gap("temperature")
