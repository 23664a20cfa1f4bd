"""What commands asked the window for and wait for, each by the word that it brought."""

from __future__ import annotations

from collections.abc import Callable

BUSY, DONE, FAILED = "busy", "done", "failed"
_MOST = 32  # who asks for more than that has long forgotten the first


class AskedWork:
    """Remembers how each stands; belongs to the window's thread."""

    def __init__(self) -> None:
        self._outcomes: dict[str, tuple[str, str]] = {}

    def begin(self, token: str) -> Callable[[str], None]:
        """It goes on; whoever does it calls what comes back, with what did not work (else empty)."""
        self._outcomes[token] = (BUSY, "")
        for old in list(self._outcomes)[:-_MOST]:
            del self._outcomes[old]

        def end(trouble: str) -> None:
            self._outcomes[token] = (FAILED if trouble else DONE, trouble)

        return end

    def outcome(self, token: str) -> tuple[str, str]:
        """How it stands, and what did not work; ``failed`` without a word where nobody knows it."""
        return self._outcomes.get(token, (FAILED, ""))
