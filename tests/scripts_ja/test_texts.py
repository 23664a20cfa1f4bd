"""The accessor of texts, and the texts themselves: every key that code names exists."""

from __future__ import annotations

import ast
import string
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from scripts_ja import texts
from scripts_ja.text_tables import TextTables
from scripts_ja.texts import all_keys, has_text, t, template

ROOT = Path(__file__).parents[2]
# Not "tests": tests ask for keys that do not exist on purpose.
ROOMS = ["app", "call", "desktop", "handoff", "scripts_ja", "storage", "ui", "main.py"]


@pytest.fixture
def own_texts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder of texts of the test's own."""
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "first_frame.toml").write_text("[first]\n")
    monkeypatch.setattr(texts, "_tables", TextTables(tmp_path / "texts"))
    return tmp_path / "texts"


def test_files_are_merged_by_dotted_key(own_texts: Path) -> None:
    (own_texts / "a.toml").write_text('[one]\nx = "1"\n[one.two]\ny = "2"\n')
    (own_texts / "b.toml").write_text('[one]\nz = "3"\n')
    (own_texts / "note.txt").write_text("no texts")
    assert all_keys() == {"one.x", "one.two.y", "one.z"}
    assert t("one.two.y") == "2"
    assert template("one.z") == "3"


def test_values_are_put_in_and_never_formatted_again(own_texts: Path) -> None:
    (own_texts / "a.toml").write_text('[a]\nb = "{key}|{n:02d}|{{x}}"')
    assert t("a.b", key="{n} {nothing} <b>", n=7) == "{n} {nothing} <b>|07|{x}"


def test_a_missing_key_is_named() -> None:
    with pytest.raises(KeyError, match=r"no\.such\.key"):
        t("no.such.key")
    with pytest.raises(KeyError, match=r"no\.such\.key"):
        template("no.such.key")


def test_a_missing_value_is_named_with_the_key(own_texts: Path) -> None:
    (own_texts / "a.toml").write_text('[a]\nb = "{name}"')
    with pytest.raises(KeyError, match=r"a\.b: value 'name'"):
        t("a.b", other=1)


def test_a_key_given_twice_is_refused(own_texts: Path) -> None:
    (own_texts / "a.toml").write_text('[x]\ny = "1"')
    (own_texts / "b.toml").write_text('[x]\ny = "2"')
    with pytest.raises(ValueError, match=r"b\.toml: text x\.y"):
        all_keys()


def test_a_value_that_is_no_text_is_refused(own_texts: Path) -> None:
    (own_texts / "a.toml").write_text("[x]\ny = 1")
    with pytest.raises(TypeError, match=r"x\.y"):
        all_keys()


def test_texts_are_read_once(own_texts: Path) -> None:
    (own_texts / "a.toml").write_text('[x]\ny = "1"')
    assert t("x.y") == "1"
    (own_texts / "a.toml").write_text('[x]\ny = "2"')
    assert t("x.y") == "1"


def test_only_the_tables_that_are_asked_for_are_parsed(own_texts: Path) -> None:
    (own_texts / "a.toml").write_text('[one]\nx = "1"\n[two]\ny = 2\n')
    assert t("one.x") == "1"
    with pytest.raises(TypeError, match=r"two\.y"):
        t("two.y")


def test_a_broken_table_is_said_to_be_broken_each_time(own_texts: Path) -> None:
    (own_texts / "a.toml").write_text('[x]\ny = "1"\nz = 2\n')
    for _ in range(2):
        with pytest.raises(TypeError, match=r"x\.z"):
            t("x.y")


def test_a_table_is_brought_from_all_files_and_all_tables_around_it(own_texts: Path) -> None:
    (own_texts / "a.toml").write_text('[one]\ntwo.y = "1"\n')
    (own_texts / "b.toml").write_text('[one.two]\nx = "2"\n')
    assert (t("one.two.x"), t("one.two.y")) == ("2", "1")


# --- the shipped texts against the code that names them -----------------------------------------


def fields(text: str) -> set[str]:
    """The names of the values that a text wants.

    Raises:
        ValueError: the braces of the text do not match.
    """
    found = (name for _, name, _, _ in string.Formatter().parse(text) if name is not None)
    return {name.partition(".")[0].partition("[")[0] for name in found}


@pytest.mark.parametrize("key", sorted(all_keys()))
def test_a_text_formats_with_named_values(key: str) -> None:
    assert template(key).strip()
    assert all(name.isidentifier() for name in fields(template(key)))


class Use(NamedTuple):
    """One key named in code. ``is_prefix``: only the beginning of the key is known."""

    place: str
    key: str
    is_prefix: bool
    values: set[str] | None


