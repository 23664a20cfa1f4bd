"""What a running desk seals by: the department's rules, and this desk's own key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.seal_rules import rules_in_force
from scripts_ja.texts import t
from ui.port.desk_key import DeskKeyView

if TYPE_CHECKING:
    from app.errands import Errands
    from app.notice_board import NoticeBoard
    from app.own_settings import OwnSettings
    from app.seal_rules import SealRules
    from app.seals import Seals
    from handoff.desk_keys import PublicKey

_NOTICE = "desk_key"


class DeskSeals:
    """Belongs to the window's thread; the system's key store is asked by errands."""

    def __init__(
        self,
        folder: Path,
        rules: SealRules,
        settings: OwnSettings,
        errands: Errands,
        notices: NoticeBoard,
    ) -> None:
        self._notices = notices
        self._folder = folder
        self._rules = rules
        self._settings = settings
        self._errands = errands
        self._public: PublicKey | None = None
        self._remark = ""
        self._is_busy = False
        self._listeners: list[Callable[[], None]] = []

    def adopt(self, rules: SealRules) -> None:
        """Seal by other rules from now on."""
        self._rules = rules
        self.check()

    def check(self) -> None:
        """Where cases have to be sealed, say before the first one that this desk cannot do it."""
        rules = self._in_force
        if rules.is_required and not rules.unknown:
            self.look()
        else:
            self._notices.say(_NOTICE, "")

    def now(self) -> Seals:
        """The rules of this moment, to be taken beside the window."""
        from app.seals import Seals  # most desks seal nothing

        return Seals(self._in_force, self._folder)

    @property
    def _in_force(self) -> SealRules:
        return rules_in_force(self._rules, self._settings.get("department.folder"))

    @property
    def view(self) -> DeskKeyView:
        """What there is to show now."""
        key = self._public
        return DeskKeyView(
            public=key.as_text() if key else "",
            spoken=key.spoken if key else "",
            remark=self._remark,
            is_wanted=bool(key or self._settings.get("department.folder")),
            is_busy=self._is_busy,
        )

    def listen(self, listener: Callable[[], None]) -> None:
        """Hear that the view is another."""
        self._listeners.append(listener)

    def look(self) -> None:
        """Find out whether there is a key."""
        self._ask(lambda: _found(self._folder) or "")

    def make(self) -> None:
        """Make one, unless there is one already."""
        if not (self._public or self._is_busy):
            self._ask(lambda: _found(self._folder) or _made(self._folder))

    def _ask(self, job: Callable[[], PublicKey | str]) -> None:
        self._is_busy, self._remark = True, ""
        self._tell()
        self._errands.run(job, self._on_answer, self._on_late, self._on_mistake)

    def _on_answer(self, found: PublicKey | str) -> None:
        self._is_busy = False
        if isinstance(found, str):
            self._remark = found
        else:
            self._public, self._remark = found, ""
        self._say_what_lacks()
        self._tell()

    def _say_what_lacks(self) -> None:
        key, rules = "", self._in_force
        is_known = rules.is_required and not rules.unknown
        if is_known and self._public not in rules.senders:
            key = "seal.unlisted" if self._public else "seal.wanted"
        self._notices.say(_NOTICE, t(key) if key else "", "warn")

    def _on_late(self) -> None:
        self._remark = t("seal.unmade.shut")
        self._tell()

    def _on_mistake(self) -> None:
        self._on_answer(t("seal.unmade.unknown"))

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()


def _found(folder: Path) -> PublicKey | None:
    from app.desk_key import public_key

    return public_key(folder)


def _made(folder: Path) -> PublicKey | str:
    """The new key, or the sentence that says why there is none."""
    from app.desk_key import DeskKeyError, make_key

    try:
        return make_key(folder)
    except DeskKeyError as error:
        return t(f"seal.unmade.{error.kind}")
    except OSError:
        return t("seal.unmade.unwritable", path=folder)
