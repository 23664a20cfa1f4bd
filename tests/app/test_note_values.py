"""What notes, calls and marks put into the phrases, and that no phrase is read out crooked."""

import re
import time
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.settings import Settings
from app.stage_view import stage_view
from app.values import values_for
from call import commands as c
from call.events import Direction, Safety, VisitMoment
from scripts_ja.card_loader import load_cards
from scripts_ja.loader import load_flows
from scripts_ja.model import Audience, NoteKind
from scripts_ja.placeholders import definitions, plain, segments
from tests.app.conftest import NO_OWN

HERE = Path(__file__).parent
CHECKS = tomllib.loads((HERE.parent / "scripts_ja" / "phrase_checks.toml").read_text("utf-8"))
PAGE = (HERE.parents[1] / "docs" / "PLACEHOLDERS.md").read_text("utf-8")
OWN = {
    "desk.name": "田中",
    "desk.title": "係長",
    "desk.company": "みどり電器",
    "desk.department": "修理受付センター",
    "desk.superior": "佐藤",
    "desk.superior_title": "課長",
    "desk.contact_tel": "0120-000-000",
    "desk.hours": "平日9時から18時",
    "desk.address": "本社お客様係",
    "desk.help_line": "こころの窓口 0120-000-000",
}
KINDS = {
    "request": NoteKind.REQUEST,
    "gap": NoteKind.DISCREPANCY,
    "answered": NoteKind.ANSWERED,
    "ask": NoteKind.ASK,
    "promise": NoteKind.PROMISE,
}


@pytest.fixture(autouse=True)
def _in_japan(monkeypatch):
    monkeypatch.setenv("TZ", "JST-9")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def call(desk):
    """A call that was answered on Saturday, 21 November, at ten in Japan."""
    desk.do(c.StartCall("03-0000-1234"))
    return desk


