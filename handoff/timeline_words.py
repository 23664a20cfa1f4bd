"""The time line and the figures of the calls, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from handoff.document import Row
from handoff.note import HandoffNote
from handoff.timeline import CallTimes, TimelineEntry
from handoff.typed_text import one_line
from handoff.words import inside_name, level_words, moment_words
from scripts_ja.dates import clock_time, echo_due
from scripts_ja.texts import t

_ANSWERS = {True: "accepted", False: "refused", None: "unanswered"}


def timeline_row(entry: TimelineEntry, note: HandoffNote) -> Row:
    """One entry with its time."""
    moment = moment_words(entry.moment, note)
    return Row(moment=moment, value=_entry_words(entry.what, entry.values))


def call_rows(note: HandoffNote) -> Iterator[Row]:
    """The call clock with the hold in it, after-call time, and what was counted in each call."""
    for call in note.calls:
        value = t("handoff.call.missed") if call.was_missed else _figures(call)
        yield Row(label=call_name(call), value=value)


def call_name(call: CallTimes) -> str:
    """Which call it was, and who rang whom."""
    direction = t(f"handoff.call.{call.direction}")
    return t("handoff.call.label", number=call.number, direction=direction)


def _figures(call: CallTimes) -> str:
    times = t(
        f"handoff.call.{'times' if call.holds else 'times_unheld'}",
        call=clock_time(call.talk_seconds + call.hold_seconds),
        hold=clock_time(call.hold_seconds),
        acw=clock_time(call.acw_seconds),
        holds=call.holds,
    )
    counted = {name: getattr(call, name) for name in ("tries", "same_talks", "new_facts")}
    counts = [t(f"handoff.call.{name}", count=count) for name, count in counted.items() if count]
    if not counts:
        return times
    return t("handoff.call.both", times=times, counts=t("list.comma").join(counts))


def _entry_words(what: str, values: Mapping[str, Any]) -> str:
    match what:
        case "rang" | "started_unrung":
            number = _in_brackets("number", values["number"])
            return t(f"handoff.timeline.{what}_{values['direction']}", number=number)
        case "held":
            return _held(values)
        case "committed":
            return _committed(values)
        case "temperature":
            return t("handoff.timeline.temperature", level=level_words(values["level"]))
        case "warned":
            key = "warned_quote" if values["quote"] else "warned"
            return t(f"handoff.timeline.{key}", **_lines_of(values))
        case "conceded":
            return _conceded(values)
        case "tried":
            return _tried(values)
        case "visit_moment":
            return str(values["moment"]) + _in_brackets("words", values["words"])
        case _:
            return t(f"handoff.timeline.{what}", **_lines_of(values))


def _held(values: Mapping[str, Any]) -> str:
    if values["announced_minutes"]:
        announced = t("handoff.timeline.announced", minutes=values["announced_minutes"])
    else:
        announced = t("handoff.timeline.not_announced")
    return t(
        f"handoff.timeline.{'held_running' if values['is_running'] else 'held'}",
        length=clock_time(values["seconds"]),
        kind=t(f"handoff.hold.{values['hold_kind']}"),
        announced=announced,
    )


def _committed(values: Mapping[str, Any]) -> str:
    due_at: datetime = values["due_at"]
    return t(
        "handoff.timeline.committed",
        owner=inside_name(values["owner"], values["owner_title"]),
        due=echo_due(due_at),
        answer=t(f"handoff.timeline.{_ANSWERS[values['accepted']]}"),
    )


def _conceded(values: Mapping[str, Any]) -> str:
    offer = t("handoff.timeline.conceded", offer=one_line(values["offer"]))
    approver = _in_brackets("approver", values["approver"])
    return offer + approver + _in_brackets("reason", values["reason"])


def _tried(values: Mapping[str, Any]) -> str:
    """A try with its result; how late it was, what was said and when the next one is."""
    late, next_at = values["late_minutes"], values["next_at"]
    found = t("handoff.timeline.tried", result=t(f"callback.result.{values['result']}"))
    found += t("handoff.timeline.tried_late", minutes=late) if late else ""
    found += _in_brackets("words", values["words"])
    return found + (t("handoff.timeline.tried_next", due=echo_due(next_at)) if next_at else "")


def _in_brackets(key: str, text: str) -> str:
    return t(f"handoff.timeline.{key}", **{key: one_line(text)}) if text else ""


def _lines_of(values: Mapping[str, Any]) -> dict[str, Any]:
    return {k: one_line(v) if isinstance(v, str) else v for k, v in values.items()}
