"""What is wrong with the phrases of a flow or a card, which their types cannot say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scripts_ja.flow_messages import Finding, table_place
from scripts_ja.flow_problem import shown
from scripts_ja.model import Phrase
from scripts_ja.placeholders import wrong_braces
from scripts_ja.source_lines import DataPath
from scripts_ja.texts import t


def brace_findings(holder: DataPath, phrases: Sequence[Phrase], data: object) -> Iterator[Finding]:
    """Braces that are no placeholder in the phrases of the table at ``holder``."""
    for number, phrase in enumerate(phrases):
        for piece in wrong_braces(phrase.text):
            path = (*holder, "phrases", number, "text")
            where = table_place(path, data)
            message = t("flows.unknown_placeholder", where=where, piece=shown(piece))
            yield Finding(path, message)
