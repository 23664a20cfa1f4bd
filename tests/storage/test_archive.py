"""Looking things up: by id, by number, by date, beside a journal that writes."""

from __future__ import annotations

import pytest

from call.events import CaseOpened
from call.fold_concession import ConcessionMark
from storage.archive import Archive
from storage.connection import connect_writer
from storage.gate import exists_and_is_ours, wal_of
from storage.journal import StorageError

WAIT = 30.0


@pytest.fixture
def written(open_journal):
    """Writes case lines, each with an event."""

    def write(desk, *summaries):
        journal, _ = open_journal()
        for summary in summaries:
            journal.append([desk.event(CaseOpened(summary.case_no), summary.case_id)], [summary])
        assert journal.close(WAIT)
        return Archive(open_journal.path)

    return write


def test_a_case_line_comes_back_whole(written, desk, due_in):
    line = desk.summary(
        company_no="お-77",
        customer="長谷川 悠斗",
        reading="はせがわ ゆうと",
        number="090-1234-5678",
        issue="水漏れ",
        stage_title="事実確認",
        concession=ConcessionMark.CONFLICT,
        dues=(due_in("e1", 5, "callback"), due_in("n1", 30)),
    )
    with written(desk, line) as archive:
        assert archive.summary_of(line.case_id) == line
        assert archive.summary_of("unknown") is None
        assert archive.events_of("unknown") == ()


def test_the_last_line_and_what_it_owes_replace_the_earlier(written, desk, due_in):
    first = desk.summary(customer="旧", dues=(due_in("n1", 1), due_in("n2", 2)))
    last = desk.summary(customer="新", dues=(due_in("n2", 3),))
    with written(desk, first, last) as archive:
        assert archive.summary_of("case-1") == last
        assert [due.target for due, _ in archive.dues(10)] == ["n2"]


@pytest.mark.parametrize("asked", ["AB12-0401-3", " ab12-0401-3 ", "ＡＢ１２－０４０１－３"])
def test_a_case_is_found_by_its_number(written, desk, asked):
    with written(desk, desk.summary(case_no="AB12-0401-3")) as archive:
        assert archive.by_case_no(asked).case_id == "case-1"
        assert archive.by_case_no("AB12") is None
        assert archive.by_case_no("") is None


def test_a_case_is_found_by_the_companys_number_but_its_own_goes_first(written, desk):
    own = desk.summary("own", case_no="77")
    theirs = desk.summary("theirs", company_no="77")
    other = desk.summary("other", company_no="K-5")
    with written(desk, own, theirs, other) as archive:
        assert archive.by_case_no("77").case_id == "own"
        assert archive.by_case_no("k-5").case_id == "other"


def test_a_joined_case_says_where_it_went(written, desk):
    joined = desk.summary("later", status="joined", joined_to="first", case_no="N2", number="0312")
    with written(desk, desk.summary("first"), joined) as archive:
        assert archive.by_case_no("N2").joined_to == "first"
        assert [line.case_id for line in archive.recent(10)] == ["first"]
        assert archive.by_number("0312") == ()
        assert [event.case_id for event in archive.events_of("first")] == ["first", "later"]


@pytest.mark.parametrize(
    "asked", ["0312345678", "03-1234-5678", "０３（１２３４）５６７８", "03 1234 5678"]
)
def test_a_caller_is_known_by_the_digits(written, desk, asked):
    lines = [desk.summary("a", number="03-1234-5678"), desk.summary("b", number="0312345679")]
    with written(desk, *lines) as archive:
        assert [line.case_id for line in archive.by_number(asked)] == ["a"]
        assert archive.by_number("") == ()


def test_the_newest_come_first_and_no_more_than_asked(written, desk):
    lines = []
    for name in "abcd":
        desk.event()
        lines.append(desk.summary(name, number="1"))
    with written(desk, *lines) as archive:
        assert [line.case_id for line in archive.recent(3)] == ["d", "c", "b"]
        assert [line.case_id for line in archive.by_number("1")] == ["d", "c", "b", "a"]


def test_what_is_owed_first_comes_first_over_all_cases(written, desk, due_in):
    lines = [
        desk.summary("a", dues=(due_in("late", 90), due_in("soon", 1))),
        desk.summary("b", dues=(due_in("middle", 10),)),
        desk.summary("c", status="joined", joined_to="a", dues=(due_in("counted in a", 2),)),
    ]
    with written(desk, *lines) as archive:
        found = [(due.target, line.case_id) for due, line in archive.dues(10)]
        assert found == [("soon", "a"), ("middle", "b"), ("late", "a")]
        assert [due.target for due, _ in archive.dues(1)] == ["soon"]


def test_it_reads_while_a_journal_writes(open_journal, desk):
    journal, recorder = open_journal()
    journal.append(desk.events(1), [desk.summary()])
    assert journal.flush(WAIT)
    with Archive(open_journal.path) as archive:
        assert len(archive.events_of("case-1")) == 1
        journal.append(desk.events(1), [desk.summary()])
        assert journal.flush(WAIT)
        assert len(archive.events_of("case-1")) == 2
    assert recorder.all("trouble") == []


def test_it_cannot_write(written, desk):
    with written(desk, desk.summary()) as archive, pytest.raises(StorageError) as error:
        archive._read(lambda connection: connection.execute("DELETE FROM cases"))
    assert error.value.kind == "read_only"


def test_nothing_was_ever_written(path):
    with pytest.raises(StorageError) as error:
        Archive(path)
    assert error.value.kind == "missing"
    assert not path.exists()


@pytest.mark.parametrize(
    ("content", "kind"), [(b"", "damaged"), (b"shopping list\n" * 50, "damaged")]
)
def test_an_unusable_file_is_left_alone(path, content, kind):
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(StorageError) as error:
        Archive(path)
    assert error.value.kind == kind
    assert path.read_bytes() == content
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(("version", "kind"), [(0, "older_version"), (99, "newer_version")])
def test_another_version_is_told(written, desk, path, version, kind):
    written(desk, desk.summary()).close()
    writer = connect_writer(path)
    writer.execute(f"PRAGMA user_version = {version}")
    writer.close()
    with pytest.raises(StorageError) as error:
        Archive(path)
    assert error.value.kind == kind


def test_a_database_made_while_one_looks_is_not_taken_for_damage(tmp_path, monkeypatch):
    """The file was not there at the first look; when its log is seen, it is."""
    path = tmp_path / "yorisoi.db"
    wal_of(path).write_bytes(b"log")
    looks = iter([False, True, True])
    real = type(path).exists
    monkeypatch.setattr(
        type(path), "exists", lambda self: next(looks) if self == path else real(self)
    )
    assert exists_and_is_ours(path, 0.1) is False
