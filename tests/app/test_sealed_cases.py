"""A department that wants cases sealed: what leaves is, what comes has to be, and answers too."""

import json
import shutil

import pytest
from msgspec import structs

from app import department_folder
from app.command_line import run
from app.commands import take_over
from app.department_desks import read_desks
from app.department_folder import read_shared
from app.desk_key import make_key, public_key, secret_key
from app.settings import load
from call import commands as c
from desktop.instance import SingleInstance
from handoff.desk_keys import PublicKey, new_secret
from handoff.sealing import seal
from scripts_ja.model import NoteKind
from scripts_ja.texts import t
from tests.app.test_arrivals import open_place  # noqa: F401 - a fixture
from ui.port.paper_shelf import LeaveOut, Written

WORDS = "洗濯機から水が漏れる"


@pytest.fixture
def share(tmp_path):
    """The department's shared folder."""
    folder = tmp_path / "share"
    folder.mkdir()
    return folder


def list_desks(share, *desks, sealed=True):
    """``desks`` are names, keys and whether they receive."""
    entries = "".join(
        f'[[desk]]\nname = "{name}"\nkey = "{key.as_text()}"\nreceives = {str(gets).lower()}\n'
        for name, key, gets in desks
    )
    text = f"sealed = {str(sealed).lower()}\n{entries}"
    (share / "desks.toml").write_text(text, encoding="utf-8")


class Desks:
    """Two desks of a department, each with a key in the one key store of this machine."""

    def __init__(self, open_place, share):  # noqa: F811
        self.share = share
        self.first, self.second = open_place("first"), open_place("second")
        self.keys = [make_key(place.places.data) for place in (self.first, self.second)]
        self.write()
        named = {"department.folder": str(share)}
        for place in (self.first, self.second):
            adopt_department(place, lambda p=place: p.work.settings.change(named))

    def publish(self, *more, sealed=True):
        self.write(*more, sealed=sealed)
        self.adopt()

    def write(self, *more, sealed=True):
        first, second = self.keys
        list_desks(
            self.share, ("一次窓口", first, True), ("二次対応", second, True), *more, sealed=sealed
        )

    def adopt(self):
        for place in (self.first, self.second):
            adopt_department(place, place.work.department.look)


@pytest.fixture
def desks(open_place, share, key_store):  # noqa: F811
    desks = Desks(open_place, share)
    desks.first.do(
        c.StartCall("03-0000-1234"),
        c.FillField("customer", "山田"),
        c.TakeNote(NoteKind.CLAIM, WORDS),
        c.EndCall(),
        c.FinishWrapUp(),
    )
    return desks


def adopt_department(place, look):
    """Look at the shared folder and work by what is new in it."""
    came = []
    place.work.department._adopt = lambda layers: (came.append(1), place.work._adopt(layers))
    look()
    while not came:
        place._queue.get(timeout=20)()
    place.settle()


def export(place, out, *arguments):
    """By command; the files that it made in that folder."""
    out.mkdir(exist_ok=True)
    return place.export(out, *arguments) and sorted(out.iterdir())


def refused(second, path, name="x.yorisoi.sealed"):
    """What the window says, and that nothing came of it."""
    second.lay_in(path, name)
    (said,) = second.look()
    assert second.recent() == ()
    assert second.inbox == [name]
    return said


def refused_by_command(second, path, capsys):
    capsys.readouterr()
    assert second.work.journal.flush(20)
    assert run(["--data-dir", str(second.places.data), "import", str(path)]) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert second.recent() == ()
    return err


# -- there and back -------------------------------------------------------------------------------


def test_a_case_goes_sealed_and_its_answer_and_result_come_back_so(desks, tmp_path):
    (sealed,) = export(desks.first, tmp_path / "out")
    assert sealed.name.endswith(".yorisoi.sealed")
    desks.second.lay_in(sealed, "x.yorisoi.sealed")
    (said,) = desks.second.look()
    assert "引き継ぎました" in said
    (answer,) = desks.second.places.handoffs.iterdir()
    assert answer.name.endswith(".yorisoi-ack.sealed")
    assert desks.first.work.case.case_no.encode() not in answer.read_bytes()
    desks.first.lay_in(answer, "x.yorisoi-ack.sealed")
    assert "引き継ぎました" in desks.first.look()[0]
    assert len(desks.first.work.case.handing_up.taken_over) == 1
    desks.second.work.cases.open(desks.first.work.case.id)
    desks.second.settle()
    desks.second.do(c.FillField("landing_point", "本日の修理"))
    (back,) = export(desks.second, tmp_path / "back")
    desks.first.lay_in(back, "back.yorisoi.sealed")
    assert "引き継ぎました" in desks.first.look()[0]
    assert desks.first.work.case.field("landing_point") == "本日の修理"
    assert desks.first.inbox == desks.second.inbox == []


