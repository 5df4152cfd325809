"""Which levels of two schemes mean much the same, and how far customers bear it out (T24)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Pair = tuple[int, int]
"""Ranks of one customer in both schemes."""


@dataclass(frozen=True)
class Match:
    """A level of one scheme and the level of the other that it means, by ranks.

    ``to_confirm`` marks one that no source gives.
    """

    rank: int
    to: int
    to_confirm: bool = False


@dataclass(frozen=True)
class Agreement:
    """How many customers stand as the matches say, differently, or at a level without a match."""

    agree: int
    differ: int
    unmatched: int

    @property
    def total(self) -> int:
        """Everybody who stands in both schemes."""
        return self.agree + self.differ + self.unmatched

    @property
    def percent(self) -> int | None:
        """The share of those who agree, of all with a match, rounded down; nothing of nobody."""
        matched = self.agree + self.differ
        return self.agree * 100 // matched if matched else None


def matches_from(data: Iterable[Mapping[str, Any]]) -> tuple[Match, ...]:
    """Return the matches that the records keep, from the top."""
    found = [Match(e["rank"], e["to"], bool(e.get("to_confirm", False))) for e in data]
    return tuple(sorted(found, key=lambda each: -each.rank))


def matches_to_data(matches: Iterable[Match]) -> list[dict[str, Any]]:
    """Return matches as the records keep them."""
    return [
        {"rank": each.rank, "to": each.to, **({"to_confirm": True} if each.to_confirm else {})}
        for each in sorted(matches, key=lambda each: -each.rank)
    ]


def by_rank(matches: Iterable[Match]) -> dict[int, int]:
    """Return the rank of the other scheme by rank."""
    return {each.rank: each.to for each in matches}


def meant_by(matches: Iterable[Match], rank: int, *, backward: bool = False) -> tuple[int, ...]:
    """
    Return which ranks of the other scheme a rank means, from the top.

    Forward that is one or none; ``backward``, from the other scheme, there may be several.
    """
    ends = [(each.to, each.rank) if backward else (each.rank, each.to) for each in matches]
    return tuple(sorted({there for here, there in ends if here == rank}, reverse=True))


def agreement(counts: Mapping[Pair, int], matches: Iterable[Match]) -> Agreement:
    """Tell how far customers, counted by their ranks in both schemes, stand as matches say."""
    meant = by_rank(matches)
    agree = differ = unmatched = 0
    for (rank, other), count in counts.items():
        if rank not in meant:
            unmatched += count
        elif meant[rank] == other:
            agree += count
        else:
            differ += count
    return Agreement(agree, differ, unmatched)


def changed_ranks(before: Iterable[Match], after: Iterable[Match]) -> tuple[int, ...]:
    """Return the ranks whose match is another one, from the top."""
    old, new = by_rank(before), by_rank(after)
    return tuple(
        rank for rank in sorted(old | new, reverse=True) if old.get(rank) != new.get(rank)
    )
