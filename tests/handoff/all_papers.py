"""Every paper of a history, and what can be read in each form of it."""

import re
import unicodedata
from html.parser import HTMLParser

import pypdfium2

from call.case import Case
from call.decision import Situation
from call.limits import Limits
from handoff.absence_note import Sender
from handoff.html_form import as_html
from handoff.markdown_form import as_markdown
from handoff.masks import masked
from handoff.note import Author
from handoff.papers import NAMES, Desk, make_paper
from handoff.printed.pdf import as_pdf
from handoff.text_form import as_text
from handoff.typed_text import clean
from scripts_ja.loader import load_flows

BOOK = load_flows(None).book
FORMS = ("text", "md", "html", "pdf")


class Words(HTMLParser):
    """The words of a page as they are read, its head left out."""

    def __init__(self, page):
        super().__init__()
        self.said, self._in_head = "", False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self._in_head |= tag == "head"

    def handle_endtag(self, tag):
        self._in_head &= tag != "head"

    def handle_data(self, data):
        self.said += "" if self._in_head else data


def papers_of(history, now, zone, masks=(), *, case_id="case", **desk):
    """All papers that there are, by name."""
    case = Case.of(case_id, masked(history, masks)) if not isinstance(history, Case) else history
    at = Situation(case, now, BOOK, Limits(), "none")
    given = {"author": Author("鈴木"), "sender": Sender(), "zone": zone, "masks": masks} | desk
    made = {name: make_paper(name, at, Desk(**given)) for name in NAMES}
    return {name: paper for name, paper in made.items() if paper is not None}


def read(form, paper):
    """What a form says, its own marks taken away."""
    match form:
        case "text":
            return as_text(paper)
        case "md":
            return re.sub(r"\\(.)", r"\1", as_markdown(paper))
        case "html":
            return Words(as_html(paper)).said
        case _:
            return pdf_text(as_pdf(paper))


def pdf_text(content):
    """The text layer, page after page."""
    pdf = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def cells(paper):
    """All that the paper says, cell by cell."""
    for block in paper.blocks:
        for section in block.sections:
            yield from (section.title, section.remark)
            for row in section.rows:
                yield from (row.label, row.moment, row.kind, row.value)


def bare(text):
    """For comparing: without blanks, and compatible characters as one."""
    return "".join(clean(text).split())


def folded(text):
    """The same, and what a font draws with one glyph is one: ⼀ (a radical) and 一."""
    return bare(unicodedata.normalize("NFKC", text))
