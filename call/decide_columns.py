"""Drawing the line between promises, asks and refusals (rules.md #94-#96)."""

from __future__ import annotations

from call import commands as c
from call import events as e
from call.decision import Decision, Refusal, Situation, steps


def draw_line(command: c.DrawLine, at: Situation) -> Decision:
    """Keep owner, reason, alternatives and result of an entry."""
    entry = at.case.columns.entry(command.note_id)
    if entry is None:
        return Refusal("column.no_entry")
    drawn = e.LineDrawn(
        command.note_id,
        command.owner.strip(),
        command.reason.strip(),
        tuple(text.strip() for text in command.alternatives if text.strip()),
        command.result.strip(),
    )
    known = (entry.owner, entry.reason, entry.alternatives, entry.result)
    if known == (drawn.owner, drawn.reason, drawn.alternatives, drawn.result):
        return ()
    return steps(drawn)


def place_request(command: c.PlaceRequest, at: Situation) -> Decision:
    """Let an entry answer a request, or free the request."""
    requests = {request.id: request for request in at.case.columns.requests}
    request = requests.get(command.request_id)
    if request is None:
        return Refusal("column.no_request")
    if command.entry_id and at.case.columns.entry(command.entry_id) is None:
        return Refusal("column.no_entry")
    if request.entry_id == command.entry_id:
        return ()
    return steps(e.RequestPlaced(command.request_id, command.entry_id))
