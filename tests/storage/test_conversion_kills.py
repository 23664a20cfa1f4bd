"""Killed on any line of encrypting or decrypting: whole in one form or the other, then finished."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import keyring
import pytest

from storage import keys
from storage.archive import Archive
from storage.connection import connect_reader, connect_writer, transaction
from storage.conversion import is_to_convert
from storage.encryption import Encryption
from storage.journal_file import JournalFile
from storage.key_record import has_record
from storage.reflections import Reflection, Reflections
from tests.doubles.key_stores import FileKeyring

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(__file__).parent / "programs" / "die_on_line.py"
KILLS = int(os.environ.get("YORISOI_CONVERSION_KILLS", "20"))
NOW = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)
DAMAGED = "yorisoi.db.damaged-20260331T010203000000Z"
WORDS = "洗濯機から水が漏れて床がだめになった"


@pytest.fixture
def store(tmp_path, monkeypatch, key_store):
    """A key store that outlives the programs."""
    monkeypatch.setenv("YORISOI_TEST_KEYRING", str(tmp_path / "keyring.json"))
    keyring.set_keyring(FileKeyring())
    return tmp_path / "keyring.json"


@pytest.fixture
def plain(tmp_path):
    """A folder with some hundred kilobytes, a log that is not empty, a backup and a damaged file."""
    folder = tmp_path / "plain"
    folder.mkdir()
    path = folder / "yorisoi.db"
    open_once(path)
    with closing(connect_writer(path)) as writer:
        with transaction(writer):
            rows = [(f"id{n}", n, json.dumps({"text": f"{WORDS}{n}"})) for n in range(2000)]
            writer.executemany(
                "INSERT INTO events (id, desk_id, seq, case_id, kind, v, wall, boot_seconds,"
                " boot_id, payload) VALUES (?, 'd', ?, 'case-1', 'X', 1, '', 0, '', ?)",
                rows,
            )
        (folder / "backups").mkdir()
        for file in (path, path.with_name("yorisoi.db-wal")):
            shutil.copy(file, folder / file.name.replace("yorisoi", "kept"))
    shutil.copy(path, folder / "backups" / "yorisoi-daily.db")
    (folder / DAMAGED).write_bytes(WORDS.encode() * 9)
    for file in (path, path.with_name("yorisoi.db-wal")):  # as a killed sidebar leaves them
        (folder / file.name.replace("yorisoi", "kept")).replace(file)
    Reflections(folder / "reflections.db").add(Reflection(NOW, keep=WORDS))
    return folder


def open_once(path):
    file = JournalFile(path, 2.0, lambda: NOW, lambda trouble: pytest.fail(str(trouble)))
    file.open()
    file.close()


@pytest.fixture
def run(store):
    """Runs a command of the real program in a process that everything is imported in already."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHON_KEYRING_BACKEND": "tests.doubles.key_stores.FileKeyring",
    }
    program = subprocess.Popen(
        [sys.executable, PROGRAM],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def ask(folder, command, deadly=0):
        request = [deadly, "--data-dir", str(folder), command, "--json"]
        program.stdin.write(json.dumps(request) + "\n")
        program.stdin.flush()
        return json.loads(program.stdout.readline())

    yield ask
    program.stdin.close()
    program.wait()
    program.stdout.close()


def content_of(folder):
    """What stands in the databases, whichever form they are in."""
    path = folder / "yorisoi.db"
    with closing(connect_reader(path)) as reader:
        events = reader.execute("SELECT * FROM events ORDER BY place").fetchall()
        assert reader.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with closing(connect_reader(folder / "backups" / "yorisoi-daily.db")) as reader:
        backup = reader.execute("SELECT count(*) FROM app_state").fetchall()
    return events, backup, Reflections(folder / "reflections.db").all()


def has_words(folder):
    files = [file for file in folder.rglob("*") if file.is_file()]
    return [file.name for file in files if WORDS.encode() in file.read_bytes()]


def deadly_lines(lines, turns):
    """Right after each change of a name, and for the rest anywhere, spread over all of it."""
    assert lines > 10 * KILLS
    chance = random.Random(20261122)
    chosen = turns[-(KILLS * 2 // 3) :]
    rest = KILLS - len(chosen)
    return chosen + [
        chance.randint(lines * place // rest + 1, lines * (place + 1) // rest)
        for place in range(rest)
    ]


def killed_folders(folder, command, tmp_path, store, run):
    """Copies of a folder, in each of which the program was killed on another line."""
    secrets = store.read_text() if store.exists() else "{}"
    rehearsal = tmp_path / "rehearsal"
    shutil.copytree(folder, rehearsal)
    done = run(rehearsal, command)
    assert done["code"] == 0
    for number, deadly in enumerate(deadly_lines(done["lines"], done["turns"])):
        target = tmp_path / f"killed-{number}"
        shutil.copytree(folder, target)
        store.write_text(secrets)
        assert run(target, command, deadly)["code"] == -signal.SIGKILL  # it fell inside
        keys.forget_all()
        yield target
        shutil.rmtree(target)


@pytest.mark.expects_log
def test_killed_while_it_encrypts(plain, tmp_path, store, run):
    expected = content_of(plain)
    forms = []
    for folder in killed_folders(plain, "encrypt", tmp_path, store, run):
        path = folder / "yorisoi.db"
        forms.append(keys.is_sealed(path))
        assert content_of(folder) == expected
        was_begun = has_record(folder) and is_to_convert(path)
        open_once(path)  # the next start
        assert content_of(folder) == expected
        assert not is_to_convert(path)
        if was_begun or keys.is_sealed(path):
            assert has_words(folder) == []
        assert not list(folder.rglob("*.converting*"))
    assert (len(forms), set(forms)) == (KILLS, {False, True})


@pytest.mark.expects_log
def test_killed_while_it_decrypts(plain, tmp_path, store, run):
    expected = content_of(plain)
    assert run(plain, "encrypt")["code"] == 0
    forms = []
    for folder in killed_folders(plain, "decrypt", tmp_path, store, run):
        path = folder / "yorisoi.db"
        forms.append(keys.is_sealed(path))
        assert content_of(folder) == expected
        open_once(path)
        assert content_of(folder) == expected
        assert not is_to_convert(path)
        with Archive(path) as archive:
            assert archive.summary_of("nobody") is None
        if keys.is_plain(path):
            assert (folder / DAMAGED).read_bytes() == WORDS.encode() * 9
            assert not has_record(folder)
        else:  # it was killed before it had begun
            assert Encryption(path).status().wanted == "encrypted"
        assert not list(folder.rglob("*.converting*"))
    assert (len(forms), set(forms)) == (KILLS, {False, True})
