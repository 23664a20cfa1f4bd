"""A desk whose settings are lost still knows which department it belongs to."""

import pytest

from app.department_copy import find_copy
from app.department_look import look_at
from app.known_settings import known_settings
from app.seals import seals_of
from app.settings import load
from app.settings_file import ensure, save
from desktop.paths import Places
from handoff.desk_keys import new_secret
from tests.app.test_department import MONDAY
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
