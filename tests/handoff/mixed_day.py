"""Several cases at one desk, taken in turns, and beside it what was typed in which of them.

Every text that is typed is a mark of its own, and it is remembered which case was on the screen
when it was typed.
"""

from collections import defaultdict
from datetime import datetime
from enum import StrEnum
from itertools import count
from typing import get_args, get_origin

import msgspec
from hypothesis import strategies as st
from msgspec import structs

from call import commands as c
from call.case import Case
from call.clock import Reading
from call.events import AttemptResult, Cause, Direction, Safety
from scripts_ja.model import NoteKind
from storage.archive import Archive
from storage.journal import Journal, JournalListener
from tests.app.conftest import RULES, Desk, RememberingJournal
from tests.handoff.conftest import JAPAN

PATIENCE_SECONDS = 60.0
# Stands where somebody types; each is replaced by a mark of its own.
WORDS, NUMBER, ROW = "‹words›", "‹number›", "‹row›"
KEYS = ["customer", "customer_reading", "issue", "request", "decision", "apology", "callback_tel"]
KEYS += ["product", "burden", "best_time", "gap", "conclusion", "company_no", "first_phrase", "xyz"]
STAGES = [stage.id for flow in RULES.book.flows for stage in flow.stages]
# Which row of which case is meant is drawn too: a wrong one is refused, or names a stranger.
ROWS = ("note_id", "target", "after", "request_id", "entry_id", "action_id", "visit_id", "act_id")
# What other steps below stand for: which case comes into hand is theirs.
OTHERWISE = (c.JoinCase, c.NoteTakenOver, c.Retime)


def value_of(field, kind):
    """What somebody may give there, as drawn; texts and rows are filled in when it is done."""
    if field.name in ROWS:
        return st.just(ROW)
    if field.name in ("number", "digits"):
        return st.just(NUMBER)
    named = {"key": st.sampled_from(KEYS), "stage": st.sampled_from(STAGES)}
    if field.name in named:
        return named[field.name]
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return st.sampled_from(list(kind))
    simple = {str: st.just(WORDS), bool: st.booleans(), int: st.integers(1, 5)}
    simple |= {datetime: st.just(datetime(2026, 11, 22, 11, tzinfo=JAPAN)), Reading: st.none()}
    if kind in simple:
        return simple[kind]
    if get_origin(kind) is tuple:
        return st.just((WORDS, WORDS))
    parts = [part for part in get_args(kind) if part is not type(None)]
    return value_of(field, parts[0]) if parts else st.integers(1, 5)


def command_of(kind):
    """Any command of that kind."""
    drawn = {f.name: value_of(f, f.type) for f in msgspec.structs.fields(kind)}
    return st.builds(kind, **drawn)


line = st.sampled_from(
    [
        *[c.StartCall(NUMBER), c.StartCall("03-0000-0001"), c.EndCall(), c.EndCall()],
        *[c.ParkWrapUp(), c.ResumeWrapUp(), c.ResumeWrapUp(), c.FinishWrapUp()],
        *[c.StartCall(direction=Direction.OUTGOING), c.MarkSameTalk()],
    ]
)
anything = st.one_of([command_of(k) for k in c.Command.__subclasses__() if k not in OTHERWISE])
other_cases = st.tuples(st.sampled_from(["choose", "join", "do in"]), st.integers(0, 9))
steps = line | anything | other_cases | st.sampled_from([("aside",), ("restart",)])

WHOLE_CALL = (
    *(c.SetTemperature(4), c.SetSafety(Safety.NO), c.FillField("customer", WORDS)),
    *(c.FillField("issue", WORDS), c.FillField("callback_tel", NUMBER), c.MarkSameTalk()),
    *(c.TakeNote(NoteKind.CLAIM, WORDS), c.TakeNote(NoteKind.QUOTE, WORDS)),
    *(c.TakeNote(NoteKind.ANSWERED, WORDS), c.TakeNote(NoteKind.PROMISE, WORDS)),
    *(c.RecordAct(("threat",), WORDS), c.GiveWarning(WORDS, WORDS), c.StartConsult()),
    *(c.CommitCallback(WORDS, datetime(2026, 11, 21, 11, tzinfo=JAPAN)), c.AnswerCallback(True)),
    c.PlanVisit(datetime(2026, 11, 21, 14, tzinfo=JAPAN), (WORDS, WORDS), place=WORDS),
    *(c.PlanAction(WORDS, WORDS), c.WritePrevention(Cause.SYSTEM, measure=WORDS, owner=WORDS)),
    c.EndCall(),
)
# Three cases to begin with, the first of them twice rung by the same number: one is over, one
# waits, and into the third call something else is typed between its own.
BEGINNING = (
    *(c.StartCall("03-0000-0001"), *WHOLE_CALL, c.TryCall(AttemptResult.ABSENT, WORDS)),
    *(c.FinishWrapUp(), c.StartCall(NUMBER), *WHOLE_CALL, c.ParkWrapUp()),
    *(c.StartCall("03-0000-0001"), *WHOLE_CALL[:9], ("do in", 0), ("do in", 1), *WHOLE_CALL[9:]),
    *(c.ParkWrapUp(), c.ResumeWrapUp(), c.TakeNote(NoteKind.MEMO, WORDS), c.ParkWrapUp()),
    *(c.StartCall(NUMBER), c.TakeNote(NoteKind.FACT_CONFIRMED, WORDS), ("join", 0)),
    *(c.TakeNote(NoteKind.UNCONFIRMED, WORDS), c.EndCall(), c.ParkWrapUp()),
)


