"""Encryption from the window: offered quietly, step by step, and a call that goes on meanwhile."""

import keyring
import pytest
from keyring.backends import fail
from PySide6.QtWidgets import QApplication

from scripts_ja.texts import t
from storage import keys
from storage.encryption import Encryption
from storage.key_record import ENCRYPTED, read_record
from ui.port.encryption import EncryptionState

WORDS = "洗濯機から水が漏れた"


class Hands:
    """What an agent does with the sheet."""

    def __init__(self, seat):
        self.seat = seat
        self.port = seat.work.encryption

    @property
    def sheet(self):
        return self.seat.window.sheet

    def open(self):
        self.seat.window.waiting.encryption.click()
        self.wait()

    def wait(self):
        self.seat.wait_until(
            lambda: not self.port.view.is_busy and self.port.view.state != EncryptionState.UNKNOWN
        )

    def press(self, word):
        next(button for button in self.sheet.buttons if word in button.text()).click()
        self.wait()

    def said(self):
        return [label.accessibleName().strip() for label in self.sheet._texts]

    def encrypt(self):
        self.open()
        self.press("回復キーを作る")
        words = "-".join(self.port.view.groups)
        self.press("書き写した")
        self.seat.type(words, self.sheet.entry)
        self.press("確かめる")
        self.seat.wait_until(lambda: self.port.view.state == EncryptionState.ENCRYPTED)
        self.wait()
        return words


@pytest.fixture
def hands(seat):
    return Hands(seat)


@pytest.fixture
def seat(key_store, make_seat):
    """A desk on a machine that has a key store."""
    return make_seat().start()


def test_from_the_offer_to_encrypted_and_back(hands, seat):
    assert not seat.window.waiting.encryption.isHidden()
    words = hands.encrypt()
    assert len(words) == 8 * 5 + 7
    assert seat.notice == "記録を暗号化しました"
    assert keys.is_sealed(seat.places.database)
    assert hands.port.view.is_recoverable
    assert not hands.port.is_offered
    hands.press("解く")
    assert keys.is_sealed(seat.places.database)  # asked twice
    hands.press("解く")
    seat.wait_until(lambda: hands.port.view.state == EncryptionState.PLAIN)
    assert keys.is_plain(seat.places.database)


def test_a_call_goes_on_while_its_records_are_encrypted(hands, seat):
    seat.begin_call("03-0000-1234")
    seat.note(WORDS)
    hands.port.propose()
    hands.wait()
    hands.port.prove(" ".join(hands.port.view.groups))
    numbers = range(20)
    for number in numbers:
        seat.note(f"メモ{number}")
    seat.wait_until(lambda: hands.port.view.state == EncryptionState.ENCRYPTED)
    seat.save()
    assert seat.notes() == [WORDS, *(f"メモ{number}" for number in numbers)]
    with seat.archive() as archive:
        (case,) = archive.recent(9)
        assert len([e for e in archive.events_of(case.case_id) if e.kind == "NoteTaken"]) == 21
    found = [f.name for f in seat.places.data.iterdir() if WORDS.encode() in f.read_bytes()]
    assert found == []


def test_nothing_is_encrypted_before_the_recovery_key_was_proved(hands, seat):
    hands.open()
    hands.press("回復キーを作る")
    groups = hands.port.view.groups
    hands.press("書き写した")
    seat.type("ほかの文字", hands.sheet.entry)
    hands.press("確かめる")
    assert hands.sheet.remark.isVisibleTo(hands.sheet)
    assert "1組目が違います" in hands.port.view.remark
    hands.sheet.entry.clear()
    seat.type(" ".join(groups[:3]), hands.sheet.entry)
    assert "3組目まで" in hands.sheet.echo.text()
    assert not hands.sheet.remark.isVisibleTo(hands.sheet) or hands.port.view.remark
    seat.press("Esc", hands.sheet.entry)
    hands.wait()
    assert keys.is_plain(seat.places.database)
    assert hands.port.view.state == EncryptionState.PLAIN
    assert not (seat.places.data / "recovery.db.new").exists()


def test_the_focus_stays_in_the_sheet_from_step_to_step(hands, seat):
    hands.encrypt()
    assert hands.sheet.isAncestorOf(QApplication.focusWidget())


def test_whoever_comes_from_the_settings_can_type_at_once(hands, seat):
    """A recovery key that is typed into another program is no secret any more."""
    wanted = []
    seat.window.keyboard_wanted.connect(lambda: wanted.append(True))
    hands.open()
    assert wanted


def test_declined_it_is_not_offered_again(hands, seat):
    hands.open()
    hands.press("今はしない")
    assert seat.window.sheet is None
    assert seat.window.waiting.encryption.isHidden()


