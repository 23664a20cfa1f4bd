"""The first start: who one is, once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from scripts_ja.texts import t
from ui.actions import key_of
from ui.port.workplace import Workplace
from ui.sheet import FormSheet


class WelcomeSheet(FormSheet):
    """The first start: who answers, and for whom. A call may come meanwhile and is taken."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        keys = {"write": key_of("focus_note"), "key": key_of("start")}
        super().__init__(t("welcome.title"), t("welcome.hint", **keys), parent)
        for key in ("name", "company", "department", "superior", "superior_title"):
            self.add_row(
                t(f"welcome.{key}"), workplace.settings.get(f"desk.{key}"), _save(workplace, key)
            )
        self.comes_before_notes = True


def _save(workplace: Workplace, key: str) -> Callable[[str], object]:
    def save(text: str) -> None:
        workplace.settings.change({f"desk.{key}": text})

    return save
