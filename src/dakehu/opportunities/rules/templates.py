"""Named places in the words of solutions, and what is put into them (OP14)."""

import re
from collections.abc import Mapping

PLACE = re.compile(r"\{([^{}]*)\}")
PLACES = (
    *("customer", "number", "products", "contact", "key_person", "need", "present"),
    *("expected", "manager", "unit", "today"),
)
"""What a template can name; what each stands for is told where templates are written."""


def wrong_places(text: str) -> list[str]:
    """Return what a text names that nothing stands for, and braces that open nothing."""
    unknown = [f"{{{name}}}" for name in PLACE.findall(text) if name not in PLACES]
    stray = sorted(set(re.findall(r"[{}]", PLACE.sub("", text))))
    return list(dict.fromkeys(unknown)) + stray


def left_places(text: str) -> list[str]:
    """Return the places in a text that nobody has filled yet, in order."""
    names = dict.fromkeys(PLACE.findall(text))
    return [f"{{{name}}}" for name in names if name in PLACES]


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a text with what is known in its places, read once; the others stay as they are."""
    return PLACE.sub(lambda found: values.get(found[1]) or found[0], text)
