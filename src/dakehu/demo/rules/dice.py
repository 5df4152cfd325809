"""Chance, drawn from a seed: the same key always gives the same numbers.

Factors and bells come from tables of rounded quantiles. ``exp`` and ``log`` differ in the last bit
from one processor to the next; a rounded table does not, so neither does a delivery.
"""

from enum import IntEnum
from functools import cache
from math import exp
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]
Small = npt.NDArray[np.int32]
Real = npt.NDArray[np.float32]
Truth = npt.NDArray[np.bool_]

QUANTILES = 4096


class Scope(IntEnum):
    """What is being drawn: every scope has its own stream, so one change moves nothing else."""

    STAFF = 1
    GROUPS = 2
    PEOPLE = 3
    STORIES = 4
    DAY = 5
    MONTH = 6
    GROUP_MONTH = 7
    PRODUCTS = 8
    ACTS = 9
    CHANGES = 10
    START = 11
    SPECIALISTS = 12
    FILES = 13


@cache
def bell_table() -> Real:
    """Return the quantiles of the standard normal distribution, rounded to four places."""
    normal = NormalDist()
    middles = ((step + 0.5) / QUANTILES for step in range(QUANTILES))
    return np.array([round(normal.inv_cdf(middle), 4) for middle in middles], dtype=np.float32)


@cache
def spread_table(sigma: float) -> Real:
    """Return the quantiles of a lognormal factor of median 1, rounded to four places."""
    return np.array([round(exp(sigma * float(z)), 4) for z in bell_table()], dtype=np.float32)


class Dice:
    """A stream of chance for one key: the seed, and whole numbers naming what is drawn."""

    def __init__(self, seed: int, *key: int) -> None:
        self._rng = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *key])))

    def unit(self, count: int) -> Real:
        """Return ``count`` numbers from 0 up to, not including, 1."""
        return self._rng.random(count, dtype=np.float32)

    def chance(self, count: int, probability: float | Real) -> Truth:
        """Return ``count`` answers that are true with ``probability``, one for all or one each."""
        return self.unit(count) < probability

    def whole(self, count: int, low: int, high: int) -> Whole:
        """Return ``count`` whole numbers from ``low`` to ``high``, both included."""
        return self._rng.integers(low, high, count, dtype=np.int64, endpoint=True)

    def spread(self, count: int, sigma: float) -> Real:
        """Return ``count`` lognormal factors of median 1; ``sigma`` is the width of their log."""
        return spread_table(sigma)[self._steps(count)]

    def bell(self, count: int, sigma: float) -> Real:
        """Return ``count`` normal numbers around 0 of standard deviation ``sigma``."""
        return bell_table()[self._steps(count)] * np.float32(sigma)

    def pick(self, count: int, weights: npt.ArrayLike) -> Whole:
        """Return ``count`` positions in ``weights``, each as often as its weight says."""
        sums = np.cumsum(np.asarray(weights, dtype=np.float64))
        places = np.searchsorted(sums, self._rng.random(count) * sums[-1], side="right")
        return np.asarray(places, dtype=np.int64)

    def order(self, items: Whole) -> Whole:
        """Return ``items`` in an order of chance."""
        return self._rng.permutation(items)

    def _steps(self, count: int) -> npt.NDArray[np.uint16]:
        return self._rng.integers(0, QUANTILES, count, dtype=np.uint16)


def whole_around(mean: Real, unit: Real) -> Small:
    """Round ``mean`` down or up by chance, so that the average stays; never below zero."""
    return np.floor(np.maximum(mean, 0) + unit).astype(np.int32)
