"""What other programs of this user may ask of the running window (docs/CTL.md).

A request is one line: ``1``, the command and its values, with tabs between. An answer is ``ok`` or
``no``, a tab, and a sentence (for ``status`` the state). What cannot be read changes nothing.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence

from app.asked_work import FAILED, AskedWork
from app.commands.ctl import is_number
from call import commands as c
from call.fold_times import CallRecord
from scripts_ja.dates import clock_time
from scripts_ja.model import NoteKind
from scripts_ja.texts import t
from ui.port.change import Change
from ui.port.workplace import Workplace

_log = logging.getLogger(__name__)

RAISE = b"1\traise"

_VERSION = "1"
_NUMBER_CHARACTERS = frozenset(
    "0123456789+*#.-_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
)
_NUMBER_LENGTH = 64
_BEGINNINGS: dict[str, type[c.Ring] | type[c.StartCall]] = {"ringing": c.Ring, "start": c.StartCall}
_OF_THE_CALL: dict[str, type[c.Command]] = {
    "hold": c.Hold,
    "resume": c.Resume,
    "toggle-hold": c.ToggleHold,
    "end": c.EndCall,
}
_OF_THE_STAGE: dict[str, type[c.Command]] = {"next": c.AdvanceStage, "back": c.GoBack}


class UnfitError(ValueError):
    """A request that cannot be carried out; the sentence says why."""


class Control:
    """Reads requests and answers them, in the thread of the window.

    ``carry_out`` does a command as a key would; ``come_forward`` shows the window.
    """

    def __init__(
        self,
        workplace: Workplace,
        carry_out: Callable[[c.Command], Change],
        come_forward: Callable[[], object],
    ) -> None:
        self._work = workplace
        self._carry_out = carry_out
        self._come_forward = come_forward
        self._asked = AskedWork()

    def answer(self, line: bytes) -> bytes:
        """Do what a line asks for, and say what became of it.

        Where a mistake of ours breaks in, that is said too: a caller without an answer waits.
        """
        try:
            return _line("ok", self._answered(_words(line)))
        except UnfitError as unfit:
            return _line("no", str(unfit))
        except Exception:  # noqa: BLE001 - the next caller is served all the same
            _log.exception("a mistake of ours")
            return _line("no", t("ctl.failed"))

    def turn_away(self, why: str) -> bytes:
        """The words for whoever was ``busy``, ``silent`` or ``too_long``."""
        return _line("no", t(f"ctl.{why}"))

    def _answered(self, words: Sequence[str]) -> str:
        match words:
            case ["raise"]:
                self._come_forward()
                return ""
            case ["convert", ("encrypted" | "plain") as form, token] if token.isalnum():
                end = self._asked.begin(token)
                return _begun(self._work.encryption.change_form(form, end))
            case ["backup", token] if token.isalnum():
                self._work.backups.make_for(self._asked.begin(token))
                return ""
            case ["outcome", token]:
                return self._outcome(token)
            case ["restore", name, token] if token.isalnum():
                return _begun(self._work.backups.restore(name, self._asked.begin(token)))
            case ["purge", token] if token.isalnum():
                return _begun(self._work.retention.purge(self._asked.begin(token)))
            case ["status"]:
                return self._status()
            case ["status", "json"]:
                return json.dumps(self._state(), ensure_ascii=False)
        change = self._carry_out(self._command(words))
        if change.refusal is not None:
            raise UnfitError(t(f"refusal.{change.refusal.reason}"))
        return ""

    def _outcome(self, token: str) -> str:
        how, said = self._asked.outcome(token)
        if how == FAILED:
            raise UnfitError(said)
        return how

    def _command(self, words: Sequence[str]) -> c.Command:
        match words:
            case [name, *rest] if name in _BEGINNINGS:
                return _BEGINNINGS[name](_number(rest))
            case [name, *rest] if name in _OF_THE_CALL:
                self._check_call(_number(rest))
                return _OF_THE_CALL[name]()
            case [name] if name in _OF_THE_STAGE:
                return _OF_THE_STAGE[name]()
            case ["note", kind, text] if text.strip():
                return c.TakeNote(_kind(kind), text.strip())
        raise UnfitError(t("ctl.unknown"))

    def _check_call(self, number: str) -> None:
        """A telephone that names its call by the number speaks of that call alone.

        A second call that rings and goes unanswered must not end the first.
        """
        call = self._call
        if number and call is not None and call.number and call.number != number:
            raise UnfitError(t("ctl.other_number"))

    @property
    def _call(self) -> CallRecord | None:
        return self._work.case.call if self._work.case else None

    def _status(self) -> str:
        call, now = self._call, self._work.now()
        if call is None:
            return t("ctl.idle")
        stage = self._work.stage()
        return t(
            "ctl.status",
            phase=t(f"phase.{self._work.phase}"),
            call=clock_time(call.call_seconds(now)),
            hold=clock_time(call.hold_seconds(now)),
            stage=f" {stage.title}" if stage else "",
        )

    def _state(self) -> dict[str, object]:
        """Nothing about the customer: a script that lights a lamp needs none of it."""
        case, call, now = self._work.case, self._call, self._work.now()
        visit = case.stages.current if case else None
        return {
            "phase": str(self._work.phase),
            "case_no": case.case_no if case else "",
            "call_seconds": int(call.call_seconds(now)) if call else 0,
            "hold_seconds": int(call.hold_seconds(now)) if call else 0,
            "holds": case.holds_in_call if case else 0,
            "stage": visit.stage_id if visit else "",
            "is_saved": not self._work.unsaved_seconds(),
        }


def _begun(refusal: str) -> str:
    """Nothing to say where it was begun: the sidebar says when it is done, and the database does."""
    if refusal:
        raise UnfitError(refusal)
    return ""


def _words(line: bytes) -> list[str]:
    """The words after the version.

    Raises:
        UnfitError: no UTF-8, signs that steer a terminal or an editor, another version.
    """
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        raise UnfitError(t("ctl.not_one")) from None
    version, *words = text.split("\t")
    if version != _VERSION or not all(word.isprintable() for word in words):
        raise UnfitError(t("ctl.not_one"))
    return words


def _number(rest: Sequence[str]) -> str:
    if not rest:
        return ""
    if len(rest) != 1 or not is_number(rest[0]):
        raise UnfitError(t("ctl.bad_number"))
    return rest[0]


def _kind(name: str) -> NoteKind:
    try:
        return NoteKind(name)
    except ValueError:
        raise UnfitError(t("ctl.unknown_kind")) from None


def _line(verdict: str, said: str) -> bytes:
    return (f"{verdict}\t{said}" if said else verdict).encode()
