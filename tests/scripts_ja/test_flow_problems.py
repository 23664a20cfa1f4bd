"""Each way that a flow file can be wrong: one Japanese sentence, with the line."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts_ja.flow_file import MAX_FILE_BYTES, FlowFile, parse_flow
from scripts_ja.flow_problem import FlowProblem, shown
from scripts_ja.loader import check_flows

HERE = Path("own.toml")
GOOD = Path(__file__).with_name("own_flow.toml").read_text("utf-8")


def broken(old: str, new: str, *, at: int = 0) -> str:
    """``GOOD`` with the ``at``-th occurrence of ``old`` replaced by ``new``.

    Raises:
        ValueError: ``old`` is not there so often; the test that asks is out of date.
    """
    position = -1
    for _ in range(at + 1):
        position = GOOD.index(old, position + 1)
    return GOOD[:position] + new + GOOD[position + len(old) :]


def line_with(source: str, text: str, *, at: int = 0) -> int:
    """The number of the ``at``-th line that contains ``text``."""
    lines = [number for number, line in enumerate(source.split("\n"), 1) if text in line]
    return lines[at]


def _problems(source: str | bytes) -> tuple[FlowProblem, ...]:
    content = source.encode() if isinstance(source, str) else source
    parsed = parse_flow(HERE, content)
    assert not isinstance(parsed, FlowFile), "the broken file loaded"
    return parsed


def _only(source: str | bytes) -> FlowProblem:
    problems = _problems(source)
    assert len(problems) == 1
    _assert_one_japanese_sentence(problems[0])
    return problems[0]


def _assert_one_japanese_sentence(problem: FlowProblem) -> None:
    assert problem.message.endswith("。")
    assert problem.message.count("。") == 1
    # It says what to do.
    assert re.search("(てください|でください)。|ください（", problem.message)
    assert re.search("[ぁ-ん]", problem.message)
    assert "Expected" not in problem.message


def test_the_good_file_is_good() -> None:
    assert isinstance(parse_flow(HERE, GOOD.encode()), FlowFile)


# --- what a typing mistake makes ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "line_text", "says"),
    [
        ('goal = "begin"', 'goal "begin"', 'goal "begin"', "「=」がありません"),
        ('goal = "begin"', 'goal = "begin', 'goal = "begin', "閉じていません"),
        ('goal = "begin"', "goal = begin", "goal = begin", "値が読めません"),
        ('goal = "begin"', 'goal = "begin" x', "goal =", "余分な文字"),
        ('goal = "begin"', 'goal = "a\\q"', "goal =", "「\\」が読めません"),
        ('goal = "begin"', '?goal = "begin"', "?goal", "項目名として読めない"),
        ('goal = "begin"', 'id = "again"', 'id = "again"', "二度書かれて"),
        ('dont = ["never"]', 'dont = ["never"', "note_kinds", "「]」と「,」"),
        (
            '{ to = "Z1-S2", when = "ready" }',
            '{ to = "Z1-S2" when = "r" }',
            "Z1-S2",
            "「}」と「,」",
        ),
        ("[[stages]]", "[[stages", "[[stages", "見出しのかっこ"),
        ('goal = "begin"', 'goal = "\\ud800"', "goal =", "（TOML）に誤り"),
    ],
)
def test_syntax(old: str, new: str, line_text: str, says: str) -> None:
    source = broken(old, new)
    problem = _only(source)
    assert says in problem.message
    assert problem.line == line_with(source, line_text)


def test_syntax_at_the_end_of_the_file() -> None:
    source = GOOD + 'more = """\nunfinished\n'
    problem = _only(source)
    assert "閉じていません" in problem.message
    assert problem.line == line_with(source, "unfinished")


