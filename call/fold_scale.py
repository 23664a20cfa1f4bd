"""Which scale of time a call is measured by: the ordinary one, or that of abuse."""

from __future__ import annotations

from enum import StrEnum

from call.events import Body, StageEntered, UnknownEvent, WarningGiven


class Scale(StrEnum):
    """10, 15 and 20 minutes are ordinary; 30 and 60 minutes are for abuse (rules.md 2.9)."""

    ORDINARY = "ordinary"
    ABUSE = "abuse"


class ScaleOfCalls:
    """The last of three things decides, call by call, so that the two scales never mix.

    - A stage of the flow that opens anywhere (F7) was entered: abuse.
    - The customer was warned, wherever that happened: abuse.
    - A stage of any other flow was entered: the talk goes on in the ordinary way, and so does
      its clock; a warning that was given before stays on record and counts no more here.

    A call begins on the ordinary scale.
    """

    def __init__(self) -> None:
        self._by_call: dict[str | None, Scale] = {}

    def of(self, call_id: str | None) -> Scale:
        """The scale that call is measured by now."""
        return self._by_call.get(call_id, Scale.ORDINARY)

    def apply(self, body: Body | UnknownEvent, call_id: str | None) -> None:
        """Fold one event; kinds of other folds are passed over."""
        if isinstance(body, WarningGiven) or (isinstance(body, StageEntered) and body.aside):
            self._by_call[call_id] = Scale.ABUSE
        elif isinstance(body, StageEntered):
            self._by_call[call_id] = Scale.ORDINARY
