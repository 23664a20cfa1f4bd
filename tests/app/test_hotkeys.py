"""Which action has which key, who asks for it, what is said where it is taken."""

import re
from pathlib import Path

import pytest

from app.background import Background
from app.hotkeys import Hotkeys
from app.key_choice import GLOBAL, candidates, keys_in_force
from app.notice_board import NoticeBoard
from app.own_settings import OwnSettings
from app.settings import Settings, load
from desktop.hotkeys.backend import Outcome, Unavailable
from desktop.hotkeys.chooser import Candidate, Choice
from scripts_ja.texts import t
from ui.actions import DEFAULTS


class System:
    """A back end whose keys may be taken; it keeps what it has given."""

    def __init__(self, listener, taken=(), outcome=Outcome.ACTIVE):
        self.listener = listener
        self.taken = set(taken)
        self.outcome = outcome
        self.given = {}
        self.is_closed = False

    def register(self, hotkey_id, chord):
        assert not self.is_closed
        self.given.pop(hotkey_id, None)
        if str(chord) in self.taken:
            return Outcome.TAKEN
        assert str(chord) not in self.given.values(), "given twice"
        self.given[hotkey_id] = str(chord)
        return self.outcome

    def unregister(self, hotkey_id):
        self.given.pop(hotkey_id, None)

    def unregister_all(self):
        self.given.clear()

    def close(self):
        self.is_closed = True
        self.given.clear()


class Place:
    """The hotkeys with settings, notices and systems that the test looks into."""

    def __init__(self, path, values=None, taken=(), outcome=Outcome.ACTIVE):
        self.said = {}
        self.opened = []
        self.taken, self.outcome = taken, outcome
        self.background = Background(lambda call: call())
        notices = NoticeBoard()
        notices.listen(lambda notice: self.said.__setitem__(notice.key, notice.text))
        self.settings = OwnSettings(Settings(values), path, self.background, notices, {})
        self.keys = Hotkeys(self.settings, notices)
        self.changes = 0
        self.pressed = []
        self.keys.listen(self._count)
        self.keys.listen_pressed(self.pressed.append)

    def begin(self, *reasons, otherwise="other_system"):
        tried = reasons or ("x11",)
        candidates = tuple(Candidate(r, r, self._opener(r)) for r in tried)
        self.keys.begin(lambda wanted: Choice(() if wanted == "none" else candidates, otherwise))
        return self

    @property
    def system(self):
        return self.opened[-1]

    def view(self, action):
        return next(view for view in self.keys.all() if view.action == action)

    def _count(self):
        self.changes += 1

    def _opener(self, reason):
        def open_(listener):
            if reason.startswith("no_"):
                raise Unavailable(reason)
            self.opened.append(System(listener, self.taken, self.outcome))
            return self.opened[-1]

        return open_


@pytest.fixture
def make(tmp_path):
    places = []

    def make(**options):
        places.append(Place(tmp_path / "settings.toml", **options))
        return places[-1]

    yield make
    for place in places:
        place.keys.close()
        place.background.close()


# -- which key --------------------------------------------------------------------------------


def chosen(**values):
    return keys_in_force(lambda name: values.get(name.partition(".")[2], ""))


def test_without_settings_each_has_its_default():
    assert chosen() == DEFAULTS


def test_a_chosen_key_counts_and_none_is_still_the_key_of_the_window():
    keys = chosen(next="ctrl+alt+m", back="none")
    assert (keys["next"], keys["back"]) == ("Ctrl+Alt+M", DEFAULTS["back"])


def test_two_actions_may_swap_their_keys():
    keys = chosen(next=DEFAULTS["back"], back=DEFAULTS["next"])
    assert (keys["next"], keys["back"]) == (DEFAULTS["back"], DEFAULTS["next"])


@pytest.mark.parametrize(
    "values",
    [
        {"next": "Ctrl+Alt+W"},  # hold has it
        {"next": "Ctrl+Alt+M", "back": "Ctrl+Alt+M"},
        {"next": "Ctrl+Alt+B", "back": "Ctrl+Alt+W"},
        {"next": "Ctrl+Alt+-"},  # a key of the window alone has it
        dict.fromkeys(GLOBAL, "Ctrl+Alt+M"),
    ],
)
def test_no_key_is_ever_given_twice(values):
    keys = chosen(**values)
    assert len(set(keys.values())) == len(keys)
    assert list(keys) == list(DEFAULTS)


