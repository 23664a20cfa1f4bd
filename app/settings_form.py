"""The settings as a form sees them: each with its bounds, its source and who decides it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.own_settings import OwnSettings
from app.settings import TABLE, Setting, Value, repaired
from scripts_ja.model import FlowBook
from scripts_ja.texts import has_text, t
from ui.port.settings import SettingView

_HALF_HEAD = "（"


class SettingsForm:
    """Reads and changes the settings; what is locked by the department stays as it is."""

    def __init__(self, settings: OwnSettings, book: Callable[[], FlowBook]) -> None:
        self._settings = settings
        self._book = book
        self._table = {setting.name: setting for setting in TABLE}

    def all(self) -> tuple[SettingView, ...]:
        """Every setting but the keys of actions, in the order of the table."""
        return tuple(self._view(setting) for setting in TABLE if not setting.is_key)

    def try_value(self, name: str, value: Value) -> str:
        """Bring a value into force, or say in one sentence why not; empty where it is."""
        setting = self._table[name]
        if name in self._settings.locks:
            return t("settings_window.locked")
        good, problem = repaired(setting, value)
        if problem:
            return t(f"settings_window.unfit.{_kind(setting)}", low=setting.low, high=setting.high)
        if good != self._settings.current.value(name):
            self._settings.change({name: good})
        return ""

    def snapshot(self) -> Mapping[str, Value]:
        """One's own values, to be put back later."""
        return {setting.name: self._settings.own_value(setting.name) for setting in TABLE}

    def restore(self, snapshot: Mapping[str, Value]) -> None:
        """Put back what has changed since."""
        now = self.snapshot()
        changes = {name: value for name, value in snapshot.items() if now[name] != value}
        if changes:
            self._settings.change(changes)

    def listen(self, changed: Callable[[], None]) -> None:
        """Hear of every change, whoever made it."""
        self._settings.listen(changed)

    def _view(self, setting: Setting) -> SettingView:
        label, _, aside = t(f"settings.label.{setting.name}").partition(_HALF_HEAD)
        is_locked = setting.name in self._settings.locks
        unit = _unit(setting)
        return SettingView(
            name=setting.name,
            label=label,
            kind=_kind(setting),
            value=self._settings.current.value(setting.name),
            default=setting.default,
            low=setting.low,
            high=setting.high,
            choices=self._choices(setting),
            about="" if setting.choices or aside.rstrip("）") == unit else aside.rstrip("）"),
            source=_known(f"settings.source.{setting.key}"),
            unit=unit,
            is_locked=is_locked,
        )

    def _choices(self, setting: Setting) -> tuple[tuple[str, str], ...]:
        """Values with their words."""
        if setting.name == "flow.first":
            flows = tuple((flow.id, flow.title) for flow in self._book().flows)
            current = self._settings.get(setting.name)
            is_known = any(current == flow_id for flow_id, _ in flows)
            return flows if is_known else (*flows, (current, current))
        return tuple((value, _word(setting.name, value)) for value in setting.choices)


def _word(name: str, value: str) -> str:
    """The words of a choice: its own, else those that all choices of that value share."""
    keys = (f"settings.choice.{name}.{value}", f"settings.choice.every.{value}")
    return next((t(key) for key in keys if has_text(key)), value)


def _known(key: str) -> str:
    """That text, where there is one."""
    return t(key) if has_text(key) else ""


def _unit(setting: Setting) -> str:
    """What a number counts: its own word, else by the end of its name."""
    if not isinstance(setting.default, int):
        return ""
    by_name = _known(f"settings.unit.{setting.key}")
    return by_name or _known(f"settings.unit.{setting.key.rsplit('_', 1)[-1]}")


def _kind(setting: Setting) -> str:
    if setting.choices or setting.name == "flow.first":
        return "choice"
    if isinstance(setting.default, int):
        return "number"
    if setting.is_date:
        return "date"
    return "folder" if setting.is_folder else "text"
