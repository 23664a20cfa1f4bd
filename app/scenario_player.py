"""Plays a sample call through the real desk, journal and widgets on a simulated clock."""

from __future__ import annotations

from pathlib import Path

from app.failure import Failure
from app.opening import open_workplace
from app.scenario import Scenario, ScenarioError, Step, load_scenario
from app.scenario_rows import with_ids
from app.workplace import Workplace
from call.clock import SimulatedClock
from call.fold_times import CallPhase
from desktop.paths import Places
from scripts_ja.dates import clock_time
from scripts_ja.texts import t
from ui.application import Application
from ui.rows.row_sheet import RowSheet
from ui.stage_for_pictures import PictureStage

_SETTINGS = {
    "desk.name": "agent",
    "desk.company": "company",
    "desk.department": "department",
    "desk.contact_tel": "contact_tel",
    "desk.hours": "hours",
}
_TICK_SECONDS = 15
_MARKER = "sample-call.txt"
_PAPERS = "paper-{}.txt"


def play(scenario: Scenario, folder: Path) -> int:
    """Play it, after the one that it follows; leaves pictures, the database and the note there.

    Returns how many pictures there are.

    Raises:
        Failure: a command of the scenario is refused.
        ScenarioError: a row that it means is not there, or what it follows cannot be used.
        OSError: the folder cannot be written.
    """
    _remove_earlier(folder)
    application = Application(["yorisoi"])
    clock = SimulatedClock(scenario.starts_at)
    case_id, pictures = "", 0
    if scenario.follows:
        earlier = load_scenario(scenario.follows)
        clock = SimulatedClock(earlier.starts_at)
        case_id, pictures = _play_part(earlier, folder, application, clock)
        if clock.now().wall > scenario.starts_at:
            raise ScenarioError(t("scenario.not_followed", name=earlier.title))
        clock.advance((scenario.starts_at - clock.now().wall).total_seconds())
    _, pictures = _play_part(scenario, folder, application, clock, case_id, pictures)
    return pictures


def _play_part(
    scenario: Scenario,
    folder: Path,
    application: Application,
    clock: SimulatedClock,
    case_id: str = "",
    pictures: int = 0,
) -> tuple[str, int]:
    """One sitting at the program, with the earlier case of that id on the desk.

    Returns the id of the case in hand at the end, and how many pictures there are by then.
    """
    overrides = {name: getattr(scenario, field) for name, field in _SETTINGS.items()}
    overrides |= {"flow.first": scenario.flow, "view.theme": "light"}
    workplace, notices = open_workplace(Places(folder), clock, application.post, overrides)
    stage = PictureStage(application, workplace, notices, folder, pictures)
    workplace.start()
    stage.wait_until(lambda: workplace.session.is_open)
    if case_id:
        workplace.cases.open(case_id)
        stage.wait_until(lambda: workplace.is_chosen)
    _play_steps(scenario, workplace, clock, stage)
    stage.wait_until(lambda: workplace.is_quiet)
    stage.take("end")
    _take_sheets(workplace, stage)
    _leave_note(workplace, folder)
    stage.wait_until(lambda: workplace.is_quiet)
    last = workplace.case.id if workplace.case else ""
    stage.close()
    if not workplace.close():
        raise Failure(t("cli.unwritable", path=folder))
    return last, stage.count


def _play_steps(
    scenario: Scenario, workplace: Workplace, clock: SimulatedClock, stage: PictureStage
) -> None:
    stage.take("waiting")
    passed = 0.0
    for step in scenario.steps:
        while passed + _TICK_SECONDS < step.at_seconds:
            clock.advance(_TICK_SECONDS)
            passed += _TICK_SECONDS
            stage.tick()
        clock.advance(step.at_seconds - passed)
        passed = step.at_seconds
        _do(step, workplace, stage)


def _do(step: Step, workplace: Workplace, stage: PictureStage) -> None:
    """Carry out one command; the picture of a stage is taken as it is left."""
    if _leaves_stage(step) and workplace.phase is not CallPhase.IDLE:
        stage.take(_stage_name(workplace))
    change = workplace.do(with_ids(step.command, workplace.case))
    if change.refusal is not None:
        do = str(type(step.command).__struct_config__.tag)
        why = t(f"refusal.{change.refusal.reason}")
        raise Failure(t("cli.demo_refused", at=clock_time(step.at_seconds), do=do, why=why))
    stage.tick()


def _leaves_stage(step: Step) -> bool:
    return type(step.command).__name__ in ("AdvanceStage", "GoBack", "EnterStage", "EndCall")


def _stage_name(workplace: Workplace) -> str:
    case = workplace.case
    visit = case.stages.current if case else None
    return visit.stage_id if visit else "call"


def _take_sheets(workplace: Workplace, stage: PictureStage) -> None:
    """Every page of the sheets that the call has filled."""
    case = workplace.case
    filled = {"visit": case.visits.visits, "abuse": case.abuse.acts} if case else {}
    for action in (action for action, kept in filled.items() if kept):
        stage.desktop.controller.trigger(action)
        sheet = stage.desktop.window.sheet
        if isinstance(sheet, RowSheet):
            for page in sheet.pages.pages:
                sheet.pages.show_page(page)
                stage.take(f"{action}-{page}")
        stage.desktop.window.close_sheet()


def _leave_note(workplace: Workplace, folder: Path) -> None:
    """The handoff note, and every other paper that came of the call."""
    for name, paper in workplace.after_papers.all().items():
        path = folder / _PAPERS.format(name)
        path.write_text(paper.text, encoding="utf-8", newline="\n")
    view = workplace.papers.hand_over()
    if view is not None:
        (folder / "handoff.txt").write_text(view.text, encoding="utf-8", newline="\n")


def _remove_earlier(folder: Path) -> None:
    """A sample begins anew each time; a folder with somebody's own files is left alone.

    Raises:
        Failure: there is something in the folder, and no sample left it.
    """
    marker = folder / _MARKER
    if not marker.exists() and any(folder.iterdir()):
        raise Failure(t("cli.demo_not_ours", path=folder))
    marker.write_text(t("cli.demo_marker") + "\n", encoding="utf-8")
    for pattern in (
        "yorisoi.db*",
        "*.png",
        "handoff.txt",
        "handoffs/*.txt",
        "settings.toml",
        "paper-*.txt",
    ):
        for path in folder.glob(pattern):
            path.unlink()
