"""What the window asks of the second line's desk besides the case itself."""

from __future__ import annotations

from app.handing_over import block_a_lines
from app.own_settings import OwnSettings
from app.proposed_actions import taken_over
from app.prospect import prospect
from app.session import Session
from call.events import ActionTopic
from call.proposals import Proposal, proposals
from call.reception import Reception, reception_at
from ui.port.second_line import ProspectView


class SecondLineDesk:
    """Reads the case in hand together with the flows, the limits and the settings."""

    def __init__(self, session: Session, settings: OwnSettings) -> None:
        self._session = session
        self._settings = settings

    def block_a(self) -> tuple[str, ...]:
        """What is read in thirty seconds: the lines of Block A of the handoff note."""
        situation = self._session.situation()
        return block_a_lines(situation, self._settings.current) if situation else ()

    def reception(self) -> Reception | None:
        """The first three minutes, where anger was received in this case."""
        situation = self._session.situation()
        return reception_at(situation) if situation else None

    def proposals(self) -> tuple[Proposal, ...]:
        """Next actions that law or safety asks for now."""
        situation = self._session.situation()
        return proposals(situation) if situation else ()

    def take_over(self, topic: ActionTopic, owner: str = "") -> None:
        """Put what is proposed on that topic on the list of next actions."""
        for proposal in self.proposals():
            if proposal.topic is topic:
                self._session.do(taken_over(proposal, self._session.now(), owner))

    def prospect(self) -> ProspectView:
        """What the customer can be told of the end."""
        desk = self._session.desk
        if desk is None:
            return ProspectView()
        return prospect(desk.case, self._session.now(), self._settings.current)
