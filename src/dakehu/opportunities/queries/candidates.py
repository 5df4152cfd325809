"""Who could take an opportunity over, as the routing and the operations center look at them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils.timezone import localdate

from dakehu.channels.choices import Activity, Channel, Class
from dakehu.channels.values import Body, Candidate, Facts, Named
from dakehu.customers.choices import CustomerKind
from dakehu.opportunities.choices import Ending
from dakehu.opportunities.models import Offer, Opportunity
from dakehu.opportunities.policies import HANDLE, OWN_CHANNEL
from dakehu.opportunities.rules.proposing import judged
from dakehu.opportunities.values import Able, Judged, NewContact
from dakehu.people.choices import PARTNER, BusinessAction
from dakehu.people.policies import may, role_of
from dakehu.people.queries import (
    absent_at,
    areas_of,
    authorities_of,
    core_partners_of,
    staff_who_may,
    telephone_manager_of,
)
from dakehu.tiering.queries.held import held_levels

if TYPE_CHECKING:
    from dakehu.customers.models import Customer
    from dakehu.people.models import Staff, Unit

GROUP_CLASSES = "group-abc"
ACTIONS = {Activity.OPEN: BusinessAction.OPEN, Activity.CANCEL: BusinessAction.CANCEL}
"""What an activity takes of one's business authority; all others are changes."""
TELEPHONE = "TELEPHONE_MANAGER"
SELLING = ("ACCOUNT_MANAGER", "CHIEF_REPRESENTATIVE", TELEPHONE, PARTNER)
CITY_DEPTH = 3
Authorities = dict[int, set[tuple[str, str]]]


def class_of(customer: "Customer | None", *, at: datetime) -> Class:
    """Return the class of a customer by the group scheme; individuals have that of their group."""
    if customer is None or customer.kind == CustomerKind.PROSPECT:
        return Class.PROSPECT
    group = customer.pk if customer.kind == CustomerKind.GROUP else customer.group_id
    if group is None:
        return Class.C
    levels = held_levels(group, on=localdate(at))
    names = (each.name[:1] for each in levels if each.scheme == GROUP_CLASSES and each.rank)
    first = next(names, Class.C.value)
    return Class(first) if first in Class.values else Class.C


def authorised(body: Body, named: Iterable[Named], held: Collection[tuple[str, str]]) -> set[str]:
    """Return which of the products named somebody has authority for."""
    wanted = list(named)
    lacking = {each.product for each in wanted if not is_authorised(body, each, held)}
    return {each.product for each in wanted} - lacking


def is_authorised(body: Body, named: Named, held: Collection[tuple[str, str]]) -> bool:
    """Tell whether authorities cover what is to be done with a product."""
    product = body.products.get(named.product)
    codes = {named.product, *(product.codes if product else ())}
    action = ACTIONS.get(named.activity, BusinessAction.CHANGE)
    return any((code, action.value) in held for code in codes)


def open_counts(people: Iterable[int]) -> dict[int, int]:
    """Return how many opportunities people have to take over or work on, by person."""
    rows = Opportunity.objects.held().filter(receiver__in=list(people)).order_by()
    return dict(rows.values("receiver").annotate(n=Count("pk")).values_list("receiver", "n"))


@dataclass(frozen=True)
class Known:
    """What is known of people at an instant: who is away, what they may, what they have."""

    away: "dict[int, Staff | None]"
    authorities: Authorities
    counts: dict[int, int]

    def candidate(self, person: "Staff", body: Body, named: tuple[Named, ...]) -> Candidate:
        """Return somebody as routing looks at them, with whoever stands in for them."""
        found = self.alone(person, body, named)
        deputy = self.away.get(person.pk)
        if deputy is None:
            return found
        return replace(found, deputy=self.alone(deputy, body, named))

    def alone(self, person: "Staff", body: Body, named: tuple[Named, ...]) -> Candidate:
        """Return somebody as routing looks at them."""
        return Candidate(
            person.pk,
            person.name,
            is_active=is_there(person),
            is_away=person.pk in self.away,
            is_full=person.capacity is not None
            and is_selling_for_others(person)
            and self.counts.get(person.pk, 0) >= person.capacity,
            open_count=self.counts.get(person.pk, 0),
            authorities=frozenset(authorised(body, named, self.authorities.get(person.pk, set()))),
        )


def is_there(person: "Staff") -> bool:
    """Tell whether somebody works here and may take opportunities over."""
    return person.is_active and person.removed_at is None and may(person, HANDLE)


def is_selling_for_others(person: "Staff") -> bool:
    """Tell whether somebody's capacity is one of opportunities, as that of partners is."""
    return role_of(person).kind == PARTNER


def known_of(people: "Sequence[Staff]", *, more: Collection[int] = (), at: datetime) -> Known:
    """Gather what is known of people and of their deputies."""
    keys = {person.pk for person in people}
    away = absent_at(keys, at)
    deputies = {each.pk for each in away.values() if each is not None}
    if deputies:
        away |= {pk: deputy for pk, deputy in absent_at(deputies, at).items() if pk not in away}
    every = keys | deputies
    return Known(away, authorities_of(every | set(more), on=localdate(at)), open_counts(every))


