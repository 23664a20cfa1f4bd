"""Whether the facts are confirmed: until then nobody takes the blame (rules.md 2.9)."""

from __future__ import annotations

from itertools import pairwise

from call.decision import Situation
from call.fold_stages import StageVisit
from scripts_ja.model import Flow, NoteKind, Stage

# The rules that a stage serves which is about the facts: the first line confirms them (rules.md
# #30), the second takes stock of them (#91). Own flows say so by the same numbers.
_FACT_RULES = frozenset({"30", "91"})


def facts_confirmed(at: Situation) -> bool:
    """Whether a confirmed fact stands on the note pad, or the stage of the facts is passed.

    Passed means left for what comes after it. Who goes back, or aside to an abusive call, has not
    passed it; who enters such a stage anew (the second line) confirms anew. A note that was
    removed and a step that was undone count for nothing: the case no longer has them.
    """
    if at.case.notes.of_kind(NoteKind.FACT_CONFIRMED):
        return True
    is_passed = False
    is_about: dict[str, bool] = {}  # a long call goes through the same stages again and again
    for visit in at.case.stages.visits:
        if visit.stage_id not in is_about:
            is_about[visit.stage_id] = _is_about_facts(at, visit)
    for before, after in pairwise(at.case.stages.visits):
        if is_about[after.stage_id]:
            is_passed = False
        elif is_about[before.stage_id]:
            is_passed = _comes_after(at, before, after)
    return is_passed


def _is_about_facts(at: Situation, visit: StageVisit) -> bool:
    found = at.book.find_stage(visit.stage_id)
    return found is not None and not _FACT_RULES.isdisjoint(found[1].rules)


def _comes_after(at: Situation, before: StageVisit, after: StageVisit) -> bool:
    """Whether ``after`` is an exit of ``before`` or stands later in its flow."""
    found = at.book.find_stage(before.stage_id)
    if found is None:
        return False
    flow, stage = found
    is_exit = any(way.to == after.stage_id for way in stage.exits)
    return is_exit or after.stage_id in _later(flow, stage)


def _later(flow: Flow, stage: Stage) -> set[str]:
    return {each.id for each in flow.stages[flow.stages.index(stage) + 1 :]}