# --- what is well written and means nothing -----------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "line_text", "says"),
    [
        ('title = "own"\n', "", None, ("ファイルの先頭の部分に title がありません",)),
        ('goal = "end"\n', "", "[[stages]]@1", ("2番目の段階（Z1-S2）に goal がありません",)),
        ('goal = "end"', 'gaol = "end"', "gaol", ("2番目の段階（Z1-S2）にある gaol", "使えません")),
        ('goal = "end"', "goal = 3", "goal = 3", ("（Z1-S2）の goal の値の種類", "囲んだ文")),
        ('goal = "end"', 'goal = ""', 'goal = ""', ("（Z1-S2）の goal が空",)),
        ("version = 3", 'version = "3"', "version", ("version の値の種類", "整数")),
        ("version = 3", "version = 0", "version", ("version の数が小さすぎ", "1以上")),
        ("version = 3", "version = 9999999999999999999999", "version", ("大きすぎ", "999999以下")),
        ("hearing_try = 2", "hearing_try = 3", "hearing_try", ("大きすぎ", "2以下")),
        ('  "two",', "  2,", "  2,", ("（Z1-S1）の record の2番目の値の種類",)),
        (
            '"memo"]',
            '"memory"]',
            "memory",
            ("note_kinds の3番目に「memory」は", "ng, memo", "claim"),
        ),
        ('hold = "consult"', 'hold = "long"', "hold", ("「long」は使えません", "lookup, consult")),
        ('audience = "inside"', 'audience = "in"', "Well", ("2番目の言い回しの audience",)),
        (', "memo"]', "]", "note_kinds", ("note_kinds の数が足りません", "3個以上")),
        ('"memo"]', '"memo", "ng"]', "note_kinds", ("note_kinds の数が多すぎ", "3個まで")),
        ('record = ["one"]', "record = []", "record = []", ("record の数が足りません", "1個以上")),
        ('id = "own_flow"', 'id = "Own"', "Own", ("id の書き方", "first_boss")),
        ('code = "Z1"', 'code = "z1"', "z1", ("code の書き方", "F1")),
        ('id = "Z1-S2"', 'id = "Z1S2"', "Z1S2", ("id の書き方", "F1-S1")),
        ('to = "F9-S1"', 'to = "F9"', '"F9"', ("2番目の出口の to の書き方", "F1-S1")),
        ('rules = ["53"]', 'rules = ["0"]', 'rules = ["0"]', ("rules の1番目の書き方", "2.9")),
        ('category = "check"', 'category = "chat"', "chat", ("「chat」は使えません", "apology")),
        ("opens_anywhere = true", "opens_anywhere = 1", "opens", ("の値の種類", "true か false")),
        ("pinned_phrase = true", "pinned_phrase = 1", "pinned", ("の値の種類", "true か false")),
        ('id = "noise"', 'id = "Noise"', "Noise", ("1番目の行為の種類", "id の書き方", "threat")),
        ('text = "Good bye"', "text = 1979-05-27", "text = 1979", ("1番目の言い回しの text の値",)),
    ],
)
def test_validation(old: str, new: str, line_text: str | None, says: tuple[str, ...]) -> None:
    source = broken(old, new)
    problem = _only(source)
    assert [part for part in says if part not in problem.message] == []
    assert problem.line == _line(source, line_text)


def _line(source: str, line_text: str | None) -> int | None:
    if line_text is None:
        return None
    text, _, at = line_text.partition("@")
    return line_with(source, text, at=int(at or 0))


@pytest.mark.parametrize(
    ("stages", "says"),
    [
        ("stages = []", "stages の数が足りません"),
        ('stages = "none"', "stages の値の種類"),
        ('stages = ["none"]', "1番目の段階の値の種類"),
    ],
)
def test_no_stages(stages: str, says: str) -> None:
    source = GOOD[: GOOD.index("[[stages]]")] + stages
    problem = _only(source)
    assert says in problem.message
    assert problem.line == line_with(source, "stages =")


def test_an_empty_file_misses_its_first_field() -> None:
    problem = _only("")
    assert problem.line is None
    assert "id がありません" in problem.message


@pytest.mark.parametrize(
    ("old", "new", "line_text", "says"),
    [
        ('id = "Z1-S2"', 'id = "Z1-S1"', 'id = "Z1-S1"@1', ("「Z1-S1」は前の段階", "2番目の段階")),
        ('to = "Z1-S1"', 'to = "Z1-S9"', "Z1-S9", ("（Z1-S2）の1番目の出口の to", "「Z1-S9」")),
        ("{customer}", "{costumer}", "costumer", ("（Z1-S1）の1番目の言い回し", "「{costumer}」")),
        ("{agent}", "｛agent｝", "Well", ("2番目の言い回し", "「｛agent｝」", "半角")),
        ("{agent}", "{{agent}}", "Well", ("「{」",)),
        ('asks = ["issue"]', 'asks = ["isue"]', "isue", ("asks にある「isue」",)),
        ("opens_anywhere = true", "opens_anywhere = false", '"back"', ("出口の to の「back」は",)),
    ],
)
def test_meaning(old: str, new: str, line_text: str, says: tuple[str, ...]) -> None:
    source = broken(old, new)
    # A wrong stage id also leaves exits that lead nowhere.
    (problem,) = (p for p in _problems(source) if says[0] in p.message)
    _assert_one_japanese_sentence(problem)
    assert [part for part in says if part not in problem.message] == []
    assert problem.line == _line(source, line_text)


def test_a_stage_of_another_code() -> None:
    source = broken('id = "Z1-S2"', 'id = "F1-S2"')
    problem = next(p for p in _problems(source) if "F1-S2" in p.message)
    assert "「Z1-」で始まる" in problem.message
    assert problem.line == line_with(source, "F1-S2")


