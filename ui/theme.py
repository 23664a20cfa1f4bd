"""How it looks: one table of tokens, sizes that scale together, and the stylesheet made of both."""

from __future__ import annotations

from string import Template
from typing import NamedTuple

from PySide6.QtGui import QColor, QFont

FAMILIES = [
    "Yu Gothic UI",
    "Meiryo UI",
    "Hiragino Sans",
    "Noto Sans CJK JP",
    "IPAexGothic",
    "VL PGothic",
]

TEXT_STEPS = (100, 125, 150, 200)


class Tokens(NamedTuple):
    """The colours of a theme; a test computes the contrast of each pair that meets."""

    bg: str
    card: str
    ink: str
    muted: str
    line: str
    accent: str
    accent_bg: str
    on_accent: str
    on_accent_muted: str
    accent_dim: str
    warn: str
    warn_bg: str
    danger: str
    danger_bg: str
    on_danger: str
    chip: str


LIGHT = Tokens(
    bg="#F7F6F3",
    card="#FFFFFF",
    ink="#1F2328",
    muted="#5B6470",
    line="#DDDAD3",
    accent="#0B6E6E",
    accent_bg="#E3F1F0",
    on_accent="#FFFFFF",
    on_accent_muted="#D5EBEA",
    accent_dim="#86B6B4",
    warn="#8A4B00",
    warn_bg="#FFF1DC",
    danger="#B3261E",
    danger_bg="#FCEBE9",
    on_danger="#FFFFFF",
    chip="#EDEBE6",
)
DARK = Tokens(
    bg="#171A1D",
    card="#1F2428",
    ink="#ECEFF1",
    muted="#A5AFB8",
    line="#343B41",
    accent="#5CC8C3",
    accent_bg="#14393A",
    on_accent="#0B2222",
    on_accent_muted="#123A3A",
    accent_dim="#2E6664",
    warn="#FFC46B",
    warn_bg="#3A2A10",
    danger="#FF9A91",
    danger_bg="#3B1F1D",
    on_danger="#2A0B08",
    chip="#2A3036",
)


class Look(NamedTuple):
    """A theme at a text size (per cent)."""

    tokens: Tokens
    percent: int

    def px(self, base: int) -> int:
        """A type size or a measure that grows with the text, in pixels."""
        return round(base * self.percent / 100)

    def font(self, base: int, *, bold: bool = False) -> QFont:
        """A font of the interface at that base size, digits of one width where it has them."""
        font = QFont()
        font.setFamilies(FAMILIES)
        font.setPixelSize(self.px(base))
        font.setBold(bold)
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def color(self, token: str) -> QColor:
        """A token as a colour."""
        return QColor(getattr(self.tokens, token))

    def stylesheet(self) -> str:
        """The stylesheet of every window."""
        sizes = {f"s{base}": f"{self.px(base)}px" for base in (11, 12, 13, 14, 16, 18, 24, 30, 44)}
        families = ", ".join(f'"{name}"' for name in FAMILIES)
        return Template(_STYLE).substitute(
            {**self.tokens._asdict(), **sizes, "families": families, "pad": f"{self.px(6)}px"}
        )


def look_for(theme: str, percent: int, *, system_is_dark: bool) -> Look:
    """The look for the settings ``view.theme`` and ``view.text_percent``."""
    is_dark = theme == "dark" or (theme == "system" and system_is_dark)
    return Look(DARK if is_dark else LIGHT, percent)


def next_text_step(percent: int) -> int:
    """The text size that follows on the key."""
    return next((step for step in TEXT_STEPS if step > percent), TEXT_STEPS[0])


