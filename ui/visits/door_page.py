"""当日: each moment of a visit one key, with its time; how long to wait, when to ring (F6-S3, S4)."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from call.case import Case
from call.commands import MarkVisit
from call.events import VisitMoment
from call.fold_visits import Visit
from call.visit_check import VisitLack, lacks_of, waiting
from scripts_ja.clock_words import parse_seconds_ago
from scripts_ja.dates import clock_time
from scripts_ja.texts import t
from ui.rows.page import BLANK, Page, when
from ui.rows.row import Ask, Do, Keys, Row, title
from ui.visits.page import head, no_visit

KEYS = {
    "D": VisitMoment.DEPARTED,
    "A": VisitMoment.ARRIVED,
    "R": VisitMoment.RANG,
    "P": VisitMoment.PHONED,
    "W": VisitMoment.WAITING,
    "M": VisitMoment.MET,
    "X": VisitMoment.ABSENT,
    "L": VisitMoment.LEFT,
}
_A_DAY = 86_400


class DoorPage(Page):
    """The proof of the visit: what happened when (rules.md #113-#116)."""

    id = "door"

    def rows(self, case: Case) -> list[Row]:
        """The appointment, the clock at the door, the moments."""
        visit = case.visits.current
        if visit is None:
            return no_visit()
        return [
            *self._alone(visit),
            *self._clock(visit),
            title("moments", t("visit.sheet.moments")),
            *(self._moment(visit, key, moment) for key, moment in KEYS.items()),
            title("appointment", t("visit.sheet.plan")),
            head(visit),
        ]

    def keys(self, case: Case) -> Keys:
        """The moments; the rows say which key is whose."""
        visit = case.visits.current
        if visit is None or visit.is_over:
            return {}
        return {key: Do("", partial(self._mark, moment)) for key, moment in KEYS.items()}

    # -- rows ---------------------------------------------------------------------------------

    def _alone(self, visit: Visit) -> list[Row]:
        """Nobody goes alone; said as long as they have not left (rules.md #112)."""
        is_alone = VisitLack.PEOPLE in lacks_of(visit, self.work.limits)
        if not is_alone or visit.is_over:
            return []
        return [Row("alone", t("visit.sheet.alone"), tone="danger")]

    def _clock(self, visit: Visit) -> list[Row]:
        if visit.is_over:
            left = visit.times_of(VisitMoment.LEFT)
            return [Row("gone", t("visit.sheet.left", time=when(left[-1])), tone="muted")]
        if visit.outcome is VisitMoment.MET:
            return [self._box(visit)]
        return self._waiting(visit)

    def _waiting(self, visit: Visit) -> list[Row]:
        wait = waiting(visit, self.work.now(), self.work.limits)
        if wait is None:
            return []
        ring = t("visit.sheet.ring") if wait.is_ring_due else ""
        if not wait.seconds_left:
            text = t("visit.sheet.waited", minutes=self.work.limits.visit_wait_minutes)
            return [Row("wait", text, note=ring, tone="accent", note_tone="warn")]
        left = clock_time(-int(-wait.seconds_left // 1))
        heading = t("visit.sheet.wait")
        return [Row("wait", left, heading=heading, note=ring, note_tone="warn", is_large=True)]

    def _box(self, visit: Visit) -> Row:
        """Until when to leave: the time box begins with the meeting, or the appointment."""
        begin = visit.times_of(VisitMoment.MET)[-1]
        end = begin + timedelta(minutes=visit.minutes)
        seconds = (end - self.work.now().wall).total_seconds()
        at = f"{end.astimezone():%H:%M}"
        if seconds <= 0:
            return Row("box", t("visit.sheet.box_over", end=at), tone="danger")
        left = clock_time(-int(-seconds // 1))
        note = t("visit.sheet.box_end", end=at)
        return Row("box", left, heading=t("visit.sheet.box"), note=note, is_large=True)

    def _moment(self, visit: Visit, key: str, moment: VisitMoment) -> Row:
        times = [f"{at.astimezone():%H:%M}" for at in visit.times_of(moment)]
        words = [mark.words for mark in visit.moments if mark.moment is moment and mark.words]
        is_contrary = moment in (VisitMoment.MET, VisitMoment.ABSENT) and (
            visit.outcome not in (None, moment)
        )
        return Row(
            moment,
            BLANK.join(times) or t("visit.sheet.not_yet"),
            heading=t("visit.sheet.moment", key=key, moment=t(f"visit.moment.{moment}")),
            note=BLANK.join(words),
            tone="muted" if is_contrary or not times else "ink",
            keys={} if visit.is_over else self._moment_keys(moment),
        )

    def _moment_keys(self, moment: VisitMoment) -> Keys:
        return {
            "Enter": Do(t("visit.sheet.mark"), partial(self._mark, moment)),
            "T": Do(t("visit.sheet.at_time"), partial(self._ask_time, moment)),
        }

    # -- what happens -------------------------------------------------------------------------

    def _mark(self, moment: VisitMoment) -> None:
        if self.do(MarkVisit(moment)):
            self._say_what_follows(moment)
            self.select(moment)

    def _ask_time(self, moment: VisitMoment) -> None:
        """It was told later: when it happened, and what was said."""

        def take(text: str) -> Ask | bool:
            seconds = self._seconds(text)
            if seconds is None:
                return False
            at = self.work.now().shifted(-seconds).wall

            def keep(words: str) -> bool:
                is_kept = self.do(MarkVisit(moment, words.strip(), at))
                if is_kept:
                    self._say_what_follows(moment)
                return is_kept

            return Ask(t("visit.ask.words"), "", keep)

        label = t("visit.ask.moment", moment=t(f"visit.moment.{moment}"))
        self.ask(Ask(label, "", take, t("visit.ask.moment_hint"), self._echo_time))

    def _echo_time(self, text: str) -> str:
        seconds = self._seconds(text)
        if seconds is None:
            return t("retime.unread")
        at = self.work.local(self.work.now().shifted(-seconds))
        return t("visit.ask.moment_echo", time=f"{at:%H:%M}")

    def _seconds(self, text: str) -> float | None:
        seconds = parse_seconds_ago(text, self.work.local(self.work.now()))
        return seconds if seconds is not None and 0 <= seconds <= _A_DAY else None

    def _say_what_follows(self, moment: VisitMoment) -> None:
        """The tasks that were made at once (F6-S6; rules.md #119)."""
        visit = self.work.case.visits.current if self.work.case else None
        if visit is None:
            return
        if moment is VisitMoment.ABSENT and visit.next_call:
            self.say(t("visit.sheet.call_made", due=when(visit.next_call.due_at)))
        elif moment is VisitMoment.LEFT and visit.report:
            self.say(t("visit.sheet.report_made", due=when(visit.report.due_at)))