def test_all_mistakes_of_meaning_are_told_at_once() -> None:
    source = broken("{customer}", "{costumer}").replace("{agent}", "{agnet}")
    assert [p.line for p in _problems(source)] == [
        line_with(source, "costumer"),
        line_with(source, "agnet"),
    ]


# --- files that are no flow file at all ---------------------------------------------------------


@pytest.mark.parametrize("encoding", ["cp932", "utf-16"])
def test_not_utf8(encoding: str) -> None:
    problem = _only(broken('goal = "begin"', 'goal = "始める"').encode(encoding))
    assert "UTF-8" in problem.message
    assert problem.line == (1 if encoding == "utf-16" else line_with(GOOD, "begin"))


@pytest.mark.parametrize("change", [b"\xef\xbb\xbf", b"\r\n"])
def test_what_windows_editors_write_is_good(change: bytes) -> None:
    content = GOOD.encode()
    content = content.replace(b"\n", change) if change == b"\r\n" else change + content
    assert isinstance(parse_flow(HERE, content), FlowFile)


def test_too_large() -> None:
    problem = _only(GOOD + "#" * MAX_FILE_BYTES)
    assert problem.line is None
    assert "128キロバイト" in problem.message


def test_a_line_too_long() -> None:
    source = GOOD + "#" * 1001
    problem = _only(source)
    assert "1000文字" in problem.message
    assert problem.line == line_with(source, "###")


def test_too_deep() -> None:
    problem = _only("x = " + "[\n" * 20_000)
    assert "入れ子" in problem.message


@pytest.mark.parametrize(
    "line",
    [
        ".".join(["{n}k", *["a"] * 480]) + " = 1",
        "[[" + ".".join(["a"] * 490) + "]]",
        "k{n} = [" + "1," * 480 + "]",
    ],
    ids=["dotted keys", "nested tables", "long arrays"],
)
def test_a_hostile_file_takes_no_time(line: str) -> None:
    lines = [line.replace("{n}", str(number)) for number in range(128)]
    before = time.process_time()
    assert _problems("\n".join(lines))
    assert time.process_time() - before < 5


def test_a_folder_of_hostile_things(tmp_path: Path) -> None:
    (tmp_path / "directory.toml").mkdir()
    os.mkfifo(tmp_path / "pipe.toml")
    (tmp_path / "dangling.toml").symlink_to(tmp_path / "nowhere")
    with (tmp_path / "huge.toml").open("wb") as huge:
        huge.truncate(50 * 1024 * 1024)
    problems = {problem.path.name: problem.message for problem in check_flows(tmp_path)}
    kinds = {name: message[:9] for name, message in problems.items()}
    assert kinds == {
        "directory.toml": "ふつうのファイルで",
        "pipe.toml": "ふつうのファイルで",
        "dangling.toml": "ふつうのファイルで",
        "huge.toml": "ファイルが大きすぎ",
    }


# --- what is shown ------------------------------------------------------------------------------


def test_the_sentence_names_file_and_line() -> None:
    assert FlowProblem(Path("/x/own.toml"), 12, "M。").sentence == "own.toml の12行目：M。"
    assert FlowProblem(Path("/x/own.toml"), None, "M。").sentence == "own.toml：M。"


def test_what_comes_from_a_file_is_short_and_printable() -> None:
    assert shown("a\n\x1b[31m\udc80b") == "a\ufffd\ufffd[31m\ufffdb"
    assert shown("x" * 41) == "x" * 40 + "…"
    hostile = broken('goal = "end"', '"a\\n - at `$.x`\\u001b" = 1')
    problem = _problems(hostile)[0]
    assert problem.message.isprintable()
    assert problem.line == line_with(hostile, "$.x")


# --- never raises -------------------------------------------------------------------------------


@given(st.binary(max_size=300))
def test_any_bytes_are_problems(content: bytes) -> None:
    for problem in _problems(content):
        _assert_one_japanese_sentence(problem)


_PIECES = st.sampled_from(
    [
        *"[]{}\"'=\n\r\\#.\0あ",
        *["", "0", "-1", "true", "1e400", "inf", "1979-05-27", "stages", '"""'],
        *["[[a]]", "[stages]\n", "id = 1\n", "x = [\n"],
    ]
)


@given(st.lists(st.tuples(st.integers(0, len(GOOD)), st.integers(0, 12), _PIECES), max_size=4))
def test_a_mangled_file_loads_or_is_a_problem(edits: list[tuple[int, int, str]]) -> None:
    source = GOOD
    for position, removed, piece in edits:
        source = source[:position] + piece + source[position + removed :]
    parsed = parse_flow(HERE, source.encode())
    if isinstance(parsed, FlowFile):
        return
    assert parsed
    for problem in parsed:
        _assert_one_japanese_sentence(problem)
        assert problem.line is None or 1 <= problem.line <= source.count("\n") + 1
