"""Whether a share is reached."""

from dakehu.obligations.values import Covered


def covered_of(*, population: int, covered: int, percent: int) -> Covered:
    """Return how far a share is reached: 80 % of 7 customers are 6 (5.6, rounded up)."""
    return Covered(population, covered, -(-percent * population // 100), percent)
