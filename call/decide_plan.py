"""The second line's plan, and the words that worked."""

from __future__ import annotations

from call import commands as c
from call import events as e
from call.decision import Decision, Situation, steps


def take_legal_view(command: c.TakeLegalView, at: Situation) -> Decision:
    """Keep who judged the liability how; the same again says nothing new."""
    by, known = command.by.strip(), at.case.plan.legal
    if known is not None and (known.view, known.by) == (command.view, by):
        return ()
    return steps(e.LegalViewTaken(command.view, by))


def check_preparation(command: c.CheckPreparation, at: Situation) -> Decision:
    """Tick one of the five things off, or take the tick away."""
    if (command.item in at.case.plan.checked) is command.is_checked:
        return ()
    return steps(e.PreparationChecked(command.item, command.is_checked))


def mark_words(command: c.MarkWords, at: Situation) -> Decision:
    """Keep words that worked; blank ones are nothing."""
    words = command.words.strip()
    return steps(e.WordsWorked(command.effect, words)) if words else ()
