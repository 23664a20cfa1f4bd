"""A desk whose settings are lost still knows which department it belongs to."""

import json

import pytest

from app.command_line import run
from app.department_copy import find_copy
from app.department_look import look_at
from app.known_settings import in_force, known_settings
from app.seals import seals_of
from app.settings import load
from app.settings_file import ensure, save
from call import commands as c
from desktop.paths import Places
from handoff.desk_keys import new_secret
from tests.app.test_arrivals import open_place  # noqa: F401 - a fixture
from tests.app.test_department import MONDAY, OWN
from tests.app.test_sealed_cases import list_desks, share  # noqa: F401 - a fixture

OTHER = new_secret().public()


@pytest.fixture
def places(tmp_path, share):  # noqa: F811
    places = Places(tmp_path / "data")
    list_desks(share, ("二次", OTHER, True))
    look_at(str(share), places, None, MONDAY)
    return places


def named(places):
    return known_settings(places)[0].text("department.folder")


@pytest.mark.parametrize("content", [None, "[department", "[department]\nfolder = 7\n"])
def test_settings_that_do_not_say_leave_the_department(places, share, content):  # noqa: F811
    if content is not None:
        places.settings.write_text(content, encoding="utf-8")
    assert named(places) == str(share)
    rules = seals_of(places, known_settings(places)[0]).rules
    assert (rules.is_required, rules.unknown, rules.receivers) == (True, "", (OTHER,))


def test_whoever_emptied_the_setting_has_left(places):
    places.settings.write_text('[department]\nfolder = ""\n', encoding="utf-8")
    assert named(places) == ""
    look_at("", places, None, MONDAY)
    places.settings.unlink()
    assert named(places) == "", "and settings that are lost later do not bring it back"


def test_a_new_file_holds_what_is_in_force(places, share):  # noqa: F811
    settings, _ = known_settings(places)
    ensure(places.settings, settings.changed_values())
    assert load(places.settings)[0].text("department.folder") == str(share)
    places.settings.write_text("[department", encoding="utf-8")
    settings, _ = known_settings(places)
    assert save(places.settings, {"desk.name": "鈴木"}, settings.changed_values()) is not None
    again = load(places.settings)[0]
    assert (again.text("department.folder"), again.text("desk.name")) == (str(share), "鈴木")
    save(places.settings, {"desk.name": "田中"}, {"desk.company": "別の会社"})
    assert load(places.settings)[0].text("desk.company") == "", "a good file keeps what it says"
    assert find_copy(places.department, str(share)) is not None


def test_a_command_works_by_what_the_department_has_locked(places, share, capsys):  # noqa: F811
    """An erasure by one's own shorter time would take what the department wants kept."""
    text = f"[department]\nfolder = '{share}'\n[limits]\nretention_days = 30\n"
    places.settings.write_text(text, encoding="utf-8")
    (share / "limits.toml").write_text("[limits]\nretention_days = 365\n", encoding="utf-8")
    look_at(str(share), places, None, MONDAY)
    settings, copy = in_force(places)
    assert (settings.number("limits.retention_days"), copy.folder) == (365, str(share))
    assert run(["--data-dir", str(places.data), "purge", "--dry-run", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["days"] == 365


def test_a_command_without_a_department_works_by_its_own(places):
    places.settings.write_text('[department]\nfolder = ""\n', encoding="utf-8")
    settings, copy = in_force(places)
    assert (settings.text("department.folder"), copy) == ("", None)


def test_a_paper_by_command_has_the_words_of_the_department_s_flows(
    tmp_path,
    share,  # noqa: F811
    open_place,  # noqa: F811
):
    (share / "flows").mkdir()
    own = OWN.replace('title = "noise"', 'title = "大きな物音"')
    (share / "flows" / "own.toml").write_text(own, encoding="utf-8")
    places = Places(tmp_path / "first")
    look_at(str(share), places, None, MONDAY)
    desk = open_place("first")
    desk.do(c.StartCall(), c.RecordAct(("noise",)), c.EndCall())
    out = desk.export(tmp_path / "record.txt", "--paper", "abuse_record", "--format", "text")
    assert "大きな物音" in out.read_text("utf-8")
