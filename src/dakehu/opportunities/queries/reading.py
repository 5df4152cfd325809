"""Opportunities for those who may see them (promise 3, CH15)."""

from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.http import Http404

from dakehu.common.words import plain_phone
from dakehu.opportunities.choices import OPEN, Ending, Move
from dakehu.opportunities.models import Hop, Offer, Opportunity
from dakehu.opportunities.policies import VIEW, has_it, is_partner, may_edit, may_see_people
from dakehu.opportunities.querysets import OpportunityQuerySet
from dakehu.opportunities.rules.numbers import key_in
from dakehu.people.choices import Scope
from dakehu.people.policies import grants_of, may, reach, role_of

if TYPE_CHECKING:
    from dakehu.customers.models import Customer
    from dakehu.people.models import Staff

SHOWN = ("customer", "unit", "receiver")
EVERYTHING = (*SHOWN, "captured_by", "watcher", "helper", "client", "matrix", "customer__manager")
PEOPLE = ("contact_name", "contact_phone", "key_person")
"""Key information of a customer that partners do not see of every customer (CH15)."""


def opportunities_visible_to(actor: "Staff") -> OpportunityQuerySet:
    """
    Return the opportunities within the actor's reach.

    Of the units within the scope of the role; and, wherever they are, what somebody took in, was
    ever offered, watches or helps with, so that the contact channel can always tell its customer.
    Those who look after customers see what concerns these; partners see no more than their own.
    """
    if not may(actor, VIEW):
        return Opportunity.objects.none()
    rows: OpportunityQuerySet = Opportunity.objects.select_related(*SHOWN)
    if role_of(actor).scope == Scope.OWN:
        return rows.filter(pk__in=own_keys(actor))
    within = reach(actor, unit="unit", owner="receiver", customer="customer")
    return rows.filter(within | Q(pk__in=part_of(actor))) if within else rows


def own_keys(actor: "Staff") -> "QuerySet[Any, Any]":
    """Return the keys of what concerns somebody whose reach is their own customers."""
    every = Opportunity.objects.order_by()
    grants = grants_of(actor)
    people = [actor.pk, *grants.owners]
    found = [part_of(actor), every.filter(receiver__in=people).values("pk")]
    if not is_partner(actor):
        found.append(every.filter(customer__manager__in=people).values("pk"))
    if grants.customers:
        found.append(every.filter(customer__in=grants.customers).values("pk"))
    if grants.units:
        found.append(every.filter(unit__in=grants.units).values("pk"))
    return found[0].union(*found[1:])


def part_of(actor: "Staff") -> "QuerySet[Any, Any]":
    """Return the keys of what somebody has a part in, wherever it is."""
    every = Opportunity.objects.order_by()
    offered = Offer.objects.filter(receiver=actor).order_by().values("opportunity")
    parts = [every.filter(**{name: actor}) for name in ("watcher", "helper")]
    return every.filter(captured_by=actor).values("pk").union(
        *(part.values("pk") for part in parts), offered
    )  # fmt: skip


def queue_visible_to(actor: "Staff") -> OpportunityQuerySet:
    """Return what waits for the operations center within the actor's reach."""
    return opportunities_visible_to(actor).waiting()


def selling_visible_to(actor: "Staff") -> OpportunityQuerySet:
    """Return what somebody within reach is selling, or has sold and has still to hand over."""
    return opportunities_visible_to(actor).selling()


def get_opportunity(actor: "Staff", pk: int) -> Opportunity:
    """
    Return one opportunity, without the people to talk to if the actor may not know them (CH15).

    :raises Http404: if there is none with that number within the actor's reach.
    """
    found = opportunities_visible_to(actor).select_related(*EVERYTHING).filter(pk=pk).first()
    if found is None:
        raise Http404
    return curtained(actor, found)


def get_editable(actor: "Staff", pk: int) -> Opportunity:
    """
    Return one opportunity whose elements the actor may complete.

    :raises Http404: if there is none such.
    """
    found = get_opportunity(actor, pk)
    if not may_edit(actor, found) or not may_see_people(actor, found):
        raise Http404
    return found


def get_own(actor: "Staff", pk: int) -> Opportunity:
    """
    Return one opportunity that the actor has, or hands out, to go on with.

    :raises Http404: if there is none such.
    """
    found = get_opportunity(actor, pk)
    if not has_it(actor, found):
        raise Http404
    return found


def curtained(actor: "Staff", opportunity: Opportunity) -> Opportunity:
    """Return an opportunity without what the actor may not know; it is read, never stored."""
    if not may_see_people(actor, opportunity):
        for name in PEOPLE:
            setattr(opportunity, name, "")
    return opportunity


def opportunity_numbered(actor: "Staff", typed: str) -> Opportunity | None:
    """Return the opportunity within reach whose number was typed; nothing if there is none."""
    pk = key_in(typed)
    found = opportunities_visible_to(actor).filter(pk=pk).first() if pk else None
    same = found and found.number.replace("-", "") == typed.strip().upper().replace("-", "")
    return found if same else None


def hops_of(opportunity: Opportunity) -> list[Hop]:
    """Return the passport of an opportunity, the newest move first; it comes from a query."""
    return list(opportunity.hops.select_related("by", "to").order_by("-pk"))


def last_hops(opportunities: list[Opportunity]) -> dict[int, Hop]:
    """Return the last move of each of some opportunities that changed where it stands."""
    keys = [each.pk for each in opportunities]
    rows = Hop.objects.filter(opportunity__in=keys).exclude(move__in=[Move.NOTE, Move.EDIT])
    found = rows.select_related("by", "to").order_by("pk")
    return {hop.opportunity_id: hop for hop in found}


def offers_of(opportunity: Opportunity) -> list[Offer]:
    """Return whom an opportunity was offered to, the newest first."""
    return list(opportunity.offers.select_related("receiver").order_by("-pk"))


def offered_now(actor: "Staff", opportunity: Opportunity) -> bool:
    """Tell whether an offer of the opportunity waits for the actor."""
    return opportunity.offers.filter(receiver=actor, ending=Ending.OPEN).exists()


def opportunities_of(actor: "Staff", customer: "Customer") -> OpportunityQuerySet:
    """Return what a customer wanted, the newest first."""
    return opportunities_visible_to(actor).filter(customer=customer).order_by("-pk")


def open_of(
    *, customer: "Customer | None" = None, phone: str = "", company: str = ""
) -> list[Opportunity]:
    """
    Return the open opportunities of a customer, or of a prospect by telephone or name.

    For whoever is about to take in another: all that are open, whoever has them.
    """
    rows = Opportunity.objects.filter(state__in=OPEN).select_related(*SHOWN).order_by("-pk")
    if customer is not None:
        return list(rows.filter(customer=customer))
    number = plain_phone(phone)
    meant = Q(contact_phone=number) if number else Q(pk=None)
    if company:
        meant |= Q(customer__isnull=True, company=company)
    return list(rows.filter(meant)) if number or company else []


def open_count_of(customers: "QuerySet[Customer]") -> int:
    """Count the open opportunities of customers."""
    rows = Opportunity.objects.filter(state__in=OPEN)
    return rows.filter(customer__in=customers.values("pk")).count()
