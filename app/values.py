"""What the placeholders of a phrase stand for at this moment, from the case and the settings.

Where each comes from stands in docs/PLACEHOLDERS.md; a test holds that page and this together.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from app.callback_values import callback_values
from app.case_values import history_values, mark_values, timer_values
from app.note_values import Say, note_values
from app.second_values import second_line_values
from app.settings import Settings
from app.visit_values import visit_values
from call.clock import Reading
from call.decision import Situation
from scripts_ja.dates import spoken_due
from scripts_ja.model import Audience
from scripts_ja.texts import t

_FROM_SETTINGS = {
    "company": "desk.company",
    "dept": "desk.department",
    "agent": "desk.name",
    "title": "desk.title",
    "owner": "desk.name",
    "contact_tel": "desk.contact_tel",
    "hours": "desk.hours",
    "address": "desk.address",
    "help_line": "desk.help_line",
}

# Our own people go without an honorific, whoever typed it.
_OWN_PEOPLE = ("agent", "first_agent", "superior", "owner", "visitor", "companion")


def values_for(at: Situation, settings: Settings, audience: Audience) -> Mapping[str, str]:
    """Values by placeholder key; what is not known is left out, never made up.

    ``audience`` matters for our own people: 「課長の田中」 to a customer, 「田中課長」 inside.
    """
    say = _say(at, settings)
    known = {key: settings.text(name) for key, name in _FROM_SETTINGS.items()}
    known["duration"] = str(at.limits.visit_duration_minutes)
    half_days = settings.text("view.clock_words") == "12"
    known |= visit_values(at, say, half_days=half_days)
    known |= timer_values(at) | mark_values(at) | history_values(at) | note_values(at, say)
    known |= _from_commitment(at, settings, audience, say) | callback_values(at, say)
    known |= {key: value for key, value in second_line_values(at.case).items() if value}
    # What the agent has typed always wins.
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


def _from_commitment(
    at: Situation, settings: Settings, audience: Audience, say: Say
) -> dict[str, str]:
    commitment = at.case.handing_up.commitment
    name = commitment.owner if commitment else settings.text("desk.superior")
    title = commitment.owner_title if commitment else settings.text("desk.superior_title")
    found = {"superior": own_person(name, title, audience), "superior_title": title}
    if commitment is None:
        return found
    found["callback_at"] = say(commitment.due_at)
    if commitment.estimate_minutes:
        found["estimate_min"] = str(commitment.estimate_minutes)
    return found


def _say(at: Situation, settings: Settings) -> Say:
    """How this desk says a time in a sentence."""
    now, half_days = local_time(at.now), settings.text("view.clock_words") == "12"
    return lambda due: spoken_due(due.astimezone(), now, half_days=half_days)
