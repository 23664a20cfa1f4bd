"""Line breaks: nothing too wide, nothing lost, no mark alone at the start of a line."""

import itertools
import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ui.japanese_lines import _LONELY, _NOT_FIRST, _NOT_LAST, break_lines, chunks

WORDS = (
    "責任者へ正確に伝えるためにも、まず私がお話を伺います。どのようなことがございましたでしょうか。"
    "「代われません」とは申し上げません（折り返しは15時30分まで）。・…ー々っゃ！？𠮷😀ﾊﾝｶｸABC "
)
TEXTS = st.one_of(
    st.text(alphabet=WORDS, max_size=120),
    st.lists(st.sampled_from(WORDS.split("。")), max_size=4).map("。".join),
)
WIDTHS = st.integers(2, 60)


def measure(text: str) -> float:
    """Full-width characters count two, others one."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


@given(TEXTS, WIDTHS)
def test_no_line_is_too_wide(text, width):
    for line in break_lines(text, width, measure):
        assert measure(line) <= width or len(line) <= 1


@given(TEXTS, WIDTHS)
def test_nothing_is_lost_or_added(text, width):
    assert "".join(break_lines(text, width, measure)) == text


@given(st.lists(TEXTS, min_size=1, max_size=4), WIDTHS)
def test_line_breaks_of_the_text_stay(paragraphs, width):
    lines = break_lines("\n".join(paragraphs), width, measure)
    alone = [line for p in paragraphs for line in break_lines(p, width, measure)]
    assert lines == alone


def could_be_broken_earlier(line: str, following: str, width: int) -> bool:
    """Whether ``line`` could have ended earlier, its end beginning the next one."""
    whole = line + following[0]
    return any(
        whole[place] not in _NOT_FIRST
        and whole[place - 1] not in _NOT_LAST
        and measure(whole[place:]) <= width
        for place in range(1, len(line))
    )


@given(TEXTS, WIDTHS)
@example("お話を伺いました。。。", 16)
@example("はい、。承知しました", 6)
def test_no_line_begins_with_a_mark_that_closes(text, width):
    lines = break_lines(text, width, measure)
    for line, following in itertools.pairwise(lines):
        if following and following[0] in _NOT_FIRST:
            assert not could_be_broken_earlier(line, following, width), lines


@given(TEXTS, WIDTHS)
def test_no_line_ends_with_a_mark_that_opens(text, width):
    lines = break_lines(text, width, measure)
    for line, following in itertools.pairwise(lines):
        if line and line[-1] in _NOT_LAST:
            assert not could_be_broken_earlier(line, following, width), lines


PIECES = st.lists(
    st.sampled_from(
        [
            "責任者へ",
            "正確には、",
            "伝えます",
            "ためにも、",
            "お話だけを",
            "伺えます",
            "か。",
            "です。",
        ]
    ),
    min_size=2,
    max_size=12,
)


@given(PIECES, st.integers(12, 40))
@example(["お話だけを", "伺えます", "か。"], 18)
def test_the_last_line_is_not_left_alone_where_it_can_be_helped(pieces, width):
    lines = break_lines("".join(pieces), width, measure, pieces)
    if len(lines) < 2 or len(lines[-1]) >= _LONELY:
        return
    assert lines[-1] == pieces[-1]  # all others are longer, so it stands there by itself
    taken_along = pieces[-2]
    assert lines[-2] == taken_along or measure(taken_along + lines[-1]) > width


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("あ", 1, ["あ"]),
        ("お聞かせください。", 18, ["お聞かせください。"]),
        ("折り返しの確約をもらいます。", 24, ["折り返しの確約を", "もらいます。"]),
    ],
)
def test_examples(text, width, lines):
    assert break_lines(text, width, measure) == lines


def test_a_part_that_fits_is_measured_once():
    """Each measure is a call of Qt's; most of what a stage costs were those."""
    text = "責任者へ正確に伝えるためにも、まず私がお話を伺います。" * 4
    asked: list[str] = []

    def counted(part: str) -> float:
        asked.append(part)
        return measure(part)

    lines = break_lines(text, 40, counted)
    assert len(asked) <= len(chunks(text)) + 3 * len(lines)


def test_given_pieces_stay_whole_where_they_fit():
    pieces = ["主訴は", "洗濯機の水漏れ", "です。"]
    assert break_lines("".join(pieces), 14, measure, pieces) == [
        "主訴は",
        "洗濯機の水漏れ",
        "です。",
    ]


@pytest.mark.parametrize("text", ["あ" * 10_000, "A" * 10_000, "😀" * 5_000, "。" * 10_000])
def test_a_very_long_text_is_broken_in_no_time(text):
    """Somebody pastes ten thousand characters; the window must not stand still."""
    started = time.perf_counter()
    lines = break_lines(text, 40, measure)
    assert time.perf_counter() - started < 2.0
    assert "".join(lines) == text


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        # A date is one, and so is a time: 「11月28日／(土)」, 「1時17／分から」.
        ("お返事の期限 11月28日(土) 1時12分", 28, ["お返事の", "期限 11月28日(土) 1時12分"]),
        ("名で伺いました。1時17分から", 22, ["名で伺いました。", "1時17分から"]),
        # No line begins with the blank, or with the mark, that parts two items.
        (
            "行為を見てください。　要求の内容は妥当か",
            22,
            ["行為を見てください。　", "要求の内容は妥当か"],
        ),
        ("長宗我部 様 ・ 261121-S944-20", 16, ["長宗我部 様 ・ ", "261121-S944-20"]),
        # A short item of a list is not torn.
        ("11月21日(土) 1時58分　19分超過", 27, ["11月21日(土) 1時58分　", "19分超過"]),
    ],
)
def test_what_is_read_as_one_stays_on_one_line(text, width, lines):
    assert break_lines(text, width, measure) == lines


def test_a_value_that_is_wider_than_a_line_is_parted_between_its_words():
    pieces = ["主訴は", "設置日から続く洗濯機の水漏れ、", "ご要望は"]
    lines = break_lines("".join(pieces), 20, measure, pieces)
    assert lines == ["主訴は設置日から続く", "洗濯機の水漏れ、", "ご要望は"]


@pytest.mark.parametrize("width", range(16, 44))
def test_no_line_begins_with_the_dot_between_things_named_in_a_row(width):
    named = "折り返し ・ 長宗我部 様 ・ 261121-DWZ0-20 ・ 11月21日(土) 4時58分 ・ 担当 佐藤"
    lines = break_lines(named, width, measure)
    assert "".join(lines) == named
    assert [line for line in lines if line.lstrip().startswith("・")] == []
    assert "当" not in [line[0] for line in lines], "「担当 佐藤」 in one piece"
