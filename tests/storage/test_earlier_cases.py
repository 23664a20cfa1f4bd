"""A customer who rings again is known by every number of an earlier case, by name and by reading."""

import pytest

from call.events import CallStarted, CaseOpened, Direction, FieldFilled, NoteTaken
from scripts_ja.model import NoteKind
from storage.archive import Archive

WAIT = 30.0


@pytest.fixture
def keep(open_journal, desk):
    """Keeps a case that was told such events, and waits for the disk."""
    journal, recorder = open_journal()
    recorder.wait_for("opened")

    def keep(case_id, *bodies, **line):
        first = desk.event(CaseOpened(f"N-{case_id}"), case_id, call_id=None)
        events = [first, *(desk.event(body, case_id) for body in bodies)]
        journal.append(events, [desk.summary(case_id, **line)])
        assert journal.flush(WAIT)

    return keep


def rang(number):
    return CallStarted(Direction.INCOMING, number)


def named(customer, reading=""):
    fields = {"customer": customer, "reading": reading}
    return [FieldFilled(key, value) for key, value in fields.items() if value]


@pytest.fixture
def by_number(path):
    def look(number):
        with Archive(path) as archive:
            assert [each.case for each in archive.of_number(number)] == list(
                archive.by_number(number)
            )
            return [case.case_id for case in archive.by_number(number)]

    return look


@pytest.fixture
def by_name(path):
    def look(name, limit=9):
        with Archive(path) as archive:
            return [each.case.case_id for each in archive.of_customer(name, limit)]

    return look


def test_the_number_that_rang_and_the_one_to_ring_back(keep, by_number):
    """The line of a case has only one of them."""
    keep(
        "a", rang("090-1111-2222"), FieldFilled("callback_tel", "03-1234-5678"), number="0312345678"
    )
    keep("b", rang("+81 90-1111-2222"), number="+81 90-1111-2222")
    keep("c", rang("090-1111-22223"), number="090-1111-22223")
    keep("d", NoteTaken("n", NoteKind.MEMO, "090-1111-2222へ", _at()), number="")
    for number in (
        "09011112222",
        "０９０－１１１１－２２２２",
        "090ー1111ー2222",
        "+81-90-1111-2222",
    ):
        assert by_number(number) == ["b", "a"], number
    assert by_number("(03)1234-5678") == ["a"]
    assert by_number("1111") == by_number("") == []


def test_an_extension_is_known_by_itself(keep, by_number):
    keep("a", rang("12"), number="12")
    keep("b", rang("0312120012"), number="0312120012")
    assert by_number("12") == ["a"]


@pytest.mark.parametrize(
    "name",
    ["山﨑　花子", "山崎花子", "山嵜 花子", "やまさきはなこ", "ﾔﾏｻｷ ﾊﾅｺ"],
)
def test_a_name_however_it_is_written_or_read(keep, by_name, name):
    keep(
        "a",
        *named("山﨑　花子", "ヤマサキ ハナコ"),
        customer="山﨑　花子",
        reading="ヤマサキ ハナコ",
    )
    keep("b", *named("山﨑花子夫"), customer="山﨑花子夫")
    assert by_name(name) == ["a"]


def test_small_kana_and_dots_make_no_difference(keep, by_name):
    keep("a", *named("ジョン・スミス"), customer="ジョン・スミス")
    for name in ("ジョンスミス", "ｼﾞﾖﾝ ｽﾐｽ", "じょん・すみす"):
        assert by_name(name) == ["a"], name
    assert by_name("スミス") == by_name("・") == by_name("") == []


def test_the_latest_of_many(keep, by_name):
    for case_id in "abc":
        keep(case_id, *named("佐藤"), customer="佐藤")
    assert by_name("佐藤", 2) == ["c", "b"]


def _at():
    from call.clock import Reading
    from tests.storage.conftest import NOON

    return Reading(NOON, 1.0, "b")
