"""How long cases are kept: the sheet that says so, and the question before one is erased."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from call.case import CaseSummary
from scripts_ja.texts import t
from ui.broken_label import BrokenLabel
from ui.case_list import who
from ui.labels import ElidedLabel, PlainLabel
from ui.port.retention import ErasedLine, ErasureView, RetentionView
from ui.port.workplace import Workplace
from ui.sheet import Choice, ChoiceSheet, FormSheet
from ui.sidebar import Sidebar
from ui.theme import Look
from ui.wrapped_label import WrappedLabel

_MOST = 50
_DAY = "%Y/%m/%d"


class RetentionSheets:
    """Opens them."""

    def __init__(self, workplace: Workplace, window: Sidebar, say: Callable[..., None]) -> None:
        self._work = workplace
        self._window = window
        self._say = say
        workplace.retention.listen(self._show_waiting)

    def open(self) -> None:
        """What goes next, what stays although it is old, what went."""
        sheet = RetentionSheet(self._window.look)
        self._window.open_sheet(sheet, is_large=True)
        self._work.retention.fetch(lambda view: sheet.show_view(view) if isValid(sheet) else None)

    def ask(self, case_id: str) -> None:
        """Ask before a case is erased, saying what goes with it."""
        if not case_id:
            self._say(t("retention.none_chosen"))
            return
        self._work.retention.look_at(case_id, self._confirm)

    def erase_chosen(self) -> None:
        """The earlier case that was opened to read: it is put back, then asked about."""
        case = self._work.case
        if case is not None:
            self._work.cases.lay_aside()
            self.ask(case.id)

    def _confirm(self, view: ErasureView) -> None:
        erase = partial(self._work.retention.erase, view)
        nothing: Callable[[], None] = lambda: None  # noqa: E731 - the third parameter
        choices = [
            Choice(t("retention.confirm.no"), "Esc", nothing),
            Choice(t("retention.confirm.yes"), "", partial(erase, False, nothing)),  # noqa: FBT003
        ]
        if view.files:
            words = t("retention.confirm.yes_with_files")
            choices.append(Choice(words, "", partial(erase, True, nothing)))  # noqa: FBT003
        self._window.open_sheet(EraseSheet(view, choices, self._window.look), is_large=True)

    def _show_waiting(self) -> None:
        waiting = self._window.waiting
        self._work.cases.fetch_waiting(
            lambda view: waiting.show_view(view, list(self._work.parked))
        )


class EraseSheet(ChoiceSheet):
    """What goes and what stays; one key to leave it, another to do it."""

    def __init__(self, view: ErasureView, choices: Sequence[Choice], look: Look) -> None:
        super().__init__(t("retention.confirm.title"), choices, "")
        case = view.case
        values = {"who": who(case), "case_no": case.case_no, "events": view.events}
        said = [t("retention.confirm.what", **values), t("retention.confirm.kept")]
        if view.files:
            names = t("list.comma").join(Path(path).name for path in view.files)
            said.append(t("retention.confirm.files", count=len(view.files), names=names))
        self._texts = [(WrappedLabel("ink"), text) for text in said]
        for place, (label, _) in enumerate(self._texts):
            self._rows.insertWidget(place, label)
        self._rows.insertSpacing(len(said), 8)
        self.show_look(look)

    def show_look(self, look: Look) -> None:
        """Change theme or text size."""
        for label, text in self._texts:
            label.show_text("", text, look)


class RetentionSheet(FormSheet):
    """Lists; the names of the erased are not known any more."""

    def __init__(self, look: Look) -> None:
        super().__init__(t("retention.sheet.title"))
        self._look = look
        self._rule = WrappedLabel("muted")
        self._days = 0
        self.add_widget(self._rule)

    def show_look(self, look: Look) -> None:
        """Change theme or text size."""
        self._look = look
        if self._days:
            text = t("retention.sheet.rule", days=self._days)
            self._rule.show_text("", text, look, size=12)

    def show_view(self, view: RetentionView) -> None:
        """Show what was read."""
        if not view.is_read:
            self._add(PlainLabel(t("retention.sheet.unreadable"), "muted"))
            return
        self._days = view.days
        self.show_look(self._look)
        count = len(view.over)
        title = t("retention.sheet.over", count=count) if count else t("retention.sheet.no_over")
        self._section(title, map(_case, view.over), count)
        if view.kept_open:
            count = len(view.kept_open)
            title = t("retention.sheet.kept_open", count=count)
            self._section(title, map(_case, view.kept_open), count)
        if view.files:
            count = len(view.files)
            lines = ((Path(path).name, path) for path in view.files)
            self._section(t("retention.sheet.files", count=count), lines, count)
        count = len(view.erased)
        key = "erased" if count else "no_erased"
        self._section(t(f"retention.sheet.{key}", count=count), map(_erased, view.erased), count)

    def _section(self, title: str, rows: Iterable[tuple[str, str]], count: int) -> None:
        self._add(BrokenLabel(title, "strong"))
        for (first, second), _ in zip(rows, range(_MOST), strict=False):
            self._add(_row(first, second))
        if count > _MOST:
            self._add(PlainLabel(t("retention.sheet.more", count=count - _MOST), "muted"))

    def _add(self, widget: QWidget) -> None:
        self.add_widget(widget)


def _row(first: str, second: str) -> QWidget:
    row = QWidget()
    column = QVBoxLayout(row)
    column.setContentsMargins(8, 0, 0, 4)
    column.setSpacing(0)
    column.addWidget(ElidedLabel(first))
    column.addWidget(ElidedLabel(second, "muted"))
    return row


def _case(case: CaseSummary) -> tuple[str, str]:
    first = t("retention.sheet.line", case_no=case.case_no, who=who(case))
    return first, t("retention.sheet.touched", day=f"{case.touched_at.astimezone():{_DAY}}")


def _erased(line: ErasedLine) -> tuple[str, str]:
    key = "erased_asked" if line.was_asked else "erased_on"
    closed, purged = (f"{at.astimezone():{_DAY}}" for at in (line.closed_at, line.purged_at))
    return line.case_no, t(f"retention.sheet.{key}", closed=closed, purged=purged)
