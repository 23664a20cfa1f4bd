"""What was typed is shown letter for letter: it can be no format, link, picture or HTML."""

import re

import pytest

from handoff.layout import handoff_document
from handoff.markdown_form import as_markdown, escaped


@pytest.mark.parametrize(
    "typed",
    [
        "# 見出し",
        "- 項目",
        "1. 項目",
        "![x](http://example.invalid/a.png)",
        "<img src=x onerror=alert(1)>",
        "**太字** _斜体_ `符号`",
        "[x](javascript:alert(1))",
        "a | b",
        "&lt;",
    ],
)
def test_typed_text_is_no_format(typed):
    said = escaped(typed)
    assert re.sub(r"\\(.)", r"\1", said) == typed
    bare = re.sub(r"\\.", "", said)
    assert not set("#`*_[]<>|!&") & set(bare)
    assert not re.match(r"\s*([-+=]|[0-9]+[.)])", said)


def test_further_lines_stay_in_their_item(telephone):
    assert escaped("a\n# b") == "a  \n  \\# b"
    assert as_markdown(handoff_document(telephone.note())).startswith("# 引き継ぎ票")
