"""The prospect (見通し): what the customer is told of the end, made of promises and actions.

It says who does what by when, in the order of time (rules.md #98-#102). What has no time yet
cannot be told; what the company does for itself (law, quality, police) is none of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from app.settings import Settings
from app.values import local_time, own_name, own_person
from call.case import Case
from call.clock import Reading
from call.events import ActionTopic, OfferAnswer
from call.fold_actions import Action
from call.fold_columns import Lack
from scripts_ja.dates import spoken_day, spoken_time
from scripts_ja.model import Audience, NoteKind
from scripts_ja.texts import t
from ui.port.second_line import ProspectView


class _Coming(Struct, frozen=True, order=True):
    """Something that is done by a time."""

    due_at: datetime
    text: str
    owner: str


def prospect(case: Case, now: Reading, settings: Settings) -> ProspectView:
    """What can be told of the end at this moment, in local times."""
    coming, untimed = _coming(case), _untimed(case)
    today = local_time(now)
    agent = own_name(settings.text("desk.name"))
    sentences = [*_in_this_call(case), *_callback(case, today)]
    sentences += [_by_its_time(one, today, agent) for one in coming]
    if sentences and coming and not untimed:
        sentences.append(t("prospect.end", due=_when(coming[-1].due_at, today)))
    return ProspectView((*sentences, *_offer_waits(case, now, today)), untimed)


def outside_name(owner: str, agent: str) -> str:
    """Who does it, as one says to a customer: the speaker is 「私」, a title goes in front."""
    name = own_name(owner)
    if name == agent:
        return t("prospect.myself", agent=agent)
    for title in t("prospect.titles").split("/"):
        if name.endswith(title) and name != title:
            return own_person(name.removesuffix(title), title, Audience.CUSTOMER)
    return name


def _in_this_call(case: Case) -> Iterator[str]:
    for action in case.actions.now:
        if _is_for_the_customer(action):
            yield t(f"prospect.{'done_now' if action.is_done else 'now'}", text=action.text)


def _callback(case: Case, today: datetime) -> Iterator[str]:
    commitment = case.handing_up.commitment
    if commitment is None or all(due.kind != "callback" for due in case.dues()):
        return
    person = own_person(commitment.owner, commitment.owner_title, Audience.CUSTOMER)
    yield t("prospect.callback", due=_when(commitment.due_at, today), person=person)


def _coming(case: Case) -> list[_Coming]:
    settled = case.handing_up.settled
    promises = [
        _Coming(promise.due_at, promise.text, promise.owner)
        for promise in case.columns.of_kind(NoteKind.PROMISE)
        if promise.due_at and promise.note_id not in settled
    ]
    actions = [
        _Coming(action.due_at, action.text, action.owner)
        for action in case.actions.open
        if action.due_at and not action.is_now and _is_for_the_customer(action)
    ]
    return sorted(promises + actions)


def _untimed(case: Case) -> tuple[str, ...]:
    settled = case.handing_up.settled
    promises = [
        promise.text
        for promise in case.columns.of_kind(NoteKind.PROMISE)
        if Lack.DUE in promise.lacks and promise.note_id not in settled
    ]
    actions = [
        action.text
        for action in case.actions.open
        if Lack.DUE in action.lacks and _is_for_the_customer(action)
    ]
    return (*promises, *actions)


def _by_its_time(one: _Coming, today: datetime, agent: str) -> str:
    values = {"due": _when(one.due_at, today), "text": one.text}
    if not one.owner:
        return t("prospect.by", **values)
    return t("prospect.by_whom", owner=outside_name(one.owner, agent), **values)


def _offer_waits(case: Case, now: Reading, today: datetime) -> Iterator[str]:
    """The proposal is left to the customer until its last day (rules.md #16)."""
    told = case.concession.current
    if told is None or told.expires_at is None or told.answer is not OfferAnswer.OPEN:
        return
    if not told.is_expired(now):
        yield t("prospect.offer_waits", due=_when(told.expires_at, today))


def _is_for_the_customer(action: Action) -> bool:
    return action.topic is ActionTopic.NONE


def _when(due_at: datetime, today: datetime) -> str:
    due = due_at.astimezone(today.tzinfo)
    if due.date() == today.date():
        return t("prospect.today", time=spoken_time(due))
    return t("prospect.on_day", day=spoken_day(due), time=spoken_time(due))
