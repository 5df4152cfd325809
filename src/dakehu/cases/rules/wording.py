"""What a case is called: its first sentence, and that without numbers that lead to people."""

import re

LONGEST = 60
ENDS = re.compile(r"[。！？!?\n；;]")
DIGITS = re.compile(r"\d{7,}")


def subject_of(text: str) -> str:
    """Return what a case is called whose subject nobody typed: the first sentence of its text."""
    first = ENDS.split(text.strip(), maxsplit=1)[0].strip()
    return first if len(first) <= LONGEST else f"{first[: LONGEST - 1]}…"


def without_numbers(text: str) -> str:
    """Return a text in which long runs of digits are starred, as a telephone number would be."""
    return DIGITS.sub(lambda found: found[0][:3] + "*" * (len(found[0]) - 3), text)
