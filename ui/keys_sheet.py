"""All keys; which of them others have, what could be had instead, and who brings them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from scripts_ja.texts import t
from ui import actions
from ui.action_words import action_name
from ui.broken_label import BrokenLabel
from ui.labels import PlainLabel
from ui.port.notices import Notice
from ui.port.surroundings import HotkeyView
from ui.port.workplace import Workplace
from ui.row_button import RowButton
from ui.sheet import CHOICE_KEYS, FormSheet
from ui.sidebar import Sidebar
from ui.theme import Look
from ui.wrapped_label import WrappedLabel


class KeysSheet(FormSheet):
    """A digit, or a click, gives an action the free key that stands beside it."""

    def __init__(self, workplace: Workplace, window: Sidebar) -> None:
        super().__init__(t("keys.title"))
        self._hotkeys = workplace.hotkeys
        self._window = window
        self._offers: list[HotkeyView] = []
        self._views: tuple[HotkeyView, ...] | None = None
        self._lines: list[QWidget] = []
        self._reason = WrappedLabel("muted")
        self.add_widget(self._reason)
        self.show_look(window.look)

    def show_look(self, look: Look) -> None:
        """Change the size of what is painted by hand."""
        self._views = None
        self.refresh()

    def refresh(self) -> None:
        """Who brings the keys may be lost while they are read, and others be taken meanwhile."""
        backend = t(f"hotkeys.backend.{self._hotkeys.backend}")
        reason = t(f"hotkeys.reason.{self._hotkeys.reason}")
        said = t("hotkeys.about", backend=backend, reason=reason)
        self._reason.show_text("", said, self._window.look)
        views = self._hotkeys.all()
        if views != self._views:
            self._views = views
            self._list_keys(views)

    def _list_keys(self, views: Sequence[HotkeyView]) -> None:
        for line in self._lines:
            line.hide()
            line.deleteLater()
        taken = [view for view in views if view.state == "taken"]
        self._offers = [view for view in taken if view.offer][: len(CHOICE_KEYS)]
        self._lines = [
            self._offer(key, view) for key, view in zip(CHOICE_KEYS, self._offers, strict=False)
        ]
        states = {view.action: view.state for view in views}
        self._lines += [
            _key_row(action, _mark(action, states), self._window.look)
            for action in actions.TABLE
            if action.argument <= 1
        ]
        for line in self._lines:
            self.add_widget(line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The key of an offer accepts it."""
        place = CHOICE_KEYS.find(event.text().upper()) if event.text() else -1
        has_modifier = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if 0 <= place < len(self._offers) and not has_modifier:
            self._accept(self._offers[place])
        else:
            super().keyPressEvent(event)

    def _offer(self, key: str, view: HotkeyView) -> QPushButton:
        button = RowButton()
        offer = actions.spaced(view.offer)
        words = t("hotkeys.offer", name=action_name(view.action), offer=offer)
        button.add(PlainLabel(key, "key"))
        button.add(PlainLabel(words), 1)
        button.setAccessibleName(f"{key} {words}")
        button.clicked.connect(lambda: self._accept(view))
        return button

    def _accept(self, view: HotkeyView) -> None:
        """Another program may have been faster in the meantime: then the next offer is shown."""
        self.left.emit()
        is_had = self._hotkeys.try_key(view.action, view.offer) == "active"
        if is_had:
            key = actions.key_of(view.action)
            said = t("hotkeys.now", name=action_name(view.action), key=key)
        else:
            help_key = actions.key_of("keys_help")
            said = t("hotkeys.not_now", key=actions.spaced(view.offer), help=help_key)
        self._window.notice.say(Notice("said", said))


def _key_row(action: actions.Action, mark: str, look: Look) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    key_label = PlainLabel(_family_key(action), "muted")
    has_shift = any("Shift" in actions.key_in_force(a.id) for a in actions.TABLE)
    key_label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    key_label.setFixedWidth(look.px(104 if has_shift else 92))
    line.addWidget(key_label)
    line.addWidget(BrokenLabel(t(f"action.{action.family}")), 1)
    if mark:
        line.addWidget(PlainLabel(mark, "key"))
    return row


def _family(action: actions.Action) -> list[actions.Action]:
    return [a for a in actions.TABLE if a.family == action.family]


def _mark(action: actions.Action, states: Mapping[str, str]) -> str:
    """Whether a key works in other windows too, or why it, or one of its family, does not."""
    found = [states.get(each.id, "") for each in _family(action)]
    told = [state for state in found if state in ("taken", "absent", "refused")]
    if all(state == "active" for state in found):
        told = ["active"]
    return t(f"hotkeys.mark.{told[0]}") if told else ""


def _family_key(action: actions.Action) -> str:
    """「Ctrl Alt 1–5」 for a family, else the key."""
    key = actions.key_of(action.id)
    if not action.argument:
        return key
    family = _family(action)
    if any(actions.key_in_force(a.id) != a.key for a in family):
        return t("list.joint").join([key, *(actions.short_key_of(a.id) for a in family[1:])])
    return f"{key}–{family[-1].argument}"
