"""Numbers that know their last digit: payment cards, and the number the state gives a person."""

from __future__ import annotations

MY_NUMBER_DIGITS = 12


def passes_luhn(digits: str) -> bool:
    """Whether the last digit fits as on a payment card (ISO/IEC 7812)."""
    total = 0
    for place, char in enumerate(reversed(digits)):
        value = int(char)
        if place % 2:
            value = value * 2 - 9 if value > 4 else value * 2
        total += value
    return total % 10 == 0 and len(set(digits)) > 1


def is_my_number(digits: str) -> bool:
    """Whether this can be somebody's マイナンバー: twelve digits, the last of which fits.

    By the ministry's order on 個人番号 (平成26年総務省令第85号, article 5): from the right the weights
    2 to 7 and again 2 to 6, modulo 11. One in eleven other numbers of twelve digits fits as well.
    """
    if len(digits) != MY_NUMBER_DIGITS or len(set(digits)) == 1:
        return False
    *body, check = map(int, digits)
    total = sum(digit * (place % 6 + 2) for place, digit in enumerate(reversed(body)))
    remainder = total % 11
    return check == (0 if remainder <= 1 else 11 - remainder)
