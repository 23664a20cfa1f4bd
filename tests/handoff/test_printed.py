"""The printed page: whole rows, numbered pages, embedded fonts, black and white."""

import ctypes

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.scenario import load_scenario
from call import commands as c
from handoff.document import Block, Document, PageSize, Row, Section
from handoff.layout import handoff_document
from handoff.printed.pages import Pages, chains, paginated
from handoff.printed.pdf import as_pdf
from scripts_ja.model import HoldKind
from tests.handoff.all_papers import folded
from tests.handoff.test_all_papers import papers_of_scenario
from tests.handoff.test_golden import note_of

# Painting needs an application; made here, it would not be the one of tests with windows.
pytestmark = pytest.mark.usefixtures("qapp")


class Slab:
    """A box of that height; it can be cut anywhere where it is ``soft``."""

    is_framed = False

    def __init__(self, height, keeps_next=False, soft=True):
        self.height, self.keeps_next, self.soft = height, keeps_next, soft

    def split(self, room):
        if not self.soft or not 0 < room < self.height:
            return None
        return Slab(room, self.keeps_next), Slab(self.height - room, self.keeps_next)


slabs = st.lists(st.builds(Slab, st.integers(1, 260), st.booleans(), st.just(True)), max_size=25)


@given(slabs)
def test_nothing_is_cut_that_fits_on_a_page_and_no_heading_stands_alone(boxes):
    pages = list(paginated(boxes, 100.0))
    placed = [[each.box for each in page] for page in pages]
    for page in pages:
        ends = [each.y + each.box.height for each in page]
        assert all(end <= 100.0 for end in ends)
        assert [each.y for each in page] == [0.0, *ends][: len(page)]
    whole = {id(box) for page in placed for box in page}
    assert all(id(box) in whole for box in boxes if box.height <= 100)
    assert sum(box.height for page in placed for box in page) == sum(b.height for b in boxes)
    page_of = {id(box): number for number, page in enumerate(placed) for box in page}
    for chain in chains(boxes):
        if sum(box.height for box in chain) <= 100:
            assert len({page_of[id(box)] for box in chain}) == 1, "a heading alone"


def test_what_cannot_be_cut_and_is_too_high_still_stands_on_a_page():
    pages = list(paginated([Slab(30), Slab(300, soft=False), Slab(30)], 100.0))
    assert [[each.box.height for each in page] for page in pages] == [[30], [300], [30]]


def paper_with(*rows, page=PageSize.A4, **more):
    block = Block("b", (Section("題", tuple(rows)),))
    return Document(name="handoff", title="紙", case_no="A1", blocks=(block,), page=page, **more)


def text_of(pdf):
    return [page.get_textpage().get_text_range() for page in pdf]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 400), min_size=1, max_size=40))
def test_rows_of_any_length_lose_nothing_at_the_end_of_a_page(lengths):
    rows = [Row(value=f"始{n}" + "あ" * length + f"終{n}") for n, length in enumerate(lengths)]
    said = [folded(text) for text in text_of(pypdfium2.PdfDocument(as_pdf(paper_with(*rows))))]
    for row in rows:
        assert [page for page in said if folded(row.value) in page], "cut, or lost"


def test_a_row_higher_than_a_page_goes_on_upon_the_next():
    text = "".join(f"{n:05d}。" for n in range(900))
    pdf = pypdfium2.PdfDocument(as_pdf(paper_with(Row(value=text))))
    assert len(pdf) > 1
    said = "".join(folded(page) for page in text_of(pdf))
    assert all(f"{n:05d}" in said for n in range(900))


def test_nothing_stands_outside_the_margins():
    """A row that is cut is cut before the foot, not under it."""
    margin = 16 / 25.4 * 72
    text = "".join(f"{n:05d}。" for n in range(900))
    for page in pypdfium2.PdfDocument(as_pdf(paper_with(Row(value=text, moment="10:00")))):
        textpage, (width, height) = page.get_textpage(), page.get_size()
        boxes = [textpage.get_charbox(n) for n in range(textpage.count_chars())]
        seen = [box for box in boxes if box[2] > box[0]]
        assert len(seen) > 50
        assert min(left for left, _, _, _ in seen) >= margin - 1
        assert max(right for _, _, right, _ in seen) <= width - margin + 1
        assert max(top for _, _, _, top in seen) <= height - margin + 1
        foot = sorted({round(bottom) for _, bottom, _, _ in seen})
        assert foot[0] >= margin - 4
        lowest_line = min(b for _, b, _, _ in seen if b > margin + 10)
        assert lowest_line - foot[0] >= 10, "a line stands in the foot"


