"""The visit sheet (F6) by keyboard alone: whether, appointment, door, letter, what is owed."""

from datetime import timedelta

import pytest

from call import commands as c
from call.events import Judged, PlaceKind, VisitCheck, VisitMoment
from scripts_ja.texts import t
from tests.ui.second_line import Desk


def opened(seat):
    seat.act("visit")
    return Desk(seat, seat.window.sheet.pages)


@pytest.fixture
def sheet(talk):
    return opened(talk)


@pytest.fixture
def planned(talk):
    """A visit in half an hour, by two, approved."""
    at = talk.clock.now().wall + timedelta(minutes=30)
    visit = c.PlanVisit(
        at, ("中村", "高橋"), PlaceKind.THIRD_PARTY, "市民会館", 0, "お詫び", "課長"
    )
    talk.work.do(c.FillField("customer", "山田"))
    talk.work.do(visit)
    return opened(talk)


def visit_of(desk):
    return desk.case.visits.current


def at_door(desk):
    """An hour later, at the page of the day."""
    desk.page(3)
    return desk


def test_the_key_opens_closes_and_gives_the_keys_back(talk):
    talk.act("visit")
    sheet = talk.window.sheet
    assert sheet.pages.rows.hasFocus()
    assert sheet.accessibleName() == t("visit.sheet.title")
    talk.window.input.focus()
    talk.act("visit")
    assert sheet.pages.rows.hasFocus()
    talk.act("visit")
    assert talk.window.sheet is None
    assert talk.edit.hasFocus()
    talk.act("visit")
    talk.press("Escape")
    assert talk.window.sheet is None


def test_without_a_case_it_says_so(seat):
    assert t("second.no_case") in opened(seat).texts()


def test_every_page_has_its_digit_and_its_name(planned):
    for number, place in enumerate(planned.desk.pages, start=1):
        planned.page(number)
        assert planned.desk.page.id == place
        assert planned.desk.tabs[number - 1].accessibleName() == t(f"visit.pages.{place}")
        assert all(view.accessibleName() for view in planned.desk.rows.body.views)


# --- whether to go -------------------------------------------------------------------------------


def test_four_answers_one_key_each(sheet):
    sheet.go_to("check_harm")
    sheet.press("Y", "Y", "Y", "Y")
    judged = sheet.case.visits
    assert {judged.answer(check) for check in VisitCheck} == {Judged.YES}
    assert sheet.row("found").text == t("visit.suitability.suitable")
    sheet.go_to("check_safety")
    sheet.press("N")
    assert sheet.row("found").tone == "danger"
    sheet.go_to("check_safety")
    sheet.press("U")
    assert sheet.row("found").tone == "warn"


def test_a_threat_speaks_against_it(sheet, talk):
    talk.work.do(c.SetTemperature(5))
    talk.settle()
    assert sheet.row("danger").text == t("visit.sheet.danger")


@pytest.mark.rule("T2")
def test_places_with_others_around_stand_first_and_the_order_is_kept(sheet):
    rows = [row.id for row in sheet.rows() if row.id.startswith("place_")]
    assert rows[:2] == ["place_third_party", "place_own_premises"]
    for place in ("place_own_premises", "place_third_party"):
        sheet.go_to(place)
        sheet.press("Space")
    assert sheet.case.visits.offered == [PlaceKind.OWN_PREMISES, PlaceKind.THIRD_PARTY]
    assert sheet.row("place_third_party").text == t("visit.sheet.offered_as", number=2)


# --- the appointment -----------------------------------------------------------------------------


def test_an_appointment_is_asked_in_one_go(sheet):
    sheet.page(2)
    sheet.press("A")
    sheet.answer("明日14時", "市民会館", "中村、高橋", "お詫び", "田中課長")
    visit = visit_of(sheet)
    assert (visit.people, visit.place) == (("中村", "高橋"), "市民会館")
    assert (visit.reason, visit.approver, visit.minutes) == ("お詫び", "田中課長", 30)
    assert visit.place_kind is PlaceKind.THIRD_PARTY
    assert (visit.visit_at.hour, visit.visit_at.day) == (5, 2)
    assert not sheet.asked
    assert "warn" not in {row.note_tone for row in sheet.rows() if row.note}


def test_what_is_not_understood_is_not_kept(sheet):
    sheet.page(2)
    sheet.press("A")
    sheet.answer("そのうち")
    assert sheet.asked == t("visit.ask.at")
    assert visit_of(sheet) is None
    sheet.press("Escape")
    assert not sheet.asked


@pytest.mark.rule("112")
def test_one_alone_is_said_while_typing_and_after(sheet, talk):
    sheet.page(2)
    sheet.press("A")
    sheet.answer("明日14時", "")
    talk.type("中村", sheet.desk.ask.entry)
    assert sheet.echo == t("visit.lack.people")
    talk.press("Return", sheet.desk.ask.entry)
    sheet.press("Escape")
    assert sheet.row("people").note == t("visit.lack.people")
    assert at_door(sheet).row("alone").tone == "danger"


