"""Values of the audit app."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FieldClash:
    """One field of a record that two people edited at the same time (promise 8).

    ``before`` is what both saw, ``theirs`` what is stored now, ``yours`` what was about to be
    stored; each in words. ``is_theirs`` and ``is_yours`` tell who changed it.
    """

    name: str
    before: str
    theirs: str
    yours: str
    is_theirs: bool
    is_yours: bool