def test_every_page_says_whose_it_is_and_which():
    pdf = pypdfium2.PdfDocument(as_pdf(papers_of_scenario("second_line")["handoff"]))
    for number, text in enumerate(text_of(pdf), start=1):
        assert "受付番号A1-2611-0001" in folded(text)
        assert f"{number}/{len(pdf)}ページ" in folded(text)
        assert len(pdf) > 2


@pytest.mark.rule("117", "118")
@pytest.mark.parametrize(("page", "millimetres"), [("a5", (148, 210)), ("a6", (105, 148))])
def test_the_letter_has_its_sheet_and_no_number_on_it(page, millimetres):
    paper = papers_of_scenario("absent_visit")["absence_note"]
    paper = paper.__class__(**{f: getattr(paper, f) for f in paper.__struct_fields__} | {
        "page": PageSize(page)
    })  # fmt: skip
    pdf = pypdfium2.PdfDocument(as_pdf(paper))
    assert len(pdf) == 1
    assert [round(side / 72 * 25.4) for side in pdf[0].get_size()] == list(millimetres)
    said = folded(text_of(pdf)[0])
    assert "A1-2611-0001" not in said
    assert "ページ" not in said
    assert "親展" not in said
    assert "親展" in paper.screen_only


def objects_of(page):
    for place in range(pdfium.FPDFPage_CountObjects(page.raw)):
        yield pdfium.FPDFPage_GetObject(page.raw, place)


def test_every_font_is_in_the_file():
    pdf = pypdfium2.PdfDocument(as_pdf(papers_of_scenario("washing_machine")["handoff"]))
    fonts = [
        pdfium.FPDFTextObj_GetFont(each)
        for page in pdf
        for each in objects_of(page)
        if pdfium.FPDFPageObj_GetType(each) == pdfium.FPDF_PAGEOBJ_TEXT
    ]
    assert len(fonts) > 100
    assert {pdfium.FPDFFont_GetIsEmbedded(font) for font in fonts} == {1}


def pixels(page):
    """Blue, green and red of all pixels."""
    bitmap = page.render(scale=1, prefer_bgrx=True)
    raw = bytes(ctypes.string_at(bitmap.buffer, bitmap.stride * bitmap.height))
    return raw[0::4], raw[1::4], raw[2::4]


def test_nothing_on_paper_is_said_by_colour():
    for paper in papers_of_scenario("abusive_call").values():
        for page in pypdfium2.PdfDocument(as_pdf(paper)):
            blue, green, red = pixels(page)
            assert blue == green == red
            assert min(blue) < 60, "an empty page"


def test_hold_is_hatched_and_talk_is_even():
    """In the picture's bar: many changes of light along the hold, none along the talk."""
    note = note_of(load_scenario("washing_machine"))
    (picture,) = note.pictures
    page = pypdfium2.PdfDocument(as_pdf(handoff_document(note)))[0]
    bitmap = page.render(scale=3, grayscale=True)
    raw = bytes(ctypes.string_at(bitmap.buffer, bitmap.stride * bitmap.height))
    rows = [raw[y * bitmap.stride : y * bitmap.stride + bitmap.width] for y in range(bitmap.height)]
    longest = max(rows, key=lambda row: row.count(b"\xdd"))
    assert longest.count(b"\xdd") > bitmap.width / 3, "the bar is not there"
    hold = next(stretch for stretch in picture.stretches if stretch.is_hold)
    first, last = longest.find(b"\xdd"), longest.rfind(b"\xdd")
    scale = (last - first) / picture.seconds
    inside = longest[int(first + hold.start * scale) + 4 : int(first + hold.end * scale) - 4]
    talked = longest[first + 40 : first + 60]
    assert inside.count(b"\xdd") == 0
    assert len({level > 128 for level in inside}) == 2
    assert set(talked) == {0xDD}


def test_what_is_not_known_is_bold_and_underlined(telephone):
    open_, known = Row(value="未確認", is_open=True), Row(value="未確認")
    assert as_pdf(paper_with(open_)) != as_pdf(paper_with(known))
    inks = []
    for row in (open_, known):
        _, _, red = pixels(pypdfium2.PdfDocument(as_pdf(paper_with(row)))[0])
        inks.append(sum(level < 128 for level in red))
    assert inks[0] > inks[1] * 1.1


def test_a_call_that_never_stood_still_is_drawn(complete):
    """A hold that still runs, many stages' numbers, a call of no length."""
    complete.do(c.Hold(HoldKind.CONSULT), seconds=1)
    assert Pages(handoff_document(complete.note())).count >= 1
