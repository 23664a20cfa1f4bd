"""Whether better words can take the place of others as they stand, or only show how to say it.

Only the words at fault are marked, 「必ず」 and not 「必ず直します」: what comes in their place has to
go on with what is left of the sentence.
"""

from __future__ import annotations

import re

# What ends a sentence of ours, so that nothing can follow it.
_PREDICATE = re.compile("(?:ます|ました|です)$")
# After the words: the end of their clause, or the date of a promise.
_CLAUSE_END = re.compile(r"[ \u3000]*(?:[。、!?！？」』)）@＠\n]|$)")
# It stands for a part that only the agent can say.
_BLANK = "〜"


def fits(better: str, text: str, start: int, end: int) -> bool:
    """Whether the sentence of ``text`` stays whole with ``better`` from ``start`` up to ``end``.

    A predicate wants the end of a clause behind it and no 「の」 before it (「お客様の勘違い」 is
    about the customer); whatever else is said wants to go on.
    """
    if _BLANK in better:
        return False
    is_end = _CLAUSE_END.match(text, end) is not None
    if _PREDICATE.search(better):
        return is_end and text[start - 1 : start] != "の"
    return not is_end
