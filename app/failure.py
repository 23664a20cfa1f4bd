"""The one exception for what the world did wrong and a person can mend."""

from __future__ import annotations


class Failure(Exception):  # noqa: N818 - it is no error of ours
    """Its text is one Japanese sentence: what happened, where, what to do.

    ``code`` is the exit code of the program.
    """

    def __init__(self, text: str, code: int = 1) -> None:
        super().__init__(text)
        self.code = code
