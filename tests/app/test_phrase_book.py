"""Finding phrases by what they say, how it is read, what they are for, where they stand."""

import queue

import pytest
from msgspec import structs

from app import phrase_index
from app.background import Background
from app.notice_board import NoticeBoard
from app.own_phrases import OwnPhrases
from app.own_settings import OwnSettings
from app.phrase_book import PhraseBook
from app.settings import Settings
from app.stage_view import stage_view
from call import commands as c
from scripts_ja.card_loader import load_cards
from scripts_ja.loader import load_flows
from scripts_ja.model import FlowBook, PhraseCategory
from scripts_ja.placeholders import SegmentKind
from scripts_ja.readings import readings_of
from scripts_ja.texts import t
from ui.port.phrases import PhraseKey

BOOK, CARDS = load_flows(None).book, load_cards(None).book
SETTINGS = Settings({"desk.name": "田中", "desk.company": "みどり電器"})
ASK = "どうぞ、今一番お伝えになりたいことからお聞かせください。"


class Library:
    """A desk with a phrase book over books that can be exchanged."""

    def __init__(self, desk, folder):
        self.desk = desk
        self.book = BOOK
        calls = queue.Queue()
        self.background = Background(calls.put)
        board = NoticeBoard()
        settings = OwnSettings(SETTINGS, folder / "settings.toml", self.background, board, {})
        self.own = OwnPhrases(folder / "own_phrases.toml", self.background, board)
        self.phrases = PhraseBook(lambda: (self.book, CARDS), desk.session, settings, self.own)

    def plains(self, query):
        return [found.phrase.plain for found in self.phrases.find(query)]

    def stage(self):
        return stage_view(self.desk.session.situation(), SETTINGS, self.own)


@pytest.fixture
def library(desk, tmp_path):
    made = Library(desk, tmp_path)
    yield made
    made.background.close()


@pytest.fixture
def call(library):
    library.desk.do(c.StartCall("0312345678"))
    return library


def shipped(book=BOOK):
    phrases = [p for flow in book.flows for stage in flow.stages for p in stage.phrases]
    return phrases + [p for card in CARDS.cards for p in card.phrases]


# -- what is found ----------------------------------------------------------------------------


def test_nothing_typed_shows_every_phrase_once(call):
    found = call.phrases.find("  　")
    assert len(found) == len(shipped()) == len({one.key for one in found})


@pytest.mark.parametrize(
    "query",
    [
        "確認",
        "かくにん",
        "カクニン",
        "ｶｸﾆﾝ",
        "かく 責任者",
        "かくにん　せきにんしゃ",
        "責任者に確認してまいり",
    ],
)
def test_kanji_kana_and_widths_find_the_same_phrase(call, query):
    assert any(plain.startswith("責任者に確認してまいります") for plain in call.plains(query))


def test_a_word_that_is_half_converted_is_found_too(call):
    assert any("重ねてお詫び申し上げます" in p for p in call.plains("おわび申し上げ"))
    assert any("重ねてお詫び申し上げます" in p for p in call.plains("お詫びもうしあげ"))


def test_each_shipped_phrase_is_found_by_its_text_and_by_each_of_its_readings(call):
    for phrase in shipped():
        literal = max((part for part in phrase.text.replace("}", "{").split("{")[::2]), key=len)
        endings = [reading[-14:] for reading in readings_of(phrase.text)]
        for query in (literal, *endings):
            assert any(found.key.text == phrase.text for found in call.phrases.find(query)), query


def test_all_words_have_to_lead_to_it(call):
    found = call.plains("録音 投稿")
    assert found
    assert all("録音" in plain or "投稿" in plain for plain in found)
    assert call.plains("録音 れんしゅうきょく") == []


@pytest.mark.parametrize("query", ["お詫び", "おわび"])
def test_a_category_finds_all_its_phrases(call, query):
    keys = {found.key.text for found in call.phrases.find(query)}
    of_category = {p.text for p in shipped() if p.category is PhraseCategory.APOLOGY}
    assert len(of_category) > 5
    assert of_category <= keys