def test_candidates_are_nobody_elses():
    keys = chosen(back="Ctrl+Alt+M")
    offered = candidates("next", keys)
    assert offered[:3] == ("Ctrl+Alt+N", "Ctrl+Alt+I", "Ctrl+Alt+R")
    assert not set(offered) & (set(keys.values()) - {"Ctrl+Alt+N"})
    assert "Ctrl+Alt+B" in candidates("back", keys)
    for action in GLOBAL:
        assert not {f"Ctrl+Alt+{letter}" for letter in "DFLT"} & set(candidates(action, keys))
        assert not {"Ctrl+Alt+Shift+U", "Ctrl+Alt+Shift+R"} & set(candidates(action, keys))


def test_a_key_that_cannot_be_one_is_told_and_its_default_counts(tmp_path):
    path = tmp_path / "settings.toml"
    path.write_text('[hotkeys]\nnext = "N"\nback = "ctrl+alt+m"\nhold = "none"\n', "utf-8")
    settings, (problem,) = load(path)
    assert (problem.name, settings.text("hotkeys.next")) == ("hotkeys.next", "")
    assert "Ctrl+Alt+M" in problem.message
    assert chosen(back=settings.text("hotkeys.back"))["back"] == "Ctrl+Alt+M"


# -- asking -----------------------------------------------------------------------------------


def test_nothing_is_asked_before_it_begins(make):
    place = make()
    assert place.opened == []
    assert (place.keys.backend, place.keys.reason) == ("none", "not_yet")
    assert {view.state for view in place.keys.all()} == {"off"}


def test_every_global_key_is_asked_for_and_brought(make):
    place = make().begin()
    assert place.system.given == {action: DEFAULTS[action] for action in GLOBAL}
    assert (place.keys.backend, place.keys.reason) == ("x11", "x11")
    place.system.listener.pressed("next")
    assert place.pressed == ["next"]
    assert not place.said.get("hotkeys")


def test_the_first_that_works_is_taken_and_the_reason_is_its_own(make):
    place = make().begin("no_bus", "xwayland")
    assert (place.keys.backend, place.keys.reason) == ("xwayland", "xwayland")


def test_where_none_works_the_first_reason_is_told_once(make):
    place = make().begin("no_bus", "no_server")
    assert (place.keys.backend, place.keys.reason) == ("none", "no_bus")
    assert place.said["hotkeys_none"] == t("hotkeys.none", help="F1")
    assert {view.state for view in place.keys.all()} == {"off"}


def test_what_was_chosen_is_no_news(make):
    place = make(values={"hotkeys.backend": "none"}).begin(otherwise="chosen_none")
    assert place.keys.reason == "chosen_none"
    assert "".join(place.said.values()) == ""


def test_a_back_end_that_is_lost_makes_way_for_the_next(make):
    place = make().begin("portal", "xwayland")
    first = place.system
    first.listener.lost("portal_refused")
    assert first.is_closed
    assert (place.keys.backend, len(place.system.given)) == ("xwayland", len(GLOBAL))
    place.system.listener.lost("x11_lost")
    assert (place.keys.backend, place.keys.reason) == ("none", "x11_lost")


def test_what_is_found_out_later_counts(make):
    place = make(outcome=Outcome.PENDING).begin()
    assert place.view("next").state == "pending"
    place.system.listener.pressed("next")
    assert place.pressed == []
    place.system.listener.changed("next", Outcome.ACTIVE)
    assert place.view("next").state == "active"
    place.system.listener.pressed("next")
    assert place.pressed == ["next"]


def test_leaving_gives_everything_back(make):
    place = make().begin()
    place.keys.close()
    place.keys.close()
    assert place.system.is_closed


# -- taken ------------------------------------------------------------------------------------


def test_a_taken_key_is_named_with_the_next_that_is_free(make):
    place = make(taken={"Ctrl+Alt+N", "Ctrl+Alt+M"}).begin()
    assert place.view("next").offer == "Ctrl+Alt+I"
    assert place.said["hotkeys"] == "Ctrl Alt N は使用中。F1 で Ctrl Alt I に変更"
    assert {v.state for v in place.keys.all() if v.action != "next"} == {"active"}
    assert "Ctrl+Alt+I" not in place.system.given.values()  # offered is not taken


def test_several_are_one_sentence_and_no_key_is_offered_twice(make):
    taken = {DEFAULTS[action] for action in ("start", "next", "back", "hold", "end")}
    place = make(taken=taken).begin()
    offers = [view.offer for view in place.keys.all() if view.state == "taken"]
    assert len(set(offers)) == len(offers) == 5
    assert place.said["hotkeys"] == "Ctrl Alt S・N ほか3個は使用中。F1 で変更"


