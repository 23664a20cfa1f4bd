"""What the documents name is there, and what a command makes of them is up to date."""

import importlib.util
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from app.arguments import _parser
from ui.actions import DEFAULTS, TABLE
from ui.case_sheet import COMMANDS

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
GUIDE = (DOCS / "USER_GUIDE.ja.md").read_text(encoding="utf-8")
PAGES = sorted([*DOCS.glob("*.md"), *DOCS.glob("adr/*.md"), *ROOT.glob("*.md")])
_KEY = re.compile(r"(?<!\w)((?:(?:Ctrl|Alt|Shift)\+)+(?:[A-Z0-9]|[^\w\s*）。、])|F\d{1,2})(?!\w)")
ROOMS = (
    *("app", "call", "desktop", "handoff", "scripts_ja", "storage", "ui"),
    *("benchmarks", "docs", "installer", "tests", "tools"),
)
# Of the input method, named in the guide as its own.
NOT_OURS = {"F6", "F10"}


def tool(name, folder="tools"):
    spec = importlib.util.spec_from_file_location(name, ROOT / folder / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_links_to_is_there(page):
    links = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_file_that_a_page_names_is_there(page):
    """Of ours: what has a folder that we have, or is a module; a folder may be left out."""
    text = page.read_text(encoding="utf-8")
    named = {name for name in re.findall(r"`([\w./-]+)`", text) if name.endswith(".py")}
    named |= {name for name in re.findall(r"`(\w+/[\w./-]+)`", text) if name.split("/")[0] in ROOMS}
    ours = {
        path.relative_to(ROOT).as_posix() for room in ROOMS for path in (ROOT / room).rglob("*")
    }
    ours |= {"main.py"}
    gone = [
        name
        for name in named
        if not any(f"/{path}".endswith(f"/{name.rstrip('/')}") for path in ours)
    ]
    assert gone == []


def test_the_keys_of_the_guide_are_those_of_the_program():
    named = set(_KEY.findall(GUIDE))
    assert len(named) > 30
    assert named - NOT_OURS - set(DEFAULTS.values()) - set(COMMANDS) == set()


def test_the_list_of_keys_says_of_each_whether_it_is_global():
    page = (DOCS / "KEYS.md").read_text(encoding="utf-8")
    said = {}
    for keys, word in re.findall(r"^\| [^|]+ \| ([^|]+) \| (yes|no) \|", page, re.MULTILINE):
        for key in re.split("[;,] ", keys):
            first, _, last = key.partition(" … ")
            names = (
                [first[:-1] + str(n) for n in range(int(first[-1]), int(last) + 1)]
                if last
                else [key]
            )
            said |= dict.fromkeys(names, word == "yes")
    ours = {DEFAULTS[action.id]: action.is_global for action in TABLE}
    assert {key: said.get(key) for key in ours} == ours


def test_the_guide_to_flows_names_them_as_the_screen_does():
    page = (DOCS / "FLOWS.ja.md").read_text(encoding="utf-8")
    folder = ROOT / "scripts_ja" / "flows"
    titles = {
        path.name: tomllib.loads(path.read_text(encoding="utf-8"))["title"]
        for path in folder.glob("*.toml")
    }
    assert dict(re.findall(r"^\| `(\w+\.toml)` \| (.+) \|$", page, re.MULTILINE)) == titles


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_command_that_a_page_names_is_one(page):
    """Every `make WORD` and `main.py WORD`, and each option on the same line."""
    text = page.read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert set(re.findall(r"`make ([a-z-]+)", text)) <= set(targets)
    top = _parser()
    (commands,) = (each for each in top._actions if isinstance(each.choices, dict))
    for word, rest in re.findall(r"main\.py ([a-z][a-z-]*)([^`\n]*)", text):
        assert word in commands.choices, word
        known = {"--data-dir", *commands.choices[word]._option_string_actions}
        if word == "ctl":
            known.add("--json")  # it reads its words itself, without argparse
        assert set(re.findall(r"(?<=\s)\[?(--[a-z-]+)", rest)) <= known, (word, rest)


def test_the_guide_shows_what_its_command_makes(tmp_path):
    shown = re.findall(r"\(pictures/guide/([\w-]+)\.png\)", GUIDE)
    command = [sys.executable, str(ROOT / "tools" / "guide_pictures.py"), str(tmp_path)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    made = {path.stem for path in tmp_path.glob("*.png")}
    kept = {path.stem for path in (DOCS / "pictures" / "guide").glob("*.png")}
    assert sorted(shown) == sorted(made) == sorted(kept)


def test_the_page_of_keys_is_up_to_date():
    keys_card = tool("keys_card")
    assert (DOCS / "KEYS_CARD.ja.html").read_text(encoding="utf-8") == keys_card.card()
    placed = [family for _, group in keys_card.grouped() for family in group]
    assert sorted(placed) == sorted(keys_card.families())


def test_the_picture_of_the_house_is_up_to_date():
    drawn = tool("architecture_picture")
    assert drawn.PICTURE.read_text(encoding="utf-8") == drawn.picture(drawn.imports())


def test_the_glossary_names_what_is_in_the_code():
    text = (DOCS / "GLOSSARY.md").read_text(encoding="utf-8")
    code = "\n".join(p.read_text(encoding="utf-8") for p in ROOT.glob("[acdhsu]*/**/*.py"))
    names = re.findall(r"`([^`]+)`", text.partition("|---")[2])
    assert [name for name in names if not _is_there(name, code)] == []


def _is_there(name, code):
    if "/" in name:
        return (ROOT / name).exists()
    return bool(re.search(rf"\b{re.escape(name)}\b", code)) or name.startswith("F1-")


def test_the_guide_to_flows_shows_what_the_check_says(tmp_path):
    """Each mistake of its table, made in a copy of the file that it names."""
    page = (DOCS / "FLOWS.ja.md").read_text(encoding="utf-8")
    text = (ROOT / "scripts_ja" / "flows" / "first_general.toml").read_text(encoding="utf-8")
    broken = [
        text.replace('お困りのことと存じます。"', "お困りのことと存じます。", 1),
        text.replace("{company}", "{会社}", 1),
        text.replace('to = "F2-S2"', 'to = "F2-S9"', 1),
        text.replace("お困りのところ、お電話", "ですから、お電話", 1),
    ]
    contents = [*(each.encode() for each in broken), text.encode("cp932")]
    said = [_said_of(tmp_path / str(number), content) for number, content in enumerate(contents)]
    assert [each for each in said if f"| {each} |" not in page] == []
    good = text.replace("それは、さぞお困りのことと存じます。", "さぞお困りでいらっしゃいますね。")
    assert _said_of(tmp_path / "good", good.encode()) == ""


def _said_of(folder, content):
    folder.mkdir()
    (folder / "first_general.toml").write_bytes(content)
    command = [sys.executable, str(ROOT / "main.py"), "flows", "check", str(folder)]
    done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")
    return done.stderr.strip()


def test_every_package_of_a_build_brings_its_licence():
    installer = tool("bundled", "installer")
    packages = installer.bundled(ROOT)
    assert {"sqlite-utils", "tabulate", "pyside6-essentials", "pynacl"} <= set(packages)
    bare = [name for name in packages if not installer.licence_files(name)]
    assert set(bare) <= installer.OF_QT | {"yorisoi"}  # ours is in the build by name
    assert {"LGPL-3.0.txt", "GPL-3.0.txt"} <= {p.name for p in (DOCS / "licences").iterdir()}


def test_every_package_of_a_build_is_described():
    text = (DOCS / "DEPENDENCIES.md").read_text(encoding="utf-8").lower()
    packages = set(tool("bundled", "installer").bundled(ROOT)) - {"yorisoi", "shiboken6"}
    assert [name for name in packages if name not in text] == []
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [line for extra in project["optional-dependencies"].values() for line in extra]
    names = {re.match(r"[\w-]+", line)[0].lower() for line in asked}
    assert [name for name in names if not re.search(rf"\b{name}\b", text)] == []