def facts_for(
    new: NewContact, body: Body, *, unit: "Unit", by: "Staff | None", at: datetime
) -> Facts:
    """Gather everything that the routing of a contact looks at."""
    return gathered(new, body, unit=unit, by=by, at=at)[0]


def gathered(
    new: NewContact, body: Body, *, unit: "Unit", by: "Staff | None", at: datetime
) -> "tuple[Facts, dict[int, Staff]]":
    """
    Return everything that the routing of a contact looks at, and the people whom it can name.

    Partners and the telephone manager are looked for only where a rule can come to them: without
    a manager, in a hall, and, for a helper, of A and B customers.
    """
    manager = new.customer.manager if new.customer else None
    group = class_of(new.customer, at=at)
    asks_partners = manager is None or new.channel == Channel.HALL or group in OWN_CHANNEL
    partners = core_partners_of(unit) if asks_partners else []
    telephone = telephone_manager_of(unit) if manager is None else None
    people = [*partners, *(each for each in (manager, telephone) if each)]
    known = known_of(people, more=[by.pk] if by else (), at=at)
    own = known.authorities.get(by.pk, set()) if by else set()
    facts = Facts(
        channel=Channel(new.channel),
        named=new.named,
        has_specifics=new.has_specifics,
        plans=new.plans,
        is_willing=new.is_willing,
        customer_class=group,
        in_person=new.in_person,
        authorities=frozenset(authorised(body, new.named, own)),
        manager=known.candidate(manager, body, new.named) if manager else None,
        partners=tuple(known.candidate(each, body, new.named) for each in partners),
        telephone=known.candidate(telephone, body, new.named) if telephone else None,
    )
    everybody = [*people, *(each for each in known.away.values() if each), *([by] if by else [])]
    return facts, {each.pk: each for each in everybody}


@dataclass(frozen=True)
class Proposed:
    """Somebody who could take an opportunity over, as the operations center sees them."""

    person: "Staff"
    judged: Judged


def takers_for(
    opportunities: Sequence[Opportunity], bodies: Mapping[int, Body], *, at: datetime
) -> dict[int, list[Proposed]]:
    """
    Return who could be given each of some opportunities, the fittest first.

    ``bodies`` are those of their matrices; as many questions for one as for many.
    """
    people = [each for each in staff_who_may(HANDLE) if role_of(each).kind in SELLING]
    known = known_of(people, at=at)
    areas = areas_of(person.pk for person in people)
    past = Offer.objects.filter(
        opportunity__in=[each.pk for each in opportunities],
        ending__in=[Ending.RETURNED, Ending.EXPIRED],
    )
    had = set(past.values_list("opportunity", "receiver"))
    return {
        each.pk: ordered(each, people, Around(known, areas, had, bodies[each.matrix_id]))
        for each in opportunities
    }


@dataclass(frozen=True)
class Around:
    """What is known around an opportunity: of people, of their areas, of who had it before."""

    known: Known
    areas: Mapping[int, set[int]]
    had: set[tuple[int, int]]
    body: Body

    def able(self, person: "Staff", opportunity: Opportunity, city: str) -> Able:
        """Return somebody as the operations center looks at them."""
        line = {int(each) for each in (opportunity.unit.path or "").strip("/").split("/") if each}
        named = opportunity.wanted
        seen = self.known.alone(person, self.body, named)
        customer = opportunity.customer
        serves = bool(self.areas.get(person.pk, set()) & line) or person.unit_id in line
        return Able(
            key=person.pk,
            is_manager=customer is not None and customer.manager_id == person.pk,
            serves_area=serves,
            is_near=(person.unit.path or "").startswith(city),
            is_authorised={each.product for each in named} <= seen.authorities,
            is_away=seen.is_away,
            is_full=seen.is_full,
            had_it=(opportunity.pk, person.pk) in self.had,
            open_count=seen.open_count,
        )


def is_seller(person: "Staff") -> bool:
    """Tell whether somebody's channel both sells and serves (OP3)."""
    return role_of(person).kind != TELEPHONE


def city_path(opportunity: Opportunity) -> str:
    """Return where in the tree the city of an opportunity stands."""
    path = (opportunity.unit.path or "").strip("/")
    return "/".join(path.split("/")[:CITY_DEPTH]) + "/"


def ordered(opportunity: Opportunity, people: "list[Staff]", around: Around) -> list[Proposed]:
    """Return who of some people could take an opportunity over: of its city, and the manager."""
    city = city_path(opportunity)
    ables = [around.able(person, opportunity, city) for person in people]
    by_key = {person.pk: person for person in people}
    # Telephone managers watch; they take over the customers they look after themselves alone.
    near = (
        each
        for each in ables
        if each.is_manager or (is_seller(by_key[each.key]) and (each.is_near or each.serves_area))
    )
    return [Proposed(by_key[each.able.key], each) for each in judged(near)]