def at(day, hour, minute=0):
    """A time of November in Japan."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=9)


def values(desk, **settings):
    named = {name.replace("__", "."): value for name, value in settings.items()}
    return values_for(desk.session.situation(), Settings(OWN | named), Audience.CUSTOMER)


def value(desk, key, **settings):
    return values(desk, **settings).get(key, "")


def note(kind, text, due=None):
    return c.TakeNote(kind, text, due_at=due)


# -- notes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("key", "kind"), KINDS.items())
def test_the_newest_note_of_a_kind_where_it_fits(call, key, kind):
    call.do(note(kind, "部品の交換"), note(kind, "代替機の貸し出し"))
    assert value(call, key) == "代替機の貸し出し"
    # What the newest says cannot be read out: the one before is about something else.
    call.do(note(kind, "修理が遅れていると言われた。"))
    # Only an answer can: it goes before 「と」, so quotation marks will do.
    assert value(call, key) == ("「修理が遅れていると言われた」" if key == "answered" else "")
    call.do(c.FillField(key, "修理が遅れた件"))
    assert value(call, key) == "修理が遅れた件"


def test_a_reason_is_taken_only_where_one_is_given(call):
    call.do(note(NoteKind.CANNOT, "全額の返金"))
    assert value(call, "reason") == ""
    call.do(note(NoteKind.CANNOT, "返金：保証期間が過ぎているため"))
    assert value(call, "reason") == "保証期間が過ぎている"


def test_a_wish_is_said_without_the_word(call):
    call.do(note(NoteKind.REQUEST, "返金希望"))
    assert value(call, "request") == "返金"


def test_a_promise_and_its_date_come_from_one_note(call):
    call.do(note(NoteKind.PROMISE, "点検結果のご報告", at(24, 17)))
    assert (value(call, "promise"), value(call, "deadline")) == (
        "点検結果のご報告",
        "11月24日(火)の17時",
    )
    call.do(note(NoteKind.PROMISE, "保証書の再発行"))
    assert (value(call, "promise"), value(call, "deadline")) == ("保証書の再発行", "")


def test_what_is_done_has_no_deadline(call):
    call.do(note(NoteKind.PROMISE, "点検結果のご報告", at(24, 17)))
    (promise,) = call.case.notes.of_kind(NoteKind.PROMISE)
    call.do(c.SettleDue(promise.note_id))
    assert [value(call, key) for key in ("promise", "deadline", "next_at")] == [
        "点検結果のご報告",
        "",
        "",
    ]


def test_the_report_on_the_way_is_not_the_promise(call):
    call.do(
        note(NoteKind.PROMISE, "点検結果のご報告", at(24, 17)),
        note(NoteKind.PROMISE, "部品の発送", at(21, 18)),
        note(NoteKind.PROMISE, "中間のご連絡", at(22, 15, 30)),
    )
    assert {key: value(call, key) for key in ("promise", "deadline", "interim_at", "next_at")} == {
        "promise": "部品の発送",
        "deadline": "18時",
        "interim_at": "11月22日(日)の15時30分",
        "next_at": "11月22日(日)の15時30分",
    }
    # Once that time has passed, the next report is the one after.
    call.clock.advance(2 * 86_400)
    assert (value(call, "interim_at"), value(call, "next_at")) == ("", "11月24日(火)の17時")


def test_times_as_the_desk_says_them(call):
    call.do(
        note(NoteKind.PROMISE, "点検結果のご報告", at(24, 15, 30)),
        c.CommitCallback("佐藤", at(21, 15, 30), "課長"),
    )
    spoken = values(call, view__clock_words="12")
    assert (spoken["deadline"], spoken["callback_at"]) == (
        "11月24日(火)の午後3時30分",
        "午後3時30分",
    )
    call.do(c.FillField("deadline", "来週の火曜日17時"))
    assert value(call, "deadline", view__clock_words="12") == "来週の火曜日17時"


def test_facts_in_the_order_in_which_they_happened(call):
    call.do(
        note(NoteKind.FACT_CONFIRMED, "11/5に訪問日のご案内"),
        note(NoteKind.FACT_CONFIRMED, "お電話でのご案内"),
        note(NoteKind.FACT_CONFIRMED, "11/7 水が漏れていると言われた"),
        note(NoteKind.CLAIM, "11/1 修理のお申し込み"),
        note(NoteKind.FACT_CONFIRMED, "11月3日 修理のお申し込み"),
        note(NoteKind.FACT_CONFIRMED, "11月9日 部品の入荷"),
    )
    known = values(call)
    assert [known.get(key) for key in ("date1", "fact1", "date2", "fact2")] == [
        "11月3日",
        "修理のお申し込み",
        "11月5日",
        "訪問日のご案内",
    ]


def test_typed_and_noted_facts_are_not_mixed(call):
    call.do(note(NoteKind.FACT_CONFIRMED, "11月3日 修理のお申し込み"))
    call.do(c.FillField("date1", "11月1日"))
    known = values(call)
    assert known["date1"] == "11月1日"
    assert {"fact1", "date2", "fact2"} & set(known) == set()


def test_when_it_happened_is_said_by_a_fact_that_names_it(call):
    call.do(note(NoteKind.FACT_CONFIRMED, "11月3日 修理のお申し込み"))
    call.do(note(NoteKind.FACT_CONFIRMED, "11月1日 洗濯機の水漏れ"))
    assert value(call, "when") == ""
    call.do(c.FillField("issue", "水漏れ"))
    assert value(call, "when") == "11月1日"


def test_what_a_note_says_is_not_asked_for_again(call):
    call.do(c.EnterStage("F1-S3"))

    def asked():
        return [ask.key for ask in stage_view(call.session.situation(), Settings(), NO_OWN).asks]

    assert "request" in asked()
    call.do(note(NoteKind.REQUEST, "とにかくなんとかして"))
    assert "request" in asked()
    call.do(note(NoteKind.REQUEST, "今週中の修理"))
    assert "request" not in asked()


# -- calls and marks ------------------------------------------------------------------------------


def ring_again(desk, days, direction=Direction.INCOMING):
    """The customer rings again about the case, so many days later."""
    case_id = desk.case.id
    desk.do(c.EndCall(), c.FinishWrapUp())
    desk.clock.advance(days * 86_400)
    desk.do(c.StartCall("", direction))
    desk.join(case_id)


def test_a_first_call_has_no_earlier_ones(call):
    assert {"prev_dates", "burden"} & set(values(call)) == set()


def test_earlier_calls_and_how_often_somebody_had_to_ring(call):
    ring_again(call, 2)
    assert (value(call, "prev_dates"), value(call, "burden")) == ("11月21日", "二度のお電話")
    ring_again(call, 0)
    assert value(call, "prev_dates") == "11月21日と本日"
    ring_again(call, 8)
    ring_again(call, 1)
    assert (value(call, "prev_dates"), value(call, "burden")) == (
        "11月21日、23日と12月1日",
        "五度のお電話",
    )
    ring_again(call, 1)
    assert value(call, "prev_dates") == "11月23日、12月1日と2日"


def test_what_we_rang_ourselves_is_no_call_of_the_customer(call):
    ring_again(call, 1, Direction.OUTGOING)
    assert "burden" not in values(call)
    ring_again(call, 1)
    assert (value(call, "prev_dates"), value(call, "burden")) == ("11月21日", "二度のお電話")


@pytest.mark.parametrize(
    ("act", "said"),
    [
        ("暴言", "強いお言葉"),
        ("abusive_words", "強いお言葉"),
        ("大きなお声", "大きなお声"),
        ("怒鳴った", ""),
    ],
)
def test_an_act_is_named_without_reproach(call, act, said):
    call.do(c.GiveWarning(act))
    assert value(call, "act") == said


def test_the_one_proposal(call):
    call.do(c.TellConcession("保証期間の延長"))
    assert value(call, "offer") == "保証期間の延長"


def test_ones_own_title_and_the_superiors(call):
    known = values(call)
    assert (known["title"], known["superior_title"]) == ("係長", "課長")
    call.do(c.CommitCallback("高橋", at(21, 12), "部長"))
    known = values(call)
    assert (known["title"], known["superior_title"]) == ("係長", "部長")
    call.do(c.EnterStage("F3-S1"))
    first = stage_view(call.session.situation(), Settings(OWN), NO_OWN).phrases[0].plain
    assert first.startswith("みどり電器で係長を務めております田中でございます。")


def test_the_length_of_a_visit_is_the_limit(call):
    assert value(call, "duration") == "30"


# -- every phrase, with what the case knows -------------------------------------------------------


@pytest.fixture
def rich(call):
    """A case that knows all that the program finds out by itself."""
    ring_again(call, 3)
    call.do(
        c.SetTemperature(3),
        c.SetSafety(Safety.NO),
        c.FillField("issue", "洗濯機の水漏れ"),
        c.FillField("customer", "山田"),
        c.CommitCallback("佐藤", at(24, 15, 30), "課長", 15),
        c.GiveWarning("暴言"),
        c.TellConcession("保証期間の延長"),
        note(NoteKind.QUOTE, "「話にならない」"),
        note(NoteKind.FACT_CONFIRMED, "11月3日 洗濯機の水漏れ"),
        note(NoteKind.FACT_CONFIRMED, "11/5に訪問日のご案内"),
        note(NoteKind.REQUEST, "今週中の修理を希望"),
        note(NoteKind.DISCREPANCY, "修理の費用"),
        note(NoteKind.ANSWERED, "部品の無償交換"),
        note(NoteKind.ASK, "保証書の写し"),
        note(NoteKind.CANNOT, "部品の入荷が来週になるため"),
        note(NoteKind.PROMISE, "中間のご連絡", at(25, 12)),
        note(NoteKind.PROMISE, "点検結果のご報告", at(26, 17)),
        c.PlanVisit(at(21, 13), ("中村", "高橋")),
        c.MarkVisit(VisitMoment.ARRIVED),
        c.MarkVisit(VisitMoment.ABSENT),
    )
    return call


def phrases():
    for flow in load_flows(None).book.flows:
        for stage in flow.stages:
            yield from stage.phrases
    for card in load_cards(None).book.cards:
        yield from card.phrases


@pytest.mark.parametrize("clock", ["24", "12"])
def test_no_phrase_is_crooked_with_what_the_case_knows(rich, clock):
    patterns = [check["pattern"] for check in CHECKS["checks"] if check["in"] == "rendered"]
    settings = Settings(OWN | {"view.clock_words": clock})
    for phrase in phrases():
        known = values_for(rich.session.situation(), settings, phrase.audience)
        said = plain(segments(phrase.text, known))
        if phrase.audience is Audience.CUSTOMER:
            assert [p for p in patterns if re.search(p, said)] == [], said
        assert not re.search(r"。。|、、|のの|をを|はは|[^。]希望|ため(という|と)", said), said
        assert len(said) <= 85, said


def rows():
    """The table of the page: (keys, where they come from)."""
    for line in PAGE.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and len(cells) == 2 and "---" not in line:
            yield cells[0].split(", "), cells[1]


def test_the_page_says_of_every_placeholder_where_it_comes_from(rich):
    table = {key: source for keys, source in rows() for key in keys if keys != ["placeholder"]}
    assert set(table) == set(definitions())
    # What the page says the case knows is there, what is typed is not.
    rich.do(c.ToggleHoldKind(), c.FillField("issue", ""), c.FillField("customer", ""))
    today = rich.clock.now().wall
    rich.do(c.PlanVisit(today, ("中村", "高橋"), place="市民会館"))
    rich.do(*(c.MarkVisit(VisitMoment(each)) for each in ("arrived", "absent", "left")))
    typed = {key for key, source in table.items() if source == "typed by the agent"}
    known = set(values(rich)) - {"callback_tel"}
    assert known & typed == set()
    assert set(table) - typed - known == {"callback_tel", "when"}
