"""The settings: one table from which reading, repair and the commented file are made."""

from __future__ import annotations

import contextlib
import re
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, cast

from msgspec import Struct, structs

from call.limits import Limits
from desktop.hotkeys.chord import neutral_form
from scripts_ja.texts import t
from ui import actions

Value = str | int
V = TypeVar("V", str, int)

MAX_TEXT = 200
_BOUNDS_BY_UNIT = {
    "minutes": (1, 600),
    "seconds": (1, 3600),
    "hours": (1, 720),
    "days": (7, 365),
}
_COUNT_BOUNDS = (1, 20)


class Setting(Struct, frozen=True):
    """One setting. ``low`` and ``high`` bound a number; ``choices`` a word, where not empty.

    A date is kept as 「2026-11-21」, empty where there is none.

    ``is_key``: a key such as ``Ctrl+Alt+M``, empty for its default, ``none`` for not global.
    """

    section: str
    key: str
    default: Value
    low: int = 0
    high: int = 0
    choices: tuple[str, ...] = ()
    is_date: bool = False
    is_key: bool = False
    is_folder: bool = False

    @property
    def name(self) -> str:
        """Section and key, as in the file and in the resources."""
        return f"{self.section}.{self.key}"


class Problem(Struct, frozen=True):
    """A value that was repaired, and the sentence that says so."""

    name: str
    message: str


def _limit_setting(name: str, default: int) -> Setting:
    low, high = _BOUNDS_BY_UNIT.get(name.rsplit("_", 1)[-1], _COUNT_BOUNDS)
    return Setting("limits", name, default, low, high)


TABLE: tuple[Setting, ...] = (
    Setting("desk", "name", ""),
    Setting("desk", "title", ""),
    Setting("desk", "company", ""),
    Setting("desk", "department", ""),
    Setting("desk", "superior", ""),
    Setting("desk", "superior_title", ""),
    Setting("desk", "stand_in", ""),
    Setting("desk", "stand_in_title", ""),
    Setting("desk", "extension", ""),
    Setting("desk", "contact_tel", ""),
    Setting("desk", "hours", ""),
    Setting("desk", "address", ""),
    Setting("desk", "help_line", ""),
    Setting("desk", "help_line_checked", "", is_date=True),
    Setting("desk", "code", ""),
    Setting("department", "folder", "", is_folder=True),
    Setting("folders", "handoffs", "", is_folder=True),
    Setting("view", "theme", "system", choices=("system", "light", "dark", "contrast")),
    Setting("view", "text_percent", 100, 100, 200),
    Setting("view", "clock_words", "24", choices=("24", "12")),
    Setting("view", "wording_marks", "on", choices=("on", "off")),
    Setting("view", "dock", "right", choices=("right", "left", "floating")),
    Setting("view", "compact", "off", choices=("on", "off")),
    Setting("view", "after_note", "stay", choices=("stay", "back")),
    Setting("flow", "first", "first_boss"),
    Setting("alerts", "hold_red_flash", "on", choices=("on", "off")),
    Setting("alerts", "hold_red_sound", "off", choices=("on", "off")),
    Setting("alerts", "reminder_sound", "off", choices=("on", "off")),
    Setting("alerts", "reminder_notice", "hidden", choices=("hidden", "always", "off")),
    Setting("start", "at_login", "off", choices=("on", "off")),
    *(
        Setting("papers", f"mask_{mask}", "off", choices=("on", "off"))
        for mask in ("phone", "names", "quotes")
    ),
    Setting("papers", "letter", "a5", choices=("a5", "a6")),
    Setting("encryption", "offer", "on", choices=("on", "off")),
    Setting("hotkeys", "backend", "auto", choices=("auto", "system", "keyboard", "none")),
    *(Setting("hotkeys", a.id, "", is_key=True) for a in actions.TABLE if a.is_global),
    *(_limit_setting(field.name, cast(int, field.default)) for field in structs.fields(Limits)),
)
_BY_NAME = {setting.name: setting for setting in TABLE}


class Settings:
    """Values by name; what is not set has its default."""

    def __init__(self, values: Mapping[str, Value] | None = None) -> None:
        self._values = dict(values or {})

    def value(self, name: str) -> Value:
        """The value of a setting."""
        return self._values.get(name, _BY_NAME[name].default)

    def text(self, name: str) -> str:
        """A word or name."""
        return str(self.value(name))

    def number(self, name: str) -> int:
        """A number within its bounds."""
        return int(self.value(name))

    def limits(self) -> Limits:
        """All limits as the core wants them."""
        names = [field.name for field in structs.fields(Limits)]
        return Limits(**{name: self.number(f"limits.{name}") for name in names})

    def changed(self, changes: Mapping[str, Value]) -> Settings:
        """The same settings with some values replaced."""
        return Settings({**self._values, **changes})

    def changed_values(self) -> dict[str, Value]:
        """What differs from the defaults."""
        return {k: v for k, v in self._values.items() if v != _BY_NAME[k].default}

    def given_values(self) -> dict[str, Value]:
        """What somebody has set, be it the default."""
        return dict(self._values)