def test_fields_are_changed_one_by_one(planned):
    planned.page(2)
    planned.go_to("minutes")
    planned.press("Return")
    planned.answer("なし")
    assert planned.asked
    planned.answer("４５")
    planned.go_to("people")
    planned.press("Return")
    planned.answer("中村、高橋、伊藤")
    planned.go_to("place")
    planned.press("K")
    planned.go_to("approver")
    planned.press("Return")
    planned.answer("部長")
    visit = visit_of(planned)
    assert (visit.minutes, len(visit.people), visit.approver) == (45, 3, "部長")
    assert visit.place_kind is PlaceKind.OWN_PREMISES
    assert len(planned.case.visits.visits) == 1


def test_the_customers_own_place_needs_another_offered_first(sheet, talk):
    at = talk.clock.now().wall + timedelta(hours=1)
    talk.work.do(c.PlanVisit(at, ("中村", "高橋"), PlaceKind.HOME, "桜町1-2"))
    sheet.page(2)
    assert sheet.row("place").note == t("visit.lack.other_place_first")


def test_a_visit_is_cancelled_with_a_reason_and_a_new_one_agreed_on(planned):
    planned.page(2)
    planned.press("X")
    planned.answer("")
    assert planned.asked
    planned.answer("ご都合")
    assert visit_of(planned) is None
    planned.press("A")
    planned.answer("明日10時")
    planned.press("Escape")
    assert len(planned.case.visits.visits) == 2


# --- the door ------------------------------------------------------------------------------------

MOMENTS = list(zip("DARPWXL", (m for m in VisitMoment if m is not VisitMoment.MET), strict=True))


@pytest.mark.rule("114", "115", "116")
def test_every_moment_is_one_key_with_its_time_shown(planned, talk):
    at_door(planned)
    for key, moment in MOMENTS:
        talk.wait(60)
        planned.press(key)
        at = talk.work.local(talk.clock.now())
        assert planned.row(moment).text == f"{at:%H:%M}", key
    assert visit_of(planned).is_over
    assert planned.row("gone")
    planned.press("R")
    assert len(visit_of(planned).times_of(VisitMoment.RANG)) == 1


def test_met_or_absent_the_last_one_counts(planned):
    at_door(planned).press("A", "X", "M")
    assert visit_of(planned).outcome is VisitMoment.MET
    assert planned.row(VisitMoment.ABSENT).tone == "muted"
    assert planned.row("box").text == "30:00"


def test_the_time_box_says_when_to_leave_and_that_it_is_over(planned, talk):
    at_door(planned).press("A", "M")
    talk.wait(29 * 60 + 59)
    assert planned.row("box").text == "0:01"
    talk.wait(1)
    assert planned.row("box").tone == "danger"


@pytest.mark.rule("114")
def test_the_wait_counts_down_and_asks_for_the_bell(planned, talk):
    at_door(planned).press("A")
    assert planned.row("wait").text == "30:00"
    assert planned.row("wait").note == t("visit.sheet.ring")
    planned.press("R")
    assert not planned.row("wait").note
    talk.wait(15 * 60)
    assert (planned.row("wait").text, planned.row("wait").note) == (
        "15:00",
        t("visit.sheet.ring"),
    )
    talk.wait(15 * 60)
    assert planned.row("wait").text == t("visit.sheet.waited", minutes=30)


def test_what_was_told_later_is_kept_at_its_time(planned, talk):
    talk.wait(3600)
    at_door(planned).go_to(VisitMoment.ARRIVED)
    planned.press("T")
    planned.answer("わからない")
    assert planned.asked
    planned.answer("14:55", "門の前")
    (mark,) = visit_of(planned).moments
    assert (f"{mark.at.astimezone():%H:%M}", mark.words) == ("14:55", "門の前")
    assert planned.row(VisitMoment.ARRIVED).note == "門の前"


@pytest.mark.rule("119")
def test_absent_makes_the_next_days_call_and_leaving_the_report(planned, talk):
    at_door(planned).press("A", "X")
    assert {due.kind for due in planned.case.dues()} == {"next_day_call"}
    due = visit_of(planned).next_call.due_at
    assert talk.notice == t("visit.sheet.call_made", due="4月2日(木) 14時30分")
    assert due == visit_of(planned).visit_at + timedelta(days=1)
    planned.press("L")
    assert {due.kind for due in planned.case.dues()} == {"next_day_call", "visit_report"}


# --- the letter, and what is owed ----------------------------------------------------------------


