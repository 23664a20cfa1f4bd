"""A whole call, from the first start to the handoff note, with nothing but the keyboard.

A picture of every step is left in build/e2e.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.desktop import ROOT, Desktop, Program, wait_until

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

NOTES = {
    "quote": "責任者を出せ",
    "claim": "洗濯機から水が漏れる",
    "request": "今日中に直してほしい",
    "fact": "11月14日に配送・設置",
    "discrepancy": "訪問の日。お客様は20日、記録は27日",
    "answered": "田中から折り返し",
    "promise": "訪問の件を調べて説明",
    "ng": "「確認します」だけで終えること",
    "after": "受注記録に折り返しの記録なし",
}
ISSUE = "洗濯機の水漏れ"
REQUEST = "本日中の修理"
DECISION = "訪問修理の可否"
DESK = {
    "name": "鈴木",
    "company": "ひだまり電器",
    "department": "相談窓口",
    "superior": "田中",
    "title": "課長",
}
CUSTOMER = {
    "name": "山田",
    "reading": "ヤマダ",
    "number": "03-0000-1234",
    "time": "夕方",
    "product": "洗濯機",
    "when": "設置の日",
    "impact": "床の水漏れ",
    "apology": "訪問の件",
}
# In the list of all kinds; those of the stage have keys of their own.
_KEY_OF_KIND = {
    "fact": "1",
    "claim": "2",
    "discrepancy": "4",
    "request": "5",
    "answered": "7",
    "promise": "8",
    "after": "b",
}


class Agent:
    """An agent with one hand on the keyboard."""

    def __init__(self, desktop: Desktop, program: Program, pictures: Path) -> None:
        self._desktop = desktop
        self._pictures = pictures
        self._steps = 0
        self.program = program

    def press(self, *keys: str) -> None:
        self._desktop.key(*keys)

    def enter(self, *texts: str) -> None:
        """Type each text and end it with Enter."""
        for text in texts:
            self._desktop.type(text)
            self._desktop.key("Return")

    def see(self, picture: str, **expected: object) -> None:
        """Wait until the case looks as expected, and keep a picture of it."""
        self.program.wait(
            lambda p: {k: getattr(p.state, k) for k in expected} == expected,
            f"{picture}: {expected}",
        )
        self._keep(picture)

    def see_sheet(self, name: str, picture: str = "") -> None:
        self.program.wait(lambda p: p.sheet == name, f"sheet {name!r}")
        if picture:
            self._keep(picture)

    def note(self, kind: str, suffix: str = "") -> None:
        """Choose a kind from the list of all, and write a note of it."""
        before = self.program.state.notes
        self.press("ctrl+0")
        self.see_sheet("ChoiceSheet")
        self.press(_KEY_OF_KIND[kind])
        self.see_sheet("")
        self.enter(NOTES[kind] + suffix)
        self.program.wait(lambda p: p.state.notes == before + 1, f"note {kind}")

    def _keep(self, picture: str) -> None:
        self._steps += 1
        self._desktop.picture(self._pictures / f"{self._steps:02}-{picture}.png")


@pytest.fixture
def agent(desktop: Desktop, pictures: Path) -> Agent:
    for old in pictures.glob("*.png"):
        old.unlink()
    texts = [ISSUE, REQUEST, DECISION]
    for table in (NOTES, DESK, CUSTOMER):
        texts += table.values()
    desktop.add_keys("".join(texts))
    program = Program(desktop, desktop.folder / "data")
    program.wait_shown()
    return Agent(desktop, program, pictures)


def test_call_by_keyboard(agent: Agent, desktop: Desktop) -> None:
    _introduce(agent)
    _receive(agent)
    _leave_and_come_back(agent, desktop)
    _hear(agent)
    _consult(agent)
    _agree(agent)
    _wrap_up(agent)
    _hand_over(agent, desktop)


def _introduce(agent: Agent) -> None:
    agent.see_sheet("WelcomeSheet", "welcome")
    agent.enter(*DESK.values())
    agent.see_sheet("")
    agent.see("waiting", phase="idle")


def _receive(agent: Agent) -> None:
    agent.press("ctrl+alt+s")
    agent.see("talking", phase="talking", stage="F1-S1", holds=0)
    agent.press("ctrl+alt+3")
    agent.see("temperature", temperature=3)
    agent.enter(NOTES["quote"])  # the stage's likeliest kind
    agent.press("ctrl+alt+n")
    agent.see("stage-2", stage="F1-S2", notes=1)


def _leave_and_come_back(agent: Agent, desktop: Desktop) -> None:
    """Another program has the keyboard for a while; a click into the field brings it back."""
    heard = desktop.folder / "heard"
    terminal = desktop.run(["xterm", "-geometry", "60x20+0+0", "-e", f"cat > {heard}"])
    wait_until(lambda: not agent.program.has_focus(), "the terminal has the focus")
    wait_until(heard.exists, "the terminal listens")
    desktop.type("crm\n")
    wait_until(lambda: heard.read_text() == "crm\n", "the terminal got the keys")
    assert agent.program.field == ""
    agent.see("other-window", stage="F1-S2", notes=1)
    agent.program.take_focus()
    terminal.kill()  # a note that is saved would give the focus back to it
    desktop.type("kaettekita")
    agent.program.wait(lambda p: p.field == "kaettekita", "keys go to the note again")
    agent.press(*["BackSpace"] * len("kaettekita"))
    agent.program.wait(lambda p: p.field == "", "the field is empty")


def _hear(agent: Agent) -> None:
    agent.note("claim")
    agent.note("request")
    agent.note("fact")
    agent.note("discrepancy")
    agent.press("ctrl+alt+4", "ctrl+alt+5")
    agent.see("temperature-5", temperature=5)
    agent.press("ctrl+alt+z")
    agent.see("undone", temperature=4)
    agent.press("ctrl+alt+q", "ctrl+alt+n", "ctrl+alt+o")
    agent.see("same-talk", stage="F1-S3", notes=5)
    agent.press("ctrl+alt+8", "Tab")  # the gap is in the second phrase
    agent.enter(ISSUE)
    agent.press("ctrl+alt+n")
    agent.see("stage-4", stage="F1-S4")


def _consult(agent: Agent) -> None:
    agent.press("alt+2", "ctrl+alt+n", "ctrl+alt+w")
    agent.see("on-hold", phase="on_hold", stage="F1-S5", holds=1)
    agent.press("ctrl+alt+c")
    agent.see_sheet("ConsultSheet", "card")
    # The first empty field is the request; the superior is known from the first start.
    agent.enter(REQUEST, DECISION, "5", "", "", "15")
    agent.enter("+30")
    agent.see_sheet("", "card-filled")
    agent.press("ctrl+alt+w")
    agent.see("resumed", phase="talking", holds=1)
    agent.program.wait(lambda p: p.report.latest["advice"] == "tell_callback", "the advice")


def _agree(agent: Agent) -> None:
    agent.press("ctrl+alt+n")
    agent.see("stage-6", stage="F1-S6")
    agent.press("ctrl+alt+a")
    agent.see_sheet("ChoiceSheet", "answer")
    agent.press("1")
    agent.program.wait(lambda p: p.report.latest["advice"] == "", "the answer is recorded")
    agent.press("ctrl+alt+n")
    agent.see("stage-7", stage="F1-S7")
    agent.press("ctrl+alt+u")
    agent.see_sheet("CustomerSheet", "customer")
    agent.enter(*CUSTOMER.values())
    agent.press("Escape")
    agent.see_sheet("")
    agent.press("ctrl+3")  # the stage's third kind: NG
    agent.enter(NOTES["ng"])
    agent.see("ng", notes=6)
    agent.note("promise", "@+45")
    agent.note("answered")
    agent.press("ctrl+alt+n", "ctrl+alt+2")
    agent.see("stage-8", stage="F1-S8", temperature=2, notes=8)


def _wrap_up(agent: Agent) -> None:
    agent.press("ctrl+alt+k")
    agent.see("wrap-up", phase="wrap_up")
    agent.note("after")
    agent.press("ctrl+alt+y")
    agent.see_sheet("EntrySheet", "retime")
    agent.enter("1")
    agent.see_sheet("")
    agent.press("ctrl+alt+k")
    agent.see("closed", phase="closed", notes=9)


def _hand_over(agent: Agent, desktop: Desktop) -> None:
    agent.press("ctrl+alt+e")
    wait_until(lambda: bool(desktop.windows("引き継ぎ票")), "the note is shown")
    folder = desktop.folder / "data" / "handoffs"
    wait_until(lambda: bool(list(folder.glob("*.txt"))), "the note's file")
    agent.see("note", phase="closed")
    (file,) = folder.glob("*.txt")
    note = file.read_text(encoding="utf-8")
    assert desktop.clipboard() == note
    exported = desktop.folder / "exported.txt"
    said = subprocess.run(
        [
            *(sys.executable, str(ROOT / "main.py")),
            *("export", agent.program.state.case_no, "--format", "text", "--out", str(exported)),
        ],
        env={**desktop.environment, "YORISOI_DATA_DIR": str(desktop.folder / "data")},
        check=True,
        capture_output=True,
        text=True,
    )
    assert str(exported) in said.stdout
    _compare(note, exported.read_text(encoding="utf-8"))


def _compare(note: str, exported: str) -> None:
    """The two say the same but for when they were made, and what was typed."""
    differing = set(note.splitlines()) ^ set(exported.splitlines())
    assert all("作成" in line for line in differing), differing
    typed = [*NOTES.values(), ISSUE, REQUEST, DECISION, *CUSTOMER.values(), "田中課長"]
    absent = [text for text in typed if text not in note]
    assert not absent, f"{absent} not in:\n{note}"
    for line in ("温度感：開始3→最高4→現在2", "同じ話1回", "相談・2分と案内", "（お客様はご承諾）"):
        assert line in note, f"{line} not in:\n{note}"
    assert "未確認の項目" not in note, note