@pytest.mark.parametrize("query", ["怒りの受け止め", "いかりのうけとめ"])
def test_a_stage_finds_its_phrases(call, query):
    assert {found.key.place for found in call.phrases.find(query)} == {"F3-S1"}


def test_a_sign_of_a_card_finds_its_phrases(call):
    assert {found.key.place for found in call.phrases.find("いしゃりょう")} == {"money"}


def test_inside_phrases_say_so_and_all_say_what_they_are_for(call):
    found = next(f for f in call.phrases.find("着地点は"))
    assert found.phrase.audience == "inside"
    assert found.category == t("phrase_category.report")
    assert found.place == t("phrase_search.stage", code="F3", title="準備（読む・計画する）")


# -- in what order ----------------------------------------------------------------------------


def test_this_stage_comes_first_then_this_flow_then_the_others_as_they_are_offered(call):
    call.desk.do(c.EnterStage("F2-S1"))
    found = call.phrases.find("申し訳")
    places = [one.key.place for one in found]
    assert [one.is_here for one in found] == sorted((one.is_here for one in found), reverse=True)
    assert places[0] == "F2-S1"
    groups = [0 if p == "F2-S1" else 1 if p.startswith("F2-") else 2 for p in places]
    assert groups == sorted(groups)
    others = [one.key for one in found if not one.key.place.startswith("F2-")]
    offered = [key for one in call.phrases.find("") if (key := one.key) in others]
    assert others == offered
    assert call.phrases.find("申し訳") == found


def test_what_says_it_comes_before_what_only_stands_where_it_is_said(call):
    call.desk.do(c.EnterStage("F7-S1"))
    found = call.phrases.find("ふりかえり")
    assert [one.key.place for one in found] == ["F8-S6", "F8-S6"]
    found = [one.key for one in call.phrases.find("おでんわ") if one.key.place[:2] == "F6"]
    says_it = ["電話" in key.text for key in found]
    assert not all(says_it)  # some only stand in 「翌日のお電話」
    assert says_it == sorted(says_it, reverse=True)


# -- how it reads -----------------------------------------------------------------------------


def test_a_found_phrase_is_filled_from_the_case_of_now_and_gaps_stay_to_be_seen(call):
    key = next(f.key for f in call.phrases.find("聞き違いがございましたら"))
    call.desk.do(c.FillField("issue", "水漏れ"))
    found = call.phrases.filled(key)
    assert "水漏れ" in found.phrase.plain
    kinds = {segment.kind for segment in found.phrase.segments}
    assert {SegmentKind.FILLED, SegmentKind.GAP} <= kinds


def test_it_can_be_searched_before_there_is_a_case(library):
    assert library.plains("かくにん")


def test_a_search_never_changes_the_case(call):
    before = len(call.desk.journal.events)
    call.phrases.find("かくにん")
    call.phrases.keep(PhraseKey("F3-S1", ASK), "こう伺います")
    call.phrases.keep(PhraseKey("F3-S1", "", is_own=True), "一言")
    assert len(call.desk.journal.events) == before


def test_what_is_sought_next_is_sought_in_what_is_there(call, monkeypatch):
    """Readings of all phrases are looked up once, not with each character that is typed."""
    call.own.keep_wording("F1-S1", "元の言い回し", "私の言い方、確認いたします")
    found = call.phrases.find("確認")
    for made in ("shipped_entries", "with_own"):
        monkeypatch.setattr(phrase_index, made, lambda *_: pytest.fail("made anew"))
    assert call.phrases.find("確認") == found
    assert call.phrases.find("かくにん")


# -- one's own --------------------------------------------------------------------------------


