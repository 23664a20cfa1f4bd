"""線引き: promises, asks and refusals, and the requests that stand in no column (#94-#96)."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import datetime
from functools import partial

from call.case import Case
from call.commands import DrawLine, EditNote, PlaceRequest, RemoveNote, TakeNote
from call.events import NoteTaken
from call.fold_columns import COLUMN_KINDS, ColumnEntry, CustomerRequest, Lack
from scripts_ja.model import NoteKind
from scripts_ja.texts import t
from ui.rows.page import Page, joined, when
from ui.rows.row import Ask, Do, Keys, Row, title

_KIND_KEYS = {"P": NoteKind.PROMISE, "A": NoteKind.ASK, "R": NoteKind.CANNOT}
_ALTERNATIVES = "/"


class ColumnsPage(Page):
    """What is in no column stands on top; the columns beside each other where there is room."""

    id = "columns"

    def rows(self, case: Case) -> list[Row]:
        """Requests that nothing answers yet, then the three columns."""
        rows = self._unplaced(case)
        for lane, kind in enumerate(COLUMN_KINDS, start=1):
            entries = case.columns.of_kind(kind)
            name = t(f"second.columns.name.{kind}")
            head = t("second.columns.head", name=name, count=len(entries))
            rows.append(title(f"column_{kind}", head, lane=lane))
            rows += [self._entry(n, e, lane) for n, e in enumerate(entries, start=1)]
            if not entries:
                rows.append(Row(f"none_{kind}", t("second.none_yet"), tone="muted", lane=lane))
        return rows

    def keys(self, case: Case) -> Keys:
        """A new entry of each column."""
        return {
            key: Do(t(f"note.short.{kind}"), partial(self._ask_new, kind))
            for key, kind in _KIND_KEYS.items()
        }

    # -- requests -----------------------------------------------------------------------------

    def _unplaced(self, case: Case) -> list[Row]:
        found = case.columns.unplaced
        if not found:
            return [Row("all_placed", t("second.columns.all_placed"), tone="accent")]
        head = title("unplaced", t("second.columns.unplaced", count=len(found)), tone="warn")
        return [head, *(self._request(request) for request in found)]

    def _request(self, request: CustomerRequest) -> Row:
        keys = {
            key: Do(
                t(f"note.short.{kind}"),
                partial(self._ask_answer, request, kind),
            )
            for key, kind in _KIND_KEYS.items()
        }
        return Row(f"request_{request.id}", request.text, tone="warn", keys=keys)

    def _ask_answer(self, request: CustomerRequest, kind: NoteKind) -> None:
        """Which entry answers it: the number of one that is there, or the words of a new one."""
        case = self.work.case
        entries = case.columns.of_kind(kind) if case else ()

        def accept(text: str) -> bool:
            entry = _numbered(entries, text)
            entry_id = entry.note_id if entry else self._take(kind, text)
            return bool(entry_id) and self.do(PlaceRequest(request.id, entry_id))

        def echo(text: str) -> str:
            entry = _numbered(entries, text)
            if entry is None:
                return t("second.columns.echo_new", kind=t(f"second.columns.name.{kind}"))
            return t("second.columns.echo_there", text=entry.text)

        label = t("second.columns.ask_answer", kind=t(f"second.columns.name.{kind}"))
        self.ask(Ask(label, request.text, accept, t("second.columns.ask_hint"), echo))

    # -- entries ------------------------------------------------------------------------------

    def _entry(self, number: int, entry: ColumnEntry, lane: int) -> Row:
        enter: Callable[[], None] = {
            NoteKind.PROMISE: lambda: self._ask_promise(entry),
            NoteKind.ASK: lambda: self._ask_line(entry, "result"),
            NoteKind.CANNOT: lambda: self._ask_cannot(entry),
        }[entry.kind]
        keys = {
            "Enter": Do(t(f"second.columns.enter.{entry.kind}"), enter),
            "T": Do(t("second.key.words"), lambda: self._ask_words(entry)),
            "L": Do(t("second.columns.alternatives"), lambda: self._ask_alternatives(entry)),
            "Delete": Do(t("second.key.remove"), lambda: self.do(RemoveNote(entry.note_id))),
        }
        if entry.requests:
            keys["U"] = Do(t("second.columns.free"), lambda: self._free(entry))
        return Row(
            entry.note_id,
            entry.text,
            heading=t("second.columns.number", number=number),
            note=_remarks(entry),
            tone="ink",
            note_tone="warn" if entry.lacks else "muted",
            lane=lane,
            keys=keys,
        )

    def _take(self, kind: NoteKind, text: str) -> str:
        """The id of a new entry; empty where there are no words."""
        if not text.strip():
            return ""
        change = self.work.do(TakeNote(kind, text.strip()))
        bodies = (event.body for event in change.events)
        return next((body.note_id for body in bodies if isinstance(body, NoteTaken)), "")

    def _ask_new(self, kind: NoteKind) -> None:
        """The words, and then at once what such an entry needs."""

        def accept(text: str) -> Ask | bool:
            note_id = self._take(kind, text)
            case = self.work.case
            entry = case.columns.entry(note_id) if case and note_id else None
            if entry is None:
                return not text.strip()
            self.select(note_id)
            return self._first_question(entry)

        self.ask(
            Ask(t("second.columns.ask_new", kind=t(f"second.columns.name.{kind}")), "", accept)
        )

    def _first_question(self, entry: ColumnEntry) -> Ask | bool:
        if entry.kind is NoteKind.PROMISE:
            return self._owner_ask(entry)
        return self._reason_ask(entry) if entry.kind is NoteKind.CANNOT else True

    def _ask_promise(self, entry: ColumnEntry) -> None:
        self.ask(self._owner_ask(entry))

    def _owner_ask(self, entry: ColumnEntry) -> Ask:
        def take_due(due: datetime | None) -> bool:
            return self.do(EditNote(entry.note_id, entry.kind, entry.text, due))

        def take_owner(owner: str) -> Ask | bool:
            is_kept = self._draw(entry, owner=owner.strip())
            return is_kept and self.due_ask(t("second.ask.due"), entry.due_at, take_due)

        return Ask(t("second.ask.owner"), entry.owner, take_owner)

    def _ask_cannot(self, entry: ColumnEntry) -> None:
        self.ask(self._reason_ask(entry))

    def _reason_ask(self, entry: ColumnEntry) -> Ask:
        def take_reason(reason: str) -> Ask | bool:
            is_kept = self._draw(entry, reason=reason.strip())
            return is_kept and self._alternatives_ask(entry.note_id)

        return Ask(t("second.columns.ask_reason"), entry.reason, take_reason)

    def _ask_line(self, entry: ColumnEntry, name: str) -> None:
        label = t("second.columns.ask_result")
        self.ask(Ask(label, entry.result, lambda text: self._draw(entry, **{name: text.strip()})))

    def _ask_alternatives(self, entry: ColumnEntry) -> None:
        self.ask(self._alternatives_ask(entry.note_id))

    def _alternatives_ask(self, note_id: str) -> Ask:
        case = self.work.case
        entry = case.columns.entry(note_id) if case else None
        known = entry.alternatives if entry else ()

        def accept(text: str) -> bool:
            return entry is not None and self._draw(entry, alternatives=_parted(text))

        label, hint = t("second.columns.ask_alternatives"), t("second.columns.alternatives_hint")
        return Ask(label, f" {_ALTERNATIVES} ".join(known), accept, hint)

    def _ask_words(self, entry: ColumnEntry) -> None:
        def accept(text: str) -> bool:
            edit = EditNote(entry.note_id, entry.kind, text.strip(), entry.due_at)
            return bool(text.strip()) and self.do(edit)

        self.ask(Ask(t("second.ask.words"), entry.text, accept))

    def _draw(self, entry: ColumnEntry, **values: str | tuple[str, ...]) -> bool:
        """Keep what belongs to the entry, the given of it anew."""
        kept: dict[str, object] = {
            "owner": entry.owner,
            "reason": entry.reason,
            "alternatives": entry.alternatives,
            "result": entry.result,
        }
        return self.do(DrawLine(entry.note_id, **{**kept, **values}))  # type: ignore[arg-type]

    def _free(self, entry: ColumnEntry) -> None:
        for request in entry.requests:
            self.do(PlaceRequest(request.id))


def _remarks(entry: ColumnEntry) -> str:
    due = when(entry.due_at)
    remarks = [
        t("second.columns.owner", owner=entry.owner) if entry.owner else "",
        t("second.columns.due", due=due) if due else "",
        t("second.columns.reason", reason=entry.reason) if entry.reason else "",
        t("second.columns.result", result=entry.result) if entry.result else "",
        *(t(f"second.lack.{Lack(lack)}") for lack in entry.lacks),
        *(t("second.columns.instead", text=text) for text in entry.alternatives),
        *(t("second.columns.answers", text=request.text) for request in entry.requests),
    ]
    return joined(remarks)


def _numbered(entries: tuple[ColumnEntry, ...], text: str) -> ColumnEntry | None:
    digits = unicodedata.normalize("NFKC", text).strip()
    if not digits.isdecimal() or not 0 < int(digits) <= len(entries):
        return None
    return entries[int(digits) - 1]


def _parted(text: str) -> tuple[str, ...]:
    parts = unicodedata.normalize("NFKC", text) if "／" in text else text
    return tuple(part.strip() for part in parts.split(_ALTERNATIVES) if part.strip())
