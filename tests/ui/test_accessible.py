"""For whoever does not see colours, or the screen, or holds no mouse: in every window and sheet."""

import ast
from collections import Counter
from functools import cache
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from pkgutil import walk_packages

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QFontMetricsF, QGuiApplication, QImage
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QScrollArea, QWidget

import ui
from tests.ui.gallery import controls, views
from tests.ui.test_theme import contrast, palette_of
from ui.broken_label import BrokenLabel
from ui.consult_sheet import ConsultWindow
from ui.labels import ElidedLabel
from ui.paper.window import PaperWindow
from ui.phrase_label import PhraseLabel
from ui.settings_window import SettingsWindow
from ui.sheet import Sheet
from ui.sidebar import Sidebar
from ui.wrapped_label import WrappedLabel

ROOT = Path(__file__).parents[2]
SIZE, LARGE = (340, 820), (560, 1000)
READABLE = 4.5

# The off-screen plugin says what it does not support.
pytestmark = [pytest.mark.expects_log, pytest.mark.usefixtures("key_store")]


# -- what is looked at ------------------------------------------------------------------------

# They are shown by what is made of them.
BASES = {"Sheet", "FormSheet", "PageSheet", "RowSheet", "_SentenceSheet"}


def kinds_of(base: type) -> set[type]:
    """All classes below one, however deep."""
    below = base.__subclasses__()
    return {*below, *(kind for each in below for kind in kinds_of(each))}


def test_the_gallery_has_every_sheet_and_every_window(seat):
    """What is added and not shown there would be tested by nobody."""
    for module in walk_packages(ui.__path__, "ui."):
        import_module(module.name)
    seen = set()
    for _, window in views(seat):
        seen |= {type(window), type(getattr(window, "sheet", None))}
    ours = {kind for kind in kinds_of(Sheet) if kind.__module__.startswith("ui.")}
    assert {kind.__name__ for kind in ours - seen} - BASES == set()
    assert {SettingsWindow, PaperWindow, ConsultWindow, Sidebar} <= seen


# -- names ------------------------------------------------------------------------------------


def said(widget: QWidget) -> str:
    """What a screen reader says it is."""
    told = QAccessible.queryAccessibleInterface(widget)
    return told.text(QAccessible.Text.Name).strip()


def test_every_control_has_a_name(seat):
    nameless = [
        f"{name}: {type(control).__name__} {control.objectName()}"
        for name, window in views(seat)
        for control in controls(window)
        if not said(control)
    ]
    assert nameless == []


# -- the order of Tab -------------------------------------------------------------------------


def tab_order(window: QWidget) -> list[QWidget]:
    """What Tab goes through, once round."""
    found, widget = [], window.nextInFocusChain()
    while widget is not window:
        if widget.isVisible() and widget.isEnabled() and widget.window() is window:
            reached = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            if reached and widget.focusProxy() is None:
                found.append(widget)
        widget = widget.nextInFocusChain()
    return found


def _area_of(widget: QWidget) -> QScrollArea | None:
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    return parent