def test_an_own_wording_is_found_by_its_own_words_behind_the_shipped_phrase(call):
    call.phrases.keep(PhraseKey("F3-S1", ASK), "{customer}のお気持ちを先に伺えますでしょうか。")
    found = call.phrases.find("お気持ちを先に")
    assert [one.key for one in found] == [PhraseKey("F3-S1", ASK, is_own=True)]
    assert found[0].phrase.mark == t("own.wording")
    assert found[0].phrase.plain == "お客様のお気持ちを先に伺えますでしょうか。"
    assert call.phrases.find("おきもちをさきに") == found
    both = [one.key.is_own for one in call.phrases.find("") if one.key.text == ASK]
    assert both == [False, True]
    call.phrases.keep(found[0].key, "")
    assert call.phrases.find("お気持ちを先に") == ()


def test_an_own_wording_stands_under_its_phrase_in_the_stage(call):
    call.desk.do(c.EnterStage("F3-S1"))
    call.phrases.keep(PhraseKey("F3-S1", ASK), "何からでもお話しください。")
    shown = call.stage().phrases
    place = [view.plain for view in shown].index("何からでもお話しください。")
    assert shown[place].mark == t("own.wording")
    assert shown[place - 1].plain == ASK


def test_where_the_shipped_phrase_changed_the_own_wording_stays_and_says_so(call):
    call.desk.do(c.EnterStage("F3-S1"))
    call.phrases.keep(PhraseKey("F3-S1", ASK), "何からでもお話しください。")
    call.book = changed_book(ASK, "まず、お話をお聞かせください。")
    found = call.phrases.find("なにからでも")
    assert [one.phrase.mark for one in found] == [t("own.left_over")]
    at = structs.replace(call.desk.session.situation(), book=call.book)
    shown = [v for v in stage_view(at, SETTINGS, call.own).phrases if v.mark]
    assert [(v.plain, v.mark) for v in shown] == [
        ("何からでもお話しください。", t("own.left_over"))
    ]
    call.book = FlowBook(tuple(flow for flow in BOOK.flows if flow.code != "F3"))
    found = call.phrases.find("なにからでも")
    assert [one.place for one in found] == [t("phrase_search.no_place")]


def changed_book(text, other):
    def changed(stage):
        phrases = tuple(
            structs.replace(p, text=other) if p.text == text else p for p in stage.phrases
        )
        return structs.replace(stage, phrases=phrases)

    return FlowBook(
        tuple(structs.replace(f, stages=tuple(changed(s) for s in f.stages)) for f in BOOK.flows)
    )


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("規則ですので、いたしかねます。", "規則です"),
        ("{kustomer}、お待ちください。", "{kustomer}"),
        ("山田太郎様、お待ちください。", "山田太郎"),
    ],
)
def test_what_could_be_better_is_remarked_on(call, text, about):
    call.desk.do(c.FillField("customer", "山田太郎"))
    key = PhraseKey("F3-S1", ASK)
    assert any(about in remark for remark in call.phrases.remarks(key, text))
    call.phrases.keep(key, text)
    assert call.own.wording("F3-S1", ASK) == text  # and kept all the same


def test_what_is_said_inside_is_not_judged_as_said_to_a_customer(call):
    inside = next(p.text for p in shipped() if p.audience == "inside")
    place = next(f.key.place for f in call.phrases.find("") if f.key.text == inside)
    assert (
        call.phrases.remarks(PhraseKey(place, inside), "規則ですので、判断をお願いします。") == ()
    )
    assert call.phrases.remarks(PhraseKey(place, inside), "{no}を")


def test_a_good_wording_gets_no_remark(call):
    assert call.phrases.remarks(PhraseKey("F3-S1", ASK), "{customer}、お聞かせください。") == ()


def test_what_can_be_written_with_is_named(call):
    key = next(f.key for f in call.phrases.find("聞き違いがございましたら"))
    view = call.phrases.wording(key)
    assert [name for name, _ in view.fields][:3] == ["when", "issue", "impact"]
    assert "customer" in dict(view.fields)
    assert (view.original, view.text) == (key.text, "")


# -- the first phrase -------------------------------------------------------------------------


