"""``doctor`` looks at the folder chosen for papers, and says whether cases can be sealed."""

import threading

import pytest

from app import checks_shared
from app.checks_shared import check_papers_folder, check_sealing
from app.department_look import look_at
from app.desk_key import make_key
from desktop.paths import Places
from handoff.desk_keys import new_secret
from scripts_ja.texts import t
from tests.app.test_department import MONDAY
from tests.app.test_sealed_cases import list_desks, share  # noqa: F401 - a fixture

OTHER = new_secret().public()


@pytest.fixture
def places(tmp_path):
    (tmp_path / "data").mkdir()
    return Places(tmp_path / "data")


def choose(places, section, folder):
    key = "handoffs" if section == "folders" else "folder"
    places.settings.write_text(f"[{section}]\n{key} = '{folder}'\n", encoding="utf-8")


def test_nobody_has_chosen_a_folder(places):
    assert list(check_papers_folder(places)) == []
    assert list(check_sealing(places)) == []


def test_the_chosen_folder_is_looked_at(places, tmp_path):
    folder = tmp_path / "papers"
    choose(places, "folders", folder)
    assert list(check_papers_folder(places)) == [("warn", t("doctor.papers.missing", path=folder))]
    folder.mkdir()
    assert list(check_papers_folder(places)) == [("ok", t("doctor.papers.ok", path=folder))]
    folder.rmdir()
    folder.touch()
    ((level, said),) = check_papers_folder(places)
    assert (level, said) == ("warn", t("doctor.papers.unwritable", path=folder))


def test_a_share_that_never_answers_holds_nobody_up(places, tmp_path, monkeypatch):
    choose(places, "folders", tmp_path)
    answers = threading.Event()
    monkeypatch.setattr(checks_shared, "PATIENCE_SECONDS", 0)
    monkeypatch.setattr(checks_shared, "_state", lambda _: str(answers.wait(20)))
    said = list(check_papers_folder(places))
    answers.set()
    assert said == [("warn", t("doctor.papers.slow", path=tmp_path))]


def test_how_cases_are_sealed(places, share, key_store):  # noqa: F811
    choose(places, "department", share)
    unread = t("seal.unsealed.rules_unread", folder=share)
    assert list(check_sealing(places)) == [("warn", unread)]
    (share / "flows").mkdir()
    look_at(str(share), places, None, MONDAY)
    assert list(check_sealing(places)) == [("ok", t("doctor.sealing.plain"))]
    list_desks(share, ("二次", OTHER, True))
    look_at(str(share), places, None, MONDAY)
    assert list(check_sealing(places)) == [("warn", t("seal.wanted"))]
    own = make_key(places.data)
    assert list(check_sealing(places)) == [("warn", t("seal.unlisted"))]
    list_desks(share, ("一次", own, True), ("二次", OTHER, True))
    look_at(str(share), places, None, MONDAY)
    assert list(check_sealing(places)) == [("ok", t("doctor.sealing.ok", count=2))]
