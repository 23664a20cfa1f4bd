"""What was left out of a paper, said in it: whoever reads it must not take it for unknown."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs

from handoff.document import Block, Document, Row, Section
from handoff.masks import Mask
from scripts_ja.texts import t


def mask_words(masks: Sequence[Mask]) -> str:
    """The names of what is left out."""
    return t("handoff.separator").join(t(f"handoff.mask.label.{mask}") for mask in masks)


def with_mask_note(document: Document, masks: Sequence[Mask]) -> Document:
    """The paper with one line at its end; beside a letter, which the customer reads, it is said."""
    if not masks:
        return document
    words = mask_words(masks)
    if document.is_letter:
        said = t("handoff.mask.letter", masks=words)
        return structs.replace(document, screen_only=f"{document.screen_only}\n{said}")
    note = Block("d", (Section(t("handoff.mask.note"), (Row(value=words),)),))
    return structs.replace(document, blocks=(*document.blocks, note))
