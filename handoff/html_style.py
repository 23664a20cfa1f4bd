"""How the HTML form looks: light and dark, narrow and wide, and on A4 in black and white."""

from __future__ import annotations

from handoff.document import PageSize


def style_of(page: PageSize) -> str:
    """The style sheet of a paper that is printed on that sheet."""
    return _STYLE.replace(
        "size: A4; margin: 14mm", f"size: {page.upper()}; margin: {_MARGIN[page]}"
    )


_MARGIN = {PageSize.A4: "14mm", PageSize.A5: "15mm", PageSize.A6: "12mm"}
_STYLE = """
:root {
  color-scheme: light dark;
  --bg: #f7f6f3; --card: #ffffff; --ink: #1f2328; --muted: #5b6470; --line: #b9b4a8;
  --accent: #0b6e6e; --accent-bg: #d3e8e7; --warn: #8a4b00; --danger: #b3261e;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --bg: #171a1d; --card: #1f2428; --ink: #eceff1; --muted: #a5afb8; --line: #566069;
    --accent: #5cc8c3; --accent-bg: #1c5152; --warn: #ffc46b; --danger: #ff9a91;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--bg); color: var(--ink);
  font: 16px/1.6 "Yu Gothic UI", "Hiragino Sans", "Noto Sans CJK JP", "IPAexGothic", sans-serif;
  overflow-wrap: anywhere; line-break: strict;
}
main { max-width: 50rem; margin: 0 auto; padding: 1rem 0.75rem 2rem; }
h1 { font-size: 1.1rem; margin: 0 0 0.75rem; color: var(--muted); font-weight: 600; }
h2 { font-size: 1rem; margin: 1.25rem 0 0.35rem; color: var(--accent); }
.remark { font-weight: 400; font-size: 0.85rem; color: var(--muted); margin-left: 0.5rem; }
.block-a {
  background: var(--card); border: 2px solid var(--accent); border-radius: 8px;
  padding: 0.75rem 0.9rem;
}
.block-a h2 { margin-top: 0; }
p, ul, dl, table { margin: 0; }
.letter p { margin: 0 0 1.2em; white-space: pre-line; }
dl { display: grid; grid-template-columns: minmax(5.5rem, max-content) minmax(0, 1fr); }
dt, dd { padding: 0.2rem 0; border-top: 1px solid var(--line); }
dt { color: var(--muted); padding-right: 0.9rem; max-width: 14rem; }
dd { margin: 0; white-space: pre-line; }
.block-a dt { font-weight: 600; color: var(--ink); }
.block-a dd.lead { font-weight: 700; }
.open { color: var(--danger); font-weight: 700; }
ul { list-style: none; padding: 0; }
li { padding: 0.2rem 0; border-top: 1px solid var(--line); white-space: pre-line; }
.moment { color: var(--muted); margin-right: 0.75rem; font-variant-numeric: tabular-nums; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
th, td {
  text-align: left; vertical-align: top; padding: 0.25rem 0.5rem 0.25rem 0;
  border-top: 1px solid var(--line); white-space: pre-line;
}
th { color: var(--muted); font-weight: 400; }
.when { width: 10.5rem; } .kind { width: 6.5rem; }
figure { margin: 0.5rem 0 0; background: var(--card); border-radius: 8px; padding: 0.5rem; }
figcaption { font-size: 0.9rem; color: var(--muted); }
.legend { display: flex; flex-wrap: wrap; gap: 0 1rem; }
.legend li { border: 0; padding: 0; }
svg { display: block; font-size: 11px; }
.key { display: inline-block; vertical-align: -2px; margin-right: 0.3rem; }
.caption, .axis-text { fill: var(--muted); }
.level { fill: var(--ink); font-weight: 700; }
.stage { fill: var(--ink); font-weight: 700; }
.grid { stroke: var(--line); stroke-dasharray: 1 3; }
.heat { stroke: var(--danger); stroke-width: 2; }
.talk { fill: var(--accent-bg); stroke: var(--accent); }
.hold { stroke: var(--ink); }
.hold-ground { fill: var(--card); }
.hold-line { fill: var(--ink); }
.same-talk { fill: var(--warn); }
.tick { stroke: var(--muted); stroke-width: 1; }
.axis { stroke: var(--muted); }
@media (max-width: 30rem) {
  dl { display: block; }
  dt { border-top: 1px solid var(--line); padding: 0.3rem 0 0; max-width: none; }
  dd { border-top: 0; padding: 0 0 0.3rem; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { display: block; border-top: 1px solid var(--line); padding: 0.3rem 0; }
  td { display: inline; border-top: 0; padding: 0 0.5rem 0 0; }
  td:last-child { display: block; padding: 0; }
}
@page { size: A4; margin: 14mm; }
@media print {
  :root {
    --bg: #fff; --card: #fff; --ink: #000; --muted: #333; --line: #888;
    --accent: #000; --accent-bg: #ddd; --warn: #000; --danger: #000;
  }
  body { font-size: 10.5pt; line-height: 1.5; }
  main { max-width: none; padding: 0; }
  h2 { break-after: avoid; }
  li, tr, dt, dd, figure, .block-a { break-inside: avoid; }
  .open { text-decoration: underline; }
  svg, .block-a { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""
