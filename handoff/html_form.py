"""A paper as one HTML file that needs nothing else and asks nothing of anybody.

A policy in the file forbids every request and every script; the one style sheet is allowed by its
hash. Whatever was typed is escaped.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from html import escape
from itertools import groupby

from handoff.call_picture import CallPicture
from handoff.document import Block, Document, Row, Section, layout_of, table_heads
from handoff.html_style import style_of
from handoff.picture_shapes import mark_legend, picture_caption, stage_legend
from handoff.picture_svg import call_svg
from handoff.typed_text import clean
from scripts_ja.texts import t


def as_html(document: Document) -> str:
    """The same words as every form, with the drawn time line of each call after the first block."""
    title, style = _escaped(document.title), style_of(document.page)
    heading = "" if document.is_letter else f"<h1>{title}</h1>\n"
    first, *others = document.blocks
    body = [
        _block(first),
        *(_figure(picture) for picture in document.pictures),
        *(_block(block) for block in others),
    ]
    words = heading + "\n".join(body)
    return _PAGE.format(policy=_policy(style), title=title, style=style, body=words)


_PAGE = """<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="format-detection" content="telephone=no">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""


def _policy(style: str) -> str:
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _block(block: Block) -> str:
    sections = "\n".join(_section(section) for section in block.sections)
    return f'<div class="block-{block.id}">\n{sections}\n</div>'


def _section(section: Section) -> str:
    if not section.title:
        paragraphs = "\n".join(f"<p>{_escaped(row.value)}</p>" for row in section.rows)
        return f'<section class="letter">\n{paragraphs}\n</section>'
    groups = groupby(section.rows, key=layout_of)
    rows = "\n".join(_LAYOUTS[layout](list(found), section) for layout, found in groups)
    return f"<section>\n{_heading(section)}{rows}\n</section>"


def _heading(section: Section) -> str:
    if section.is_title:
        return ""
    remark = f'<span class="remark">{_escaped(section.remark)}</span>' if section.remark else ""
    return f"<h2>{_escaped(section.title)}{remark}</h2>\n"


def _pairs(rows: list[Row], _: Section) -> str:
    cells = "".join(
        f"<dt>{_escaped(row.label)}</dt><dd{_class(row)}>{_escaped(row.value)}</dd>" for row in rows
    )
    return f"<dl>{cells}</dl>"


def _list(rows: list[Row], _: Section) -> str:
    return f"<ul>{''.join(f'<li{_class(row)}>{_said(row)}</li>' for row in rows)}</ul>"


def _said(row: Row) -> str:
    value = t("handoff.row.labelled", label=row.label, value=row.value) if row.label else row.value
    moment = f'<span class="moment">{_escaped(row.moment)}</span>' if row.moment else ""
    return moment + _escaped(value)


def _table(rows: list[Row], section: Section) -> str:
    heads = "".join(
        f'<th class="{key}" scope="col">{_escaped(head)}</th>'
        for key, head in zip(("when", "kind", "fact"), table_heads(section), strict=True)
    )
    lines = "".join(
        f"<tr><td>{_escaped(row.moment)}</td><td>{_escaped(row.kind)}</td>"
        f"<td>{_escaped(row.value)}</td></tr>"
        for row in rows
    )
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>"


_LAYOUTS = {"pairs": _pairs, "list": _list, "table": _table}


def _figure(picture: CallPicture) -> str:
    legend = "".join(f"<li>{item}</li>" for item in _legend(picture))
    return (
        f"<figure>\n<figcaption>{_escaped(picture_caption(picture))}</figcaption>\n"
        f'{call_svg(picture)}\n<ul class="legend">{legend}</ul>\n</figure>'
    )


def _legend(picture: CallPicture) -> Iterator[str]:
    hold = f'<rect class="hold" width="18" height="12" fill="url(#hold{picture.number})"/>'
    shapes = {
        "talk": '<rect class="talk" width="18" height="12"/>',
        "hold": hold,
        "same_talk": '<circle class="same-talk" cx="9" cy="6" r="4"/>',
    }
    for what, words in mark_legend(picture):
        svg = f'<svg class="key" width="18" height="12" aria-hidden="true">{shapes[what]}</svg>'
        yield svg + _escaped(words)
    yield from map(_escaped, stage_legend(picture))


def _class(row: Row) -> str:
    return ' class="open"' if row.is_open else ""


def _escaped(text: str) -> str:
    return escape(clean(text), quote=True)
