"""What is read of cases that are not in hand, and what is said where it cannot be."""

import logging

import pytest

from app.record_reader import RecordReader
from call import commands as c
from tests.app.test_elsewhere import clock, make_place, place  # noqa: F401 - fixtures


class Stuck:
    """A journal that does not get done with writing."""

    def flush(self, _seconds):
        return False


@pytest.fixture
def case_id(place):  # noqa: F811
    case_id = place.a_case(c.FillField("customer", "山田"))
    assert place.events_of(case_id)
    return case_id


def test_a_history_that_must_be_whole_is_not_read_too_early(place, case_id):  # noqa: F811
    database = place.places.database
    stuck = RecordReader(Stuck(), database)
    assert stuck.history(case_id) == place.events_of(case_id)
    assert stuck.history(case_id, must_be_whole=True) == ()
    done = RecordReader(place.work.journal, database)
    assert done.history(case_id, must_be_whole=True) == place.events_of(case_id)


def test_where_nothing_was_recorded_yet_a_list_is_empty_and_nobody_complains(tmp_path, caplog):
    reader = RecordReader(Stuck(), tmp_path / "none.db")
    with caplog.at_level(logging.WARNING):
        assert reader.read(lambda archive: archive.recent(9), None, "no list") is None
    assert caplog.text == ""
    with caplog.at_level(logging.WARNING):
        assert reader.history("some case") == ()
    assert "a case cannot be read" in caplog.text  # whoever asks for a case knows that there is one


def test_a_sick_file_is_said_in_the_log(tmp_path, caplog):
    file = tmp_path / "sick.db"
    file.write_bytes(b"no database" * 999)
    reader = RecordReader(Stuck(), file)
    with caplog.at_level(logging.WARNING):
        assert reader.read(lambda archive: archive.recent(9), "unread", "no list") == "unread"
    assert "no list: " in caplog.text
