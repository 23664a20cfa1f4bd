"""The height of a stage is known before anything of it is shown, and is the one it then has."""

import pytest

from call import commands as c
from scripts_ja.model import NoteKind
from ui.stage_cut import StageCut, StageHeights

STAGES = ("F1-S1", "F1-S4", "F3-S1", "F5-S1", "F7-S2", "F8-S1")
LOOKS = [((340, 1000), 100), ((320, 680), 100), ((560, 1000), 200)]
CUTS = (
    StageCut(1, has_goal=False, has_donts=False, has_record=False),
    StageCut(2, has_goal=True, has_donts=False, has_record=True),
    StageCut(9, has_goal=True, has_donts=True, has_record=True),
)


@pytest.mark.parametrize(("size", "percent"), LOOKS, ids=str)
def test_what_is_foretold_is_what_the_layout_has(make_seat, size, percent):
    seat = make_seat(size=size, view__text_percent=percent).start()
    seat.begin_call()
    seat.work.do(c.TakeNote(NoteKind.ANSWERED, "部品を無償で交換する"))
    stage = seat.window.stage
    for number, name in enumerate(STAGES):
        seat.work.do(c.EnterStage(name))
        seat.work.do(c.MarkSameTalk() if number % 2 else c.MarkNewFact())
        for cut in CUTS:
            foretold = stage.heights(stage.width()).of(cut)
            stage.show_cut(cut)
            seat.settle()
            assert foretold == stage.layout().totalHeightForWidth(stage.width()), (name, cut)


def test_each_part_counts_with_the_space_above_it():
    heights = StageHeights((6, 12), (0, 40, 90), 20, 30, 0, 10, 5, spacing=4)
    few, _, everything = CUTS
    assert heights.of(everything) == 173 + 4 * 6
    assert heights.of(everything, has_ready=False) == 143 + 4 * 5
    assert heights.of(few) == 88 + 4 * 3
