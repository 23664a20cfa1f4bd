"""A proposal of the core as the command that takes it over, in words."""

from __future__ import annotations

from call.clock import Reading
from call.commands import PlanAction
from call.proposals import Proposal
from scripts_ja.texts import t


def taken_over(proposal: Proposal, now: Reading, owner: str = "") -> PlanAction:
    """Put a proposal on the list as it is proposed; ``owner`` is who sees to it."""
    return PlanAction(
        text=t(f"proposal.{proposal.topic}"),
        owner=owner,
        due_at=proposal.due_at(now),
        is_now=proposal.is_now,
        topic=proposal.topic,
    )
