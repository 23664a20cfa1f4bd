"""Where nobody can tell whether the department wants cases sealed, none leaves and none is taken."""

import shutil

import pytest

from app.command_line import run
from app.department_copy import find_copy
from app.department_look import look_at
from app.desk_key import make_key
from app.rule_layers import seal_rules
from app.seal_rules import BROKEN, SPOILT, UNREAD, rules_in_force
from app.seals import seals_of
from app.settings import load
from call import commands as c
from desktop.paths import Places
from handoff.desk_keys import new_secret
from scripts_ja.model import NoteKind
from scripts_ja.texts import t
from tests.app.test_arrivals import open_place  # noqa: F401 - a fixture
from tests.app.test_department import MONDAY, TUESDAY
from tests.app.test_sealed_cases import (  # noqa: F401 - fixtures
    adopt_department,
    desks,
    export,
    list_desks,
    share,
)
from ui.port.paper_shelf import LeaveOut

OTHER = new_secret().public()


def spoil(copy, how):
    """What can happen to the list of desks in the data folder."""
    file = copy.desks
    if how == "unreadable":
        file.unlink()
        file.mkdir()
    elif how == "malformed":
        file.write_text("sealed = tr", encoding="utf-8")
    elif how == "truncated":
        file.write_bytes(b"")
    elif how == "changed":
        file.write_bytes(file.read_bytes().replace(b"sealed = true", b"sealed = false"))
    else:
        file.unlink()


SPOILT_WAYS = ("unreadable", "malformed", "truncated", "changed", "deleted")


def kept(share, places):  # noqa: F811
    """The copy in the data folder, as it is found."""
    return find_copy(places.department, str(share))


@pytest.fixture
def places(tmp_path):
    return Places(tmp_path / "data")


# -- what is known --------------------------------------------------------------------------------


@pytest.mark.parametrize("how", SPOILT_WAYS)
def test_a_spoilt_copy_is_no_permission(share, places, how):  # noqa: F811
    list_desks(share, ("二次", OTHER, True))
    look_at(str(share), places, None, MONDAY)
    assert seal_rules(kept(share, places)).receivers == (OTHER,)
    spoil(kept(share, places), how)
    rules = seal_rules(kept(share, places))
    assert (rules.unknown, rules.is_required) == (SPOILT, True)


def test_the_folder_in_reach_mends_the_copy(share, places):  # noqa: F811
    list_desks(share, ("二次", OTHER, True))
    first = look_at(str(share), places, None, MONDAY).copy
    spoil(first, "truncated")
    spoilt = kept(share, places)
    found = look_at(str(share), places, spoilt, TUESDAY)
    assert found.layers.seals.receivers == (OTHER,)
    assert found.layers.seals.unknown == ""


def test_a_spoilt_copy_is_never_the_earlier_version_of_a_broken_file(share, places):  # noqa: F811
    list_desks(share, ("二次", OTHER, True))
    first = look_at(str(share), places, None, MONDAY).copy
    spoil(first, "truncated")
    (share / "desks.toml").write_text("sealed = tr", encoding="utf-8")
    found = look_at(str(share), places, kept(share, places), TUESDAY)
    assert found.layers.seals.unknown == BROKEN
    assert seal_rules(kept(share, places)).unknown == BROKEN


def test_a_broken_list_at_the_first_look_is_not_no_list(share, places):  # noqa: F811
    (share / "flows").mkdir()
    (share / "desks.toml").write_text("sealed = tr", encoding="utf-8")
    found = look_at(str(share), places, None, MONDAY)
    assert found.layers.seals.unknown == BROKEN
    list_desks(share, ("二次", OTHER, True))
    found = look_at(str(share), places, found.copy, TUESDAY)
    assert found.layers.seals.receivers == (OTHER,)


