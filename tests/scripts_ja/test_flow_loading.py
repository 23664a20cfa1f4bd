"""A person's folder laid over the shipped flows: what wins, what stands in, what is told."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scripts_ja.loader import MAX_FILES, check_flows, load_flows
from scripts_ja.model import Flow

GOOD = Path(__file__).with_name("own_flow.toml").read_text("utf-8")
SHIPPED = load_flows(None).book
SHIPPED_IDS = [flow.id for flow in SHIPPED.flows]
OWN_BOSS = GOOD.replace("own_flow", "first_boss").replace("Z1", "F1")


def _line(source: str, text: str) -> int:
    """The number of the first line that contains ``text``."""
    return source[: source.index(text)].count("\n") + 1


def _ids(folder: Path | None) -> list[str]:
    return [flow.id for flow in load_flows(folder).book.flows]


def _flow(folder: Path, flow_id: str) -> Flow:
    flow = load_flows(folder).book.flow(flow_id)
    assert flow is not None
    return flow


def test_a_new_flow_comes_after_the_shipped_ones(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(GOOD)
    assert _ids(tmp_path) == [*SHIPPED_IDS, "own_flow"]
    assert load_flows(tmp_path).problems == ()


def test_a_flow_of_the_same_id_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "anything.TOML").write_text(OWN_BOSS)
    assert _ids(tmp_path) == SHIPPED_IDS
    assert _flow(tmp_path, "first_boss").version == 3


def test_where_the_own_version_is_broken_the_shipped_one_stands_in(tmp_path: Path) -> None:
    (tmp_path / "boss.toml").write_text(OWN_BOSS.replace('goal = "end"', "goal = 3"))
    (tmp_path / "own.toml").write_text(GOOD)
    loaded = load_flows(tmp_path)
    assert _ids(tmp_path) == [*SHIPPED_IDS, "own_flow"]
    assert loaded.book.flow("first_boss") == SHIPPED.flow("first_boss")
    assert [problem.path.name for problem in loaded.problems] == ["boss.toml"]


def test_where_nothing_loads_the_shipped_flows_do(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"\xff\xfe")
    (tmp_path / "b.toml").write_text("")
    loaded = load_flows(tmp_path)
    assert loaded.book == SHIPPED
    assert [problem.path.name for problem in loaded.problems] == ["a.toml", "b.toml"]


def test_no_folder_is_no_problem_when_loading_but_one_when_checking(tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    assert load_flows(nowhere).problems == ()
    assert [(p.path, p.line) for p in check_flows(nowhere)] == [(nowhere, None)]


def test_the_same_id_twice_in_the_folder_keeps_the_first_by_name(tmp_path: Path) -> None:
    second = GOOD.replace("Z1", "Z2")
    (tmp_path / "b.toml").write_text(second)
    (tmp_path / "a.toml").write_text(GOOD)
    (problem,) = check_flows(tmp_path)
    assert problem.path.name == "b.toml"
    assert problem.line == _line(second, "own_flow")
    assert "own_flow" in problem.message
    assert "a.toml" in problem.message
    assert _flow(tmp_path, "own_flow").code == "Z1"


def test_a_code_that_is_taken_would_make_the_same_stage_ids(tmp_path: Path) -> None:
    own = GOOD.replace("Z1", "F1")
    (tmp_path / "own.toml").write_text(own)
    (problem,) = check_flows(tmp_path)
    assert "「F1」" in problem.message
    assert "first_boss" in problem.message
    assert problem.line == _line(own, "code =")
    assert load_flows(tmp_path).book == SHIPPED


def test_other_and_hidden_files_are_left_alone(tmp_path: Path) -> None:
    for name in ("notes.txt", "._own.toml", ".#own.toml", "own.toml~", "toml"):
        (tmp_path / name).write_text("no flow")
    assert check_flows(tmp_path) == ()


def test_a_file_instead_of_a_folder_is_a_problem(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    assert [problem.path for problem in load_flows(file).problems] == [file]
    assert load_flows(file).book == SHIPPED


def test_an_unreadable_file_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "own.toml"
    own.write_text(GOOD)
    really_open = Path.open

    def refuse(path: Path, *arguments: Any, **options: Any) -> Any:
        if path == own:
            raise PermissionError
        return really_open(path, *arguments, **options)

    # Not by its mode: the tests may run as root, who can read everything.
    monkeypatch.setattr(Path, "open", refuse)
    (problem,) = check_flows(tmp_path)
    assert "アクセス権" in problem.message


def test_too_many_files_are_not_all_read(tmp_path: Path) -> None:
    for number in range(MAX_FILES + 1):
        (tmp_path / f"{number:03}.toml").write_text("")
    problems = check_flows(tmp_path)
    assert len(problems) == MAX_FILES + 1
    assert problems[0].path == tmp_path


def test_checking_the_shipped_folder_finds_nothing() -> None:
    flows = Path(__file__).parents[2] / "scripts_ja" / "flows"
    assert len(list(flows.glob("*.toml"))) == len(SHIPPED.flows)
    assert check_flows(flows) == ()


def test_a_file_name_that_is_no_text_can_be_told(tmp_path: Path) -> None:
    try:
        (tmp_path / os.fsdecode(b"\xff.toml")).write_text("")
    except (OSError, UnicodeError):
        return  # this file system has no such names
    (problem,) = check_flows(tmp_path)
    problem.sentence.encode("utf-8")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(["a", "b", "c"]), st.binary(max_size=60)))
def test_no_folder_makes_loading_fail(tmp_path: Path, contents: dict[str, bytes]) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.toml").write_bytes(contents.get(name, GOOD.encode()))
    loaded = load_flows(tmp_path)
    assert loaded.book.flows[: len(SHIPPED_IDS)] == SHIPPED.flows
    assert {problem.path.stem for problem in loaded.problems} >= set(contents)
