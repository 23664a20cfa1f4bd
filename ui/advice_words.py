"""The words of a prompt: its title, its reason, and what its key does."""

from __future__ import annotations

from msgspec import Struct

from call.agenda import AgendaEntry
from call.guidance import Prompt
from scripts_ja.dates import spoken_day, spoken_time
from scripts_ja.texts import t
from ui.actions import key_of

_OPEN_CASE = "open_case"
# A long name must not push the advice over what is said.
_LONGEST_NAME = 8
_LONGEST_OWNER = 6
_LONGEST_TEXT = 14
# What is later than that is told by its day.
_HALF_A_DAY = 720


class AdviceWords(Struct, frozen=True):
    """What the advice bar shows; ``action`` is empty where no key follows it."""

    title: str
    body: str
    action: str


def words_of(prompt: Prompt) -> AdviceWords:
    """The words of a prompt, in Japanese; times are local."""
    values: dict[str, object] = {**prompt.values, "key": key_of("temperature1")}
    if prompt.about is not None:
        values |= _values_of(prompt.about, prompt.values.get("minutes", 0))
    return AdviceWords(
        t(f"advice.{prompt.id}.title", **values),
        t(f"advice.{prompt.id}.body", **values),
        _action(prompt),
    )


def _action(prompt: Prompt) -> str:
    if not prompt.action:
        return ""
    is_opening = prompt.action == _OPEN_CASE
    return t("advice.open_case") if is_opening else t(f"advice.{prompt.id}.action")


def _values_of(entry: AgendaEntry, minutes: int) -> dict[str, object]:
    name = _cut(entry.customer, _LONGEST_NAME)
    at = entry.at.astimezone()
    return {
        "who": t("header.customer", name=name) if name else entry.case_no,
        "owner": _cut(entry.owner, _LONGEST_OWNER),
        "text": _cut(entry.what.text, _LONGEST_TEXT),
        "time": spoken_time(at),
        "when": spoken_time(at) if minutes < _HALF_A_DAY else spoken_day(at),
    }


def _cut(text: str, longest: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1] + t("advice.cut")