@pytest.fixture
def absent(planned, talk):
    at_door(planned)
    talk.wait(1800)
    planned.press("A", "X")
    return planned.page(4)


@pytest.mark.rule("117", "118", "121")
def test_the_letter_stands_there_with_the_rule_of_the_envelope(absent):
    said = absent.texts()
    assert "山田様" in said
    assert "中村と高橋の二名" in said
    assert t("absence.envelope") in said
    for kept_inside in ("03-1234", "お詫びとご説明"):
        assert kept_inside not in said


def test_what_the_letter_lacks_is_named(absent):
    assert t("absence.gap.contact_tel") in absent.row("gaps").text


@pytest.mark.rule("118", "119")
def test_left_keeps_the_copy_and_moves_the_call_to_what_it_says(absent):
    absent.press("E")
    absent.answer("4月2日 11時")
    visit = visit_of(absent)
    assert "4月2日(木) 11時に、中村から" in visit.note.text
    assert (visit.next_call.due_at.hour, visit.next_call.due_at.minute) == (2, 0)
    assert "11時" in absent.row("call").text
    assert absent.row("letter").heading == t("visit.sheet.copy", time="4月1日(水) 14時30分")


def test_the_paper_is_asked_for_by_its_name(absent, talk, qtbot):
    with qtbot.waitSignal(talk.controller.visits.paper_wanted) as wanted:
        absent.press("P")
    assert wanted.args == ["absence_note"]


def test_the_report_is_due_the_same_day_late_in_words_and_done_by_a_name(absent, talk):
    absent.page(3).press("L")
    absent.page(4)
    talk.wait(3 * 3600)
    assert absent.row("report").tone == "danger"
    assert t("visit.sheet.late") in absent.row("report").text
    absent.go_to("report")
    absent.press("Return")
    absent.answer("")
    assert absent.asked
    absent.answer("田中課長")
    assert visit_of(absent).reported_to == "田中課長"
    assert "田中課長" in absent.row("report").text


def test_whoever_was_met_needs_no_letter(planned):
    at_door(planned).press("A", "M")
    planned.page(4)
    assert planned.row("met").text == t("visit.sheet.no_letter")
    planned.press("E")
    assert not planned.asked


# --- the sheet itself ----------------------------------------------------------------------------

STAGES = {"F6-S1": "judging", "F6-S2": "plan", "F6-S4": "door", "F6-S6": "proof"}


def test_the_stage_says_which_page(talk):
    for stage, page in STAGES.items():
        talk.work.do(c.EnterStage(stage))
        assert opened(talk).desk.page.id == page
        talk.press("Escape")


def test_a_stage_turns_the_page_unless_somebody_types(planned, talk):
    planned.page(2)
    planned.go_to("reason")
    planned.press("Return")
    talk.work.do(c.EnterStage("F6-S4"))
    talk.settle()
    assert planned.desk.page.id == "plan"
    planned.press("Escape")
    talk.work.do(c.EnterStage("F6-S6"))
    talk.settle()
    assert planned.desk.page.id == "proof"


def test_in_other_stages_the_visit_says_it(planned, talk):
    assert planned.desk.page.id == "plan"
    planned.press("Escape")
    talk.work.do(c.MarkVisit(VisitMoment.DEPARTED))
    assert opened(talk).desk.page.id == "door"
    talk.press("Escape")
    talk.work.do(c.MarkVisit(VisitMoment.LEFT))
    assert opened(talk).desk.page.id == "proof"


def test_what_is_being_typed_outlives_the_sheet(planned, talk):
    planned.page(2)
    planned.go_to("reason")
    planned.press("Return")
    planned.desk.ask.entry.clear()
    talk.type("行き違い", planned.desk.ask.entry)
    talk.compose("おわび", planned.desk.ask.entry)
    talk.controller.trigger("cards")  # a global key, in the middle of a word
    talk.settle()
    again = opened(talk)
    assert again.desk.ask.entry.hasFocus()
    assert again.desk.ask.entry.text() == "行き違いおわび"
    talk.press("Return", again.desk.ask.entry)
    assert visit_of(again).reason == "行き違いおわび"


def test_a_composition_keeps_its_enter_and_escape(planned, talk):
    planned.page(2)
    planned.go_to("reason")
    planned.press("Return")
    entry = planned.desk.ask.entry
    talk.compose("おわび", entry)
    talk.press("Return", entry)
    talk.press("Escape", entry)
    talk.press("Ctrl+7", entry)
    assert planned.asked
    assert visit_of(planned).reason == "お詫び"


def test_the_question_of_another_case_is_not_asked_on(planned, talk):
    planned.page(2)
    planned.go_to("reason")
    planned.press("Return")
    talk.work.do(c.EndCall())
    talk.begin_call("0399999999")
    assert not planned.desk.ask.is_open
    assert visit_of(planned) is None
