"""Refusals of the ranking, in words."""

from datetime import date


class PeriodTooShort(Exception):
    """The days named leave nothing for one of the three parts; ``least`` would do."""

    def __init__(self, first: date, last: date, *, least: int) -> None:
        super().__init__(first, last, least)
        self.first = first
        self.last = last
        self.least = least


class UnableToTrain(Exception):
    """Nothing can be learned; the text says why and what to do about it."""


class UnableToPublish(Exception):
    """A model cannot go where it was sent; the text says why."""


class UnableToRank(Exception):
    """A model cannot be used: its extra, its files or its layout is missing."""
