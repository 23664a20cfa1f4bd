"""The agent's own phrases on the disk: kept at once, never lost, told where they are broken."""

import queue

import pytest

from app import own_phrases_file
from app.background import Background
from app.notice_board import NoticeBoard
from app.own_phrases import MAX_CHARS, OwnPhrases
from app.own_phrases_file import Change, OwnFile
from scripts_ja.flow_problem import FlowProblem

PLACE, ORIGINAL = "F3-S1", "どうぞ、今一番お伝えになりたいことからお聞かせください。"


class Shelf:
    """Own phrases over a folder, with the loop that brings back what the disk said."""

    def __init__(self, path):
        self.path = path
        self.calls = queue.Queue()
        self.background = Background(self.calls.put)
        self.board = NoticeBoard()
        self.told = {}
        self.board.listen(lambda notice: self.told.__setitem__(notice.key, notice.text))
        self.own = OwnPhrases(path, self.background, self.board)
        self.changes = []
        self.own.listen(lambda: self.changes.append(1))

    def load(self):
        self.own.load()
        return self.settle()

    def settle(self):
        while not self.background.is_quiet:
            self.calls.get(timeout=20)()
        return self

    @property
    def notice(self):
        return self.told.get("own_phrases", "")


@pytest.fixture
def shelf(tmp_path):
    made = []

    def open_shelf():
        made.append(Shelf(tmp_path / "data" / "own_phrases.toml"))
        return made[-1]

    yield open_shelf
    for each in made:
        each.settle()
        each.background.close()


def test_without_a_file_there_is_nothing_and_nothing_is_said(shelf):
    own = shelf().load()
    assert own.own.wordings == ()
    assert own.notice == ""


def test_a_wording_and_a_first_phrase_are_there_after_a_new_start(shelf):
    first = shelf().load()
    first.own.keep_wording(PLACE, ORIGINAL, "{customer}、「いま」一番…\\")
    first.own.keep_first(PLACE, '"{company}"の{agent}です')
    assert first.own.wording(PLACE, ORIGINAL) == "{customer}、「いま」一番…\\"  # at once
    first.settle()
    again = shelf().load()
    assert again.own.wording(PLACE, ORIGINAL) == "{customer}、「いま」一番…\\"
    assert again.own.first_phrase(PLACE) == '"{company}"の{agent}です'
    assert again.changes
    assert "{customer}" in first.path.read_text("utf-8").splitlines()[1]


def test_an_empty_text_removes_it(shelf):
    own = shelf().load()
    own.own.keep_wording(PLACE, ORIGINAL, "こう言う")
    own.own.keep_wording(PLACE, ORIGINAL, "  ")
    own.own.keep_first(PLACE, "一言")
    own.own.keep_first(PLACE, "")
    own.settle()
    assert own_phrases_file.read(own.path) == OwnFile()
    assert own.own.wording(PLACE, ORIGINAL) == own.own.first_phrase(PLACE) == ""


def test_the_same_phrase_in_another_place_is_another(shelf):
    own = shelf().load()
    own.own.keep_wording(PLACE, ORIGINAL, "こう言う")
    assert own.own.wording("F3-S2", ORIGINAL) == ""


def test_what_somebody_wrote_into_the_file_meanwhile_stays(shelf):
    own = shelf().load()
    own_phrases_file.save(own.path, [Change("F1-S1", "元", "手で書いた")])
    own.own.keep_wording(PLACE, ORIGINAL, "こう言う")
    own.settle()
    again = shelf().load()
    assert again.own.wording("F1-S1", "元") == "手で書いた"
    assert again.own.wording(PLACE, ORIGINAL) == "こう言う"


@pytest.mark.parametrize(
    "content",
    [b"[[wordings]\n", b"\xff\xfe\x00", b"[[wordings]]\nplace = 1\n", b"x = 1", b"#" * 200_000],
)
def test_a_broken_file_is_told_and_set_aside_and_never_lost(shelf, content):
    own = shelf()
    own.path.parent.mkdir()
    own.path.write_bytes(content)
    own.load()
    assert own.path.name in own.notice
    assert own.path.read_bytes() == content  # it can be mended where it is
    own.own.keep_wording(PLACE, ORIGINAL, "こう言う")
    own.settle()
    aside = own.path.with_name("own_phrases.broken.toml")
    assert str(aside) in own.notice
    assert aside.read_bytes() == content
    assert shelf().load().own.wording(PLACE, ORIGINAL) == "こう言う"


def test_a_second_broken_file_does_not_take_the_place_of_the_first(shelf):
    own = shelf()
    own.path.parent.mkdir()
    for content in (b"[[first", b"[[second"):
        own.path.write_bytes(content)
        own.own.keep_first(PLACE, "一言")
        own.settle()
    kept = {p.read_bytes() for p in own.path.parent.glob("*.broken*.toml")}
    assert kept == {b"[[first", b"[[second"}


def test_what_could_not_be_written_is_told_kept_and_written_next_time(shelf):
    own = shelf().load()
    own.path.parent.write_text("no folder")
    own.own.keep_first(PLACE, "一言")
    own.settle()
    assert str(own.path) in own.notice
    assert own.own.first_phrase(PLACE) == "一言"
    own.path.parent.unlink()
    own.own.keep_wording(PLACE, ORIGINAL, "こう言う")
    own.settle()
    assert own.notice == ""
    again = shelf().load()
    assert (again.own.first_phrase(PLACE), again.own.wording(PLACE, ORIGINAL)) == (
        "一言",
        "こう言う",
    )


def test_what_was_written_before_the_file_was_read_stands_over_it(shelf):
    shelf().load()
    before = shelf()
    own_phrases_file.save(
        before.path, [Change(PLACE, ORIGINAL, "古い"), Change("F1-S1", "元", "残る")]
    )
    before.own.load()
    before.own.keep_wording(PLACE, ORIGINAL, "新しい")
    before.settle()
    assert before.own.wording(PLACE, ORIGINAL) == "新しい"
    assert before.own.wording("F1-S1", "元") == "残る"


def test_a_text_is_one_line_of_a_length_that_can_be_said_without_a_card_number(shelf):
    own = shelf().load()
    own.own.keep_wording(PLACE, ORIGINAL, "一行\n二行\t4111 1111 1111 1111 \ud800" + "あ" * 900)
    own.settle()
    text = own.own.wording(PLACE, ORIGINAL)
    assert text.startswith("一行 二行 ")
    assert "4111 1111" not in text
    assert len(text) == MAX_CHARS
    assert not isinstance(own_phrases_file.read(own.path), FlowProblem)
