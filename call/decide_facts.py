"""The fact inventory: order, source, and what the customer says to each fact."""

from __future__ import annotations

from call import commands as c
from call import events as e
from call.decision import Decision, Refusal, Situation, steps


def place_fact(command: c.PlaceFact, at: Situation) -> Decision:
    """Put a fact behind another one; where it stands already nothing happens."""
    order = [row.note_id for row in at.case.facts.rows]
    is_known = command.note_id in order and command.after in ("", *order)
    if not is_known or command.note_id == command.after:
        return Refusal("fact.not_there")
    place = order.index(command.note_id)
    if command.after == (order[place - 1] if place else ""):
        return ()
    return steps(e.FactPlaced(command.note_id, command.after))


def move_fact(command: c.MoveFact, at: Situation) -> Decision:
    """Move a fact by so many places; at either end it stays."""
    order = [row.note_id for row in at.case.facts.rows]
    if command.note_id not in order:
        return Refusal("fact.not_there")
    others = [note_id for note_id in order if note_id != command.note_id]
    place = min(max(0, order.index(command.note_id) + command.by), len(others))
    after = others[place - 1] if place else ""
    return place_fact(c.PlaceFact(command.note_id, after), at)


def detail_fact(command: c.DetailFact, at: Situation) -> Decision:
    """Keep when a fact happened and where that is known from."""
    row = at.case.facts.row(command.note_id)
    if row is None:
        return Refusal("fact.not_there")
    happened, source = command.happened.strip(), command.source.strip()
    if (row.happened, row.source) == (happened, source):
        return ()
    return steps(e.FactDetailed(command.note_id, happened, source))


def answer_fact(command: c.AnswerFact, at: Situation) -> Decision:
    """Keep the customer's answer to a fact."""
    row = at.case.facts.row(command.note_id)
    if row is None:
        return Refusal("fact.not_there")
    words = command.words.strip()
    if (row.answer, row.words) == (command.answer, words):
        return ()
    return steps(e.FactAnswered(command.note_id, command.answer, words))