def load(path: Path) -> tuple[Settings, tuple[Problem, ...]]:
    """Read the file; what is bad in it is repaired and told, never fatal."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return Settings(), ()
    except OSError:
        return Settings(), (Problem("", t("settings.unreadable", path=path)),)
    try:
        tree = tomllib.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        line = _line(error, raw)
        return Settings(), (Problem("", t("settings.not_toml", path=path, line=line)),)
    return checked(tree)


def checked(tree: Mapping[str, Any]) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings in a TOML tree, what is bad in it repaired and told."""
    values: dict[str, Value] = {}
    problems: list[Problem] = []
    for name, value in _flat(tree):
        setting = _BY_NAME.get(name)
        if setting is None:
            problems.append(Problem(name, t("settings.unknown", name=name)))
            continue
        good, message = repaired(setting, value)
        values[name] = good
        if message:
            problems.append(Problem(name, message))
    return Settings(values), tuple(problems)


def _flat(tree: Mapping[str, Any]) -> list[tuple[str, object]]:
    pairs: list[tuple[str, object]] = []
    for section, content in tree.items():
        if isinstance(content, dict):
            pairs += [(f"{section}.{key}", value) for key, value in content.items()]
        else:
            pairs.append((section, content))
    return pairs


def repaired(setting: Setting, value: object) -> tuple[Value, str]:
    """A usable value and, where it had to be changed, the sentence that says so."""
    label = t(f"settings.label.{setting.name}")
    if isinstance(setting.default, int):
        if not isinstance(value, int) or isinstance(value, bool):
            return setting.default, t(
                "settings.not_number", label=label, name=setting.name, default=setting.default
            )
        bounded = min(max(value, setting.low), setting.high)
        if bounded != value:
            return bounded, t(
                "settings.out_of_bounds",
                label=label,
                name=setting.name,
                low=setting.low,
                high=setting.high,
                value=bounded,
            )
        return value, ""
    return _repair_text(setting, value, label)


def _repair_text(setting: Setting, value: object, label: str) -> tuple[Value, str]:
    if setting.is_date:
        return _repair_date(setting, value, label)
    is_good = isinstance(value, str) and len(value) <= MAX_TEXT
    if is_good and setting.is_key and not is_key_setting(str(value)):
        return setting.default, t("settings.not_key", label=label, name=setting.name)
    if is_good and setting.is_folder and not is_folder_setting(str(value)):
        return setting.default, t("settings.not_folder", label=label, name=setting.name)
    if is_good and setting.choices and value not in setting.choices:
        is_good = False
    if is_good:
        return " ".join(str(value).split()), ""
    choices = "、".join(setting.choices)
    key = "settings.not_choice" if choices else "settings.not_text"
    return setting.default, t(key, label=label, name=setting.name, choices=choices)


def _repair_date(setting: Setting, value: object, label: str) -> tuple[Value, str]:
    """A date as TOML has it or as a text; a date and a time of day count as the date."""
    text = value.isoformat() if isinstance(value, date) else value
    if isinstance(text, str):
        with contextlib.suppress(ValueError):
            return date.fromisoformat(text.strip()[:10]).isoformat() if text.strip() else "", ""
    return setting.default, t("settings.not_date", label=label, name=setting.name)


def is_key_setting(value: str) -> bool:
    """Whether a value can stand for a key: nothing, ``none`` or a combination."""
    return value in ("", "none") or bool(neutral_form(value))


def is_folder_setting(value: str) -> bool:
    """Whether a value can name a folder: nothing, or a whole path."""
    with contextlib.suppress(RuntimeError):  # 「~somebody」, of whom nothing is known
        return not value.strip() or Path(value.strip()).expanduser().is_absolute()
    return False


def _line(error: Exception, raw: bytes) -> int:
    """Where reading stopped; what is said without a line was missed at the end."""
    if isinstance(error, UnicodeDecodeError):
        return raw[: error.start].count(b"\n") + 1
    found = re.search(r"line (\d+)", str(error))
    return int(found[1]) if found else len(raw.splitlines()) or 1
