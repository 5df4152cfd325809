"""The tree of units: which kind stands under which, and what a path says (M2).

A path holds the numbers of all units from the top to the unit itself, each followed by a slash.
"""

LONGEST_PATH = 200

KINDS_ABOVE = {
    "HEADQUARTERS": (),
    "PROVINCE": ("HEADQUARTERS",),
    "CITY": ("PROVINCE",),
    "DISTRICT": ("CITY",),
    "TEAM": ("HEADQUARTERS", "PROVINCE", "CITY", "DISTRICT", "TEAM"),
}


def kinds_above(kind: str) -> tuple[str, ...]:
    """Return the kinds of units under which one of ``kind`` may stand; none for the top."""
    return KINDS_ABOVE[kind]


def may_stand_under(kind: str, above: str | None) -> bool:
    """Tell whether a unit of ``kind`` may stand under one of kind ``above``, or at the top."""
    return above in KINDS_ABOVE[kind] if above else not KINDS_ABOVE[kind]


def path_of(number: int, above: str) -> str:
    """Return the path of unit ``number`` under the unit with the path ``above``."""
    return f"{above}{number}/"


def is_within(path: str, other: str) -> bool:
    """Tell whether the unit with ``path`` is, or stands below, the one with the path ``other``."""
    return path.startswith(other)


def is_on_one_line(path: str, other: str) -> bool:
    """Tell whether one of two units stands above the other, or both are the same."""
    return is_within(path, other) or is_within(other, path)


def moved_path(path: str, *, old: str, new: str) -> str:
    """Return ``path`` after the unit with the path ``old`` got the path ``new``."""
    return new + path.removeprefix(old)
