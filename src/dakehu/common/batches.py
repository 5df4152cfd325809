"""Cutting long runs of rows into pieces, so that memory stays flat."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")


def batched(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Yield ``items`` in lists of at most ``size``, in their order."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
