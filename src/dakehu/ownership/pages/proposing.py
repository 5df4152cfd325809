"""Proposals of owners as a page shows them: each with what speaks for it, and who else could."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from dakehu.customers.choices import CardLevel
from dakehu.ownership import queries
from dakehu.ownership.values import OwnerNumbers, Points


@dataclass(frozen=True)
class Option:
    """Somebody who may be chosen for a customer."""

    pk: int
    words: str


@dataclass(frozen=True)
class ProposedLine:
    """One customer, the owner proposed, and why."""

    customer: Any
    level: str
    owner_id: int | None
    why: str
    total: int


@dataclass(frozen=True)
class ProposalPage:
    """The proposals for a unit."""

    unit: Any
    lines: tuple[ProposedLine, ...]
    options: tuple[Option, ...]
    waiting: int
    placed: int


def proposal_page(actor: Any, unit: Any, *, on: date) -> ProposalPage:
    """Gather proposals for the first customers of a unit whom nobody looks after."""
    numbers = queries.numbers_in_force(on=on)
    homes = queries.homes_for(actor, unit, on=on)
    by_customer = {each.customer_id: each for each in queries.proposed(homes, numbers)}
    lines = []
    for customer in homes.customers:
        proposal = by_customer[customer.pk]
        rank = homes.ranks.get(customer.pk)
        lines.append(
            ProposedLine(
                customer=customer,
                level="" if rank is None else str(CardLevel(rank).label),
                owner_id=proposal.owner_id,
                why=why_words(proposal.points),
                total=proposal.points.total if proposal.points else 0,
            )
        )
    return ProposalPage(
        unit=unit,
        lines=tuple(lines),
        options=options_of(homes, actor, on=on),
        waiting=homes.waiting,
        placed=sum(line.owner_id is not None for line in lines),
    )


def options_of(homes: queries.Homes, actor: Any, *, on: date) -> tuple[Option, ...]:
    """Return who may be chosen, with unit and load."""
    words: Mapping[int, str] = dict(queries.owner_choices(actor, on=on))
    return tuple(Option(each.pk, words[each.pk]) for each in homes.staff if each.pk in words)


def why_words(points: Points | None) -> str:
    """Return what speaks for an owner, sign by sign."""
    if points is None:
        return _("Nobody has room left.")
    signs = (
        (points.area, _("area +%(points)s")),
        (points.tier, _("level +%(points)s")),
        (points.load, _("room +%(points)s")),
        (points.language, _("language +%(points)s")),
    )
    return _(", ").join(words % {"points": worth} for worth, words in signs if worth)


@dataclass(frozen=True)
class Simulation:
    """What other numbers would change about the proposals of the actor's units."""

    differing: int
    proposals: int


def simulation(actor: Any, *, numbers: OwnerNumbers, on: date) -> Simulation:
    """Compare the proposals by other numbers with those by the numbers in force."""
    homes = queries.homes_for(actor, actor.unit, on=on, most=SIMULATED)
    before = queries.numbers_in_force(on=on)
    differing = queries.differing(homes, before=before, after=numbers)
    return Simulation(differing, len(homes.customers))


SIMULATED = 1_000
