"""What law or safety asks for, as rows that one key takes over (flows.md X1)."""

from __future__ import annotations

from call.commands import ChangeAction
from call.events import ActionTopic
from call.proposals import Proposal
from scripts_ja.texts import t
from ui.rows.page import Page, when
from ui.rows.row import Ask, Do, Row, title


def proposal_rows(page: Page) -> list[Row]:
    """Nothing where nothing is asked for."""
    found = page.work.second_line.proposals()
    if not found:
        return []
    head = title("proposals", t("second.proposals"), tone="danger")
    return [head, *(_row(page, proposal) for proposal in found)]


def _row(page: Page, proposal: Proposal) -> Row:
    take = Do(t("second.key.take"), lambda: _take(page, proposal.topic))
    due = when(proposal.due_at(page.work.now()))
    return Row(
        f"proposal_{proposal.topic}",
        t(f"proposal.{proposal.topic}"),
        note=t("second.proposal_due", due=due) if due else t("second.proposal_now"),
        tone="danger",
        keys={"Enter": take, "Space": take},
    )


def _take(page: Page, topic: ActionTopic) -> None:
    """It stands on the list at once; who sees to it may follow."""
    page.work.second_line.take_over(topic)
    case = page.work.case
    actions = case.actions.open if case else ()
    action = next((a for a in actions if a.topic is topic and not a.is_now), None)
    if action is None:
        return

    def accept(text: str) -> bool:
        change = ChangeAction(action.action_id, action.text, text.strip(), action.due_at)
        return page.do(change)

    page.ask(Ask(t("second.ask.owner"), "", accept))
