"""Cases go when their days are over, or when somebody erases them: never during a call."""

import json

import pytest

from app.command_line import run
from app.retention_work import Plan
from call import commands as c
from call.fold_times import CallPhase
from scripts_ja.model import NoteKind
from scripts_ja.texts import t
from storage.archive import Archive
from storage.purge import Purge
from ui.actions import key_of
from ui.case_sheet import CaseSheet
from ui.retention_sheets import EraseSheet, RetentionSheet

DAY = 86_400.0
SECRET = "鰐鮫鱶"
DONE = t("retention.done", count=1, days=90)


def take(seat, customer, note=SECRET, *, hand_over=False):
    """A call that is over."""
    seat.begin_call("0901112222")
    seat.work.do(c.FillField("customer", customer))
    seat.work.do(c.TakeNote(NoteKind.MEMO, note, seat.work.now()))
    case_id = seat.case.id
    if hand_over:
        seat.work.papers.hand_over(as_unconfirmed=True)
    seat.act("end")
    seat.act("end")
    seat.wait(60)
    return case_id


def another_call(seat):
    """So that the one before is not in hand any more."""
    return take(seat, "佐藤", "別の話")


def holds(seat, word=SECRET):
    data = seat.bytes_on_disk()
    return any(word[:2].encode(code) in data for code in ("utf-8", "utf-16-le"))


def standing(seat):
    notice = seat.window.notice._standing.get("retention")
    return notice.text if notice else ""


def hear(seat):
    """Everything that is said from now on."""
    heard = []
    seat.work.notices.listen(lambda notice: heard.append(notice.text))
    return heard


def ids(seat):
    with Archive(seat.places.database) as archive:
        return {line.case_id for line in archive.recent(9)}


def purged(seat):
    with Archive(seat.places.database) as archive:
        return [each.case_no for each in archive.purges()]


def pass_days(seat, days):
    """A new start after so many days."""
    seat.clock.advance(days * DAY)


@pytest.fixture
def old(make_seat):
    """A case that was over 91 days ago, and one that was over just now; a call begins and ends."""
    seat = make_seat().start()
    seat.heard = hear(seat)
    seat.old = take(seat, "髙橋")
    pass_days(seat, 91)
    seat.young = another_call(seat)
    return seat


def test_it_is_announced_first_and_goes_the_next_day(old):
    old.wait_until(lambda: standing(old))
    assert standing(old) == t("retention.announced", count=1, key=key_of("cases"))
    assert holds(old)
    assert purged(old) == []
    pass_days(old, 1)
    old.work.retention.look()
    old.wait_until(lambda: DONE in old.heard)
    assert not holds(old)
    assert ids(old) == {old.young}
    assert len(purged(old)) == 1
    old.save()
    assert not holds(old)


@pytest.mark.expects_log
def test_a_mistake_of_ours_ends_one_round_and_not_all(old, monkeypatch):
    old.wait_until(lambda: standing(old))
    said = []

    def break_(*_):
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(Purge, "overdue", break_)
        pass_days(old, 1)
        old.work.retention.look()
        old.wait_until(lambda: not old.work.retention._is_running)
        old.work.retention.look()
        assert not old.work.retention._is_running, "it would break again with every key"
        assert old.work.retention.purge(said.append) == ""
        old.wait_until(lambda: said == [t("cli.purge.failed")])
    pass_days(old, 1)
    old.work.retention.look()
    old.wait_until(lambda: DONE in old.heard)
    assert not holds(old)


def test_nothing_goes_while_somebody_talks(old):
    old.wait_until(lambda: standing(old))
    pass_days(old, 1)
    old.begin_call("0312345678")
    round_ = old.work.retention._work.daily(Plan(old.work.now().wall, days=90))
    assert round_.is_to_repeat
    assert holds(old)
    assert old.old in ids(old)
    old.act("end")
    old.act("end")
    old.wait_until(lambda: DONE in old.heard)
    assert not holds(old)


