"""What an undo took back, in one sentence."""

from __future__ import annotations

from msgspec import structs

from call.events import Body
from scripts_ja.texts import has_text, t


def undone_words(step: Body | None) -> str:
    """「保留を取り消しました」: whoever pressed the key once too often sees what is gone."""
    return t("undo.done", step=_name(step))


def _name(step: Body | None) -> str:
    key = f"undo.step.{type(step).__name__}"
    if step is None or not has_text(key):
        return t("undo.step.other")
    return t(key, **structs.asdict(step))
