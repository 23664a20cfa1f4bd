"""Drafts the readings by which shipped phrases are found, for a person to read over.

Lines that are still needed stay as they are, lines that nobody needs go, missing ones are drafted
and printed: an analyser is right about 49 times in 50 (承れる, 品番, 間 it gets wrong), so
read each of them aloud and mend scripts_ja/readings.toml by hand.

Usage: python tools/readings.py          (needs the extra: pip install -e ".[readings]")
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from scripts_ja.card_loader import load_cards
from scripts_ja.loader import load_flows
from scripts_ja.readings import fold, lines, texts_to_read

FILE = Path(__file__).resolve().parents[1] / "scripts_ja" / "readings.toml"
_PLACEHOLDER = re.compile(r"(\{[a-z0-9_]+\})")
_RUNS = re.compile(r"[一-鿿々〆ヶ]+|[^一-鿿々〆ヶ]+")
_IS_KANJI = re.compile(r"[一-鿿々〆ヶ]")


def main() -> None:
    """Write the file with what is missing, and print that."""
    wanted = dict.fromkeys(texts_to_read(load_flows(None).book, load_cards(None).book))
    known = lines()
    missing = [text for text in wanted if text not in known]
    drafts = dict(zip(missing, _drafted(missing), strict=True)) if missing else {}
    head = FILE.read_text("utf-8").partition("lines = [\n")[0]
    written = [json.dumps(known.get(text) or drafts[text], ensure_ascii=False) for text in wanted]
    body = "".join(f"  {line},\n" for line in written)
    FILE.write_text(f"{head}lines = [\n{body}]\n", encoding="utf-8")
    sys.stdout.write("".join(f"{line}\n" for line in drafts.values()) or "nothing is missing\n")


def _drafted(texts: list[str]) -> list[str]:
    # Imported only here: who has nothing to draft needs no dictionary of 110 MB.
    from sudachipy import Dictionary

    tokenizer = Dictionary(dict="small").tokenizer()

    def draft(piece: str) -> str:
        if _PLACEHOLDER.fullmatch(piece):
            return piece
        return "".join(_beside(m.surface(), m.reading_form()) for m in tokenizer.tokenize(piece))

    return ["".join(draft(piece) for piece in _PLACEHOLDER.split(text) if piece) for text in texts]


def _beside(surface: str, reading: str) -> str:
    """申し上げ, モウシアゲ: 申[もう]し上[あ]げ. What cannot be laid beside is left to the reader."""
    runs = _RUNS.findall(surface)
    pattern = "".join("(.+?)" if _IS_KANJI.match(run) else re.escape(fold(run)) for run in runs)
    found = re.fullmatch(pattern, fold(reading)) if _IS_KANJI.search(surface) else None
    if found is None:
        return surface
    kana = iter(found.groups())
    return "".join(f"{run}[{next(kana)}]" if _IS_KANJI.match(run) else run for run in runs)


if __name__ == "__main__":
    main()