def test_an_owed_callback_keeps_a_case(make_seat):
    seat = make_seat().start()
    seat.begin_call("0901112222")
    due = seat.work.local(seat.work.now()).replace(hour=17, minute=0)
    seat.work.do(c.CommitCallback("佐藤", due))
    case_no = seat.case.case_no
    seat.act("end")
    seat.act("end")
    pass_days(seat, 100)
    another_call(seat)
    views = []
    seat.work.retention.fetch(views.append)
    seat.wait_until(lambda: views)
    assert [case.case_no for case in views[0].kept_open] == [case_no]
    assert views[0].over == ()


def erased_among(heard):
    word = t("retention.erased", case_no="").strip()
    return any(text.endswith(word[-8:]) for text in heard)


def open_case_sheet(seat, words=""):
    seat.act("cases")
    sheet = seat.window.sheet
    assert isinstance(sheet, CaseSheet)
    seat.type(words, sheet.entry)
    seat.wait_until(lambda: sheet._shown == sheet._asked)
    return sheet


def test_a_case_is_erased_from_the_list(seat):
    gone = take(seat, "髙橋")
    stays = another_call(seat)
    sheet = open_case_sheet(seat, "髙橋")
    seat.press("Ctrl+D", sheet.entry)
    seat.wait_until(lambda: isinstance(seat.window.sheet, EraseSheet))
    assert holds(seat)
    heard = hear(seat)
    seat.press("2")
    seat.wait_until(lambda: erased_among(heard))
    seat.save()
    assert ids(seat) == {stays} != {gone}
    assert not holds(seat)
    assert not holds(seat, "髙橋")


def test_to_leave_the_question_is_one_key_and_erases_nothing(seat):
    take(seat, "髙橋")
    another_call(seat)
    for key in ("1", "Escape"):
        sheet = open_case_sheet(seat, "髙橋")
        seat.press("Ctrl+D", sheet.entry)
        seat.wait_until(lambda: isinstance(seat.window.sheet, EraseSheet))
        seat.press(key, seat.window.sheet)
        assert not isinstance(seat.window.sheet, EraseSheet)
    seat.wait_for_background()
    assert holds(seat)


def test_exported_notes_are_named_and_go_only_when_that_is_wanted(seat):
    views = []
    case_id = take(seat, "髙橋", hand_over=True)
    another_call(seat)
    seat.wait_for_background()
    seat.work.retention.look_at(case_id, views.append)
    seat.wait_until(lambda: views)
    (path,) = views[0].files
    assert str(seat.places.handoffs) in path
    done = []
    seat.work.retention.erase(views[0], True, lambda: done.append(True))
    seat.wait_until(lambda: done)
    seat.save()
    assert list(seat.places.handoffs.iterdir()) == []
    assert not holds(seat)


def test_the_earlier_case_that_is_read_can_be_erased(seat):
    case_id = take(seat, "髙橋")
    another_call(seat)
    seat.work.cases.open(case_id)
    seat.wait_until(lambda: seat.work.is_chosen)
    (choice,) = [each for each in seat.window.sheet._choices if each.text == t("retention.erase")]
    choice.choose()
    seat.wait_until(lambda: isinstance(seat.window.sheet, EraseSheet))
    heard = hear(seat)
    seat.press("2", seat.window.sheet)
    seat.wait_until(lambda: erased_among(heard))
    assert not seat.work.is_chosen
    assert not holds(seat)


def test_during_a_call_and_of_the_case_in_hand_nothing_is_erased(seat):
    case_id = take(seat, "髙橋")
    asked = []
    seat.work.retention.look_at(case_id, asked.append)
    assert seat.notice == t("retention.in_hand")
    seat.begin_call()
    assert seat.work.phase is CallPhase.TALKING
    seat.work.retention.look_at(case_id, asked.append)
    assert t("retention.during_call") in seat.notice
    seat.wait_for_background()
    assert asked == []


def words_on(sheet):
    from ui.labels import PlainLabel

    return "\n".join(label.text() for label in sheet.findChildren(PlainLabel))


