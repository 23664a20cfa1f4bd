"""Encrypted at rest: converted both ways, found again, and each way of not opening told apart."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from call.clock import Reading
from call.events import CaseOpened, NoteTaken
from scripts_ja.model import NoteKind
from storage import key_store as key_store_module
from storage import keys, troubles
from storage.archive import Archive
from storage.connection import connect_reader, connect_writer
from storage.conversion import convert_all, convert_one, is_to_convert
from storage.encryption import Encryption, MisreadError, WrongRecoveryKeyError
from storage.journal import Draft, Journal
from storage.key_record import ENCRYPTED, PLAIN, read_record, record_path, recovery_path
from storage.reflections import Reflection, Reflections
from storage.search_wanted import Wanted
from storage.troubles import StorageError

from .conftest import NOON, Recorder

ROOT = Path(__file__).resolve().parents[2]
SECRET_WORDS = "洗濯機から水が漏れて床がだめになった"


@pytest.fixture
def encryption(path, key_store):
    return Encryption(path)


@pytest.fixture
def written(path, desk):
    """A database with a note, a draft, and a reflection beside it."""
    return write(path, desk)


def note_of(desk, words):
    at = Reading(NOON, 1.0, "boot-1")
    return desk.event(NoteTaken(f"n{desk.seq}", NoteKind.CLAIM, words, at))


def write(path, desk, words=SECRET_WORDS):
    journal = Journal(path, Recorder())
    journal.start()
    events = [desk.event(CaseOpened("AB12-case-1")), note_of(desk, words)]
    journal.append(events, [desk.summary(customer="山田")])
    journal.save_draft(Draft("case-1", "note", "下書き" + words, NOON))
    assert journal.close(20)
    Reflections(path.parent / "reflections.db").add(Reflection(NOON, keep="自分の" + words))
    return [event.id for event in events]


def convert_to(encryption, path, form):
    encryption.want(form)
    convert_all(path, 2.0)


def everything_in(folder):
    return {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def files_with(folder, words):
    return [
        file.name for file, content in everything_in(folder).items() if words.encode() in content
    ]


def found(path):
    with Archive(path) as archive:
        return [event.id for event in archive.events_of("case-1")]


def test_nothing_that_was_typed_can_be_read_in_the_folder(path, written, encryption):
    assert files_with(path.parent, SECRET_WORDS)
    convert_to(encryption, path, ENCRYPTED)
    for words in (SECRET_WORDS, "洗濯", "山田", "自分の"):
        assert not files_with(path.parent, words)
    assert found(path) == written
    assert Reflections(path.parent / "reflections.db").all()[0].keep == "自分の" + SECRET_WORDS
    status = encryption.status()
    assert (status.wanted, status.is_converting, status.obstacle) == (ENCRYPTED, False, "")


def test_search_drafts_and_new_notes_work_encrypted(path, written, encryption, desk):
    convert_to(encryption, path, ENCRYPTED)
    later = write(path, desk, "返金を待っている")
    with Archive(path) as archive:
        findings = archive.find(Wanted(("返金",)), 10)
        assert [row.case.customer for row in findings.found] == ["山田"]
        assert len(archive.events_of("case-1")) == 4
    assert found(path) == written + later
    assert not files_with(path.parent, "返金")
    recorder = Recorder()
    journal = Journal(path, recorder)
    journal.start()
    assert recorder.wait_for("opened").drafts[0].text == "下書き返金を待っている"
    assert journal.close(20)


def test_a_folder_that_is_to_be_encrypted_begins_so(path, encryption, desk):
    encryption.want(ENCRYPTED)
    written = write(path, desk)
    assert not files_with(path.parent, SECRET_WORDS)
    assert keys.is_sealed(path)
    assert found(path) == written


def test_back_again_all_is_as_it_was_and_no_key_is_left(path, written, encryption, key_store):
    schema = "SELECT type, name, sql FROM sqlite_master ORDER BY name"
    with closing(connect_reader(path)) as reader:
        before = [tuple(reader.execute(schema)), tuple(reader.execute("SELECT * FROM search_docs"))]
    convert_to(encryption, path, ENCRYPTED)
    encryption.propose_recovery()
    convert_to(encryption, path, PLAIN)
    with closing(sqlite3.connect(path)) as reader:
        after = [tuple(reader.execute(schema)), tuple(reader.execute("SELECT * FROM search_docs"))]
    assert after == before
    assert found(path) == written
    assert key_store.kept == {}
    assert not record_path(path.parent).exists()
    with closing(sqlite3.connect(path)) as writer, pytest.raises(sqlite3.IntegrityError):
        writer.execute("DELETE FROM events")  # the guard came along


def test_what_was_there_before_is_encrypted_too(path, written, encryption):
    """Backups, half-made files, and what was set aside as damaged, with its log."""
    folder, whole = path.parent, path.read_bytes()
    (folder / "backups").mkdir()
    (folder / "backups" / "yorisoi-20260401.db").write_bytes(whole)
    (folder / "backups" / "cut.db").write_bytes(whole[: len(whole) // 2])
    (folder / "yorisoi.db.new-99").write_bytes(whole)
    damaged = folder / "yorisoi.db.damaged-20260401T000000Z"
    damaged.write_bytes(b"?" * 100 + SECRET_WORDS.encode())
    (folder / (damaged.name + "-wal")).write_bytes(SECRET_WORDS.encode())
    convert_to(encryption, path, ENCRYPTED)
    assert not files_with(folder, SECRET_WORDS)
    assert found(folder / "backups" / "yorisoi-20260401.db") == written
    convert_to(encryption, path, PLAIN)
    assert damaged.read_bytes() == b"?" * 100 + SECRET_WORDS.encode()
    assert (folder / (damaged.name + "-wal")).read_bytes() == SECRET_WORDS.encode()
    assert (folder / "backups" / "cut.db").read_bytes() == whole[: len(whole) // 2]


def test_a_backup_of_before_is_brought_into_the_form_of_now(path, written, encryption):
    earlier = path.with_name("earlier.db")
    with closing(connect_reader(path)) as source, closing(sqlite3.connect(earlier)) as target:
        source.backup(target)
    convert_to(encryption, path, ENCRYPTED)
    convert_one(earlier, 1.0)
    assert keys.is_sealed(earlier)
    convert_one(earlier, 1.0)
    with closing(connect_reader(earlier)) as source, closing(connect_writer(path)) as target:
        source.backup(target)
    assert found(path) == written


def test_a_backup_can_be_made_of_an_encrypted_database(path, written, encryption):
    convert_to(encryption, path, ENCRYPTED)
    copy = path.parent / "backups" / "copy.db"
    copy.parent.mkdir()
    copy.touch()
    with closing(connect_reader(path)) as source, closing(connect_writer(copy)) as target:
        source.backup(target)
    assert keys.is_sealed(copy)
    assert found(copy) == written


# -- what keeps it from opening -------------------------------------------------------------------


def kind_of(path):
    with pytest.raises(StorageError) as caught:
        found(path)
    return caught.value.kind


def test_each_way_of_not_opening_is_told_apart(path, written, encryption, key_store):
    convert_to(encryption, path, ENCRYPTED)
    (name,) = key_store.kept
    right = key_store.kept[name]
    keys.forget_all()
    key_store.kept[name] = "ab" * 32
    assert kind_of(path) == troubles.KEY_WRONG
    key_store.kept[name] = "nonsense"
    assert kind_of(path) == troubles.KEY_WRONG
    del key_store.kept[name]
    assert kind_of(path) == troubles.KEY_MISSING
    key_store.is_locked = True
    assert kind_of(path) == troubles.KEY_STORE_SHUT
    key_store.is_locked = False
    key_store.kept[name] = right
    content = bytearray(path.read_bytes())
    content[100] ^= 1  # within the first page, which has a code of its own
    path.write_bytes(content)
    assert kind_of(path) == troubles.DAMAGED
    path.write_bytes(b"")
    assert kind_of(path) == troubles.DAMAGED


def test_a_file_of_another_key_is_not_called_damaged(path, written, encryption, tmp_path, desk):
    convert_to(encryption, path, ENCRYPTED)
    elsewhere = tmp_path / "other" / "yorisoi.db"
    other = Encryption(elsewhere)
    other.want(ENCRYPTED)
    write(elsewhere, desk)
    path.write_bytes(elsewhere.read_bytes())
    keys.forget_all()
    assert kind_of(path) == troubles.KEY_WRONG


def test_without_sqlcipher_an_encrypted_file_is_left_alone(path, written, encryption, monkeypatch):
    convert_to(encryption, path, ENCRYPTED)
    keys.forget_all()
    monkeypatch.setattr(keys, "has_cipher", lambda: False)
    assert kind_of(path) == troubles.CIPHER_MISSING
    assert encryption.status().obstacle == troubles.CIPHER_MISSING


def test_a_journal_without_its_key_moves_nothing_and_goes_on_when_it_comes(
    path, written, encryption, key_store, desk
):
    convert_to(encryption, path, ENCRYPTED)
    words = encryption.propose_recovery()
    encryption.prove_recovery(words.text)
    key_store.kept.clear()
    keys.forget_all()
    before = path.read_bytes()
    recorder = Recorder()
    journal = Journal(path, recorder, retry_seconds=0.01)
    journal.start()
    assert recorder.wait_for("trouble").kind == troubles.KEY_MISSING
    note = desk.event()
    journal.append([note], [desk.summary()])
    assert path.read_bytes() == before
    assert encryption.recover(words.text)
    recorder.wait_for("opened")
    assert journal.close(20)
    assert found(path) == [*written, note.id]
    assert [file.name for file in path.parent.iterdir() if "damaged" in file.name] == []


def test_a_key_store_that_does_not_answer_is_asked_once_and_not_waited_for(
    path, written, encryption, key_store, monkeypatch
):
    convert_to(encryption, path, ENCRYPTED)
    keys.forget_all()
    answer, asked = threading.Event(), []
    get = key_store.get_password

    def get_late(service, name):
        asked.append(name)
        answer.wait()
        return get(service, name)

    monkeypatch.setattr(key_store, "get_password", get_late)
    monkeypatch.setattr(key_store_module, "_PATIENCE_SECONDS", 0.01)
    assert [kind_of(path), kind_of(path)] == [troubles.KEY_STORE_SHUT] * 2
    assert len(asked) == 1
    answer.set()
    monkeypatch.setattr(key_store_module, "_PATIENCE_SECONDS", 30.0)
    assert found(path) == written


def test_nothing_of_it_is_imported_before_somebody_asks():
    late = "{'keyring', 'sqlcipher3', 'secretstorage'} & {m.partition('.')[0] for m in sys.modules}"
    program = f"import sys; import app.window_run, app.commands.cases; print({late})"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"


# -- the recovery key -----------------------------------------------------------------------------


def test_a_recovery_key_counts_only_when_it_was_proved(path, written, encryption):
    convert_to(encryption, path, ENCRYPTED)
    first = encryption.propose_recovery()
    assert not encryption.status().is_recoverable
    encryption.prove_recovery(first.text)
    assert encryption.status().is_recoverable
    second = encryption.propose_recovery()
    with pytest.raises(WrongRecoveryKeyError):
        encryption.prove_recovery(first.text)
    assert encryption.recover(first.text)  # still the one that is good
    encryption.prove_recovery(second.text.lower().replace("-", " "))
    with pytest.raises(WrongRecoveryKeyError):
        encryption.recover(first.text)
    assert encryption.recover(second.text)
    encryption.remove_recovery()
    assert not encryption.status().is_recoverable
    with pytest.raises(StorageError) as caught:
        encryption.recover(second.text)
    assert caught.value.kind == troubles.MISSING


def test_the_recovery_key_opens_what_has_lost_record_and_key_store(
    path, written, encryption, key_store
):
    convert_to(encryption, path, ENCRYPTED)
    words = encryption.propose_recovery()
    encryption.prove_recovery(words.text)
    key_store.kept.clear()
    keys.forget_all()
    record_path(path.parent).unlink()
    assert kind_of(path) == troubles.KEY_MISSING
    key_store.is_locked = True
    assert not encryption.recover(words.text)  # for as long as the program runs
    assert found(path) == written
    key_store.is_locked = False
    assert encryption.recover(words.text)
    keys.forget_all()
    assert found(path) == written
    assert read_record(path.parent).wanted == ENCRYPTED


def test_a_damaged_recovery_file_opens_nothing(path, written, encryption):
    convert_to(encryption, path, ENCRYPTED)
    words = encryption.propose_recovery()
    encryption.prove_recovery(words.text)
    recovery_path(path.parent).write_bytes(b"?" * 8192)
    with pytest.raises(WrongRecoveryKeyError):
        encryption.recover(words.text)


def test_what_was_written_wrong_is_told_by_its_group(path, encryption):
    words = encryption.propose_recovery()
    groups = list(words.groups)
    groups[2] = groups[2][1] + groups[2][0] + groups[2][2:]
    if groups[2] != words.groups[2]:
        with pytest.raises(MisreadError) as caught:
            encryption.prove_recovery("-".join(groups))
        assert caught.value.group == 3
    with pytest.raises(MisreadError) as caught:
        encryption.prove_recovery(words.text[:-6])
    assert caught.value.group == 0


# -- what can go wrong on the way -----------------------------------------------------------------


@pytest.mark.expects_log
def test_somebody_who_reads_puts_it_off_and_the_next_start_finishes(
    path, written, encryption, desk
):
    encryption.want(ENCRYPTED)
    with closing(connect_reader(path)) as reader:
        reader.execute("SELECT * FROM events").fetchall()
        with pytest.raises(StorageError) as caught:
            convert_all(path, 0.01)
    assert caught.value.kind == troubles.LOCKED
    assert keys.is_plain(path)
    assert is_to_convert(path)
    write(path, desk, "later")
    assert keys.is_sealed(path)
    assert not is_to_convert(path)
    assert not files_with(path.parent, SECRET_WORDS)


@pytest.mark.parametrize("is_there_first", [True, False])
def test_a_copy_that_another_process_makes_meanwhile_stays_plain_for_no_longer_than_it_takes(
    path, written, encryption, monkeypatch, is_there_first
):
    """A window makes its last backup when the next may start already."""
    from storage import conversion

    folder = path.parent / "backups"
    folder.mkdir(exist_ok=True)
    half, whole = folder / f"copy.db.new-{os.getppid()}", folder / "copy.db"
    content = path.read_bytes()
    if is_there_first:
        half.write_bytes(content)
    else:
        convert = conversion._convert

        def finish_and_convert(each, *rest):
            whole.write_bytes(content)
            convert(each, *rest)

        monkeypatch.setattr(conversion, "_convert", finish_and_convert)
    encryption.want(ENCRYPTED)
    with pytest.raises(StorageError) as caught:
        convert_all(path, 1.0)
    assert caught.value.kind == troubles.LOCKED
    assert is_to_convert(path)
    if is_there_first:
        assert half.read_bytes() == content, "somebody else writes it"
        half.rename(whole)
    convert_all(path, 1.0)
    assert keys.is_sealed(whole)
    assert not is_to_convert(path)


def test_a_running_journal_is_converted_between_two_commits(path, encryption, desk):
    recorder, marks, ends = Recorder(), [], []
    journal = Journal(path, recorder, retry_seconds=0.01)
    journal.start()
    events = [note_of(desk, SECRET_WORDS) for _ in range(30)]
    for form in (ENCRYPTED, PLAIN, ENCRYPTED):
        encryption.want(form)
        for event in events[:10]:
            journal.append([event], [desk.summary()])
        events = events[10:]
        journal.reopen(marks.append, lambda trouble: (ends.append(trouble), recorder._hear("end")))
        recorder.wait_for("end", len(ends) + 1 if not ends else len(recorder.all("end")) + 1)
    assert journal.close(20)
    assert ends == [None, None, None]
    assert keys.is_sealed(path)
    assert found(path) == [f"desk-a/{seq}" for seq in range(1, 31)]
    assert marks[-1] == 1.0
    assert not files_with(path.parent, SECRET_WORDS)


@pytest.mark.expects_log
def test_a_copy_that_is_not_the_same_takes_no_place(path, written, encryption, monkeypatch):
    from storage import rewriting

    before = path.read_bytes()
    monkeypatch.setattr(
        rewriting, "sync_file", lambda new: (_ for _ in ()).throw(OSError(28, "full"))
    )
    encryption.want(ENCRYPTED)
    with pytest.raises(StorageError) as caught:
        convert_all(path, 1.0)
    assert caught.value.kind == troubles.DISK_FULL
    monkeypatch.undo()
    assert keys.is_plain(path)
    assert found(path) == written
    assert len(before) <= len(path.read_bytes())


def test_a_key_that_cannot_be_kept_encrypts_nothing(path, written, encryption, key_store):
    key_store.is_locked = True
    with pytest.raises(StorageError) as caught:
        encryption.want(ENCRYPTED)
    assert caught.value.kind == troubles.KEY_STORE_SHUT
    assert read_record(path.parent) is None
    assert keys.is_plain(path)


def test_a_plain_file_that_is_put_there_is_encrypted_by_the_next_start(
    path, written, encryption, desk
):
    plain = path.read_bytes()
    convert_to(encryption, path, ENCRYPTED)
    path.write_bytes(plain)  # as an old copy that somebody lays back
    assert is_to_convert(path)
    write(path, desk, "later")
    assert keys.is_sealed(path)


def test_a_second_encryption_is_under_another_key(path, written, encryption):
    convert_to(encryption, path, ENCRYPTED)
    first = read_record(path.parent).key_id
    convert_to(encryption, path, PLAIN)
    convert_to(encryption, path, ENCRYPTED)
    assert read_record(path.parent).key_id != first


def test_a_crash_after_the_key_was_taken_away_is_finished_without_it(
    path, written, encryption, key_store, monkeypatch
):
    convert_to(encryption, path, ENCRYPTED)
    kept = record_path(path.parent).read_bytes()
    convert_to(encryption, path, PLAIN)
    record_path(path.parent).write_bytes(
        kept.replace(b'"encrypted"', b'"plain"').replace(b"true", b"false")
    )
    keys.forget_all()
    convert_all(path, 1.0)
    assert not record_path(path.parent).exists()
    assert found(path) == written
