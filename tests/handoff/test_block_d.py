"""Block D: whom to reach and how, which numbers belong to it, who wrote which version, how long it is kept."""

import pytest
from msgspec import structs

from call import commands as c
from call.case import Case
from call.decision import Situation
from call.limits import Limits
from handoff.absence_note import Sender
from handoff.masks import Mask, masked
from handoff.papers import Desk, make_paper
from handoff.text_form import as_text
from scripts_ja.model import FlowBook, NoteKind
from tests.handoff.conftest import AUTHOR, JAPAN

FIELDS = {
    "customer": "山田",
    "contact_way": "お電話のみ（お手紙は不可）",
    "proxy": "佐藤花子",
    "order_no": "K-7788",
    "company_no": "2026-15",
    "recording_id": "REC-42",
    "attachments": "床の写真2枚",
}


@pytest.fixture
def told(telephone):
    telephone.do(*(c.FillField(key, value) for key, value in FIELDS.items()))
    return telephone


def note_of(phone, author=AUTHOR, masks=()):
    """The paper."""
    case = Case.of(phone.case.id, masked(phone.desk.history, masks))
    shown = Situation(case, phone.clock.now(), FlowBook(()), Limits(), "none")
    return make_paper("handoff", shown, Desk(author=author, sender=Sender(), zone=JAPAN))


def block_d(phone, author=AUTHOR):
    """Its lines."""
    paper = note_of(phone, author)
    return as_text(structs.replace(paper, blocks=paper.blocks[3:])).splitlines()


def test_what_one_needs_to_reach_them_and_to_find_the_rest(told):
    lines = block_d(told)
    at = lines.index("【番号と添付】")
    assert "・ご連絡の方法：お電話のみ（お手紙は不可）" in lines[:at]
    assert "・代理の方：佐藤花子" in lines[:at]
    assert lines[at + 1 : at + 6] == [
        "・受付番号：A1-0001",
        "・社内の番号：2026-15",
        "・注文番号：K-7788",
        "・録音：REC-42",
        "・添付：床の写真2枚",
    ]
    assert "・保存期限：完了から90日" in lines


def test_who_acts_for_the_customer_is_a_name_too(told):
    told.do(c.TakeNote(NoteKind.MEMO, "佐藤様からお電話"))
    everything = as_text(note_of(told, masks=(Mask.NAMES,)))
    assert "からお電話" in everything
    assert "佐藤" not in everything
    assert "花子" not in everything


def test_a_version_is_what_was_written_not_how_often_it_left(told):
    assert "・版：第1版" in block_d(told)
    told.do(c.RecordHandoff("copy", ""), c.RecordHandoff("pdf", "a.pdf"))
    assert "・版：第1版" in block_d(told)
    told.do(c.SetTemperature(3))
    assert "・版：第2版" in block_d(told)
    told.do(c.RecordHandoff("pdf", "b.pdf"), c.MarkNewFact(), c.Undo())
    assert "・版：第2版" in block_d(told), "as it was when it left"
    told.do(c.Undo())
    assert "・版：第3版" in block_d(told), "what it said was taken back"


def test_the_first_desk_is_named_by_the_second(told):
    told.do(c.RecordHandoff("json", "a.yorisoi.json", by=AUTHOR.name))
    assert not [line for line in block_d(told) if "一次対応" in line]
    second = structs.replace(AUTHOR, name="田中")
    assert f"・一次対応：{AUTHOR.name}" in block_d(told, second)
