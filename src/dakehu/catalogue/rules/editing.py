"""Changing a version, and telling two of them apart."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from dakehu.catalogue.choices import Offer
from dakehu.catalogue.values import Body, Terms

FRAME = tuple(each.name for each in fields(Body) if each.name != "standards")


@dataclass(frozen=True)
class Difference:
    """One thing that two versions say differently; ``scheme`` is empty for the frame."""

    scheme: str
    ranks: tuple[int, ...]
    name: str
    was: Any
    now: Any


def with_terms(body: Body, places: Collection[tuple[str, int]], terms: Terms) -> Body:
    """Return a version in which some levels, by scheme and rank, have other terms."""
    standards = {scheme: dict(levels) for scheme, levels in body.standards.items()}
    for scheme, rank in places:
        standards.setdefault(scheme, {})[rank] = terms
    return replace(body, standards=standards)


def with_frame(body: Body, frame: Body) -> Body:
    """Return a version with another frame and the terms it had."""
    return replace(frame, standards=body.standards)


def differences(old: Body, new: Body) -> Iterator[Difference]:
    """Yield what two versions say differently: the frame first, then level by level."""
    for name in FRAME:
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            yield Difference("", (), name, was, now)
    for scheme in sorted({*old.standards, *new.standards}):
        yield from differences_in(
            scheme, old.standards.get(scheme, {}), new.standards.get(scheme, {})
        )


def differences_in(scheme: str, old: Any, new: Any) -> Iterator[Difference]:
    """Yield what two versions promise differently in one scheme, alike levels together."""
    found: dict[tuple[str, Any, Any], list[int]] = {}
    for rank in sorted({*old, *new}, reverse=True):
        was, now = old.get(rank, Terms()), new.get(rank, Terms())
        for field in fields(Terms):
            before, after = getattr(was, field.name), getattr(now, field.name)
            if before != after:
                found.setdefault((field.name, before, after), []).append(rank)
    for (name, before, after), ranks in found.items():
        yield Difference(scheme, tuple(ranks), name, before, after)


def holding(body: Body, place: tuple[str, int], name: str) -> Any:
    """Return one part of the terms of a level; what is to be confirmed binds nobody."""
    terms = body.standards.get(place[0], {}).get(place[1], Terms())
    return getattr(Terms() if terms.offer == Offer.TO_CONFIRM else terms, name)


def touched(old: Body, new: Body, name: str) -> dict[tuple[str, int], tuple[Any, Any]]:
    """Return what one part binds to before and after, by the levels at which that changes."""
    places = {
        (scheme, rank)
        for body in (old, new)
        for scheme, levels in body.standards.items()
        for rank in levels
    }
    found = {
        place: (holding(old, place, name), holding(new, place, name)) for place in sorted(places)
    }
    return {place: turn for place, turn in found.items() if turn[0] != turn[1]}