def test_a_broken_list_that_is_taken_away_is_no_list(share, places):  # noqa: F811
    (share / "flows").mkdir()
    (share / "desks.toml").write_text("sealed = tr", encoding="utf-8")
    copy = look_at(str(share), places, None, MONDAY).copy
    (share / "desks.toml").unlink()
    found = look_at(str(share), places, copy, TUESDAY)
    assert (found.layers.seals.unknown, found.layers.seals.is_required) == ("", False)


def test_a_department_without_a_list_wants_nothing_sealed(share, places):  # noqa: F811
    (share / "flows").mkdir()
    rules = look_at(str(share), places, None, MONDAY).layers.seals
    assert (rules.unknown, rules.is_required) == ("", False)
    places.settings.write_text(f"[department]\nfolder = '{share}'\n", encoding="utf-8")
    at_the_next_start = seals_of(places, load(places.settings)[0]).rules
    assert (at_the_next_start.unknown, at_the_next_start.is_required) == ("", False)


def test_a_department_that_moved_with_all_it_shares_is_known_where_it_is_now(
    share,  # noqa: F811
    places,
    tmp_path,
):
    """The copy has the same name, which is that of its content; it is another folder's all the same."""
    list_desks(share, ("二次", OTHER, True))
    there = look_at(str(share), places, None, MONDAY).copy
    moved = shutil.copytree(share, tmp_path / "moved")
    rules = look_at(str(moved), places, there, TUESDAY).layers.seals
    assert rules_in_force(rules, str(moved)).receivers == (OTHER,)


def test_a_list_that_is_gone_goes_on_until_one_says_otherwise(share, places):  # noqa: F811
    (share / "flows").mkdir()
    list_desks(share, ("二次", OTHER, True))
    copy = look_at(str(share), places, None, MONDAY).copy
    (share / "desks.toml").unlink()
    found = look_at(str(share), places, copy, TUESDAY)
    assert (found.layers, [p.message for p in found.problems]) == (
        None,
        [t("department.desks_gone")],
    )
    list_desks(share, sealed=False)
    assert not look_at(str(share), places, found.copy, TUESDAY).layers.seals.is_required


def test_a_list_that_sealed_nothing_may_go(share, places):  # noqa: F811
    (share / "flows").mkdir()
    list_desks(share, ("二次", OTHER, True), sealed=False)
    copy = look_at(str(share), places, None, MONDAY).copy
    (share / "desks.toml").unlink()
    found = look_at(str(share), places, copy, TUESDAY)
    assert (found.layers.seals.senders, found.problems) == ((), ())


@pytest.mark.parametrize("label", [None, b"{"])
def test_a_command_without_a_copy_does_not_guess(share, places, label):  # noqa: F811
    places.department.mkdir(parents=True)
    places.settings.write_text(f"[department]\nfolder = '{share}'\n", encoding="utf-8")
    if label is not None:
        (places.department / "copy.json").write_bytes(label)
    assert seals_of(places, load(places.settings)[0]).rules.unknown == UNREAD


# -- what leaves ----------------------------------------------------------------------------------


def call_on(place):
    place.do(
        c.StartCall("03-0000-1234"),
        c.FillField("customer", "山田"),
        c.TakeNote(NoteKind.CLAIM, "洗濯機から水が漏れる"),
    )


def saved_by_window(place):
    """What the window of papers heard; and that nothing is said to have left, if nothing has."""
    before, heard = len(place.work.session.desk.history), []
    place.work.paper_shelf.save("handoff", "json", LeaveOut(as_unconfirmed=True), heard.append)
    place.settle()
    (written,) = heard
    assert bool(written.path) == (len(place.work.session.desk.history) > before)
    return written


def export_refused(place, tmp_path, capsys):
    """What the command says."""
    out = tmp_path / "refused.yorisoi.json"
    assert place.work.journal.flush(20)
    arguments = ["export", place.work.case.case_no, "--as-unconfirmed", "--format", "json"]
    capsys.readouterr()
    assert run(["--data-dir", str(place.places.data), *arguments, "--out", str(out)]) == 1
    assert not out.exists()
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    return told


