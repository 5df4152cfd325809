"""Changing a version, and telling two of them apart."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

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