def test_what_the_customer_said_is_in_no_byte_of_it(desks, tmp_path):
    (sealed,) = export(desks.first, tmp_path / "out")
    content = sealed.read_bytes()
    for words in (WORDS, "山田", "03-0000-1234", desks.first.work.case.case_no, "一次窓口"):
        assert words.encode() not in content
        assert json.dumps(words).strip('"').encode() not in content


def test_by_command_both_ways(desks, tmp_path, capsys):
    (sealed,) = export(desks.first, tmp_path / "out")
    third = tmp_path / "third"
    third.mkdir()
    desks.publish(("三次", make_key(third), True))
    settings, copy = desks.second.places.settings, desks.second.places.department
    desks.second.settle()
    (third / "settings.toml").write_bytes(settings.read_bytes())
    shutil.copytree(copy, third / "department")
    (sealed,) = export(desks.first, tmp_path / "again")
    capsys.readouterr()
    assert run(["--data-dir", str(third), "import", str(sealed), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["outcome"] == "done"
    assert told["answer"].endswith(".yorisoi-ack.sealed")
    assert run(["--data-dir", str(desks.first.places.data), "import", told["answer"]]) == 0
    desks.first.look()
    assert len(desks.first.work.case.handing_up.taken_over) == 1


def test_beside_a_sidebar_it_is_laid_into_the_inbox_sealed(desks, tmp_path, monkeypatch, capsys):
    (tmp_path / "runtime").mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "runtime"))
    monkeypatch.setattr(take_over, "_WAIT_SECONDS", 0.0)
    monkeypatch.setattr(SingleInstance, "ask", lambda self, line, **_: b"ok")
    (sealed,) = export(desks.first, tmp_path / "out")
    where = desks.second.places
    running = SingleInstance(where.data, where.lock)
    assert running.is_first()
    assert run(["--data-dir", str(where.data), "import", str(sealed)]) == 0
    running.release()
    (laid,) = where.inbox.iterdir()
    assert laid.read_bytes() == sealed.read_bytes()
    assert laid.name.endswith(".yorisoi.sealed")
    assert "引き継ぎました" in desks.second.look()[0]


def test_the_window_seals_what_it_saves(desks):
    shelf, saved = desks.first.work.paper_shelf, []
    shelf.save("handoff", "json", LeaveOut(as_unconfirmed=True), saved.append)
    desks.first.settle()
    (path,) = desks.first.places.handoffs.iterdir()
    assert saved == [Written(str(path))]
    assert path.name.endswith(".yorisoi.sealed")
    desks.second.lay_in(path, path.name)
    assert "引き継ぎました" in desks.second.look()[0]
    bodies = [event.body for event in desks.second.events_of(desks.first.work.case.id)]
    assert any(getattr(body, "file_name", "") == path.name for body in bodies)


def test_other_forms_stay_as_they_are(desks, tmp_path):
    out = tmp_path / "note.txt"
    number = desks.first.work.case.case_no
    assert desks.first.work.journal.flush(20)
    arguments = ["export", number, "--as-unconfirmed", "--out", str(out)]
    assert run(["--data-dir", str(desks.first.places.data), *arguments]) == 0
    assert WORDS in out.read_text(encoding="utf-8")


def test_where_it_is_not_wanted_nothing_is_sealed(desks, tmp_path):
    desks.publish(sealed=False)
    (plain,) = export(desks.first, tmp_path / "out")
    assert plain.name.endswith(".yorisoi.json")
    desks.second.lay_in(plain)
    assert "引き継ぎました" in desks.second.look()[0]
    (answer,) = desks.second.places.handoffs.iterdir()
    assert answer.name.endswith(".yorisoi-ack.json")


# -- refusals -------------------------------------------------------------------------------------


