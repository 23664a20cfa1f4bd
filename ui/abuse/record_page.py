"""記録: what the record adds, the record as it reads, and the agent's own care (F7-S5)."""

from __future__ import annotations

from call.case import Case
from call.commands import NoteAbuse
from call.events import AbusePart
from scripts_ja.texts import t
from ui.abuse.page import AbusePage
from ui.rows.row import Ask, Do, Keys, Row, title

PAPER = "abuse_record"


class RecordPage(AbusePage):
    """Evidence while it is fresh; and nobody is left alone with it (rules.md #23, T3, L13)."""

    id = "record"

    def rows(self, case: Case) -> list[Row]:
        """Care first once the call is over, then the parts, then the record."""
        care = self._care()
        parts = [
            title("parts", t("abuse.sheet.parts")),
            *(self._part(part, case.abuse.part(part)) for part in AbusePart),
            *self._record(),
        ]
        return [*parts, *care] if case.phase.is_live else [*care, *parts]

    def keys(self, case: Case) -> Keys:
        """The paper."""
        if self.work.abuse.record() is None:
            return super().keys(case)
        return {
            **super().keys(case),
            "P": Do(t("abuse.sheet.print"), lambda: self.ways.show_paper(PAPER)),
        }

    # -- rows ---------------------------------------------------------------------------------

    def _care(self) -> list[Row]:
        """Asked, never demanded; what is typed is nobody else's."""
        write = Do(t("second.key.type"), self._ask_care)
        return [
            title("own", t("abuse.care.title")),
            Row("care", t("abuse.care.row"), note=t("abuse.care.note"), keys={"Enter": write}),
        ]

    def _part(self, part: AbusePart, text: str) -> Row:
        label = t(f"abuse.part.{part}")

        def take(typed: str) -> bool:
            return self.do(NoteAbuse(part, typed))

        ask = Ask(t(f"abuse.ask.part.{part}"), text, take)
        return Row(
            f"part_{part}",
            text or t("second.open"),
            heading=label,
            tone="ink" if text else "warn",
            keys={"Enter": Do(t("second.key.type"), lambda: self.ask(ask))},
        )

    def _record(self) -> list[Row]:
        paper = self.work.abuse.record()
        if paper is None:
            return [Row("none", t("abuse.sheet.no_record"), tone="muted")]
        gaps = t("list.comma").join(t(f"abuse.gap.{gap}") for gap in paper.missing)
        missing = [Row("gaps", gaps, heading=t("abuse.sheet.gaps"), tone="warn")] if gaps else []
        lines = [line for line in paper.text.splitlines() if line.strip()]
        return [
            *missing,
            title("paper", t("abuse.sheet.paper")),
            *(Row(f"line{number}", line) for number, line in enumerate(lines)),
        ]

    def _ask_care(self) -> None:
        def take(words: str) -> bool:
            if words.strip():
                self.work.abuse.care(words)
                self.say(t("abuse.care.kept"))
            return True

        self.ask(Ask(t("abuse.care.ask"), "", take, t("abuse.care.hint")))