def uses_in(source: str, name: str) -> Iterator[Use]:
    """Every call of ``t`` with a key that can be read off the source."""
    tree = ast.parse(source)
    called = set(_names_of_t(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and ast.unparse(node.func) in called:
            values = {keyword.arg for keyword in node.keywords}
            given = None if None in values else {value for value in values if value}
            for key, is_prefix in _keys(node.args[0]):
                yield Use(f"{name}:{node.lineno}", key, is_prefix, given)


def _names_of_t(tree: ast.AST) -> Iterator[str]:
    """The names under which a module can call ``t``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name == "scripts_ja.texts":
                    yield f"{alias.asname or alias.name}.t"
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if (node.module, alias.name) == ("scripts_ja.texts", "t"):
                    yield alias.asname or alias.name
                elif (node.module, alias.name) == ("scripts_ja", "texts"):
                    yield f"{alias.asname or alias.name}.t"


def _keys(node: ast.expr) -> Iterator[tuple[str, bool]]:
    """The keys an expression can be: literals whole, f-strings and sums by their beginning."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value, False
    elif isinstance(node, ast.IfExp):
        yield from _keys(node.body)
        yield from _keys(node.orelse)
    elif isinstance(node, ast.JoinedStr) and node.values:
        yield from ((key, True) for key, _ in _keys(node.values[0]))
    elif isinstance(node, ast.BinOp):
        yield from ((key, True) for key, _ in _keys(node.left))


def complaint(use: Use) -> str | None:
    """What is wrong with one use of a key, or None."""
    known = all_keys()
    if use.is_prefix:
        found = any(key.startswith(use.key) for key in known)
        return None if found else f"{use.place}: no text begins with {use.key}"
    if use.key not in known:
        return f"{use.place}: no text {use.key}"
    missing = fields(template(use.key)) - use.values if use.values is not None else set()
    return f"{use.place}: {use.key} also wants {sorted(missing)}" if missing else None


def shipped_uses() -> Iterator[Use]:
    """Every use of a key in the rooms that exist; a file that is no Python yet is passed over."""
    for room in ROOMS:
        path = ROOT / room
        for file in [path] if path.is_file() else sorted(path.rglob("*.py")):
            try:
                yield from uses_in(file.read_text("utf-8"), str(file.relative_to(ROOT)))
            except (SyntaxError, ValueError, OSError):
                continue  # other checks say so, and say it better


def test_every_shipped_text_stands_in_a_table() -> None:
    """Before the first one nobody would find it."""
    files = (ROOT / "scripts_ja" / "texts").glob("*.toml")
    tops = [tomllib.loads(file.read_text("utf-8")).values() for file in files]
    assert all(isinstance(top, dict) for each in tops for top in each)


def test_every_key_that_code_names_exists_and_gets_its_values() -> None:
    uses = list(shipped_uses())
    assert any(use.place.startswith("scripts_ja") for use in uses)
    complaints = [text for use in uses if (text := complaint(use))]
    assert not complaints, "\n".join(complaints)


def test_every_text_of_the_flows_and_cards_is_used() -> None:
    uses = list(shipped_uses())
    exact = {use.key for use in uses if not use.is_prefix}
    prefixes = tuple(use.key for use in uses if use.is_prefix)
    # Keys that are chosen at run time as a whole, from a table.
    prefixes += ("flows.place.", "flows.type.", "flows.form.")
    flows = {key for key in all_keys() if key.startswith(("flows.", "cards."))}
    assert {key for key in flows - exact if not key.startswith(prefixes)} == set()


@pytest.mark.parametrize(
    ("code", "keys"),
    [
        ("from scripts_ja.texts import t\nt('a.b', n=1)", [("a.b", False, {"n"})]),
        ("from scripts_ja.texts import t as say\nsay('a.b', **v)", [("a.b", False, None)]),
        ("from scripts_ja import texts\ntexts.t('a.b')", [("a.b", False, set())]),
        ("import scripts_ja.texts\nscripts_ja.texts.t('a')", [("a", False, set())]),
        ("from scripts_ja.texts import t\nt(f'a.{x}')", [("a.", True, set())]),
        ("from scripts_ja.texts import t\nt('a.' + x)", [("a.", True, set())]),
        (
            "from scripts_ja.texts import t\nt('a' if x else 'b')",
            [("a", False, set()), ("b", False, set())],
        ),
        ("from scripts_ja.texts import t\nt(key)", []),
        ("def t(x): ...\nt('a.b')", []),
    ],
)
def test_uses_are_read_off_the_source(code: str, keys: list[tuple[object, ...]]) -> None:
    assert [tuple(use)[1:] for use in uses_in(code, "x.py")] == keys


@pytest.mark.parametrize(
    ("use", "says"),
    [
        (Use("x:1", "flows.at_line", False, {"file", "line", "message"}), None),
        (Use("x:1", "flows.at_line", False, None), None),
        (Use("x:1", "flows.at_line", False, {"file"}), "x:1: flows.at_line also wants"),
        (Use("x:1", "flows.at_lin", False, None), "x:1: no text flows.at_lin"),
        (Use("x:1", "flows.place.", True, None), None),
        (Use("x:1", "flows.plaice.", True, None), "x:1: no text begins with flows.plaice."),
    ],
)
def test_a_wrong_use_is_complained_about(use: Use, says: str | None) -> None:
    found = complaint(use)
    assert found == says if says is None else found is not None and found.startswith(says)


def test_to_ask_whether_there_is_a_text_brings_only_its_tables(monkeypatch):
    fresh = TextTables(Path(texts.__file__).with_name("texts"))
    monkeypatch.setattr(texts, "_tables", fresh)
    assert has_text("undo.step.other")
    assert not has_text("undo.step.Nobody")
    assert not has_text("nowhere.at_all")
    assert 0 < fresh.known < 300
