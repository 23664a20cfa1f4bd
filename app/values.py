"""What the placeholders of a phrase stand for at this moment, from the case and the settings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from app.second_values import second_line_values
from app.settings import Settings
from call.case import Case
from call.clock import Reading
from call.decide_phase import expected_hold_kind
from call.decision import Situation
from call.fold_handing_up import Commitment
from scripts_ja.dates import echo_due, spoken_time
from scripts_ja.model import Audience, NoteKind
from scripts_ja.texts import t

_FROM_SETTINGS = {
    "company": "desk.company",
    "dept": "desk.department",
    "agent": "desk.name",
    "owner": "desk.name",
    "contact_tel": "desk.contact_tel",
    "hours": "desk.hours",
    "address": "desk.address",
}

# Our own people go without an honorific, whoever typed it.
_OWN_PEOPLE = ("agent", "first_agent", "superior", "owner", "visitor", "companion")


def values_for(at: Situation, settings: Settings, audience: Audience) -> Mapping[str, str]:
    """Values by placeholder key; what is not known is left out, never made up.

    ``audience`` matters for our own people: 「課長の田中」 to a customer, 「田中課長」 inside.
    """
    known = {key: settings.text(name) for key, name in _FROM_SETTINGS.items()}
    known |= _from_timers(at)
    known |= _from_marks(at.case)
    known |= _from_commitment(at, settings, audience)
    known |= {key: value for key, value in second_line_values(at.case).items() if value}
    known |= at.case.marks.fields
    known |= {key: own_name(known[key]) for key in _OWN_PEOPLE if key in known}
    return {key: value for key, value in known.items() if value}


def own_name(name: str) -> str:
    """One of our own people without the honorific that somebody may have typed."""
    bare = name.strip()
    for honorific in t("values.honorifics").split("/"):
        bare = bare.removesuffix(honorific).rstrip()
    return bare


def own_person(name: str, title: str, audience: Audience) -> str:
    """One of our own people as spoken of to a customer or inside; empty without a name."""
    bare = own_name(name)
    if not bare or not title:
        return bare
    bare = bare.removesuffix(title).rstrip()
    if not bare:
        return title
    key = "values.person_outside" if audience is Audience.CUSTOMER else "values.person_inside"
    return t(key, name=bare, title=title)


def local_time(at: Reading) -> datetime:
    """The wall of a reading in the time zone of this machine."""
    return at.wall.astimezone()


def _from_timers(at: Situation) -> dict[str, str]:
    call = at.case.call
    if call is None:
        return {}
    elapsed = int(call.call_seconds(at.now) // 60)
    announced = call.hold.announced_minutes if call.hold else call.announced_minutes
    usual = -(-at.limits.hold_red_seconds(expected_hold_kind(at)) // 60)
    return {
        "hold_min": str(announced or usual),
        "elapsed_min": str(elapsed),
        "extra_min": str(max(1, at.limits.call_amber_minutes - elapsed)),
        "callback_tel": call.number,
    }


def _from_marks(case: Case) -> dict[str, str]:
    quotes = case.notes.of_kind(NoteKind.QUOTE)
    return {
        "temp": t(f"temperature.{case.marks.temperature}") if case.marks.temperature else "",
        "safety": t(f"safety.spoken.{case.marks.safety}"),
        "case_no": case.field("company_no") or case.case_no,
        "quote": quotes[-1].text.strip("「」『』") if quotes else "",
    }


def _from_commitment(at: Situation, settings: Settings, audience: Audience) -> dict[str, str]:
    commitment = at.case.handing_up.commitment
    name = commitment.owner if commitment else settings.text("desk.superior")
    title = commitment.owner_title if commitment else settings.text("desk.superior_title")
    found = {"superior": own_person(name, title, audience), "superior_title": title}
    if commitment is None:
        return found
    found["callback_at"] = _spoken_due(commitment, local_time(at.now))
    if commitment.estimate_minutes:
        found["estimate_min"] = str(commitment.estimate_minutes)
    return found


def _spoken_due(commitment: Commitment, now: datetime) -> str:
    due = commitment.due_at.astimezone()
    return spoken_time(due) if due.date() == now.date() else echo_due(due)
