"""Resident identity numbers: the check character of GB 11643 (M1)."""

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
    if not RESIDENT.fullmatch(typed):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, typed[:-1], strict=True))
    return CHECKS[total % len(CHECKS)] == typed[-1]