class Quiet(JournalListener):
    """Nobody is told."""


class WrittenJournal(RememberingJournal):
    """Remembers, and has the real one write it to a file."""

    def __init__(self, path):
        super().__init__()
        self.file = Journal(path, Quiet())
        self.file.start()

    def append(self, envelopes, summaries):
        super().append(envelopes, summaries)
        self.file.append(envelopes, summaries)


class Day:
    """A desk at which cases take turns, and beside it what was typed while which was shown."""

    def __init__(self, path):
        self.path = path
        self.desk = Desk()
        self.desk.journal = WrittenJournal(path)
        self.desk.start()
        self.marks = count(2)
        self.typed = defaultdict(set)
        self.belongs_to = {}

    def act(self, *steps):
        """Do each, twenty seconds after the one before."""
        for step in steps:
            self.desk.wait(20)
            self._do(step)
            for shown in self._at_hand():
                self.belongs_to[shown.own_case_id] = shown.case.id

    def _do(self, step):
        if isinstance(step, c.Command):
            self._type(step, self.desk.session.do)
        elif step[0] == "restart":
            self.desk.start()
        elif step[0] == "aside":
            self.desk.session.lay_aside()
        else:
            self._turn_to_another(*step)

    @property
    def now(self):
        return self.desk.clock.now()

    def _at_hand(self):
        session = self.desk.session
        return [*session.parked, *([session.desk] if session.desk else [])]

    def _turn_to_another(self, how, number):
        in_hand = self.desk.case.id if self.desk.case else ""
        lines = self.desk.journal.lines.values()
        others = [x.case_id for x in lines if x.status != "joined" and x.case_id != in_hand]
        if not others:
            return
        other = others[number % len(others)]
        if how == "choose":
            self.desk.choose(other)
        elif how == "join" and self.desk.case:
            self.desk.join(other)
        elif how == "do in":
            history = self.desk.journal.events_of(other)
            command, marks = self._with_marks(c.TakeNote(NoteKind.MEMO, WORDS))
            if self.desk.session.do_in(other, command, history).events:
                self.typed[other] |= marks

    def _type(self, step, do):
        """The case that is shown is the one that the agent means; a call begins one of its own."""
        before = self.desk.session.desk
        command, marks = self._with_marks(step)
        do(command)
        after = self.desk.session.desk
        meant = after if isinstance(step, (c.Ring, c.StartCall)) else before
        if meant is not None:
            self.typed[meant.own_case_id] |= marks

    def _with_marks(self, command):
        """The command with marks in place of what is typed, and those marks."""
        marks = set()
        ids = [event.id for event in self.desk.journal.events]

        def filled(value):
            if isinstance(value, tuple):
                return tuple(map(filled, value))
            if value not in (WORDS, NUMBER, ROW):
                return value
            number = next(self.marks)
            if value == ROW:
                return ids[(number * 7919) % len(ids)] if ids else ""
            mark = f"qx{number:04d}x" if value == WORDS else f"03-0000-{number:04d}"
            marks.add(mark)
            return mark

        given = {name: filled(value) for name, value in structs.asdict(command).items()}
        return structs.replace(command, **given), marks

    def cases(self):
        """All cases but joined ones, as the file holds them: the case, and its events."""
        self.desk.journal.file.flush(PATIENCE_SECONDS)
        lines = [x for x in self.desk.journal.lines.values() if x.status != "joined"]
        with Archive(self.path) as archive:
            for told in lines:
                events = archive.events_of(told.case_id)
                yield Case.of(told.case_id, events), events

    def strange_to(self, case_id):
        """Every mark and number that was given to other cases."""
        family = {own for own in self.typed if self.belongs_to.get(own, own) == case_id}
        family.add(case_id)
        own = set().union(*(self.typed[each] for each in family))
        lines = self.desk.journal.lines.values()
        numbers = {x.case_no for x in lines if x.case_id not in family}
        return (set().union(*self.typed.values()) - own) | numbers

    def close(self):
        self.desk.journal.file.close(PATIENCE_SECONDS)
