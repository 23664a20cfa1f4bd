"""The tokens: every text can be read on what it stands on, and every size grows together."""

import re

import pytest
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from ui import theme
from ui.contrast import high_contrast
from ui.theme import DARK, LIGHT, TEXT_STEPS, Look, look_for, next_text_step

READABLE = 4.5
# What is written, and on what.
PAIRS = [
    ("ink", "bg"),
    ("ink", "card"),
    ("ink", "accent_bg"),
    ("muted", "bg"),
    ("muted", "card"),
    ("muted", "chip"),
    ("muted", "accent_bg"),
    ("accent", "accent_bg"),
    ("on_accent", "accent"),
    ("on_accent_muted", "accent"),
    ("warn", "bg"),
    ("warn", "card"),
    ("warn", "warn_bg"),
    ("danger", "bg"),
    ("danger", "card"),
    ("danger", "danger_bg"),
    ("on_danger", "danger"),
]


def luminance(name: str) -> float:
    parts = (QColor(name).redF(), QColor(name).greenF(), QColor(name).blueF())
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_wcag_does():
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS, ids="/".join)
def test_text_is_readable_on_its_ground(tokens, text, ground):
    assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= READABLE


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["bg", "card"])
def test_the_focus_ring_can_be_seen(tokens, ground):
    assert contrast(tokens.accent, getattr(tokens, ground)) >= 3


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_every_token_is_a_colour(tokens):
    for name, colour in tokens._asdict().items():
        assert QColor(colour).isValid(), name


@pytest.mark.parametrize("theme_name", ["light", "dark"])
def test_the_hint_in_an_empty_field_is_readable(make_seat, theme_name):
    """It says what this stage wants recorded."""
    seat = make_seat(view__theme=theme_name).start()
    seat.act("keys_help")
    for field in [*seat.window.findChildren(QPlainTextEdit), *seat.window.findChildren(QLineEdit)]:
        hint = field.palette().placeholderText().color()
        assert hint.alpha() == 255
        assert contrast(hint.name(), seat.window.look.tokens.card) >= READABLE


def test_every_colour_of_the_stylesheet_comes_from_the_table():
    assert not re.findall(r"#[0-9A-Fa-f]{3,8}\b", theme._STYLE)


@pytest.mark.parametrize("percent", TEXT_STEPS)
def test_every_size_of_the_stylesheet_grows_with_the_text(percent):
    sheet = Look(LIGHT, percent).stylesheet()
    assert "$" not in sheet
    assert f"font-size: {round(44 * percent / 100)}px" in sheet
    assert f"font-size: {round(13 * percent / 100)}px" in sheet


def test_text_steps_go_round():
    steps = [100]
    for _ in range(4):
        steps.append(next_text_step(steps[-1]))
    assert steps == [100, 125, 150, 200, 100]
    assert next_text_step(110) == 125


@pytest.mark.parametrize(
    ("name", "system_is_dark", "tokens"),
    [
        ("light", True, LIGHT),
        ("dark", False, DARK),
        ("system", True, DARK),
        ("system", False, LIGHT),
    ],
)
def test_the_theme_follows_the_setting_then_the_system(name, system_is_dark, tokens):
    assert look_for(name, 100, system_is_dark=system_is_dark).tokens is tokens


# -- high contrast ----------------------------------------------------------------------------

# Window, its text, what is chosen, its text: a contrast theme of Windows, and systems as they come.
PALETTES = {
    "aquatic": ("#202020", "#FFFFFF", "#8EE3F0", "#263B50"),
    "desert": ("#FFFAEF", "#3D3D3D", "#903909", "#FFF5E3"),
    "night sky": ("#000000", "#FFFFFF", "#D6B4FD", "#2B2B2B"),
    "plain light": ("#EFEFEF", "#000000", "#308CC6", "#FFFFFF"),
    "plain dark": ("#323232", "#F0F0F0", "#308CC6", "#FFFFFF"),
    "grey on grey": ("#777777", "#888888", "#777777", "#777777"),
    "barely": ("#FFFFFF", "#595959", "#767676", "#FFFFFF"),
    "coloured": ("#004000", "#FFFF00", "#FF0000", "#00FF00"),
}


def palette_of(name: str) -> QPalette:
    palette = QPalette()
    roles = (
        QPalette.ColorRole.Window,
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Highlight,
        QPalette.ColorRole.HighlightedText,
    )
    for role, colour in zip(roles, PALETTES[name], strict=True):
        palette.setColor(role, QColor(colour))
    return palette


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize(("text", "ground"), PAIRS, ids="/".join)
def test_high_contrast_can_be_read_whatever_the_system_has(name, text, ground):
    tokens = high_contrast(palette_of(name))
    wanted = 7 if text in ("ink", "muted") and ground in ("bg", "card") else READABLE
    assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= wanted


@pytest.mark.parametrize("name", PALETTES)
def test_lines_and_the_focus_can_be_seen_in_high_contrast(name):
    tokens = high_contrast(palette_of(name))
    assert contrast(tokens.line, tokens.bg) >= 3
    assert contrast(tokens.accent, tokens.bg) >= 3
    assert tokens.line != tokens.accent_dim or name == "barely"  # there is nothing between


def test_high_contrast_takes_the_systems_colours_where_they_can_be_read():
    tokens = high_contrast(palette_of("aquatic"))
    assert (tokens.bg, tokens.ink) == ("#202020", "#ffffff")
    assert (tokens.accent, tokens.on_accent) == ("#8ee3f0", "#263b50")
    assert high_contrast(palette_of("grey on grey")).bg in ("#000000", "#ffffff")


def test_the_window_can_be_seen_in_high_contrast(make_seat):
    seat = make_seat(view__theme="contrast").start()
    palette = QGuiApplication.palette()
    assert seat.window.look.tokens == high_contrast(palette)


def test_the_window_follows_the_system_while_it_is_open(make_seat):
    seat = make_seat(view__theme="contrast").start()
    before = QGuiApplication.palette()
    try:
        QGuiApplication.setPalette(palette_of("aquatic"))
        assert seat.window.look.tokens.bg == "#202020"
        seat.controller.trigger("settings")
        QGuiApplication.setPalette(palette_of("night sky"))
        assert seat.window.look.tokens.bg == "#000000"
        assert "#d6b4fd" in seat.controller.settings.window.styleSheet()
        last = seat.window.look
        seat.close()
        QGuiApplication.setPalette(palette_of("desert"))  # nobody is there to be told
        assert seat.window.look is last
    finally:
        QGuiApplication.setPalette(before)
