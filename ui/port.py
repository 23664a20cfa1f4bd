"""What the window needs of the rest: shapes, and the one Protocol behind which the rest stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from msgspec import Struct

from call.case import Case, CaseSummary, Due
from call.clock import Reading
from call.commands import Command
from call.decision import Refusal
from call.events import ActionTopic, Envelope
from call.fold_times import CallPhase
from call.guidance import Prompt
from call.limits import Limits
from call.proposals import Proposal
from call.reception import Reception
from scripts_ja.model import Audience, HoldKind, NoteKind
from scripts_ja.placeholders import Segment


class PhraseKey(Struct, frozen=True):
    """Which phrase: its stage or card, its shipped text, and whether the own wording is meant.

    A first phrase of one's own has no shipped text.
    """

    place: str
    text: str
    is_own: bool = False


class PhraseView(Struct, frozen=True):
    """A phrase as it reads now; ``plain`` is what the copy key copies.

    ``mark`` says whose wording it is, where it is not the shipped one.
    """

    segments: tuple[Segment, ...]
    plain: str
    audience: Audience
    condition: str
    mark: str = ""
    key: PhraseKey | None = None


class FoundPhrase(Struct, frozen=True):
    """A phrase that was searched for: how it reads now, what it is for, and where it stands."""

    key: PhraseKey
    phrase: PhraseView
    category: str
    place: str
    is_here: bool = False


class WordingView(Struct, frozen=True):
    """What is needed to write a wording of one's own, or (no ``original``) a first phrase.

    ``original`` and ``text`` hold placeholders; ``fields`` are the ones of the original, with
    their names.
    """

    key: PhraseKey
    original: str
    text: str
    place: str
    fields: tuple[tuple[str, str], ...] = ()


class ExitView(Struct, frozen=True):
    """A way out of the stage: where it leads, in words, and when to take it."""

    stage_id: str
    title: str
    when: str


class AskView(Struct, frozen=True):
    """Something this stage should still learn: the placeholder and its name."""

    key: str
    label: str


class ReadyView(Struct, frozen=True):
    """What the record holds while the same talk goes on: how often it came, here and in the case.

    ``phrase`` is the sentence that stands ready; None where no answer was noted yet.
    """

    here: int
    in_case: int
    phrase: PhraseView | None


class StageView(Struct, frozen=True):
    """The present stage, ready to paint. ``index`` counts from 0 in its flow of ``count``.

    ``folded`` are the phrases that stay closed, after the others, for the first
    ``folded_seconds`` of the stage; a key opens them (rules.md #88).
    """

    flow_title: str
    title: str
    goal: str
    guide: str
    index: int
    count: int
    next_title: str
    entered_at: Reading
    tries: int
    max_tries: int
    phrases: tuple[PhraseView, ...]
    dont: tuple[str, ...]
    record: tuple[str, ...]
    asks: tuple[AskView, ...]
    note_kinds: tuple[NoteKind, ...]
    exits: tuple[ExitView, ...]
    hold_kind: HoldKind
    gate: str = ""
    self_check: str = ""
    ready: ReadyView | None = None
    folded: tuple[PhraseView, ...] = ()
    folded_seconds: int = 0

    def phrases_when(self, *, is_open: bool) -> tuple[PhraseView, ...]:
        """The phrases to show, where folded ones were opened by key or not."""
        return self.phrases + self.folded if is_open else self.phrases


class CardView(Struct, frozen=True):
    """An interrupt card: signs that call for it, what must be done, what can be said."""

    id: str
    code: str
    title: str
    when: tuple[str, ...]
    must: tuple[str, ...]
    phrases: tuple[PhraseView, ...]


class CardRow(Struct, frozen=True):
    """A line of the consultation card. ``is_figure``: it follows from the case, nobody types it."""

    label: str
    value: str
    is_missing: bool
    is_figure: bool = False


class ConsultView(Struct, frozen=True):
    """The consultation card: rows to show, text for chat."""

    rows: tuple[CardRow, ...]
    text: str
    spoken: str


class HandoffView(Struct, frozen=True):
    """A handoff note: its text, the names of what is missing, and where it was written."""

    text: str
    missing: tuple[str, ...]
    file_path: str
    missing_ids: tuple[str, ...] = ()


class DueView(Struct, frozen=True):
    """Something owed, with the case it belongs to."""

    due: Due
    case: CaseSummary


class WaitingView(Struct, frozen=True):
    """What is shown while nobody calls."""

    dues: tuple[DueView, ...] = ()
    recent: tuple[CaseSummary, ...] = ()


class FoundCase(Struct, frozen=True):
    """A case that was found, and where: ``text`` is a piece of a note of that ``kind``.

    ``places`` are the sought words in it, from one character up to another. Without a text the
    case was found by its fields, or only listed. ``answered`` is the last answer that was noted.
    """

    case: CaseSummary
    at: datetime
    kind: str = ""
    text: str = ""
    places: tuple[tuple[int, int], ...] = ()
    answered: str = ""


class FoundCases(Struct, frozen=True):
    """A list of cases; ``unread`` are words of a filter that nobody understands.

    ``is_whole`` is False while the index is being made anew, ``is_read`` where it failed.
    """

    rows: tuple[FoundCase, ...] = ()
    has_more: bool = False
    is_whole: bool = True
    unread: tuple[str, ...] = ()
    is_read: bool = True


class WordingReason(Struct, frozen=True):
    """Why words could be better, from ``start`` up to ``end`` of the text.

    ``better`` are wordings that can take their place, ``remark`` what else is said of them.
    """

    category: str
    start: int
    end: int
    found: str
    better: tuple[str, ...]
    remark: str


class WordingMark(Struct, frozen=True):
    """A place in the text that could be better, and why.

    Several reasons are in order and share words: what is ``found`` is all that any of them names.
    """

    start: int
    end: int
    found: str
    reasons: tuple[WordingReason, ...]


class ProspectView(Struct, frozen=True):
    """What the customer is told of the end: sentences in order, as they can be said.

    ``untimed`` are the words of what has no time yet, which the sentences leave out.
    """

    sentences: tuple[str, ...] = ()
    untimed: tuple[str, ...] = ()


class Notice(Struct, frozen=True):
    """One sentence for the notice bar. ``level`` is ``info``, ``warn`` or ``danger``.

    ``key`` names what it is about: a newer notice of the same key replaces it, and
    an empty text says that it is over.
    """

    key: str
    text: str
    level: str = "info"


class HotkeyView(Struct, frozen=True):
    """The key of one action, and whether it works while another window has the focus.

    ``state``: ``active``, ``taken``, ``absent``, ``pending``, ``refused``, ``off`` (no back
    end) or ``disabled``. ``offer``: for a taken key the next free one, empty where none is.
    """

    action: str
    key: str
    state: str
    offer: str = ""


class SettingView(Struct, frozen=True):
    """A setting in a form.

    ``kind``: ``text``, ``number`` (``low`` to ``high``), ``choice`` (``choices``: value and word),
    ``date`` or ``folder``. ``about`` is an example or a remark, ``source`` where a limit comes
    from. ``is_locked``: the department decides it.
    """

    name: str
    label: str
    kind: str
    value: str | int
    default: str | int
    low: int = 0
    high: int = 0
    choices: tuple[tuple[str, str], ...] = ()
    about: str = ""
    source: str = ""
    is_locked: bool = False


class Change(Struct, frozen=True):
    """What a command led to: events (none where nothing changed), or a refusal."""

    command: Command | None
    events: tuple[Envelope, ...] = ()
    refusal: Refusal | None = None


class DraftsPort(Protocol):
    """What is being typed."""

    def listen(self, listener: Callable[[str], None]) -> None:
        """Hear of typed text that was found again at the start."""
        ...

    def keep(self, text: str) -> None:
        """Keep what is being typed."""
        ...

    def clear(self) -> None:
        """What was typed is saved or given up."""
        ...

    def withheld_in(self, text: str) -> tuple[str, ...]:
        """The long numbers in a finished text that would be masked, as bare digits."""
        ...


class WordingPort(Protocol):
    """The wording check of what is typed."""

    def check(self, text: str, kind: NoteKind) -> tuple[WordingMark, ...]:
        """The words that could be better in a note of that kind, in order."""
        ...

    def listen(self, listener: Callable[[], None]) -> None:
        """Hear that other words may be marked now."""
        ...


class CasesPort(Protocol):
    """Cases that are not in hand, read beside the window."""

    def fetch_waiting(self, then: Callable[[WaitingView], None]) -> None:
        """Look up what is due and what was last, and bring it."""
        ...

    def open(self, case_id: str) -> None:
        """Lay an earlier case on the desk, or join the running call to it."""
        ...

    def do_in(self, case_id: str, command: Command) -> None:
        """Carry a command out in a case that need not be in hand; it stays where it is."""
        ...

    def lay_aside(self) -> None:
        """Put the opened earlier case back."""
        ...


class SearchPort(Protocol):
    """Finding cases, beside the window; only the newest search brings something."""

    def find(self, query: str, shelf: str, then: Callable[[FoundCases], None]) -> None:
        """Look for what was typed; ``shelf`` is ``all``, ``open``, ``due`` or ``closed``."""
        ...

    def earlier_of(
        self, number: str, name: str, then: Callable[[tuple[FoundCase, ...]], None]
    ) -> None:
        """Look up the cases of that telephone number, or of that name, the last one first."""
        ...


class RemindersPort(Protocol):
    """What other cases owe, and putting a prompt aside."""

    def listen(self, listener: Callable[[], None]) -> None:
        """Hear that something else is due."""
        ...

    def put_aside(self, prompt: Prompt) -> None:
        """A prompt was put aside; it goes at once."""
        ...


class InterruptsPort(Protocol):
    """The interrupt cards."""

    def all(self) -> tuple[CardView, ...]:
        """Every card, in the order they are offered."""
        ...

    def open(self, card_id: str) -> CardView | None:
        """The card of that id; that it was opened is kept."""
        ...


class PhrasesPort(Protocol):
    """Finding phrases, and the agent's own."""

    def find(self, query: str) -> tuple[FoundPhrase, ...]:
        """Every phrase that the words of ``query`` lead to, the nearest to the stage first."""
        ...

    def filled(self, key: PhraseKey) -> FoundPhrase | None:
        """That phrase as it reads now; None where it is gone."""
        ...

    def wording(self, key: PhraseKey) -> WordingView:
        """What the agent has written of that phrase, to write on."""
        ...

    def remarks(self, key: PhraseKey, text: str) -> tuple[str, ...]:
        """What could be better in an own wording; it is kept all the same."""
        ...

    def keep(self, key: PhraseKey, text: str) -> None:
        """Keep a wording of one's own (or a first phrase); an empty text removes it."""
        ...

    def first_phrase(self) -> WordingView | None:
        """The first phrase of this stage, else of the next one that has a place for it."""
        ...

    def pin(self, key: PhraseKey) -> WordingView | None:
        """Say that phrase first from now on, or no longer; None where no stage has a place."""
        ...

    def listen(self, listener: Callable[[], None]) -> None:
        """Hear that own phrases were read or changed."""
        ...


class PapersPort(Protocol):
    """The papers of the case in hand."""

    def consult_card(self) -> ConsultView | None:
        """The consultation card as it stands."""
        ...

    def hand_over(self) -> HandoffView | None:
        """Make the handoff note and write it to its file, beside the window."""
        ...


class SecondLinePort(Protocol):
    """The second line's desk, as far as the case itself does not say it."""

    def block_a(self) -> tuple[str, ...]:
        """What is read in thirty seconds: the lines of Block A of the handoff note."""
        ...

    def reception(self) -> Reception | None:
        """The first three minutes, where anger was received in this case."""
        ...

    def proposals(self) -> tuple[Proposal, ...]:
        """Next actions that law or safety asks for now."""
        ...

    def take_over(self, topic: ActionTopic, owner: str = "") -> None:
        """Put what is proposed on that topic on the list of next actions."""
        ...

    def prospect(self) -> ProspectView:
        """What the customer can be told of the end."""
        ...


class SettingsPort(Protocol):
    """The settings by name."""

    def get(self, name: str) -> str:
        """A setting as text."""
        ...

    def change(self, changes: dict[str, str | int]) -> None:
        """Change settings now and in the file."""
        ...

    def listen(self, listener: Callable[[], None]) -> None:
        """Hear that something was changed."""
        ...


class Box(NamedTuple):
    """A rectangle of the whole desktop, in device pixels."""

    left: int
    top: int
    width: int
    height: int


class EdgePort(Protocol):
    """The edge of the screen, and whose the keyboard is."""

    @property
    def name(self) -> str:
        """The back end: ``x11``, ``windows`` or, where the window is an ordinary one, ``none``."""
        ...

    def reserve(
        self, window: int, side: str, place: Box, monitor: Box, other_monitors: Sequence[Box]
    ) -> Box | None:
        """Have others leave ``place`` free at the ``right`` or ``left`` of a monitor.

        Returns where the window is to stand; None where nothing is reserved, which was told.
        """
        ...

    def release(self) -> None:
        """Give the strip back."""
        ...

    def front_window(self) -> int:
        """The window that has the keyboard; 0 where nobody can say."""
        ...

    def bring_front(self, window: int) -> bool:
        """Give the keyboard to another program's window; False where it is gone."""
        ...

    def listen(self, moved: Callable[[], None]) -> None:
        """Hear that the strip has to be asked for anew."""
        ...


class SettingsFormPort(Protocol):
    """The settings one by one, for the window in which they are changed."""

    def all(self) -> tuple[SettingView, ...]:
        """Every setting but the keys of actions."""
        ...

    def try_value(self, name: str, value: str | int) -> str:
        """Bring a value into force, or say in one sentence why not; empty where it is."""
        ...

    def snapshot(self) -> Mapping[str, str | int]:
        """One's own values, keys of actions too, to be put back later."""
        ...

    def restore(self, snapshot: Mapping[str, str | int]) -> None:
        """Put back what has changed since."""
        ...

    def listen(self, changed: Callable[[], None]) -> None:
        """Hear of every change, whoever made it."""
        ...


class HotkeysPort(Protocol):
    """Keys that work while another window has the focus."""

    @property
    def backend(self) -> str:
        """What hears them: ``windows``, ``x11``, ``portal``, ``macos``, ``keyboard``, ``none``."""
        ...

    @property
    def reason(self) -> str:
        """Why that one; its words are ``hotkeys.reason.<reason>``."""
        ...

    @property
    def is_exclusive(self) -> bool:
        """Whether a key that is brought never reaches the window as well."""
        ...

    def keys(self) -> dict[str, str]:
        """The key in force of every action, by its id."""
        ...

    def all(self) -> tuple[HotkeyView, ...]:
        """The actions that have a global key, in the order of their table."""
        ...

    def candidates(self, action: str) -> tuple[str, ...]:
        """Keys that no other action has, the likeliest first. Another program may have them."""
        ...

    def try_key(self, action: str, key: str) -> str:
        """Give an action another key, now and in the settings; empty: its default, ``none``: off.

        Returns what became of it: a state, ``unfit`` (no key that may be global) or ``ours``
        (another action has it). With ``unfit``, ``ours``, ``taken``, ``absent`` and ``refused``
        nothing has changed.
        """
        ...

    def listen(self, changed: Callable[[], None]) -> None:
        """Hear that keys, states or the back end are others now."""
        ...

    def listen_pressed(self, pressed: Callable[[str], None]) -> None:
        """Hear the id of the action whose key was pressed, wherever the focus is."""
        ...


class NoticesPort(Protocol):
    """What the notice bar should say."""

    def listen(self, listener: Callable[[Notice], None]) -> None:
        """Hear of every notice."""
        ...


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
    def reminders(self) -> RemindersPort:
        """What other cases owe."""
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
    def papers(self) -> PapersPort:
        """The papers of the case in hand."""
        ...

    @property
    def second_line(self) -> SecondLinePort:
        """The second line's desk."""
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
    def hotkeys(self) -> HotkeysPort:
        """Keys that work while another window has the focus."""
        ...

    @property
    def edge(self) -> EdgePort:
        """The edge of the screen."""
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
