"""What an agent writes for themselves: kept, private, and gone when it is taken out."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from storage import keys
from storage.backups import Backups
from storage.conversion import convert_all
from storage.encryption import Encryption
from storage.journal_file import JournalFile
from storage.key_record import ENCRYPTED
from storage.reflections import CARE, Reflection, Reflections
from storage.reflections_copy import copy_of
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


# -- the copy among the backups -------------------------------------------------------------------


@pytest.fixture
def kept(tmp_path):
    """Reflections beside a database, of which a backup was made."""
    file = JournalFile(tmp_path / "yorisoi.db", 2.0, lambda: AT, lambda trouble: None)
    file.open()
    file.close()
    reflections = Reflections(tmp_path / "reflections.db")
    reflections.add(Reflection(AT, keep="落ち着いて話せた"))
    reflections.add(Reflection(AT, keep="急がなかった"))
    Backups(tmp_path / "yorisoi.db").make("daily", AT)
    return tmp_path / "reflections.db"


def words_in(path):
    return sorted(each.keep for each in Reflections(path).all())


def test_reflections_that_are_gone_come_back(kept):
    kept.unlink()
    assert words_in(kept) == ["急がなかった", "落ち着いて話せた"]
    assert kept.stat().st_mode & 0o077 == 0


@pytest.mark.expects_log
def test_damaged_reflections_are_set_aside_and_come_back(kept):
    kept.write_bytes(b"\xff" * 9000)
    assert words_in(kept) == ["急がなかった", "落ち着いて話せた"]
    assert len(list(kept.parent.glob("reflections.db.damaged-*Z"))) == 1


@pytest.mark.expects_log
def test_a_damaged_file_does_not_replace_a_good_copy(kept):
    kept.write_bytes(b"\xff" * 9000)
    Backups(kept.with_name("yorisoi.db")).make("daily", AT.replace(day=2))
    assert words_in(kept) == ["急がなかった", "落ち着いて話せた"]


def test_what_is_taken_out_is_in_no_copy(kept):
    reflections = Reflections(kept)
    reflections.remove(reflections.all()[0].id)
    files = [file for file in kept.parent.rglob("*") if file.is_file()]
    gone = ({"急がなかった", "落ち着いて話せた"} - set(words_in(kept))).pop()
    assert not [file.name for file in files if gone.encode() in file.read_bytes()]


def test_the_copy_is_under_the_same_key(kept, key_store):
    database = kept.with_name("yorisoi.db")
    Encryption(database).want(ENCRYPTED)
    convert_all(database, 2.0)
    copy = copy_of(kept)
    assert keys.is_sealed(copy)
    Backups(database).make("daily", AT.replace(day=2))
    assert keys.is_sealed(copy)
    kept.unlink()
    assert len(words_in(kept)) == 2
    assert keys.is_sealed(kept)