def test_between_naming_a_folder_and_reading_it_nothing_leaves(
    open_place,  # noqa: F811
    share,  # noqa: F811
    tmp_path,
    key_store,
    capsys,
):
    place = open_place("first")
    call_on(place)
    assert saved_by_window(place).path.endswith(".yorisoi.json"), "nobody wants it sealed"
    make_key(place.places.data)
    place.work.settings.change({"department.folder": str(share / "unmounted")})
    place.settle()
    said = saved_by_window(place).trouble
    assert said == t("seal.unsealed.rules_unread", folder=share / "unmounted")
    assert said in [notice.text for notice in place.said]
    assert export_refused(place, tmp_path, capsys) == said + "\n"
    out = tmp_path / "note.txt"
    text = ["export", place.work.case.case_no, "--as-unconfirmed", "--out", str(out)]
    assert run(["--data-dir", str(place.places.data), *text]) == 0, "papers for people leave"


def test_in_the_middle_of_a_call_the_seals_count_at_once(
    open_place,  # noqa: F811
    share,  # noqa: F811
    key_store,
):
    place = open_place("first")
    own = make_key(place.places.data)
    list_desks(share, ("一次", own, True), ("二次", OTHER, True))
    call_on(place)
    seen = []
    place.work.desk_key.adopt, adopt = seen.append, place.work.desk_key.adopt
    place.work.settings.change({"department.folder": str(share)})
    while not seen:
        place._queue.get(timeout=20)()
    adopt(seen[0])
    assert place.work.phase.is_live
    assert saved_by_window(place).path.endswith(".yorisoi.sealed")


def test_whoever_leaves_the_department_seals_no_more(desks):  # noqa: F811
    desks.first.work.settings.change({"department.folder": ""})
    assert saved_by_window(desks.first).path.endswith(".yorisoi.json")


@pytest.mark.parametrize("how", SPOILT_WAYS)
def test_with_a_spoilt_copy_the_command_exports_nothing(desks, tmp_path, capsys, how):  # noqa: F811
    desks.first.settle()
    spoil(kept(desks.share, desks.first.places), how)
    said = export_refused(desks.first, tmp_path, capsys)
    assert said == t("seal.unsealed.rules_spoilt", folder=desks.share) + "\n"


def test_out_of_reach_the_kept_copy_goes_on(desks, tmp_path):  # noqa: F811
    desks.share.rename(desks.share.with_name("gone"))
    desks.first.work.department.look()
    desks.first.settle()
    (sealed,) = export(desks.first, tmp_path / "out")
    assert sealed.name.endswith(".yorisoi.sealed")
    assert saved_by_window(desks.first).path.endswith(".yorisoi.sealed")


def test_a_file_that_nobody_else_could_open_is_not_written(desks, tmp_path, capsys):  # noqa: F811
    first, second = desks.keys
    list_desks(desks.share, ("一次", first, True), ("二次", second, False))
    desks.adopt()
    assert saved_by_window(desks.first).trouble == t("seal.unsealed.alone")
    assert export_refused(desks.first, tmp_path, capsys) == t("seal.unsealed.alone") + "\n"


def test_a_file_that_nobody_would_believe_is_not_written(desks, tmp_path, capsys):  # noqa: F811
    list_desks(desks.share, ("二次", desks.keys[1], True))
    desks.adopt()
    assert saved_by_window(desks.first).trouble == t("seal.unsealed.unlisted")
    assert export_refused(desks.first, tmp_path, capsys) == t("seal.unsealed.unlisted") + "\n"


# -- what comes -----------------------------------------------------------------------------------


def waiting(place):
    return [notice.text for notice in place.said if notice.key == "arrival_waiting"][-1:]