def sealed_by(secret, content, *receivers):
    return seal(content, secret, receivers)


def secret_of(place):
    return secret_key(place.places.data)


def test_not_for_this_desk(desks, tmp_path, capsys):
    path = tmp_path / "x.yorisoi.sealed"
    path.write_bytes(sealed_by(secret_of(desks.first), b"{}", new_secret().public()))
    said = refused(desks.second, path)
    assert said.startswith("この席あてに暗号化されたファイルではない")
    assert said.partition("：")[0] in refused_by_command(desks.second, path, capsys)


def test_a_desk_that_does_not_receive_cannot_read_it(desks, tmp_path):
    first, second = desks.keys
    list_desks(
        desks.share,
        ("一次", first, True),
        ("二次", second, False),
        ("三次", new_secret().public(), True),
    )
    desks.adopt()
    (sealed,) = export(desks.first, tmp_path / "out")
    assert "この席あて" in refused(desks.second, sealed)


def test_signed_by_an_unknown_sender(desks, tmp_path, capsys):
    path = tmp_path / "x.yorisoi.sealed"
    path.write_bytes(sealed_by(new_secret(), b"{}", desks.keys[1]))
    said = refused(desks.second, path)
    assert said.startswith("部署に登録のない席が署名した")
    assert said.partition("：")[0] in refused_by_command(desks.second, path, capsys)


def test_once_the_department_lists_the_sender_what_was_refused_is_taken_over(desks, tmp_path):
    (sealed,) = export(desks.first, tmp_path / "out")
    list_desks(desks.share, ("二次対応", desks.keys[1], True))
    desks.adopt()
    assert "部署に登録のない席" in refused(desks.second, sealed)
    desks.publish()
    desks.second.settle()
    assert desks.second.inbox == []
    assert len(desks.second.recent()) == 1


def test_rules_that_come_while_a_file_is_read_by_the_old_ones_count_for_it(
    desks, tmp_path, monkeypatch
):
    (sealed,) = export(desks.first, tmp_path / "out")
    work, new_rules = desks.second.work, desks.second.work.desk_key._rules
    list_desks(desks.share, ("二次対応", desks.keys[1], True))
    desks.adopt()
    seals, times = work.answering.seals, []

    def then_the_department_lists_the_sender():
        old = seals()
        if not times:
            work.desk_key._rules = new_rules
            work.arrivals.look_again()
        times.append(1)
        return old

    monkeypatch.setattr(work.answering, "seals", then_the_department_lists_the_sender)
    desks.second.lay_in(sealed, "x.yorisoi.sealed")
    desks.second.look()
    assert desks.second.inbox == []
    assert len(desks.second.recent()) == 1


def test_changed_on_the_way(desks, tmp_path, capsys):
    (sealed,) = export(desks.first, tmp_path / "out")
    content = sealed.read_bytes()
    middle = len(content) // 2
    other = b"A" if content[middle : middle + 1] != b"A" else b"B"
    sealed.write_bytes(content[:middle] + other + content[middle + 1 :])
    said = refused(desks.second, sealed)
    assert "中身が変わっている" in said
    assert "中身が変わっている" in refused_by_command(desks.second, sealed, capsys)


def test_unsealed_although_the_department_wants_it(desks, tmp_path, capsys):
    desks.publish(sealed=False)
    (plain,) = export(desks.first, tmp_path / "out")
    desks.publish()
    said = refused(desks.second, plain, "x.yorisoi.json")
    assert said.startswith("署名も暗号化もされていない")
    assert "署名も暗号化もされていない" in refused_by_command(desks.second, plain, capsys)


def test_an_unsealed_answer_is_not_heard(desks, tmp_path):
    desks.publish(sealed=False)
    (plain,) = export(desks.first, tmp_path / "out")
    desks.second.lay_in(plain)
    desks.second.look()
    (answer,) = desks.second.places.handoffs.iterdir()
    desks.publish()
    desks.first.lay_in(answer, "x.yorisoi-ack.json")
    assert "署名も暗号化もされていない" in desks.first.look()[0]
    assert desks.first.work.case.handing_up.taken_over == []


