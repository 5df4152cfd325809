"""Resident identity numbers: the check character of GB 11643 ."""

import re

RESIDENT = re.compile(r"\d{17}[\dX]")
OTHER = re.compile(r"[A-Z0-9]{5,20}")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
RESIDENT_LENGTH = 18


def is_identity_number(typed: str) -> bool:
    """Tell whether a number can be one: 18 characters that add up, or another kind of paper."""
    if len(typed) != RESIDENT_LENGTH:
        return bool(OTHER.fullmatch(typed))
    return bool(RESIDENT.fullmatch(typed)) and check_character(typed[:-1]) == typed[-1]


def check_character(head: str) -> str:
    """Return the character that follows the first seventeen digits of a resident number."""
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, head, strict=True))
    return CHECKS[total % len(CHECKS)]