def test_where_it_cannot_be_had_it_says_so(hands, seat, key_store, monkeypatch):
    monkeypatch.setattr(keys, "has_cipher", lambda: False)
    hands.open()
    assert hands.port.view.state == EncryptionState.IMPOSSIBLE
    (said,) = hands.said()
    assert "sqlcipher3" in said
    assert hands.sheet.buttons == []
    assert seat.window.waiting.encryption.isHidden(), "offered though it cannot be had"


def test_without_a_key_store_it_says_so_and_records_without(hands, seat):
    keyring.set_keyring(fail.Keyring())
    hands.open()
    assert hands.port.view.state == EncryptionState.IMPOSSIBLE
    assert hands.said() == [t("encryption.obstacle.key_store_shut")]
    assert hands.sheet.buttons == []
    assert seat.window.waiting.encryption.isHidden(), "offered though it cannot be had"
    seat.begin_call()
    seat.note(WORDS)
    seat.save()
    assert keys.is_plain(seat.places.database)
    assert seat.notes() == [WORDS]


@pytest.mark.expects_log
@pytest.mark.parametrize(
    ("secret", "kind"), [(None, "key_missing"), ("ab" * 32, "key_wrong"), ("x", "key_wrong")]
)
def test_a_key_that_does_not_open_is_never_called_damage(key_store, make_seat, secret, kind):
    """The file stays where it is, the call goes on in memory, and all is there with the key."""
    first = make_seat().start()
    Hands(first).encrypt()
    first.begin_call()
    first.note(WORDS)
    first.save()
    first.close()
    kept, key_store.kept = key_store.kept, dict.fromkeys(key_store.kept, secret) if secret else {}
    keys.forget_all()
    second = make_seat()
    second.controller.begin()
    second.work.start()
    path = second.places.database
    second.wait_until(lambda: second.notice == t(f"storage.{kind}", path=path))
    second.begin_call()
    second.note("鍵のない間のメモ")
    assert not list(second.places.data.glob("*.damaged*"))
    key_store.kept = kept
    second.save()
    second.wait_until(lambda: second.notice != t(f"storage.{kind}", path=path))
    with second.archive() as archive:
        cases = archive.recent(9)
        notes = [e for case in cases for e in archive.events_of(case.case_id)]
    assert sorted(e.body.text for e in notes if e.kind == "NoteTaken") == sorted(
        [WORDS, "鍵のない間のメモ"]
    )


@pytest.mark.expects_log
def test_a_lost_key_is_said_and_the_recovery_key_opens(key_store, make_seat):
    first = make_seat().start()
    words = Hands(first).encrypt()
    first.begin_call()
    first.note(WORDS)
    first.save()
    first.close()
    key_store.kept.clear()
    keys.forget_all()
    second = make_seat()
    hands = Hands(second)
    second.controller.begin()
    second.work.start()
    second.wait_until(lambda: hands.port.view.state == EncryptionState.LOCKED)
    assert "鍵が見つからず" in second.notice
    assert "暗号化された記録を開く" in second.window.waiting.encryption.accessibleName()
    second.begin_call()  # in memory
    second.note("鍵のない間のメモ")
    second.controller._encryption.open()
    hands.wait()
    second.type(words, hands.sheet.entry)
    hands.press("開く")
    second.save()
    with second.archive() as archive:
        notes = [
            event.body.text
            for case in archive.recent(9)
            for event in archive.events_of(case.case_id)
            if event.kind == "NoteTaken"
        ]
    assert sorted(notes) == sorted([WORDS, "鍵のない間のメモ"])
    assert len(key_store.kept) == 1


def test_a_recovery_key_is_made_anew_and_removed(hands, seat):
    first = hands.encrypt()
    hands.press("作り直す")
    second = "-".join(hands.port.view.groups)
    hands.press("書き写した")
    seat.type(second, hands.sheet.entry)
    hands.press("確かめる")
    assert second != first
    assert hands.port.view.is_recoverable
    assert Encryption(seat.places.database).recover(second)
    hands.press("使えなくする")
    hands.press("使えなくする")
    assert not hands.port.view.is_recoverable
    assert read_record(seat.places.data).wanted == ENCRYPTED


def test_the_settings_say_how_it_stands_and_lead_there(hands, seat):
    hands.encrypt()
    seat.window.close_sheet()
    seat.controller.trigger("settings")
    hands.wait()
    settings = seat.controller.settings.window
    assert "暗号化されています" in settings.encryption.sentence.accessibleName()
    settings.encryption.button.click()
    assert hands.sheet is not None
    settings.close()


def test_the_recovery_key_is_printed(hands, seat, tmp_path):
    from PySide6.QtPrintSupport import QPrinter

    from ui.recovery_print import draw_recovery

    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "key.pdf"))
    draw_recovery(("AAAAA",) * 8, printer)
    assert (tmp_path / "key.pdf").stat().st_size > 1000