def test_where_all_are_taken_nothing_is_offered(make):
    place = make(taken={"Ctrl+Alt+N", *candidates("next", DEFAULTS)}).begin()
    assert place.view("next") == place.view("next").__class__("next", "Ctrl+Alt+N", "taken", "")
    assert "一覧" in place.said["hotkeys"]


def test_an_offer_that_is_accepted_is_kept_and_the_notice_is_over(make):
    place = make(taken={"Ctrl+Alt+N"}).begin()
    assert place.keys.try_key("next", "Ctrl+Alt+M") == "active"
    assert place.system.given["next"] == "Ctrl+Alt+M"
    assert place.settings.get("hotkeys.next") == "Ctrl+Alt+M"
    assert place.keys.keys()["next"] == "Ctrl+Alt+M"
    assert place.said["hotkeys"] == ""


# -- another key ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "becomes"),
    [("N", "unfit"), ("Ctrl+Alt+W", "ours"), ("Ctrl+Alt+-", "ours"), ("Ctrl+Alt+M", "taken")],
)
def test_a_key_that_cannot_be_had_changes_nothing(make, key, becomes):
    place = make(taken={"Ctrl+Alt+M"}).begin()
    before = dict(place.system.given)
    assert place.keys.try_key("next", key) == becomes
    assert place.system.given == before
    assert place.settings.get("hotkeys.next") == ""
    assert place.view("next").state == "active"


def test_none_gives_the_key_back_and_the_default_takes_it_again(make):
    place = make().begin()
    assert place.keys.try_key("next", "none") == "disabled"
    assert "next" not in place.system.given
    assert place.view("next").state == "disabled"
    assert place.keys.try_key("next", "") == "active"
    assert place.system.given["next"] == "Ctrl+Alt+N"


def test_a_key_tried_for_a_disabled_action_is_not_kept_where_it_is_taken(make):
    place = make(values={"hotkeys.next": "none"}, taken={"Ctrl+Alt+M"}).begin()
    assert place.keys.try_key("next", "Ctrl+Alt+M") == "taken"
    assert "next" not in place.system.given
    assert place.view("next").state == "disabled"


def test_the_default_by_name_is_no_setting(make):
    place = make(values={"hotkeys.next": "Ctrl+Alt+M"}).begin()
    assert place.keys.try_key("next", "ctrl+alt+n") == "active"
    assert place.settings.get("hotkeys.next") == ""


def test_settings_changed_elsewhere_are_followed_and_keys_can_swap(make):
    place = make().begin()
    place.settings.change({"hotkeys.next": "Ctrl+Alt+B", "hotkeys.back": "Ctrl+Alt+N"})
    assert place.system.given["next"] == "Ctrl+Alt+B"
    assert place.system.given["back"] == "Ctrl+Alt+N"


def test_settings_of_others_ask_for_nothing(make):
    place = make(taken={"Ctrl+Alt+N"}).begin()
    changes = place.changes
    place.settings.change({"view.theme": "dark"})
    assert place.changes == changes


def test_another_back_end_is_opened_at_once(make):
    place = make().begin()
    place.settings.change({"hotkeys.backend": "none"})
    assert (place.keys.backend, place.system.is_closed) == ("none", True)
    place.settings.change({"hotkeys.backend": "auto"})
    assert (place.keys.backend, len(place.opened)) == ("x11", 2)


def test_before_the_back_end_is_open_a_key_can_be_chosen_too(make):
    place = make()
    assert place.keys.try_key("next", "Ctrl+Alt+M") == "off"
    assert place.keys.keys()["next"] == "Ctrl+Alt+M"
    place.begin()
    assert place.system.given["next"] == "Ctrl+Alt+M"


def test_every_reason_and_state_has_words():
    folder = Path(__file__).parents[2] / "desktop" / "hotkeys"
    said = "".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    reasons = set(re.findall(r'(?:Unavailable|_RefusedError|_lose)\(\s*"(\w+)"', said))
    reasons |= set(re.findall(r'Choice\([^"]*"(\w+)"\)', said))
    reasons |= set(re.findall(r'lost\.emit\("(\w+)"\)', said)) | {"portal_missing", "not_yet"}
    reasons |= set(re.findall(r'Candidate\("\w+", "(\w+)"', said))
    assert len(reasons) > 15
    for reason in reasons:
        assert t(f"hotkeys.reason.{reason}")
    for backend in ("windows", "x11", "portal", "macos", "keyboard", "none"):
        assert t(f"hotkeys.backend.{backend}")