def test_a_sealed_thing_that_is_no_case_is_none(desks, tmp_path):
    path = tmp_path / "x.yorisoi.sealed"
    path.write_bytes(sealed_by(secret_of(desks.first), b"{}", desks.keys[1]))
    assert "案件のファイルではない" in refused(desks.second, path)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda store, place: store.kept.clear(), "鍵が見つからない"),
        (lambda store, place: setattr(store, "is_locked", True), "しまう場所のロックを外す"),
        (lambda store, place: (place.data / "desk_key.txt").unlink(), "鍵がまだない"),
    ],
)
def test_without_its_key_a_desk_says_so_and_takes_nothing(desks, tmp_path, key_store, spoil, said):
    (sealed,) = export(desks.first, tmp_path / "out")
    spoil(key_store, desks.second.places)
    assert said in refused(desks.second, sealed)


@pytest.mark.parametrize("kind", ["lost", "shut", "none"])
def test_without_its_key_a_desk_exports_nothing(desks, tmp_path, key_store, kind, capsys):
    if kind == "lost":
        key_store.kept.clear()
    elif kind == "shut":
        key_store.is_locked = True
    else:
        (desks.first.places.data / "desk_key.txt").unlink()
    number, out = desks.first.work.case.case_no, tmp_path / "x.yorisoi.sealed"
    assert desks.first.work.journal.flush(20)
    arguments = ["export", number, "--as-unconfirmed", "--format", "json", "--out", str(out)]
    capsys.readouterr()
    assert run(["--data-dir", str(desks.first.places.data), *arguments]) == 1
    assert "書き出せません" in capsys.readouterr().err
    assert not out.exists()
    before, saved = len(desks.first.work.session.desk.history), []
    desks.first.work.paper_shelf.save(
        "handoff", "json", LeaveOut(as_unconfirmed=True), saved.append
    )
    desks.first.settle()
    (kept,) = saved
    assert kept.path == ""
    assert "書き出せません" in kept.trouble, "the window of papers says it, too"
    assert not desks.first.places.handoffs.exists()
    assert len(desks.first.work.session.desk.history) == before, "nothing is said to have left"
    assert any("書き出せません" in notice.text for notice in desks.first.said)


# -- the department's file ------------------------------------------------------------------------

KEY = new_secret().public().as_text()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[desk]]\nname = "二次"\nkey = "yk1-abc"', "途中で切れている"),
        (f'[[desk]]\nname = "二次"\nkey = "{KEY[:-3]}"', "途中で切れている"),
        (f'[[desk]]\nname = "a"\nkey = "{KEY}"\n[[desk]]\nname = "b"\nkey = "{KEY}"', "もう一つ"),
        ("sealed = true", "相手の席がありません"),
        (f'sealed = true\n[[desk]]\nname = "a"\nkey = "{KEY}"\nreceives = false', "相手の席"),
        ('sealed = "yes"', ""),
        ("sealled = true", ""),
        (f'[[desk]]\nname = ""\nkey = "{KEY}"', ""),
        ("[[desk", ""),
    ],
)
def test_one_bad_line_and_the_file_does_not_count(tmp_path, text, said):
    found = read_desks(tmp_path / "desks.toml", text.encode())
    assert isinstance(found, tuple)
    assert found
    assert said in found[0].message


def test_a_good_file(tmp_path):
    text = f'sealed = true\n[[desk]]\nname = "a"\nkey = "{KEY}"'
    rules = read_desks(tmp_path / "desks.toml", text.encode())
    assert rules.is_required
    assert [key.as_text() for key in rules.senders] == [KEY]
    assert rules.receivers == rules.senders
    assert read_desks(tmp_path / "desks.toml", b"").is_required is False


def test_a_broken_file_leaves_the_rules_that_were(desks, tmp_path):
    (desks.share / "desks.toml").write_text("sealed = false\n[[desk", encoding="utf-8")
    desks.first.work.department.look()
    desks.first.settle()
    (sealed,) = export(desks.first, tmp_path / "out")
    assert sealed.name.endswith(".yorisoi.sealed")


def told_of_the_key(place):
    return [notice.text for notice in place.said if notice.key == "desk_key"][-1]