def test_the_sheet_says_what_goes_and_what_went(old):
    old.wait_until(lambda: standing(old))
    case_sheet = open_case_sheet(old)
    old.press("Ctrl+L", case_sheet.entry)
    sheet = old.window.sheet
    assert isinstance(sheet, RetentionSheet)
    old.wait_until(lambda: t("retention.sheet.over", count=1) in words_on(sheet))
    assert t("retention.sheet.rule", days=90) in sheet._rule.accessibleName()
    old.press("Escape", sheet)
    pass_days(old, 1)
    old.work.retention.look()
    old.wait_until(lambda: purged(old))
    old.wait_until(lambda: DONE in old.heard)
    case_sheet = open_case_sheet(old)
    old.press("Ctrl+L", case_sheet.entry)
    sheet = old.window.sheet
    old.wait_until(lambda: t("retention.sheet.erased", count=1) in words_on(sheet))


def test_every_file_is_this_users_alone(seat):
    """A folder of one's own, as a start of the program makes it; here its files one by one."""
    take(seat, "髙橋", hand_over=True)
    seat.work.settings.change({"desk.name": "鈴木"})
    seat.work.reflections.keep("落ち着いて話せた")
    seat.wait_for_background()
    seat.save()
    modes = {
        f.name: oct(f.stat().st_mode & 0o077) for f in seat.places.data.rglob("*") if f.is_file()
    }
    assert set(modes.values()) == {"0o0"}, modes


@pytest.mark.parametrize("is_json", [True, False])
def test_the_command_shows_what_would_go_and_changes_nothing(old, capsys, monkeypatch, is_json):
    old.save()
    now = old.work.now()
    monkeypatch.setattr("app.system_clock.SystemClock.now", lambda _: now)
    before = purged(old), ids(old)
    extra = ["--json"] if is_json else []
    assert run(["--data-dir", str(old.places.data), "purge", "--dry-run", *extra]) == 0
    out = capsys.readouterr().out
    if is_json:
        told = json.loads(out)
        assert (told["days"], told["dry_run"], len(told["purge"])) == (90, True, 1)
        assert told["purge"][0].keys() == {"case_no", "opened_at", "closed_at", "status"}
    else:
        assert t("cli.purge.would", count=1, days=90) in out
    assert SECRET not in out
    assert "髙橋" not in out
    assert (purged(old), ids(old)) == before


def test_the_command_purges_where_no_sidebar_is_open(old, capsys, monkeypatch):
    now = old.work.now()
    old.close()
    monkeypatch.setattr("app.system_clock.SystemClock.now", lambda _: now)
    assert run(["--data-dir", str(old.places.data), "purge", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["dry_run"] is False
    assert len(purged(old)) == 1
    assert not holds(old)


def test_without_any_record_there_is_nothing_to_purge(tmp_path, capsys):
    assert run(["--data-dir", str(tmp_path), "purge", "--dry-run", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["purge"] == []


def test_a_file_that_was_exported_elsewhere_is_listed_and_can_go(
    old, capsys, monkeypatch, tmp_path
):
    now = old.work.now()
    old.close()
    monkeypatch.setattr("app.system_clock.SystemClock.now", lambda _: now)
    data = ["--data-dir", str(old.places.data)]
    assert run([*data, "purge", "--dry-run", "--json"]) == 0
    (case,) = json.loads(capsys.readouterr().out)["purge"]
    stick = tmp_path / "stick" / "note.pdf"
    gone = tmp_path / "stick" / "gone.txt"
    for path, form in ((stick, "pdf"), (gone, "text")):
        asked = ["--format", form, "--out", str(path), "--as-unconfirmed"]
        assert run([*data, "export", case["case_no"], *asked]) == 0
    gone.unlink()
    capsys.readouterr()
    for _ in range(2):  # before it goes, and of what went
        assert run([*data, "purge", "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["files"] == [str(stick)]
    assert old.places.exports.stat().st_mode & 0o077 == 0
