"""The handoff note as one HTML file that needs nothing else and asks nothing of anybody.

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
from handoff.document import Block, Row, Section
from handoff.html_style import STYLE
from handoff.layout import laid_out
from handoff.note import HandoffNote
from handoff.picture_svg import call_svg
from handoff.typed_text import clean
from scripts_ja.dates import clock_time
from scripts_ja.texts import t


def as_html(note: HandoffNote) -> str:
    """The same words as every form, with the drawn time line of each call after block A."""
    title = _escaped(t("handoff.form.title", case_no=note.case_no))
    first, *others = laid_out(note)
    body = [
        f"<h1>{title}</h1>",
        _block(first),
        *(_figure(picture) for picture in note.pictures),
        *(_block(block) for block in others),
    ]
    return _PAGE.format(policy=_policy(), title=title, style=STYLE, body="\n".join(body))


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


def _policy() -> str:
    digest = b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _block(block: Block) -> str:
    sections = "\n".join(_section(section) for section in block.sections)
    return f'<div class="block-{block.id}">\n{sections}\n</div>'


def _section(section: Section) -> str:
    remark = f'<span class="remark">{_escaped(section.remark)}</span>' if section.remark else ""
    groups = groupby(section.rows, key=_layout_of)
    rows = "\n".join(_LAYOUTS[layout](list(found)) for layout, found in groups)
    return f"<section>\n<h2>{_escaped(section.title)}{remark}</h2>\n{rows}\n</section>"


def _layout_of(row: Row) -> str:
    """Rows of one kind that follow each other stand together."""
    if row.kind:
        return "table"
    return "pairs" if row.label and not row.moment else "list"


def _pairs(rows: list[Row]) -> str:
    cells = "".join(
        f"<dt>{_escaped(row.label)}</dt><dd{_class(row)}>{_escaped(row.value)}</dd>" for row in rows
    )
    return f"<dl>{cells}</dl>"


def _list(rows: list[Row]) -> str:
    return f"<ul>{''.join(f'<li{_class(row)}>{_said(row)}</li>' for row in rows)}</ul>"


def _said(row: Row) -> str:
    value = t("handoff.row.labelled", label=row.label, value=row.value) if row.label else row.value
    moment = f'<span class="moment">{_escaped(row.moment)}</span>' if row.moment else ""
    return moment + _escaped(value)


def _table(rows: list[Row]) -> str:
    heads = "".join(
        f'<th class="{key}" scope="col">{_escaped(t(f"handoff.table.{key}"))}</th>'
        for key in ("when", "kind", "fact")
    )
    lines = "".join(
        f"<tr><td>{_escaped(row.moment)}</td><td>{_escaped(row.kind)}</td>"
        f"<td>{_escaped(row.value)}</td></tr>"
        for row in rows
    )
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>"


_LAYOUTS = {"pairs": _pairs, "list": _list, "table": _table}


def _figure(picture: CallPicture) -> str:
    direction = t(f"handoff.call.{picture.direction}")
    name = t("handoff.call.label", number=picture.number, direction=direction)
    caption = t("handoff.picture.caption", call=name, length=clock_time(picture.seconds))
    legend = "".join(f"<li>{item}</li>" for item in _legend(picture))
    return (
        f"<figure>\n<figcaption>{_escaped(caption)}</figcaption>\n{call_svg(picture)}\n"
        f'<ul class="legend">{legend}</ul>\n</figure>'
    )


def _legend(picture: CallPicture) -> Iterator[str]:
    hold = f'<rect class="hold" width="18" height="12" fill="url(#hold{picture.number})"/>'
    yield _key('<rect class="talk" width="18" height="12"/>', "talk")
    if any(stretch.is_hold for stretch in picture.stretches):
        yield _key(hold, "hold")
    if picture.same_talks:
        yield _key('<circle class="same-talk" cx="9" cy="6" r="4"/>', "same_talk")
    for number, stage in enumerate(picture.stages, start=1):
        words = t(
            "handoff.picture.stage", number=number, title=stage.title, at=clock_time(stage.at)
        )
        yield _escaped(words)


def _key(shape: str, what: str) -> str:
    svg = f'<svg class="key" width="18" height="12" aria-hidden="true">{shape}</svg>'
    return svg + _escaped(t(f"handoff.picture.{what}"))


def _class(row: Row) -> str:
    return ' class="open"' if row.is_open else ""


def _escaped(text: str) -> str:
    return escape(clean(text), quote=True)
