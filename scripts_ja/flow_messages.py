"""Turns what ``tomllib`` and ``msgspec`` say about a flow or card file into Japanese sentences.

Both report in English text only, so their sentences are matched here and nowhere else; one that
is not known becomes a general sentence with the same place, never an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from itertools import pairwise

from msgspec import Struct

from scripts_ja.flow_problem import shown
from scripts_ja.model import Audience, HoldKind, NoteKind, PhraseCategory
from scripts_ja.source_lines import DataPath
from scripts_ja.texts import all_keys, t

_SYNTAX_REASONS: Mapping[str, str] = {
    "Expected '=' after a key": "equals",
    "Invalid statement": "statement",
    "Invalid initial character for a key part": "statement",
    "Expected newline or end of document": "after_value",
    "Invalid value": "value",
    "Unterminated string": "string_end",
    "Illegal character": "string_end",
    "Unescaped '\\'": "backslash",
    "Unclosed array": "array_end",
    "Unclosed inline table": "table_end",
    "Expected ']": "header_end",
    "Cannot overwrite a value": "twice",
    "Cannot declare": "twice",
    "Cannot redefine": "twice",
    "Cannot mutate": "twice",
    "Duplicate inline table key": "twice",
}
_CHOICES: Mapping[str, type[StrEnum]] = {
    "note_kinds": NoteKind,
    "hold": HoldKind,
    "audience": Audience,
    "category": PhraseCategory,
}
_PLACES: Mapping[str, str] = {
    "stages": "stage",
    "exits": "exit",
    "phrases": "phrase",
    "act_types": "act_type",
    "cards": "card",
}


class Finding(Struct, frozen=True):
    """One thing wrong inside a file: where in its data, and the sentence."""

    path: DataPath
    message: str


def syntax_message(error: ValueError) -> str:
    """Why the source is no TOML, and what to do."""
    english = str(error)
    for start, reason in _SYNTAX_REASONS.items():
        if english.startswith(start):
            return t(f"flows.syntax.{reason}")
    return t("flows.syntax.other")


def syntax_line(error: ValueError, source: str) -> int | None:
    """The line that ``tomllib`` names; the last one where it says "end of document"."""
    found = re.search(r"\(at line (\d+), column \d+\)$", str(error))
    if found:
        return int(found[1])
    if str(error).endswith("(at end of document)"):
        return len(source.rstrip("\n").split("\n"))
    return None


def validation_finding(error: Exception, data: object) -> Finding:
    """Where the data is not what the model wants, and what to do about it."""
    english, path = _split_path(str(error))
    for pattern, make in _VALIDATION:
        found = re.fullmatch(pattern, english, re.DOTALL)
        if found:
            return make(found, path, data)
    return Finding(path, t("flows.invalid.other", where=field_place(path, data)))


def table_place(path: DataPath, data: object) -> str:
    """The table of ``path`` in words, such as the second stage and its id."""
    words: list[str] = []
    for depth, (name, index) in enumerate(pairwise(path)):
        if name in _PLACES and isinstance(index, int):
            key = f"flows.place.{_PLACES[str(name)]}"
            words.append(t(key, number=index + 1, id=_id_at(data, path[: depth + 2])))
    return t("flows.place.join").join(words) if words else t("flows.place.top")


def field_place(path: DataPath, data: object) -> str:
    """The field of ``path`` in words, with its table and its place in a list."""
    where = table_place(path, data)
    names = [part for part in path if isinstance(part, str)]
    if not names or (len(path) > 1 and names[-1] in _PLACES and isinstance(path[-1], int)):
        return where
    if isinstance(path[-1], int):
        return t("flows.place.list_item", where=where, field=names[-1], number=path[-1] + 1)
    return t("flows.place.field", where=where, field=names[-1])


def _split_path(english: str) -> tuple[str, DataPath]:
    """The sentence and the path of ``… - at `$.stages[2].goal```."""
    # From the right: a field name out of the file may hold the same words.
    text, found, path = english.rpartition(" - at `$")
    if not found:
        return english, ()
    parts = re.findall(r"\.([A-Za-z_]\w*)|\[(\d+)\]", path)
    return text, tuple(name or int(index) for name, index in parts)


def _id_at(data: object, path: Sequence[str | int]) -> str:
    """The id of the table at ``path`` in parentheses, or nothing where it has none."""
    for part in path:
        try:
            data = data[part]  # type: ignore[index]
        except (LookupError, TypeError):
            return ""
    found = data.get("id") if isinstance(data, dict) else None
    return t("flows.place.id", id=shown(found)) if isinstance(found, str) and found else ""


def _missing(found: re.Match[str], path: DataPath, data: object) -> Finding:
    where = table_place(path, data)
    return Finding(path, t("flows.invalid.missing", where=where, field=found[1]))


def _unknown(found: re.Match[str], path: DataPath, data: object) -> Finding:
    where = table_place(path, data)
    message = t("flows.invalid.unknown", where=where, field=shown(found[1]))
    return Finding((*path, found[1]), message)


def _wrong_type(found: re.Match[str], path: DataPath, data: object) -> Finding:
    where = field_place(path, data)
    wanted = _type_name(found[1])
    return Finding(path, t("flows.invalid.type", where=where, wanted=wanted))


def _type_name(name: str) -> str:
    key = f"flows.type.{name}"
    return t(key) if key in all_keys() else name


def _wrong_choice(found: re.Match[str], path: DataPath, data: object) -> Finding:
    where = field_place(path, data)
    field = next((part for part in reversed(path) if isinstance(part, str)), "")
    choices = ", ".join(_CHOICES[field]) if field in _CHOICES else ""
    message = t("flows.invalid.choice", where=where, value=shown(found[1]), choices=choices)
    return Finding(path, message)


def _empty_text(_found: re.Match[str], path: DataPath, data: object) -> Finding:
    return Finding(path, t("flows.invalid.empty", where=field_place(path, data)))


def _too_few(found: re.Match[str], path: DataPath, data: object) -> Finding:
    where = field_place(path, data)
    return Finding(path, t("flows.invalid.too_few", where=where, count=found[1]))


def _too_many(found: re.Match[str], path: DataPath, data: object) -> Finding:
    where = field_place(path, data)
    return Finding(path, t("flows.invalid.too_many", where=where, count=found[1]))


def _wrong_pattern(_found: re.Match[str], path: DataPath, data: object) -> Finding:
    names = ["flow", *(part for part in path if isinstance(part, str))]
    # What the id of a card looks like is not what that of a stage does.
    keys = (f"flows.form.{names[-2]}_{names[-1]}", f"flows.form.{names[-1]}", "flows.form.other")
    form = next(t(key) for key in keys if key in all_keys())
    return Finding(path, t("flows.invalid.form", where=field_place(path, data), form=form))


def _out_of_range(found: re.Match[str], path: DataPath, data: object) -> Finding:
    where = field_place(path, data)
    bound = "at_least" if found[1] == ">=" else "at_most"
    return Finding(path, t(f"flows.invalid.{bound}", where=where, limit=found[2]))


_Maker = Callable[[re.Match[str], DataPath, object], Finding]
_VALIDATION: Sequence[tuple[str, _Maker]] = (
    (r"Object missing required field `(.*)`", _missing),
    (r"Object contains unknown field `(.*)`", _unknown),
    (r"Invalid enum value '(.*)'", _wrong_choice),
    (r"Expected `str` of length >= 1", _empty_text),
    (r"Expected `array` of length >= (\d+)", _too_few),
    (r"Expected `array` of length <= (\d+)", _too_many),
    (r"Expected `str` matching regex .*", _wrong_pattern),
    (r"Expected `int` (>=|<=) (\d+)", _out_of_range),
    (r"Expected `(\w+)`, got `.*`", _wrong_type),
)