def test_the_first_phrase_stands_before_the_others(call):
    call.desk.do(c.EnterStage("F3-S1"))
    before = call.stage().phrases
    call.phrases.keep(PhraseKey("F3-S1", "", is_own=True), "{company}の{agent}でございます。")
    after = call.stage().phrases
    assert after[0].plain == "みどり電器の田中でございます。"
    assert after[0].mark == t("own.first")
    assert after[1:] == before
    assert call.phrases.filled(after[0].key).phrase == after[0]


def test_only_a_stage_with_a_place_for_it_shows_it(call):
    call.phrases.keep(PhraseKey("F3-S2", "", is_own=True), "一言")
    call.desk.do(c.EnterStage("F3-S2"))
    assert all(view.mark == "" for view in call.stage().phrases)


def test_a_shipped_phrase_that_is_pinned_is_not_shown_twice(call):
    call.desk.do(c.EnterStage("F3-S1"))
    count = len(call.stage().phrases)
    view = call.phrases.pin(PhraseKey("F3-S1", ASK))
    assert view.text == ASK
    shown = call.stage().phrases
    assert len(shown) == count
    assert (shown[0].plain, shown[0].mark) == (ASK, t("own.first"))
    assert call.phrases.pin(PhraseKey("F3-S1", ASK)).text == ""
    assert call.stage().phrases[0].mark == ""


@pytest.mark.parametrize("stage", ["F3-S0", "F3-S1", "F1-S1"])
def test_it_is_for_this_stage_or_the_next_with_a_place_for_it(call, stage):
    call.desk.do(c.EnterStage(stage))
    assert call.phrases.first_phrase().key.place == "F3-S1"


def test_without_a_place_for_it_there_is_none(call):
    call.book = FlowBook(tuple(flow for flow in BOOK.flows if flow.code != "F3"))
    assert call.phrases.first_phrase() is None
    assert call.phrases.pin(call.phrases.find("かくにん")[0].key) is None


# -- solutions that wait ----------------------------------------------------------------------


def test_solutions_wait_behind_the_others_and_come_last(call):
    call.desk.do(c.EnterStage("F3-S1"))
    early = call.stage()
    assert [view.condition for view in early.folded] == ["3分を過ぎ、お話が落ち着いてから"]
    assert early.folded_seconds == 180
    call.desk.wait(180)
    late = call.stage()
    assert late.folded == ()
    assert late.phrases == early.phrases + early.folded == early.phrases_when(is_open=True)


def test_a_solution_in_the_middle_of_a_file_comes_last_all_the_same(call):
    """When it unfolds, what is being read out must not move."""

    def turned(stage):
        return (
            structs.replace(stage, phrases=stage.phrases[::-1]) if stage.solution_folded else stage
        )

    flows = tuple(structs.replace(f, stages=tuple(map(turned, f.stages))) for f in BOOK.flows)
    call.desk.do(c.EnterStage("F3-S1"))
    early = structs.replace(call.desk.session.situation(), book=FlowBook(flows))
    late = structs.replace(early, now=early.now.shifted(180))
    before, after = (stage_view(at, SETTINGS, call.own).phrases for at in (early, late))
    assert after[: len(before)] == before
    assert len(after) == len(before) + 1


# -- beside a call ----------------------------------------------------------------------------


def test_a_search_after_it_was_made_ready_makes_no_index(call, monkeypatch):
    steps = sum(1 for _ in call.phrases.make_ready())
    assert steps > len(shipped())  # a phrase at a step
    monkeypatch.setattr(phrase_index, "shipped_entries", None)
    assert len(call.phrases.find("")) == len(shipped())


def test_an_index_half_made_ready_is_not_used(call):
    steps = call.phrases.make_ready()
    for _ in range(5):
        next(steps)
    assert len(call.phrases.find("")) == len(shipped())
    assert call.phrases.find("おわび") == call.phrases.find("おわび")


def test_an_index_of_a_search_meanwhile_stays(call):
    steps = call.phrases.make_ready()
    next(steps)
    call.phrases.find("")
    before = call.phrases._shipped
    for _ in steps:
        pass
    assert call.phrases._shipped is before
