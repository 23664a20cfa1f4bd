"""The five things that a callback needs before anybody hangs up (F5-S1)."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from enum import StrEnum

from call.case import Case


class CallbackItem(StrEnum):
    """Number, name, time, who, matter."""

    NUMBER = "number"
    NAME = "name"
    TIME = "time"
    OWNER = "owner"
    MATTER = "matter"


def callback_items(case: Case) -> Mapping[CallbackItem, bool]:
    """For each of the five whether it is known; the number only once it was read back."""
    commitment = case.handing_up.commitment
    stands = commitment is not None and commitment.accepted is not False
    return {
        CallbackItem.NUMBER: is_number_read_back(case),
        CallbackItem.NAME: bool(case.field("customer").strip()),
        CallbackItem.TIME: stands,
        CallbackItem.OWNER: stands,
        CallbackItem.MATTER: bool(case.field("issue").strip()),
    }


def is_number_read_back(case: Case) -> bool:
    """Whether the number that will be rung is the one that the customer has agreed with."""
    read = case.callbacks.read_back
    return read is not None and _bare(read.number) == _bare(case.field("callback_tel"))


def _bare(number: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", number) if char.isdigit())
