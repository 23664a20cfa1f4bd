"""Papers in a folder that the agent has chosen, be it a share that does not answer."""

from threading import Event

import pytest

from app.exported_files import files_of
from scripts_ja.texts import t

NAME = "folders.handoffs"


@pytest.fixture
def chosen(talk, tmp_path):
    """A folder elsewhere, and a desk that writes there."""
    folder = tmp_path / "elsewhere"
    talk.work.settings.change({NAME: str(folder)})
    yield folder
    if talk.controller.papers.handoff is not None:
        talk.controller.papers.handoff.close()


def test_the_note_goes_there_and_an_erasure_finds_it(talk, chosen):
    talk.hand_over()
    talk.wait_until(lambda: list(chosen.glob("*.txt")))
    assert not talk.places.handoffs.exists()
    assert talk.work.paper_shelf.folder == str(chosen)
    talk.wait_until(talk.places.exports.exists)
    found = files_of(talk.places, [talk.case.case_no])
    assert list(found) == list(chosen.glob("*.txt"))


def test_cancel_in_the_settings_puts_the_old_place_back(talk, tmp_path):
    talk.act("settings")
    window = talk.controller.settings.window
    assert window._form.try_value(NAME, str(tmp_path / "new")) == ""
    row = next(row for row in window.places if row.view.name == "handoffs")
    assert row.view.path == str(tmp_path / "new")
    window.cancel()
    assert talk.work.paper_shelf.folder == str(talk.places.handoffs)


@pytest.mark.parametrize("path", ["papers", "./papers", "~nobody-has-this-name/x"])
def test_half_a_path_is_refused(talk, path):
    talk.act("settings")
    window = talk.controller.settings.window
    assert window._form.try_value(NAME, path) == t("settings_window.unfit.folder")
    window.cancel()


def test_where_it_cannot_be_written_that_is_said(talk, chosen):
    chosen.write_text("in the way")
    talk.hand_over()
    talk.wait_until(lambda: "handoff_file" in talk.window.notice._standing)
    assert talk.window.notice.property("tone") == "danger"


def test_a_share_that_does_not_answer_holds_nothing_up(talk, chosen, monkeypatch):
    answers = Event()

    def write(path, content):
        assert answers.wait(60)
        path.parent.mkdir()
        path.write_bytes(content)
        return path

    monkeypatch.setattr("app.writing.write_file", write)
    talk.work._errands._patience_seconds = 0.01
    talk.hand_over()
    talk.wait_for_background()  # whoever reads beside the window goes on
    talk.wait_until(lambda: "handoff_file" in talk.window.notice._standing)
    answers.set()
    talk.wait_until(lambda: "handoff_file" not in talk.window.notice._standing)
    assert list(chosen.glob("*.txt"))


def test_the_end_of_the_program_waits_for_what_is_being_written(talk, chosen, monkeypatch):
    waited = []
    folder = talk.work.papers_folder
    monkeypatch.setattr(
        folder._changed, "wait_for", lambda is_so, seconds: waited.append((is_so(), seconds))
    )
    answers = Event()
    monkeypatch.setattr("app.writing.write_file", lambda path, _: answers.wait(60) and path)
    talk.hand_over()
    folder.finish(5.0)
    assert waited == [(False, 5.0)]
    answers.set()


def test_an_answer_to_another_desk_goes_there_too(talk, chosen):
    laid = []
    talk.work.papers_folder.lay(lambda folder: laid.append(folder) or folder / "x", "1-2-3")
    talk.wait_until(lambda: talk.places.exports.exists())
    assert laid == [chosen]
