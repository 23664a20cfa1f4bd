"""The HTML form as Chromium shows it: readable, no wider than the page, and asking for nothing."""

import pytest

from app.scenario import shipped_scenarios
from call import commands as c
from handoff.html_form import as_html
from handoff.layout import handoff_document
from scripts_ja.model import NoteKind
from tests.handoff.browser import browser
from tests.handoff.test_all_papers import EXPECTED, papers_of_scenario

__all__ = ["browser"]

# A sheet of A4 less its margins of 14 mm, in CSS pixels.
A4 = round((210 - 28) / 25.4 * 96)
PAPERS = sorted((name, paper) for name in shipped_scenarios() for paper in EXPECTED[name])
TOO_WIDE = """
[...document.querySelectorAll('body *')]
  .filter(e => !(e instanceof SVGElement) || e.tagName === 'svg')
  .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5)
  .map(e => e.tagName + ' ' + e.textContent.slice(0, 20))
"""
# The least contrast of the page's texts, by WCAG; SVG texts have fill in place of color.
CONTRASTS = """
(() => {
  const parse = c => (c.match(/[0-9.]+/g) || []).map(Number);
  const part = v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  const ground = e => {
    for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] > 0) return c;
    }
    return [255, 255, 255];
  };
  const own = e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
  return [...document.querySelectorAll('body *')].filter(own)
    .filter(e => e.tagName !== 'title').map(e => {
      const style = getComputedStyle(e);
      const ink = light(parse(e instanceof SVGElement ? style.fill : style.color));
      const back = light(ground(e));
      const ratio = (Math.max(ink, back) + 0.05) / (Math.min(ink, back) + 0.05);
      return [ratio, e.tagName + ' ' + e.textContent.slice(0, 20)];
    });
})()
"""


def shown(paper, tmp_path):
    path = tmp_path / "paper.html"
    path.write_text(as_html(paper), encoding="utf-8")
    return path


@pytest.mark.parametrize(("scenario", "name"), PAPERS)
def test_a_paper_fits_is_readable_and_asks_for_nothing(browser, tmp_path, scenario, name):
    path = shown(papers_of_scenario(scenario)[name], tmp_path)
    for width, media in ((360, "screen"), (1280, "screen"), (A4, "print")):
        for dark in (False, True):
            browser.open(path, width, dark=dark, media=media)
            assert browser.evaluate("document.documentElement.scrollWidth") <= width
            assert browser.evaluate(TOO_WIDE) == []
            contrasts = browser.evaluate(CONTRASTS)
            assert len(contrasts) >= 4
            assert [found for found in contrasts if found[0] < 4.5] == []
            assert browser.requests() == [path.as_uri()]
            assert browser.complaints() == []


def test_what_was_typed_breaks_nothing_however_long(browser, tmp_path, complete):
    """One word without a place to break, and markup that wants to ask for something."""
    for text in ("W" * 400, "あ" * 400, '<img src="http://example.invalid/x.png">' * 9):
        complete.do(c.TakeNote(NoteKind.CLAIM, text), c.TakeNote(NoteKind.QUOTE, text))
        complete.do(c.FillField("xyz" + text[:9], text))
    path = shown(handoff_document(complete.note()), tmp_path)
    for width, media in ((360, "screen"), (A4, "print")):
        browser.open(path, width, media=media)
        assert browser.evaluate("document.documentElement.scrollWidth") <= width
        assert browser.evaluate(TOO_WIDE) == []
        assert browser.requests() == [path.as_uri()]


def test_the_tests_themselves_see_what_is_wrong(browser, tmp_path):
    """A page that is too wide, too pale and asks for a picture is found to be so."""
    path = tmp_path / "wrong.html"
    path.write_text(
        '<p style="color: #999; width: 900px">薄い</p><img src="missing.png">', encoding="utf-8"
    )
    browser.open(path, 360)
    assert browser.evaluate("document.documentElement.scrollWidth") > 360
    assert browser.evaluate(TOO_WIDE)
    assert [found for found in browser.evaluate(CONTRASTS) if found[0] < 4.5]
    assert len(browser.requests()) == 2
