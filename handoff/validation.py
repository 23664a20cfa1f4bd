"""The validation of a handoff note: H01 to H23 of artefacts.md 1, each with its level.

It looks at the case as it is, also where a mask leaves something out of the paper: what is left
out is not missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct, structs

from call.decision import Situation
from handoff.block_a import BLOCK_A_CHARS, block_a_count
from handoff.document import Block, Document, Finding, Level, Row
from handoff.missing import GAPS
from handoff.note import HandoffNote
from handoff.validation_words import Place, has_secret, says_label, says_vague_time
from scripts_ja.dates import minutes_left
from scripts_ja.texts import t

_ORDER = tuple(Level)
_PRESSING_MINUTES = 15

# What a check finds: places, where it is about words; where not, one place without a name.
Places = Iterator[Place]
_HERE = Place()


class _Check(Struct, frozen=True):
    """A condition of the table; the words are those of a gap (:class:`handoff.missing.Gap`)."""

    id: str
    code: str
    level: Level
    found: Callable[[Situation, HandoffNote], Places]


def findings(at: Situation, note: HandoffNote) -> tuple[Finding, ...]:
    """All that there is to say about the note, what stops it first, then in the table's order."""
    found = [
        Finding(gap.id, gap.code, gap.level, _name(gap.id), t(f"handoff.missing.{gap.id}"))
        for gap in GAPS
        if gap.id in note.missing
    ]
    for check in CHECKS:
        place = next(check.found(at, note), None)
        if place is not None:
            advice = t(f"handoff.missing.{check.id}")
            named = (_name(check.id), advice, place.words, place.target)
            found.append(Finding(check.id, check.code, check.level, *named))
    return tuple(sorted(found, key=lambda each: (_ORDER.index(each.level), each.code)))


def validated(
    document: Document, found: tuple[Finding, ...], gauge: str, *, as_unconfirmed: bool
) -> Document:
    """The paper with what was found; passed with gaps it says so in its first block."""
    document = structs.replace(document, findings=found, gauge=gauge)
    if not as_unconfirmed or not required(document):
        return document
    names = t("handoff.separator").join(each.name for each in required(document))
    mark = Row(label=t("handoff.unconfirmed"), value=names, is_item=False, is_open=True)
    first, *others = document.blocks
    section, *rest = first.sections
    marked = structs.replace(section, rows=(*section.rows, mark))
    block = Block(first.id, (marked, *rest))
    return structs.replace(document, blocks=(block, *others))


def required(document: Document) -> tuple[Finding, ...]:
    """What may be missing only where the agent says 「未確認のまま渡す」."""
    return tuple(each for each in document.findings if each.level is Level.REQUIRED)


def is_stopped(document: Document) -> bool:
    """Whether something has to be mended before the paper leaves."""
    return any(each.level is Level.STOP for each in document.findings)


def barrier(document: Document, *, as_unconfirmed: bool) -> tuple[Level, str] | None:
    """Why the paper may not leave yet: the level, and one sentence with the place; else None."""
    stop = next((each for each in document.findings if each.level is Level.STOP), None)
    if stop is not None:
        key = "stop_at" if stop.where else "stop"
        return Level.STOP, t(f"handoff.barrier.{key}", advice=stop.advice, where=stop.where)
    lacking = required(document)
    if not lacking or as_unconfirmed:
        return None
    names = t("list.comma").join(each.name for each in lacking)
    return Level.REQUIRED, t("handoff.barrier.required", count=len(lacking), names=names)


def gauge_of(note: HandoffNote) -> str:
    """How many of its characters the 30-second block has."""
    return t("handoff.gauge", count=block_a_count(note), most=BLOCK_A_CHARS)


def _name(gap: str) -> str:
    return t(f"handoff.gap.{gap}")


def _once(*, applies: bool) -> Places:
    return iter((_HERE,) if applies else ())


def _many_holds(at: Situation, _: HandoffNote) -> Places:
    """H14: held again, and nobody calls back instead."""
    call = at.case.call
    is_often = call is not None and len(call.holds) > at.limits.max_holds
    return _once(applies=is_often and not at.case.handing_up.has_callback_in(at.case.call_id))


def _long_without_consult(at: Situation, _: HandoffNote) -> Places:
    """H15: a call took 15 minutes and nobody was asked."""
    longest = max((call.call_seconds(at.now) for call in at.case.calls.values()), default=0)
    up = at.case.handing_up
    was_asked = bool(up.consults or up.commitments)
    return _once(applies=longest >= at.limits.call_amber_minutes * 60 and not was_asked)


def _pressing(_: Situation, note: HandoffNote) -> Places:
    """H23: whoever is to call has less than 15 minutes, or none."""
    due = note.deadline
    if due is None or due.is_settled or due.accepted is False:
        return _once(applies=False)
    return _once(applies=minutes_left(due.due_at, note.created_at) < _PRESSING_MINUTES)


CHECKS = (
    _Check("vague_time", "H13", Level.CAUTION, lambda at, note: says_vague_time(at.case, note)),
    _Check("many_holds", "H14", Level.CAUTION, _many_holds),
    _Check("no_consult", "H15", Level.CAUTION, _long_without_consult),
    _Check("label", "H17", Level.CAUTION, lambda at, note: says_label(at.case, note)),
    _Check("secret", "H18", Level.STOP, lambda at, note: has_secret(at.case, note)),
    _Check(
        "long_block",
        "H22",
        Level.HINT,
        lambda _, note: _once(applies=block_a_count(note) > BLOCK_A_CHARS),
    ),
    _Check("pressing", "H23", Level.CAUTION, _pressing),
)