def test_a_desk_that_cannot_seal_is_told_before_its_first_case(open_place, share, key_store):  # noqa: F811
    """Without a key, with one that nobody has listed, and at last with one that is."""
    place = open_place("first")
    list_desks(share, ("二次", new_secret().public(), True))
    adopt_department(place, lambda: place.work.settings.change({"department.folder": str(share)}))
    wait_for_key(place)
    assert told_of_the_key(place) == t("seal.wanted")
    place.work.desk_key.make()
    wait_for_key(place)
    assert told_of_the_key(place) == t("seal.unlisted")
    list_desks(share, ("一次", public_key(place.places.data), True))
    adopt_department(place, place.work.department.look)
    wait_for_key(place)
    assert told_of_the_key(place) == ""


def wait_for_key(place):
    while place.work.desk_key.view.is_busy:
        place._queue.get(timeout=20)()
    place.settle()


# -- the key --------------------------------------------------------------------------------------


def test_a_key_is_made_once_by_command_and_printed_again(tmp_path, key_store, capsys):
    data = tmp_path / "data"
    assert run(["--data-dir", str(data), "desk-key"]) == 0
    line, said = capsys.readouterr()
    assert line.strip() == public_key(data).as_text()
    assert public_key(data).spoken in said
    assert run(["--data-dir", str(data), "desk-key", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {"key": line.strip(), "id": public_key(data).id, "made": False}
    (kept,) = key_store.kept.values()
    assert all(kept.encode() not in path.read_bytes() for path in data.iterdir() if path.is_file())


def test_a_new_key_takes_the_place_of_the_old(tmp_path, key_store, capsys):
    data = tmp_path / "data"
    assert run(["--data-dir", str(data), "desk-key"]) == 0
    before = public_key(data)
    assert run(["--data-dir", str(data), "desk-key", "--new"]) == 0
    assert public_key(data) != before
    assert len(key_store.kept) == 1
    assert secret_key(data).public() == public_key(data)


def test_where_there_is_no_key_store_it_says_so_and_makes_none(tmp_path, capsys):
    data = tmp_path / "data"
    assert run(["--data-dir", str(data), "desk-key"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err == t("seal.unmade.no_store") + "\n"
    assert list(data.iterdir()) == []


def test_a_lost_key_is_said_to_be_lost(tmp_path, key_store, capsys):
    data = tmp_path / "data"
    assert run(["--data-dir", str(data), "desk-key"]) == 0
    key_store.kept.clear()
    capsys.readouterr()
    assert run(["--data-dir", str(data), "desk-key"]) == 1
    assert "--new" in capsys.readouterr().err
    settings, problems = load(data / "settings.toml")
    assert (settings.text("department.folder"), problems) == ("", ())


# -- keys that are none ---------------------------------------------------------------------------


def not_a_point(half):
    """A key of the right length and with the right check, one half of which is no point."""
    good = new_secret().public()
    if half == "signs":
        return PublicKey(b"\x02" + bytes(31), good.sealed_to)
    return PublicKey(good.verifies, bytes(32))


@pytest.mark.parametrize("half", ["signs", "opens"])
def test_a_key_that_is_no_point_is_told_when_the_file_is_read(share, capsys, half):
    list_desks(share, ("二次", not_a_point(half), True), ("三次", new_secret().public(), True))
    shared = read_shared(share)
    assert shared.doubtful == {"desks.toml"}
    (problem,) = shared.problems
    assert problem.message == t("department.unsound_key", name="二次")
    assert problem.line == 4
    assert run(["flows", "check", str(share)]) == 1
    assert capsys.readouterr().err == f"{problem.sentence}\n"


def test_keys_that_were_found_good_are_not_looked_at_again(share, monkeypatch):
    list_desks(share, ("二次", new_secret().public(), True))
    content = (share / "desks.toml").read_bytes()
    asked = []
    monkeypatch.setattr(department_folder, "is_sound", lambda key: bool(asked.append(key)))
    assert read_shared(share, content).doubtful == set()
    assert asked == []
    assert read_shared(share).doubtful == {"desks.toml"}


def test_a_copy_with_a_key_that_is_no_point_seals_nothing(desks, tmp_path):
    """As an earlier version may have kept it."""
    place = desks.first
    rules = place.work.desk_key.now().rules
    odd = structs.replace(rules, receivers=(*rules.receivers, not_a_point("opens")))
    place.work.desk_key.adopt(odd)
    heard = []
    place.work.paper_shelf.save("handoff", "json", LeaveOut(as_unconfirmed=True), heard.append)
    place.settle()
    assert heard[0].trouble == t("seal.unsealed.rules_broken", folder=desks.share)
