"""The words that the forms of a handoff note share: moments, names, summaries, lists."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from call.events import Safety
from handoff.note import Deadline, HandoffNote
from handoff.timeline import Moment
from handoff.typed_text import indented, one_line
from scripts_ja.dates import clock_time
from scripts_ja.model import NoteKind
from scripts_ja.placeholders import definitions
from scripts_ja.texts import has_text, t

SUMMARY_CHARS = 60
_ANGRY_FROM = 3


def unknown() -> str:
    """What stands where something is not known."""
    return t("handoff.unknown")


def or_unknown(text: str) -> str:
    """A field in one line, or the mark that it is not known."""
    return one_line(text) if text.strip() else unknown()


def joined(texts: Iterable[str]) -> str:
    """Several notes in one place."""
    return t("handoff.separator").join(indented(text) for text in texts)


def bare_minutes(text: str) -> str:
    """A number of minutes without its unit, as the texts add it."""
    return one_line(text).strip().removesuffix(t("handoff.minutes", minutes=""))


def customer_name(name: str) -> str:
    """The customer with the honorific, once; without a name just "the customer"."""
    if not name.strip():
        return t("handoff.customer_unknown")
    honorific = t("handoff.customer", name="")
    return t("handoff.customer", name=one_line(name).strip().removesuffix(honorific))


def inside_name(owner: str, title: str) -> str:
    """A colleague as one says inside the company: surname, then title."""
    name = one_line(owner)
    return name if title in name else name + one_line(title)


def owner_name(deadline: Deadline) -> str:
    """Who calls back."""
    return inside_name(deadline.owner, deadline.owner_title)


def moment_words(moment: Moment, note: HandoffNote) -> str:
    """Wall time and call clock; the call's number and the date only where they tell something."""
    time = moment.at.strftime("%H:%M")
    if moment.clock_seconds is None:
        words = t("handoff.moment.bare", time=time)
    else:
        key = "in_call" if len(note.calls) == 1 else "in_numbered_call"
        clock = clock_time(moment.clock_seconds)
        words = t(f"handoff.moment.{key}", time=time, clock=clock, number=moment.call_number)
    if moment.at.date() == note.created_at.date():
        return words
    return t("handoff.moment.on_day", day=_short_day(moment.at), moment=words)


def temperature_words(note: HandoffNote) -> str:
    """From the start over the peak to now."""
    if note.is_missing("temperature"):
        return unknown()
    path = note.temperature
    now = level_words(path.now)
    return t("handoff.temperature.path", first=path.first, peak=path.peak, now=now)


def level_words(level: int) -> str:
    """A temperature with its word; a level that has none (from a later version) as a number."""
    key = f"handoff.temperature.{level}"
    if not has_text(key):
        return str(level)
    return t("handoff.temperature.worded", level=level, word=t(key))


def temperature_or_unknown(level: int) -> str:
    """A temperature, or that nobody set it."""
    return level_words(level) if level else unknown()


def safety_words(safety: Safety, *details: str) -> str:
    """The answer to the safety question and what was filled in about it."""
    value = t(f"handoff.safety.{safety}")
    said = [one_line(detail) for detail in details if detail.strip() not in ("", value)]
    if not said:
        return value
    return t("handoff.safety.detail", value=value, detail=t("handoff.separator").join(said))


def summary(note: HandoffNote) -> str:
    """Who is upset about what and wants what: only what is known, shorter where it must be.

    "Angry" is said only where the temperature says so. If even the short form is longer than
    60 characters it stays whole: what was typed is not cut.
    """
    values = {
        "customer": customer_name(note.field("customer")),
        "issue": _issue(note),
        "request": t("handoff.summary.request", request=_request(note)),
    }
    full = t("handoff.summary.full", **values)
    return full if len(full) <= SUMMARY_CHARS else t("handoff.summary.short", **values)


def _issue(note: HandoffNote) -> str:
    if note.is_missing("issue"):
        return t("handoff.summary.no_issue")
    mood = "angry" if note.temperature.peak >= _ANGRY_FROM else "calm"
    return t(f"handoff.summary.{mood}", issue=one_line(note.field("issue")))


def _request(note: HandoffNote) -> str:
    """The request as filled in, else as it was noted last."""
    noted = note.of_kind(NoteKind.REQUEST)
    if note.field("request"):
        return one_line(note.field("request"))
    if noted:
        return one_line(noted[-1].text)
    return unknown() if note.is_missing("request") else t("handoff.not_heard")


def _short_day(at: datetime) -> str:
    return f"{at.month}/{at.day}"


def field_label(key: str) -> str:
    """The name of a field: as in the phrases, else the note's own, else the key itself."""
    found = definitions().get(key)
    if found is not None:
        return found.label
    own = f"handoff.field.{key}"
    return t(own) if has_text(own) else one_line(key)
