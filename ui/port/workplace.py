"""The one Protocol behind which everything but the window stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

# So that asking for one port does not bring all of them.
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from call.case import Case
    from call.clock import Reading
    from call.commands import Command
    from call.fold_times import CallPhase
    from call.guidance import Prompt
    from call.limits import Limits
    from ui.port.abuse import AbusePort
    from ui.port.agenda import AgendaPort, CallbackPort
    from ui.port.backups import BackupsPort
    from ui.port.cases import CasesPort, RemindersPort, SearchPort
    from ui.port.change import Change
    from ui.port.desk_key import DeskKeyPort
    from ui.port.encryption import EncryptionPort
    from ui.port.folders import FoldersPort
    from ui.port.notes import DraftsPort, WordingPort
    from ui.port.notices import NoticesPort
    from ui.port.paper_shelf import PaperShelfPort
    from ui.port.papers import PapersPort
    from ui.port.phrases import OwnPhrasesPort, PhrasesPort
    from ui.port.retention import RetentionPort
    from ui.port.second_line import SecondLinePort
    from ui.port.settings import SettingsFormPort, SettingsPort
    from ui.port.stage import InterruptsPort, StageView
    from ui.port.surroundings import EdgePort, HotkeysPort
    from ui.port.visits import VisitsPort
    from ui.port.wrap_up import CausesPort, ReflectionsPort, WrapUpPort


class Workplace(Protocol):
    """Everything the window asks of, and says to, the desk. Nothing here waits for the disk."""

    @property
    def drafts(self) -> DraftsPort:
        """What is being typed."""
        ...

    @property
    def wording(self) -> WordingPort:
        """The wording check of what is typed."""
        ...

    @property
    def search(self) -> SearchPort:
        """Finding cases."""
        ...

    @property
    def cases(self) -> CasesPort:
        """Cases that are not in hand."""
        ...

    @property
    def backups(self) -> BackupsPort:
        """Backups of the records."""
        ...

    @property
    def reminders(self) -> RemindersPort:
        """What other cases owe."""
        ...

    @property
    def retention(self) -> RetentionPort:
        """How long cases are kept."""
        ...

    @property
    def agenda(self) -> AgendaPort:
        """All that is owed, over all cases."""
        ...

    @property
    def callback(self) -> CallbackPort:
        """What is said when a customer is rung."""
        ...

    @property
    def interrupts(self) -> InterruptsPort:
        """The interrupt cards."""
        ...

    @property
    def phrases(self) -> PhrasesPort:
        """Finding phrases, and the agent's own."""
        ...

    @property
    def own_phrases(self) -> OwnPhrasesPort:
        """The agent's own phrases."""
        ...

    @property
    def papers(self) -> PapersPort:
        """The papers of the case in hand."""
        ...

    @property
    def paper_shelf(self) -> PaperShelfPort:
        """All of them, to look at, keep and print."""
        ...

    @property
    def second_line(self) -> SecondLinePort:
        """The second line's desk."""
        ...

    @property
    def visits(self) -> VisitsPort:
        """What is left of a visit at the door."""
        ...

    @property
    def abuse(self) -> AbusePort:
        """Abusive calls."""
        ...

    @property
    def wrap_up(self) -> WrapUpPort:
        """What the wrap-up record lacks, and what is being typed into it."""
        ...

    @property
    def causes(self) -> CausesPort:
        """Causes counted over all cases."""
        ...

    @property
    def reflections(self) -> ReflectionsPort:
        """The agent's own reflections."""
        ...

    @property
    def settings(self) -> SettingsPort:
        """The settings."""
        ...

    @property
    def settings_form(self) -> SettingsFormPort:
        """The settings one by one."""
        ...

    @property
    def folders(self) -> FoldersPort:
        """The folders that the program writes to."""
        ...

    @property
    def hotkeys(self) -> HotkeysPort:
        """Keys that work while another window has the focus."""
        ...

    @property
    def edge(self) -> EdgePort:
        """The edge of the screen."""
        ...

    @property
    def encryption(self) -> EncryptionPort:
        """The encryption of the records."""
        ...

    @property
    def desk_key(self) -> DeskKeyPort:
        """The key by which cases are signed and sealed."""
        ...

    @property
    def notices(self) -> NoticesPort:
        """What the notice bar should say."""
        ...

    @property
    def case(self) -> Case | None:
        """The case in hand."""
        ...

    @property
    def phase(self) -> CallPhase:
        """The phase of the case in hand; idle without one."""
        ...

    @property
    def is_chosen(self) -> bool:
        """Whether the case in hand is an earlier one that was opened to read or ring."""
        ...

    @property
    def parked(self) -> Sequence[Case]:
        """Cases whose after-call work waits."""
        ...

    @property
    def limits(self) -> Limits:
        """The limits in force."""
        ...

    def now(self) -> Reading:
        """Both clocks."""
        ...

    def local(self, at: Reading) -> datetime:
        """A reading's wall in local time."""
        ...

    def do(self, command: Command) -> Change:
        """Carry out a command."""
        ...

    def listen(self, listener: Callable[[Change], None]) -> None:
        """Hear of every change of the case in hand."""
        ...

    def stage(self) -> StageView | None:
        """The present stage."""
        ...

    def advice(self) -> Prompt | None:
        """The one prompt for now."""
        ...

    def unsaved_seconds(self) -> float:
        """How long the oldest event that is not committed has waited; 0 when all are."""
        ...

    def listen_committed(self, listener: Callable[[tuple[str, ...]], None]) -> None:
        """Hear which events are on the disk."""
        ...
