"""The check list before an order, what is ordered again, and what the answers make of it."""

from collections.abc import Iterable, Mapping, Sequence

from dakehu.channels.values import Named
from dakehu.opportunities.choices import RowState

ANSWERS = (RowState.DONE, RowState.REFUSED)


def points_for(
    named: Iterable[Named], papers: Mapping[str, Sequence[str]], usual: Sequence[str]
) -> list[tuple[str, str]]:
    """Return the points to check, product by product; a product without its own has the usual."""
    codes = dict.fromkeys(each.product for each in named)
    return [(code, point) for code in codes for point in papers.get(code) or usual]


def open_points(
    points: Iterable[tuple[str, str]], checked: Iterable[tuple[str, str]]
) -> list[tuple[str, str]]:
    """Return the points that nobody has found in order."""
    done = set(checked)
    return [point for point in points if point not in done]


def to_order(named: Sequence[Named], answers: Mapping[Named, str]) -> list[Named]:
    """
    Return what is still to be ordered: all of it at first, later what was refused.

    ``answers`` says of what was ordered before what the last answer was.
    """
    return [each for each in dict.fromkeys(named) if answers.get(each, RowState.REFUSED) ==
            RowState.REFUSED]  # fmt: skip


def is_answered(states: Iterable[str]) -> bool:
    """Tell whether every row was answered."""
    return all(state in ANSWERS for state in states)


def is_all_set_up(states: Iterable[str]) -> bool:
    """Tell whether every row is set up."""
    return all(state == RowState.DONE for state in states)
