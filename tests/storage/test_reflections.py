"""What an agent writes for themselves: kept, private, and gone when it is taken out."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from storage.reflections import CARE, Reflection, Reflections
from storage.troubles import StorageError

AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "data" / "reflections.db"


@pytest.mark.rule("103", "106")
def test_they_come_back_the_last_one_first(file):
    assert Reflections(file).all() == ()
    assert not file.exists()
    Reflections(file).add(Reflection(AT, " 順に並べた ", "早口", "お手間をおかけし"))
    Reflections(file).add(Reflection(AT + timedelta(hours=1), "休憩した\ud83d", kind=CARE))
    Reflections(file).add(Reflection(AT, " ", " "))
    care, reflection = Reflections(file).all()
    assert (reflection.keep, reflection.change, reflection.first_phrase) == (
        "順に並べた",
        "早口",
        "お手間をおかけし",
    )
    assert (care.kind, care.keep, care.at) == (CARE, "休憩した\ufffd", AT + timedelta(hours=1))


def test_one_is_being_written_apart_from_the_others(file):
    assert Reflections(file).draft() is None
    for text in ("早", "早口だった"):
        Reflections(file).keep_draft(Reflection(AT, change=text))
    assert Reflections(file).draft().change == "早口だった"
    assert Reflections(file).all() == ()
    Reflections(file).keep_draft(Reflection(AT))
    assert Reflections(file).draft() is None


def test_what_is_taken_out_leaves_no_trace(file):
    Reflections(file).add(Reflection(AT, "二度と見たくない言葉"))
    (found,) = Reflections(file).all()
    Reflections(file).remove(found.id)
    assert Reflections(file).all() == ()
    left = b"".join(path.read_bytes() for path in file.parent.iterdir())
    assert "二度と見たくない言葉".encode() not in left


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_nobody_else_can_read_it(file):
    Reflections(file).add(Reflection(AT, "x"))
    assert file.stat().st_mode & 0o077 == 0


def test_a_file_that_is_none_is_said(file):
    file.parent.mkdir()
    file.write_bytes(b"no database at all, but long enough to be looked at" * 20)
    with pytest.raises(StorageError):
        Reflections(file).add(Reflection(AT, "x"))
    with pytest.raises(StorageError):
        Reflections(file).all()
