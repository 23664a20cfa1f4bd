"""Writes the page of keys that is printed and laid beside the keyboard.

Usage: python tools/keys_card.py          (writes docs/KEYS_CARD.ja.html)

Keys come from ui/actions.py, names from the texts; a test compares the page with what this says,
so that a new key is on it, or the test is red.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from scripts_ja.texts import t
from ui.actions import DEFAULTS, TABLE, Action, spaced

CARD = Path(__file__).resolve().parents[1] / "docs" / "KEYS_CARD.ja.html"
# Which family of actions stands where; what is named nowhere comes under the last title.
GROUPS: dict[str, tuple[str, ...]] = {
    "電話": ("start", "hold", "announce", "hold_kind", "end", "next", "back", "exits"),
    "通話中の記録": ("temperature", "safety", "same_talk", "new_fact", "customer"),
    "メモ": ("focus_note", "kind", "kinds", "wording", "keep_number", "undo", "retime"),
    "言い回し・カード": (
        *("copy_phrase", "more_phrases", "find_phrase", "own_wording", "first_phrase"),
        *("cards", "aside", "follow_advice", "more_donts", "more_hints"),
    ),
    "相談・引き継ぎ": ("consult", "handoff", "papers", "second_desk"),
    "通話のあと": ("wrap_up", "callback", "visit", "abuse", "agenda", "parked", "cases"),
    "画面・そのほか": (),
}
# Keys that no action has: the field and every sheet keep them for themselves.
FIELD_KEYS = (
    ("Enter", "メモを保存（変換中は日本語入力の確定）"),
    ("Tab", "言い回しの空欄・この段階の項目を埋める"),
    ("Esc", "画面や案内を閉じる"),
)
_STYLE = """
@page { size: A4 portrait; margin: 11mm }
body { font: 11pt/1.4 "Noto Sans CJK JP", "Yu Gothic UI", "Hiragino Sans", "VL Gothic", sans-serif;
  color: #111; max-width: 188mm; margin: 0 auto }
h1 { font-size: 15pt; margin: 0 0 1mm }
p { margin: 0 0 2mm }
main { columns: 2; column-gap: 8mm }
section { break-inside: avoid; margin: 0 0 3mm }
h2 { font-size: 12pt; margin: 0 0 .8mm; border-bottom: .4mm solid #0b6e6e }
table { border-collapse: collapse; width: 100% }
td { padding: .35mm 0; vertical-align: top; border-bottom: .1mm solid #ccc; word-break: auto-phrase }
td:first-child { white-space: nowrap; width: 34mm; font-weight: bold }
td:last-child { width: 5mm; text-align: right }
"""


def families() -> dict[str, list[Action]]:
    """The actions of the table by family, in its order."""
    found: dict[str, list[Action]] = {}
    for action in TABLE:
        found.setdefault(action.family, []).append(action)
    return found


def grouped() -> Iterator[tuple[str, list[str]]]:
    """Every title with its families; each family stands under one title."""
    named = {family for group in GROUPS.values() for family in group}
    rest = [family for family in families() if family not in named]
    for title, group in GROUPS.items():
        yield title, list(group) or rest


def key_of_family(actions: list[Action]) -> str:
    """「Ctrl Alt N」, or 「Ctrl Alt 1–5」 for several."""
    key = spaced(DEFAULTS[actions[0].id])
    return f"{key}–{actions[-1].argument}" if actions[0].argument else key


def card() -> str:
    """The page as HTML that needs no other file."""
    by_family = families()
    lines = [
        "<!doctype html>",
        '<html lang="ja"><head><meta charset="utf-8"><title>よりそい キーの一覧</title>',
        f"<style>{_STYLE}</style></head><body>",
        "<h1>よりそい　キーの一覧</h1>",
        "<p>● は、ほかのアプリを使っているときにも効くキーです。● のないキーは、"
        f"{escape(key_of_family(by_family['focus_note']))} を押すか入力欄をクリックしてから使います。設定（"
        f"{escape(key_of_family(by_family['settings']))}）でキーを変えたときは、"
        f"{escape(key_of_family(by_family['keys_help']))} の一覧をご覧ください。</p>",
        "<main>",
    ]
    for title, names in grouped():
        rows = [_row(by_family[name]) for name in names]
        if title == "メモ":
            rows = [_cells(key, name) for key, name in FIELD_KEYS] + rows
        lines += [f"<section><h2>{title}</h2><table>", *rows, "</table></section>"]
    return "\n".join([*lines, "</main></body></html>", ""])


def _row(actions: list[Action]) -> str:
    mark = "●" if actions[0].is_global else ""
    return _cells(key_of_family(actions), t(f"action.{actions[0].family}"), mark)


def _cells(key: str, name: str, mark: str = "") -> str:
    return f"<tr><td>{escape(key)}</td><td>{escape(name)}</td><td>{mark}</td></tr>"


if __name__ == "__main__":
    CARD.write_text(card(), encoding="utf-8", newline="\n")
