"""One file, no request, no script, every typed text escaped; the picture says what happened."""

import hashlib
import re
from base64 import b64encode
from html.parser import HTMLParser

import pytest

from call import commands as c
from call.events import Direction
from handoff.call_picture import Level, StageMark, Stretch
from handoff.document import PageSize
from handoff.html_form import as_html
from handoff.html_style import style_of
from handoff.layout import handoff_document
from handoff.picture_svg import call_svg
from scripts_ja.model import HoldKind, NoteKind

STYLE = style_of(PageSize.A4)

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<a href='http://example.invalid'>x</a>",
    "</style><base href=//example.invalid>",
    "{body} {title}",
    "&lt;b&gt;",
]
ASKING = {"src", "href", "srcset", "action", "formaction", "data", "poster", "background", "style"}


class Reader(HTMLParser):
    """Reads a page as a browser would: its elements, its text, what it would ask for."""

    def __init__(self, page):
        super().__init__()
        self.text, self.open, self.tags, self.asks = "", [], set(), []
        self.policy = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.asks += [(tag, name) for name, _ in attrs if name in ASKING or name[:2] == "on"]
        if ("http-equiv", "Content-Security-Policy") in attrs:
            self.policy = dict(attrs)["content"]
        if tag not in ("meta", "rect", "line", "circle"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.add(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.text += data


@pytest.fixture
def called(complete):
    """A call with a hold, two stages of temperature and a same talk, five minutes long."""
    complete.do(c.Hold(HoldKind.CONSULT), seconds=60)
    complete.do(c.Resume(), seconds=60)
    complete.do(c.MarkSameTalk(), seconds=60)
    complete.do(c.SetTemperature(4), seconds=60)
    complete.do(c.EndCall(), seconds=60)
    return complete


@pytest.mark.parametrize("typed", HOSTILE)
def test_typed_text_is_shown_and_does_nothing(complete, typed):
    plain = Reader(as_html(handoff_document(complete.note())))
    for key in ("issue", "customer", "decision", "xyz"):
        complete.do(c.FillField(key, typed))
    for kind in NoteKind:
        complete.do(c.TakeNote(kind, typed))
    page = Reader(as_html(handoff_document(complete.note())))
    assert page.text.count(typed) >= len(NoteKind)
    assert page.tags - {"table", "thead", "tbody", "tr", "th", "td"} == plain.tags
    assert (page.asks, page.open) == ([], [])


def test_the_page_forbids_every_request_and_allows_its_own_style_alone(called):
    page = as_html(handoff_document(called.note()))
    digest = b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    style = re.search(r"<style>(.*)</style>", page, re.DOTALL)[1]
    assert style == STYLE
    assert Reader(page).policy.split("; ")[:2] == [
        "default-src 'none'",
        f"style-src 'sha256-{digest}'",
    ]
    assert {u for u in re.findall(r"url\(([^)]*)\)", page) if u[0] != "#"} == set()
    assert "@import" not in page
    assert "http:" not in page


def test_a_picture_knows_talk_hold_temperature_and_same_talks(called):
    (picture,) = called.note().pictures
    assert picture.seconds == 300
    assert picture.stretches == (
        Stretch(0, 60, is_hold=False),
        Stretch(60, 120, is_hold=True),
        Stretch(120, 300, is_hold=False),
    )
    assert picture.levels == (Level(0, 3), Level(240, 4))
    assert picture.same_talks == (180,)
    page = as_html(handoff_document(called.note()))
    assert page.count("<figure>") == 1
    assert page.count('class="hold"') == 2  # in the picture and in its legend
    assert "保留 1:00" in Reader(page).text


def test_what_was_before_or_after_the_call_is_not_in_its_picture(called):
    called.do(c.SetTemperature(1), seconds=10)
    assert called.note().pictures[0].levels == (Level(0, 3), Level(240, 4))


def test_a_call_that_nobody_took_has_no_picture(telephone):
    telephone.do(c.EndCall(), c.FinishWrapUp())
    telephone.do(c.Ring("03-0000-1234", Direction.OUTGOING), c.EndCall())
    assert len(telephone.note().pictures) == 1


def test_numbers_that_stand_close_get_lanes(called):
    (picture,) = called.note().pictures
    stages = tuple(StageMark(float(at), f"{at}") for at in (0, 1, 2, 3, 4, 200))
    wide = type(picture)(
        **{**{f: getattr(picture, f) for f in picture.__struct_fields__}, "stages": stages}
    )
    places = re.findall(r'<text class="stage" x="([\d.]+)%" dx="0" y="(\d+)"', call_svg(wide))
    assert len({y for _, y in places}) == 4
    assert len(places) == 6
