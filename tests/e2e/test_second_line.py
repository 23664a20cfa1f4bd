"""A superior's call through all pages of the second line's desk, with nothing but the keyboard.

A picture of every page is left in build/e2e.
"""

from __future__ import annotations

import pytest

from tests.e2e.desktop import Desktop, Program, wait_until

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

DESK = ("田中", "ひだまり電器", "相談窓口", "佐藤", "部長")
LANDING, VIEWER = "本日の訪問修理", "法務の高橋"
EASED = "お手間をおかけしました"
FACT, HAPPENED, SOURCE = "配送と設置", "11月14日", "受注記録"
CLAIM, DIFFERENT = "訪問の電話は20日", "20日の午前です"
REQUEST, PROMISE, OWNER = "今日中に直してほしい", "工事店の訪問", "中村"
OFFER, APPROVER, TOLD, ANSWER = "設置費用の返金", "佐藤部長", "お詫びとしてお返しします", "それなら"
ACTION, NOW, LAWYER = "結果のご報告", "返金の手続き", "法務の伊藤"
TYPED = (
    *(*DESK, LANDING, VIEWER, EASED, FACT, HAPPENED, SOURCE, CLAIM, DIFFERENT),
    *(REQUEST, PROMISE, OWNER, OFFER, APPROVER, TOLD, ANSWER, ACTION, NOW, LAWYER),
)


class Superior:
    """Presses keys and looks at what is painted."""

    def __init__(self, desktop: Desktop, program: Program, pictures) -> None:
        self._desktop, self._pictures = desktop, pictures
        self.program = program

    def press(self, *keys: str) -> None:
        self._desktop.key(*keys)

    def enter(self, *texts: str) -> None:
        for text in texts:
            if text:
                self._desktop.type(text)
            self._desktop.key("Return")

    def note(self, kind: str, text: str) -> None:
        """A note of a kind from the list of all."""
        before = self.program.state.notes
        self.press("ctrl+0")
        self.program.wait(lambda p: p.sheet == "ChoiceSheet", "the kinds")
        self.press(kind)
        self.program.wait(lambda p: p.sheet == "", "the kinds are gone")
        self.enter(text)
        self.program.wait(lambda p: p.state.notes == before + 1, f"note {text}")

    def page(self, number: int, name: str) -> None:
        self.press(str(number))
        self.program.wait(lambda p: p.report.latest["desk"] == name, f"page {name}")

    def keep(self, name: str) -> None:
        self._desktop.picture(self._pictures / f"second-{name}.png")


@pytest.fixture
def superior(desktop: Desktop, pictures) -> Superior:
    desktop.add_keys("".join(TYPED))
    program = Program(desktop, desktop.folder / "data")
    program.wait_shown()
    return Superior(desktop, program, pictures)


def test_second_line_by_keyboard(superior: Superior, desktop: Desktop) -> None:
    _begin(superior)
    _prepare(superior)
    _receive(superior)
    _facts(superior)
    _columns(superior)
    _concession(superior)
    _actions(superior)
    note = _hand_over(superior, desktop)
    absent = [text for text in TYPED[5:] if text not in note]
    assert not absent, f"{absent} not in:\n{note}"


def _begin(agent: Superior) -> None:
    agent.program.wait(lambda p: p.sheet == "WelcomeSheet", "the welcome")
    agent.enter(*DESK)
    agent.program.wait(lambda p: p.sheet == "", "the welcome is gone")
    agent.press("ctrl+alt+s")
    agent.program.wait(lambda p: p.state.phase == "talking", "the call")
    agent.note("1", FACT)
    agent.note("2", CLAIM)
    agent.note("5", REQUEST)
    agent.press("ctrl+alt+bracketleft")
    agent.program.wait(lambda p: p.report.latest["desk"] == "preparation", "the desk")


def _prepare(agent: Superior) -> None:
    """From the end of the page, which is always at the same place."""
    agent.press(*["Next"] * 4, "Up", "Up", "Up", "Up", "Up")  # from the self-check to the view
    agent.press("c")
    agent.enter(VIEWER)
    agent.press("Down", "Return")
    agent.enter(LANDING)
    agent.press(*["Up"] * 2, "space")  # the last check
    agent.keep("1-preparation")


def _receive(agent: Superior) -> None:
    agent.page(2, "reception")
    agent.press("e")
    agent.enter(EASED)
    agent.keep("2-reception")


def _facts(agent: Superior) -> None:
    agent.page(3, "facts")
    agent.press("Return")
    agent.enter(HAPPENED, SOURCE)
    agent.press("alt+Down", "alt+Up", "r")
    agent.keep("3-reading")
    agent.press("y", "n")
    agent.enter(DIFFERENT)
    agent.press("r")
    agent.keep("3-facts")


def _columns(agent: Superior) -> None:
    agent.page(4, "columns")
    agent.keep("4-unplaced")
    agent.press("p", "ctrl+a")
    agent.enter(PROMISE)
    agent.press("Down", "Return")
    agent.enter(OWNER, "+90")
    agent.keep("4-columns")


def _concession(agent: Superior) -> None:
    agent.page(5, "concession")
    agent.press("Return")
    agent.enter(OFFER, APPROVER, "+600")
    agent.press("t")
    agent.enter(TOLD)
    agent.press("Down", "y")
    agent.enter(ANSWER)
    agent.press("l")
    agent.keep("5-concession")
    # A second one: the desk refuses without the superior's reason.
    agent.press("t", "Return")
    agent.program.wait(lambda p: "理由" in p.notice[1], "the refusal")
    agent.press("Escape")


def _actions(agent: Superior) -> None:
    agent.page(6, "actions")
    agent.press("w")
    agent.enter(NOW)
    agent.press("a")
    agent.enter(ACTION, "田中", "+120")
    agent.press("Prior", "Prior", "space")  # what the open legal view asks for, on top
    agent.enter(LAWYER)
    agent.keep("6-actions")
    agent.press("Escape")
    agent.press("ctrl+alt+bracketleft")  # gives the desk the keys again
    agent.press("ctrl+alt+bracketleft")
    agent.program.wait(lambda p: p.report.latest["desk"] == "", "the desk is closed")


def _hand_over(agent: Superior, desktop: Desktop) -> str:
    agent.press("ctrl+alt+e")
    wait_until(lambda: bool(desktop.windows("引き継ぎ票")), "what lacks is shown")
    agent.press("ctrl+alt+e")  # 未確認のまま渡す
    folder = desktop.folder / "data" / "handoffs"
    wait_until(lambda: bool(list(folder.glob("*.txt"))), "the note's file")
    (file,) = folder.glob("*.txt")
    return file.read_text(encoding="utf-8")
