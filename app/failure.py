"""The one exception for what the world did wrong and a person can mend."""

from __future__ import annotations


class Failure(Exception):  # noqa: N818 - it is no error of ours
    """Its text is one Japanese sentence: what happened, where, what to do."""