_STYLE = """
* { font-family: $families; font-size: $s13; color: $ink; }
QWidget#window, QWidget#sheet { background: $bg; }
QLabel { background: transparent; }
QLabel[role="time"] { font-size: $s44; }
QLabel[role="strip_time"] { font-size: $s24; font-weight: bold; }
QLabel[role="time"][long="true"] { font-size: $s30; }
QLabel[role="title"] { font-size: $s16; font-weight: bold; }
QLabel[role="strong"] { font-weight: bold; }
QLabel[role="muted"] { color: $muted; font-size: $s12; }
QLabel[role="small"] { color: $muted; font-size: $s11; }
QLabel[role="goal"] { color: $muted; font-size: $s13; }
QLabel[role="hold"] { font-size: $s18; font-weight: bold; }
QLabel[tone="warn"] { color: $warn; }
QLabel[tone="danger"] { color: $danger; }
QLabel[role="muted"][tone="present"] { color: $accent; font-weight: bold; }
QLabel[role="pill"] {
    background: $accent_bg; color: $accent; border-radius: 7px; padding: 1px 8px;
    font-size: $s12; font-weight: bold;
}
QLabel[role="pill"][tone="warn"] { background: $warn_bg; color: $warn; }
QLabel[role="pill"][tone="danger"] { background: $danger_bg; color: $danger; }
QLabel[role="pill"][tone="quiet"] { background: $chip; color: $muted; }
QLabel[role="dont"] { color: $danger; font-size: $s13; }

QFrame#card { background: $card; border: 1px solid $line; border-radius: 10px; }
QFrame#rule { background: $line; border: none; max-height: 1px; min-height: 1px; }

QFrame#advice { border-radius: 8px; border: none; background: $warn_bg; }
QFrame#advice[tone="danger"] { background: $danger_bg; }
QFrame#advice[tone="calm"] { background: $accent_bg; }
QFrame#advice QLabel[role="strong"] { color: $warn; }
QFrame#advice[tone="danger"] QLabel[role="strong"] { color: $danger; }
QFrame#advice[tone="calm"] QLabel[role="strong"] { color: $accent; }
QFrame#stripBlock { border-radius: 8px; border: none; background: $warn_bg; }
QFrame#stripBlock[tone="danger"] { background: $danger_bg; }
QFrame#stripBlock[tone="calm"] { background: $accent_bg; }
QLabel[role="notice"] { font-size: $s12; color: $muted; }
QLabel[role="notice"][tone="warn"] { color: $warn; }
QLabel[role="notice"][tone="danger"] { color: $danger; font-weight: bold; }

QPushButton {
    background: $card; border: 1px solid $line; border-radius: 8px; padding: $pad 8px;
}
QPushButton:hover { border-color: $accent; }
QPushButton:pressed { background: $accent_bg; }
QPushButton:checked { background: $accent_bg; border-color: $accent; }
QPushButton:disabled { color: $muted; background: $bg; }
QPushButton:focus { border: 2px solid $accent; }
QPushButton[main="true"] {
    background: $accent; border-color: $accent; color: $on_accent; font-weight: bold;
}
QPushButton[main="true"]:focus { border: 2px solid $ink; }
QPushButton QLabel { color: $ink; }
QPushButton:disabled QLabel { color: $muted; }
QPushButton QLabel[role="row"] { color: $ink; }
QPushButton QLabel[tone="warn"] { color: $warn; font-weight: bold; }
QPushButton QLabel[tone="danger"] { color: $danger; font-weight: bold; }
QPushButton QLabel[role="key"] { color: $muted; font-size: $s11; }
QPushButton[main="true"] QLabel { color: $on_accent; font-weight: bold; }
QPushButton[main="true"] QLabel[role="key"] { color: $on_accent_muted; font-weight: normal; }

QPushButton[chip="true"] {
    background: $chip; border: 1px solid $chip; border-radius: 6px; padding: 1px 0;
    color: $muted; font-size: $s12; min-width: 22px;
}
QPushButton[chip="true"]:hover { border-color: $accent; }
QPushButton[chip="true"]:focus { border: 2px solid $accent; }
QPushButton[chip="true"][on="true"] {
    background: $accent; border-color: $accent; color: $on_accent; font-weight: bold;
}
QPushButton[chip="true"][on="true"][tone="danger"] {
    background: $danger; border-color: $danger; color: $on_danger;
}

QPushButton[chip="true"][wide="true"] { padding: 3px 9px; }
QPushButton[lack="true"] { text-align: left; padding: 5px 9px; }

QFrame#offer { background: $card; border: 1px solid $warn; border-radius: 8px; }
QFrame#offerRow { border: 1px solid transparent; border-radius: 6px; }
QFrame#offerRow[on="true"] { background: $accent_bg; border-color: $accent; }

QFrame#field { background: $card; border: 1px solid $line; border-radius: 8px; }
QFrame#field[focused="true"] { border: 2px solid $accent; }
QPlainTextEdit, QLineEdit {
    background: $card; border: none; selection-background-color: $accent;
    selection-color: $on_accent; font-size: $s14; placeholder-text-color: $muted;
}
QLineEdit { border: 1px solid $line; border-radius: 6px; padding: 3px 6px; }
QLineEdit:focus { border: 2px solid $accent; padding: 2px 5px; }
QSpinBox, QComboBox {
    background: $card; border: 1px solid $line; border-radius: 6px; padding: 4px 6px;
    selection-background-color: $accent; selection-color: $on_accent; font-size: $s14;
}
QSpinBox:focus, QComboBox:focus { border: 2px solid $accent; padding: 3px 5px; }
QSpinBox:disabled, QComboBox:disabled, QLineEdit:disabled { background: $bg; color: $muted; }
QSpinBox QLineEdit, QSpinBox QLineEdit:focus { border: none; padding: 0 6px; background: transparent; }
QSpinBox::up-button, QSpinBox::down-button { width: $s24; border: none; background: transparent; }
QComboBox::drop-down { border: none; width: $s18; }
QComboBox QAbstractItemView {
    background: $card; border: 1px solid $line; selection-background-color: $accent;
    selection-color: $on_accent;
}
QLabel[role="kind"] {
    background: $accent_bg; color: $accent; border-radius: 5px; padding: 1px 7px;
    font-size: $s12;
}
QListView { background: transparent; border: none; outline: none; }
QListView:focus { border: 1px solid $accent; border-radius: 6px; }
QListView[bare="true"]:focus { border: none; }
QListWidget::item { padding: 5px 8px; border-radius: 6px; }
QListWidget::item:selected { background: $accent_bg; color: $ink; }
QScrollArea, QScrollArea > QWidget > QWidget#scrolled { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 8px; margin: 0; }
QScrollBar::handle:vertical { background: $line; border-radius: 4px; min-height: 24px; }
QScrollBar::handle:vertical:disabled { background: transparent; }
QScrollBar::add-line, QScrollBar::sub-line { height: 0; }
QToolTip { background: $card; color: $ink; border: 1px solid $line; padding: 4px; }
"""
