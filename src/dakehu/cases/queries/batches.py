"""What a list of batch business says, for floors that hand one over (C3)."""

from dakehu.cases.rules.batches import GREEN, MOST_LINES, lines_in, repeated
from dakehu.cases.values import BatchLine

FEWEST_ROWS, MOST_ROWS = GREEN, MOST_LINES


def batch_in(typed: str) -> tuple[list[BatchLine], list[str]]:
    """
    Return the rows of a list, and what is wrong with it by its places: no number, or twice.

    A row begins with a number; what follows it is what is to be done.
    """
    lines, troubles = lines_in(typed)
    return lines, [*troubles, *repeated(lines)]
