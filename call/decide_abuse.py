"""Abusive calls: acts are kept, and a superior decides."""

from __future__ import annotations

from call import commands as c
from call import events as e
from call.decision import Decision, Refusal, Situation, steps


def record_act(command: c.RecordAct, at: Situation) -> Decision:
    """Keep an act; without a type, words or danger there is none."""
    quote = command.quote.strip()
    if not (command.act_types or quote or command.is_danger):
        return Refusal("abuse.no_act")
    types = tuple(dict.fromkeys(command.act_types))
    return steps(e.ActRecorded(types, quote, command.is_danger))


def detail_act(command: c.DetailAct, at: Situation) -> Decision:
    """Give an act its types and words; its time stays that of the key."""
    act = at.case.abuse.act(command.act_id)
    if act is None:
        return Refusal("abuse.no_act")
    types, quote = tuple(dict.fromkeys(command.act_types)), command.quote.strip()
    if not (types or quote or act.is_danger):
        return Refusal("abuse.no_act")
    if (types, quote) == (act.act_types, act.quote):
        return ()
    return steps(e.ActDetailed(act.act_id, types, quote))


def decide_abuse(command: c.DecideAbuse, at: Situation) -> Decision:
    """Keep what was decided; never without the name of who decided it (rules.md T5)."""
    by = command.by.strip()
    if not by:
        return Refusal("abuse.no_name")
    return steps(e.AbuseDecided(command.decision, by, command.words.strip()))


def note_abuse(command: c.NoteAbuse, at: Situation) -> Decision:
    """Write or empty a part of the record."""
    text = command.text.strip()
    if at.case.abuse.part(command.part) == text:
        return ()
    return steps(e.AbuseNoted(command.part, text))
