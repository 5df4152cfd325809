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


@dataclass(frozen=True)
class Break:
    """Where a trail is not as it was sealed: what is wrong, in which rows, and with how many.

    ``kind`` is LINK_MISSING, ROWS_MISSING, ROWS_ADDED, ROWS_ALTERED or END_MISSING.
    """

    kind: str
    first_id: int
    last_id: int
    rows: int = 0


@dataclass(frozen=True)
class Verdict:
    """What checking a trail found: how many rows are sealed and whole, and the first break.

    ``subject`` is ``change`` or ``access``; ``unsealed`` rows came after the newest seal.
    ``is_anchored`` tells whether the end of the chain is vouched for outside the database.
    """

    subject: str
    rows: int
    unsealed: int
    trouble: Break | None
    is_anchored: bool = False

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing was found."""
        return self.trouble is None