def test_what_comes_before_the_rules_are_known_waits_for_them(
    open_place,  # noqa: F811
    share,  # noqa: F811
    tmp_path,
    key_store,
    capsys,
):
    (share / "flows").mkdir()
    first, second = open_place("first"), open_place("second")
    call_on(first)
    bundle = first.export(tmp_path / "case.yorisoi.json")
    hidden = share.rename(share.with_name("hidden"))
    second.work.settings.change({"department.folder": str(share)})
    second.settle()
    second.lay_in(bundle)
    second.look()
    path = second.places.inbox / "x.yorisoi.json"
    assert waiting(second) == [t("import.waiting.rules_unread", path=path)]
    capsys.readouterr()
    assert run(["--data-dir", str(second.places.data), "import", str(bundle)]) == 1
    assert capsys.readouterr().err == t("import.refused.rules_unread", path=bundle) + "\n"
    assert (second.recent(), second.inbox) == ((), ["x.yorisoi.json"])
    hidden.rename(share)
    adopt_department(second, second.work.department.look)
    assert second.inbox == []
    assert len(second.recent()) == 1
    assert waiting(second) == [""]
    (answer,) = second.places.handoffs.iterdir()
    assert answer.name.endswith(".yorisoi-ack.json")


def test_the_answer_goes_by_the_rules_by_which_the_case_was_opened(desks, tmp_path):  # noqa: F811
    """They change between the opening and the answer: what came sealed is answered so."""
    (sealed,) = export(desks.first, tmp_path / "out")
    second = desks.second
    second.lay_in(sealed, "x.yorisoi.sealed")
    taken, take = [], second.work.arrivals._take

    def leave_then_take(*arguments):
        taken.append(1)
        second.work.settings.change({"department.folder": str(tmp_path / "elsewhere")})
        take(*arguments)

    second.work.arrivals._take = leave_then_take
    second.look()
    assert taken
    (answer,) = second.places.handoffs.iterdir()
    assert answer.name.endswith(".yorisoi-ack.sealed")
    assert second.inbox == []


# -- a key store that is locked --------------------------------------------------------------------


def test_what_waits_for_the_key_store_is_said_once_and_opened_later(desks, tmp_path, key_store):  # noqa: F811
    (sealed,) = export(desks.first, tmp_path / "out")
    second, looks = desks.second, []
    second.work.arrivals.come_back = lambda: looks.append(1)
    second.lay_in(sealed, "x.yorisoi.sealed")
    key_store.is_locked = True
    path = second.places.inbox / "x.yorisoi.sealed"
    assert second.look() == [t("import.waiting.key_shut", path=path)]
    assert looks == [1]
    second.said.clear()
    second.work.arrivals.look_for_waiting()
    second.settle()
    assert waiting(second) == [], "it stands already"
    assert looks == [1, 1]
    key_store.is_locked = False
    second.work.arrivals.look_for_waiting()
    second.settle()
    assert waiting(second) == [""]
    assert (second.inbox, len(second.recent()), looks) == ([], 1, [1, 1])


def test_a_locked_key_store_is_asked_once_in_a_look(desks, tmp_path, key_store):  # noqa: F811
    (sealed,) = export(desks.first, tmp_path / "out")
    for name in ("a.yorisoi.sealed", "b.yorisoi.sealed"):
        desks.second.lay_in(sealed, name)
    key_store.is_locked, asked, look = True, [], key_store._look
    key_store._look = lambda: (asked.append(1), look())
    desks.second.look()
    assert len(asked) == 1


def test_over_a_live_call_the_key_store_is_not_asked_again(desks, tmp_path, key_store):  # noqa: F811
    (sealed,) = export(desks.first, tmp_path / "out")
    second, looks, asked, look = desks.second, [], [], key_store._look
    second.work.arrivals.come_back = lambda: looks.append(1)
    second.lay_in(sealed, "x.yorisoi.sealed")
    key_store.is_locked = True
    second.look()
    key_store._look = lambda: (asked.append(1), look())
    second.do(c.StartCall())
    second.work.arrivals.look_for_waiting()
    second.settle()
    assert (looks, asked) == ([1, 1], [])
