"""The theme of high contrast: the system's own colours where they can be read well, else plain ones."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

from ui.theme import Tokens

# WCAG 2: AAA for running text, AA for the rest, and for lines.
_WELL_READABLE, _READABLE, _VISIBLE = 7.0, 4.5, 3.0
_BLACK, _WHITE = QColor("#000000"), QColor("#FFFFFF")
_WARN = {True: QColor("#FFD966"), False: QColor("#5C2E00")}
_DANGER = {True: QColor("#FFA8A0"), False: QColor("#8B0000")}


def contrast_ratio(first: QColor, second: QColor) -> float:
    """The contrast of two colours as WCAG 2 computes it, from 1 to 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def high_contrast(palette: QPalette) -> Tokens:
    """Tokens of two colours, a third for what is chosen, and signs that still differ in hue."""
    ground, ink = _ground_and_ink(palette)
    is_dark = _luminance(ground) < _luminance(ink)
    accent, on_accent = _accent(palette, ground, ink)
    warn = _on(ground, _WARN[is_dark], ink)
    danger = _on(ground, _DANGER[is_dark], ink)
    tints = {
        "accent_bg": _tint(ground, accent, (ink, accent)),
        "warn_bg": _tint(ground, warn, (ink, warn)),
        "danger_bg": _tint(ground, danger, (ink, danger)),
    }
    colours = {
        **dict.fromkeys(("bg", "card", "chip", "on_danger"), ground),
        **dict.fromkeys(("ink", "muted", "accent_dim"), ink),
        **dict.fromkeys(("on_accent", "on_accent_muted"), on_accent),
        **tints,
        "line": _line(ground, ink),
        "accent": accent,
        "warn": warn,
        "danger": danger,
    }
    return Tokens(**{name: colour.name() for name, colour in colours.items()})


def _ground_and_ink(palette: QPalette) -> tuple[QColor, QColor]:
    ground = palette.color(QPalette.ColorRole.Window)
    ink = palette.color(QPalette.ColorRole.WindowText)
    if contrast_ratio(ground, ink) >= _WELL_READABLE:
        return ground, ink
    is_dark = _luminance(ground) < _luminance(ink)
    return (_BLACK, _WHITE) if is_dark else (_WHITE, _BLACK)


def _accent(palette: QPalette, ground: QColor, ink: QColor) -> tuple[QColor, QColor]:
    """What the system chooses with, where it can be read on the ground and be written on."""
    accent = palette.color(QPalette.ColorRole.Highlight)
    written = palette.color(QPalette.ColorRole.HighlightedText)
    pairs = (accent, ground), (accent, written)
    is_good = all(contrast_ratio(*pair) >= _READABLE for pair in pairs)
    return (accent, written) if is_good else (ink, ground)


def _on(ground: QColor, wanted: QColor, ink: QColor) -> QColor:
    return wanted if contrast_ratio(ground, wanted) >= _WELL_READABLE else ink


def _tint(ground: QColor, hue: QColor, written: tuple[QColor, ...]) -> QColor:
    """A little of a colour under what is written in these; the bare ground where it would blur."""
    tint = _mixed(ground, hue, 0.15)
    is_good = all(contrast_ratio(tint, each) >= _READABLE for each in written)
    return tint if is_good else ground


def _line(ground: QColor, ink: QColor) -> QColor:
    """Halfway, so that the steps to come differ from those that are done."""
    line = _mixed(ground, ink, 0.6)
    return line if contrast_ratio(ground, line) >= _VISIBLE else ink


def _mixed(first: QColor, second: QColor, share: float) -> QColor:
    return QColor.fromRgbF(
        first.redF() + (second.redF() - first.redF()) * share,
        first.greenF() + (second.greenF() - first.greenF()) * share,
        first.blueF() + (second.blueF() - first.blueF()) * share,
    )


def _luminance(color: QColor) -> float:
    parts = (color.redF(), color.greenF(), color.blueF())
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