def _place(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def seen_before_in(window: QWidget, one: QWidget, other: QWidget) -> bool:
    """The same of widgets; what can be scrolled out of sight is where its area is."""
    areas = _area_of(one), _area_of(other)
    if areas[0] is areas[1]:
        return seen_before(_place(one, window), _place(other, window))
    places = [_place(area or w, window) for area, w in zip(areas, (one, other), strict=True)]
    return seen_before(*places)


def seen_before(one: QRect, other: QRect) -> bool:
    """Whether the eye comes to one no later than to the other: above, or left of it in a row."""
    if one.bottom() <= other.top() + 4:
        return True
    is_in_one_row = one.top() < other.bottom() and other.top() < one.bottom()
    return is_in_one_row and one.left() <= other.left()


def test_tab_follows_the_eye(seat):
    wrong = []
    for name, window in views(seat):
        order = tab_order(window)
        assert order, name
        assert not [f"{type(w).__name__} {w.parent()}" for w in order if not said(w)], name
        places = [_place(_area_of(w) or w, window) for w in order]
        # Round about there is one way back to the beginning, wherever that is, and no more.
        backwards = [
            f"{name}: {said(order[a])!r} {places[a]} then {said(order[b])!r} {places[b]}"
            for a, b in pairwise([*range(len(order)), 0])
            if not seen_before_in(window, order[a], order[b])
        ]
        wrong += backwards if len(backwards) > 1 else []
    assert wrong == []


# -- contrast, as painted ---------------------------------------------------------------------


def texts(window: QWidget) -> list[QWidget]:
    """The widgets that paint words of their own."""
    found = [w for w in window.findChildren(QWidget) if w.isVisible() and _has_words(w)]
    return [w for w in found if w.maximumWidth()]  # a strut keeps a height and is not seen


def _has_words(widget: QWidget) -> bool:
    if isinstance(widget, QLabel):
        return bool(widget.text().strip())
    if isinstance(widget, QAbstractButton):
        return bool(widget.text().strip()) and not widget.findChildren(QLabel)
    if isinstance(widget, QLineEdit):
        return bool(widget.text() or widget.placeholderText())
    return isinstance(widget, WrappedLabel | PhraseLabel) and bool(widget.accessibleName().strip())


def painted_contrast(widget: QWidget, picture: QImage, ratio: float) -> float | None:
    """Of the ground, which most pixels have, to what stands out of it most; None where it is cut.

    Strokes are blurred at their rims: in a large type their middle has the colour itself.
    """
    seen = widget.visibleRegion().boundingRect()
    if seen.height() < widget.height() or seen.width() < widget.width():
        return None
    corner = widget.mapTo(widget.window(), seen.topLeft()) * ratio
    box = QRect(corner, seen.size() * ratio).adjusted(3, 2, -3, -2)
    part = picture.copy(box)
    colours = Counter(pixel & 0xFFFFFF for pixel in memoryview(part.constBits()).cast("I"))
    if len(colours) < 2:
        return None
    ground = colours.most_common(1)[0][0]
    return max(_contrast(rgb, ground) for rgb in colours)


@cache
def _contrast(one: int, other: int) -> float:
    return contrast(f"#{one:06x}", f"#{other:06x}")


@pytest.mark.parametrize("theme", ["light", "dark", "contrast", "aquatic"])
def test_every_word_can_be_read_as_painted(make_seat, theme):
    """WCAG AA, 4.5 to 1, of the pixels on the screen and not of the table they come from."""
    system = QGuiApplication.palette()
    is_own = theme in ("light", "dark", "contrast")
    try:
        if not is_own:
            QGuiApplication.setPalette(palette_of(theme))
        chosen = {"view__theme": theme if is_own else "contrast", "view__text_percent": 200}
        seat = make_seat(size=LARGE, **chosen).start()
        faint, count = [], 0
        for name, window in views(seat):
            picture = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
            for widget in texts(window):
                found = painted_contrast(widget, picture, picture.devicePixelRatio())
                count += found is not None
                if found is not None and found < READABLE:
                    faint.append(f"{name}: {type(widget).__name__} {said(widget)!r} {found:.2f}")
        assert count > 300
        assert faint == []
        seat.close()
    finally:
        QGuiApplication.setPalette(system)


# -- colour is never the only sign ------------------------------------------------------------


def test_what_is_red_or_amber_says_so_in_words(seat):
    """Labels that take a tone while time passes read otherwise, together with what is beside."""
    window = seat.window
    seat.begin_call()
    toned: dict[str, dict[str, str]] = {}

    def look():
        for label in window.findChildren(QLabel):
            if label.isVisible() and (tone := label.property("tone")) is not None:
                panel = label.parentWidget()
                words = [each.text() for each in panel.findChildren(QLabel) if each.isVisible()]
                toned.setdefault(str(id(label)), {})[tone] = _without_digits(" ".join(words))

    look()
    seat.act("hold")
    for _ in range(13):
        seat.wait(10)
        look()
    seat.act("hold")
    seat.act("hold")
    look()
    alike = [found for found in toned.values() if len(set(found.values())) < len(found)]
    assert any(len(found) > 1 for found in toned.values())
    assert alike == []


def _without_digits(text: str) -> str:
    return "".join("0" if char.isdigit() else char for char in text)


def test_what_is_chosen_differs_in_light_and_not_only_in_hue(seat):
    seat.begin_call()
    marks = seat.window.marks
    before = marks.grab().toImage()
    seat.act("temperature4")
    after = marks.grab().toImage()
    points = [(x, y) for x in range(after.width()) for y in range(after.height())]
    changed = [(x, y) for x, y in points if before.pixel(x, y) != after.pixel(x, y)]
    strong = [
        (x, y)
        for x, y in changed
        if contrast(before.pixelColor(x, y).name(), after.pixelColor(x, y).name()) >= 3
    ]
    assert len(strong) > len(changed) / 2


# -- 200 per cent -----------------------------------------------------------------------------


def runs_over(label: WrappedLabel) -> bool:
    """Whether a line of it, painted by hand, is wider than the label."""
    fonts = (label._look.font(label._size, bold=bold) for bold in (True, False))
    head, text = (QFontMetricsF(font).horizontalAdvance for font in fonts)
    lines = label._broken(label.width())
    return any(head(one) + text(other) > label.width() + 1 for one, other in lines)


def cut(widget: QWidget) -> bool:
    """Whether words have less room than they take. What ends in an ellipsis by design has a tip."""
    if isinstance(widget, ElidedLabel):
        return widget.height() < widget.fontMetrics().height()
    if isinstance(widget, WrappedLabel) and runs_over(widget):
        return True
    if isinstance(widget, BrokenLabel):
        advance = widget.fontMetrics().horizontalAdvance
        if any(advance(line) > widget.width() for line in widget.lines(widget.width())):
            return True
    if isinstance(widget, WrappedLabel | PhraseLabel | BrokenLabel):
        return widget.height() < widget.heightForWidth(widget.width())
    if isinstance(widget, QLineEdit):
        return widget.height() < widget.fontMetrics().height()
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.height() < widget.heightForWidth(widget.width())
    hint = widget.sizeHint()
    return widget.width() < hint.width() or widget.height() < hint.height()


@pytest.mark.parametrize("percent", [100, 125, 200])
def test_no_words_are_cut(make_seat, percent):
    width = {100: 340, 125: 380, 200: 560}[percent]
    seat = make_seat(size=(width, 1000), view__text_percent=percent).start()
    found = [
        f"{name}: {type(widget).__name__} {said(widget)!r} {widget.size()} {widget.sizeHint()}"
        for name, window in views(seat)
        for widget in texts(window)
        if cut(widget)
    ]
    assert found == []


# -- nothing moves ----------------------------------------------------------------------------


def test_nothing_is_animated():
    """There is no motion to be reduced: nothing here imports what moves."""
    moving = ("Animation", "QMovie", "QGraphics", "QTimeLine")
    for path in (ROOT / "ui").rglob("*.py"):
        names = {
            alias.name
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.ImportFrom | ast.Import)
            for alias in node.names
        }
        assert not [name for name in names if any(word in name for word in moving)], path
