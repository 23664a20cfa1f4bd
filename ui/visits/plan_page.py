"""約束: when, where, who, how long, why, and who approved (F6-S1, F6-S2)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from call.case import Case
from call.commands import CancelVisit, PlanVisit
from call.events import PlaceKind
from call.fold_visits import Visit
from call.visit_check import VisitLack, lacks_of
from scripts_ja.texts import t
from ui.rows.page import Page, when
from ui.rows.row import Ask, Do, Keys, Row, title
from ui.visits.page import head, no_visit, people_of, place_of

_PARTED = re.compile(r"[、,，/／]")
_LONGEST_MINUTES = 600
Take = Callable[[str], Ask | bool]


class PlanPage(Page):
    """An appointment is kept from its time on; all else is asked one after the other."""

    id = "plan"

    def rows(self, case: Case) -> list[Row]:
        """The appointment field by field, each with what it lacks."""
        visit = case.visits.current
        if visit is None:
            return no_visit()
        if visit.is_over:
            return [head(visit), Row("over", t("visit.sheet.over"), tone="muted")]
        lacks = lacks_of(visit, self.work.limits)
        return [
            title("plan", t("visit.sheet.plan")),
            self._row("at", when(visit.visit_at), self._ask_time(visit)),
            self._place(visit, lacks),
            self._people(visit, lacks),
            self._row("minutes", self._length(visit), self._ask_minutes(visit)),
            self._text(visit, "reason", lacks, VisitLack.REASON),
            self._text(visit, "approver", lacks, VisitLack.APPROVER),
            Row("carry", t("visit.sheet.carry"), tone="muted"),
        ]

    def keys(self, case: Case) -> Keys:
        """A new appointment, or this one does not take place."""
        visit = case.visits.current
        if visit is None or visit.is_over:
            return {"A": Do(t("visit.sheet.new"), lambda: self._ask_new(case))}
        return {"X": Do(t("visit.sheet.cancel"), self._ask_cancel)}

    # -- rows ---------------------------------------------------------------------------------

    def _row(
        self, field: str, text: str, ask: Ask, lacks: tuple[VisitLack, ...] = (), **keys: Do
    ) -> Row:
        note = "　".join(t(f"visit.lack.{lack}") for lack in lacks)
        return Row(
            field,
            text or t("second.open"),
            heading=t(f"visit.field.{field}"),
            note=note,
            tone="ink" if text else "warn",
            note_tone="warn",
            keys={"Enter": Do(t("second.key.type"), lambda: self.ask(ask)), **keys},
        )

    def _place(self, visit: Visit, lacks: tuple[VisitLack, ...]) -> Row:
        own = tuple(lack for lack in lacks if lack is VisitLack.OTHER_PLACE_FIRST)
        turn = Do(t("visit.sheet.place_kind"), lambda: self._turn_place(visit))
        return self._row("place", place_of(visit), self._ask_place(visit), own, K=turn)

    def _people(self, visit: Visit, lacks: tuple[VisitLack, ...]) -> Row:
        """Fewer than two are said each time (rules.md #112)."""
        own = tuple(lack for lack in lacks if lack is VisitLack.PEOPLE)
        return self._row("people", people_of(visit), self._ask_people(visit), own)

    def _text(self, visit: Visit, field: str, lacks: tuple[VisitLack, ...], lack: VisitLack) -> Row:
        value = str(getattr(visit, field))
        own = (lack,) if lack in lacks else ()
        return self._row(field, value, self._ask_text(visit, field, None), own)

    def _length(self, visit: Visit) -> str:
        end = (visit.visit_at + timedelta(minutes=visit.minutes)).astimezone()
        return t("visit.sheet.length", minutes=visit.minutes, end=f"{end:%H:%M}")

    # -- questions ----------------------------------------------------------------------------

    def _ask_new(self, case: Case) -> None:
        """The time keeps the appointment; place, people, reason and approver follow."""
        offered = case.visits.offered
        kind = offered[-1] if offered else PlaceKind.THIRD_PARTY

        def take(at: datetime | None) -> Ask | bool:
            if at is None or not self.do(PlanVisit(at, place_kind=kind)):
                return False
            return self._chain(
                self._ask_place, self._ask_people, self._ask_reason, self._ask_approver
            )

        self.ask(self.due_ask(t("visit.ask.at"), None, take))

    def _chain(self, *asks: Callable[..., Ask]) -> Ask | bool:
        """The first of several questions, each leading to the next."""
        visit = self._visit()
        if visit is None or not asks:
            return True
        first, rest = asks[0], asks[1:]
        return first(visit, partial(self._chain, *rest) if rest else None)

    def _ask_time(self, visit: Visit) -> Ask:
        def take(at: datetime | None) -> bool:
            return at is not None and self._change(visit, visit_at=at)

        return self.due_ask(t("visit.ask.at"), visit.visit_at, take)

    def _ask_place(self, visit: Visit, then: Callable[[], Ask | bool] | None = None) -> Ask:
        label = t("visit.ask.place", kind=t(f"visit.place_name.{visit.place_kind}"))
        return Ask(label, visit.place, self._taking(visit, "place", then))

    def _ask_people(self, visit: Visit, then: Callable[[], Ask | bool] | None = None) -> Ask:
        label = t("visit.ask.people", count=self.work.limits.visit_people)

        def take(text: str) -> Ask | bool:
            people = tuple(part.strip() for part in _PARTED.split(text) if part.strip())
            return self._change(visit, people=people) and (then() if then else True)

        return Ask(label, people_of(visit), take, t("visit.ask.people_hint"), self._count_people)

    def _count_people(self, text: str) -> str:
        people = [part for part in _PARTED.split(text) if part.strip()]
        is_few = len(people) < self.work.limits.visit_people
        return t("visit.lack.people") if is_few else t("visit.ask.people_echo", count=len(people))

    def _ask_minutes(self, visit: Visit) -> Ask:
        def take(text: str) -> bool:
            plain = unicodedata.normalize("NFKC", text).strip()
            is_number = plain.isascii() and plain.isdigit()
            minutes = int(plain) if is_number else 0
            return 0 < minutes <= _LONGEST_MINUTES and self._change(visit, minutes=minutes)

        return Ask(t("visit.ask.minutes"), str(visit.minutes), take)

    def _ask_reason(self, visit: Visit, then: Callable[[], Ask | bool] | None = None) -> Ask:
        return self._ask_text(visit, "reason", then)

    def _ask_approver(self, visit: Visit, then: Callable[[], Ask | bool] | None = None) -> Ask:
        return self._ask_text(visit, "approver", then)

    def _ask_text(self, visit: Visit, field: str, then: Callable[[], Ask | bool] | None) -> Ask:
        label = t(f"visit.ask.{field}")
        return Ask(label, str(getattr(visit, field)), self._taking(visit, field, then))

    def _taking(self, visit: Visit, field: str, then: Callable[[], Ask | bool] | None) -> Take:
        def take(text: str) -> Ask | bool:
            return self._change(visit, **{field: text.strip()}) and (then() if then else True)

        return take

    def _ask_cancel(self) -> None:
        ask = Ask(t("visit.ask.cancel"), "", lambda reason: self.do(CancelVisit(reason)))
        self.ask(ask)

    # -- changes ------------------------------------------------------------------------------

    def _turn_place(self, visit: Visit) -> None:
        kinds = list(PlaceKind)
        following = kinds[(kinds.index(visit.place_kind) + 1) % len(kinds)]
        self._change(visit, place_kind=following)

    def _change(self, visit: Visit, **values: object) -> bool:
        """The same appointment with other values."""
        known = self.work.case.visits.get(visit.visit_id) if self.work.case else None
        kept = {name: getattr(known or visit, name) for name in PlanVisit.__struct_fields__}
        return self.do(PlanVisit(**{**kept, **values}))

    def _visit(self) -> Visit | None:
        return self.work.case.visits.current if self.work.case else None
