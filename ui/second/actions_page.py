"""次の一手: who does what by when, and what the customer is told of the end (rules.md #97-#102)."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtGui import QGuiApplication

from call.case import Case
from call.commands import ChangeAction, DropAction, PlanAction, TickAction
from call.fold_actions import Action
from scripts_ja.texts import t
from ui.rows.page import Page, box, joined, when
from ui.rows.row import Ask, Do, Keys, Row, title
from ui.second.proposal_rows import proposal_rows


class ActionsPage(Page):
    """What is done during the call, what is done afterwards, and the prospect."""

    id = "actions"

    def rows(self, case: Case) -> list[Row]:
        """Proposals, actions of both kinds, and sentences to read out."""
        return [
            *proposal_rows(self),
            title("now", t("second.actions.now")),
            *self._listed(case.actions.now, "now"),
            title("later", t("second.actions.later")),
            *self._listed(case.actions.later, "later"),
            title("prospect", t("second.actions.prospect")),
            *self._prospect(),
        ]

    def keys(self, case: Case) -> Keys:
        """A new action of each kind; all sentences to the clipboard."""
        keys = {
            "A": Do(t("second.actions.add"), self._add_later),
            "W": Do(t("second.actions.add_now"), self._add_now),
        }
        if self.work.second_line.prospect().sentences:
            keys["C"] = Do(t("second.actions.copy"), self._copy_all)
        return keys

    def _listed(self, actions: tuple[Action, ...], name: str) -> list[Row]:
        rows = [self._row(action) for action in actions]
        return rows or [Row(f"no_{name}", t("second.none_yet"), tone="muted")]

    def _row(self, action: Action) -> Row:
        tick = Do(
            t("second.key.tick"),
            lambda: self.do(TickAction(action.action_id, not action.is_done)),
        )
        due = when(action.due_at)
        remarks = [
            t("second.columns.owner", owner=action.owner) if action.owner else "",
            t("second.columns.due", due=due) if due else "",
            *(t(f"second.lack.{lack}") for lack in action.lacks),
        ]
        return Row(
            action.action_id,
            action.text,
            heading=box(is_done=action.is_done),
            note=joined(remarks),
            tone="muted" if action.is_done else "ink",
            note_tone="warn" if action.lacks else "muted",
            keys={
                "Space": tick,
                "Enter": Do(t("second.key.type"), lambda: self._ask_change(action)),
                "Delete": Do(t("second.key.remove"), lambda: self.do(DropAction(action.action_id))),
            },
        )

    # -- typing -------------------------------------------------------------------------------

    def _ask_change(self, action: Action) -> None:
        def finish(text: str, owner: str, due: datetime | None) -> bool:
            change = ChangeAction(action.action_id, text.strip(), owner.strip(), due, action.is_now)
            return self.do(change)

        def take_text(text: str) -> Ask | bool:
            if not text.strip() or action.is_now:
                return finish(text, action.owner, action.due_at)
            label = t("second.ask.owner")
            return Ask(label, action.owner, lambda owner: take_owner(text, owner))

        def take_owner(text: str, owner: str) -> Ask:
            label = t("second.ask.due")
            return self.due_ask(label, action.due_at, lambda due: finish(text, owner, due))

        self.ask(Ask(t("second.actions.ask"), action.text, take_text))

    def _add_later(self) -> None:
        def take_text(text: str) -> Ask | bool:
            if not text.strip():
                return True
            return Ask(t("second.ask.owner"), "", lambda owner: take_owner(text, owner))

        def take_owner(text: str, owner: str) -> Ask:
            def take_due(due: datetime | None) -> bool:
                return self.do(PlanAction(text, owner, due))

            return self.due_ask(t("second.ask.due"), None, take_due)

        self.ask(Ask(t("second.actions.ask"), "", take_text))

    def _add_now(self) -> None:
        label = t("second.actions.ask_now")
        self.ask(Ask(label, "", lambda text: self.do(PlanAction(text, is_now=True))))

    # -- the prospect -------------------------------------------------------------------------

    def _prospect(self) -> list[Row]:
        view = self.work.second_line.prospect()
        rows = [
            Row(
                f"sentence{number}",
                sentence,
                keys={"Enter": Do(t("second.actions.copy_one"), partial(self._copy, sentence))},
            )
            for number, sentence in enumerate(view.sentences)
        ]
        if not rows:
            rows = [Row("no_prospect", t("second.actions.no_prospect"), tone="muted")]
        if view.untimed:
            text = t("second.actions.untimed", text=joined(view.untimed))
            rows.append(Row("untimed", text, tone="warn"))
        return rows

    def _copy_all(self) -> None:
        self._copy("\n".join(self.work.second_line.prospect().sentences))

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.say(t("second.actions.copied"))
