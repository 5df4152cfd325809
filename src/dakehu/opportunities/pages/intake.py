"""What the intake shows beside the form: who, what is open already, where it would go (CH16)."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from dakehu.channels.choices import Channel, Class, Kind, Outcome
from dakehu.channels.queries import wording
from dakehu.channels.queries.deciding import decide
from dakehu.channels.values import Body
from dakehu.opportunities.choices import GUIDES, STATE_TONES, Guide
from dakehu.opportunities.policies import is_partner
from dakehu.opportunities.queries import open_of, opportunities_visible_to
from dakehu.opportunities.queries.candidates import class_of, facts_for
from dakehu.opportunities.values import NewContact

if TYPE_CHECKING:
    from dakehu.people.models import Staff

OUTCOME_TONES = {"KEPT": "neutral", "COMPLETED": "success", "OFFERED": "info", "QUEUED": "warning"}


@dataclass(frozen=True)
class OpenOne:
    """An open opportunity of the same customer: which, where it stands, whether it can be read."""

    opportunity: Any
    tone: str
    url: str
    wants: str


@dataclass(frozen=True)
class Known:
    """What is known while a contact is typed."""

    customer: Any
    is_unknown: bool
    customer_url: str
    customer_class: str
    open_ones: list[OpenOne]
    guide: Guide
    channel: str
    fate: "Fate | None"


@dataclass(frozen=True)
class Fate:
    """What would become of the contact as it is typed."""

    kind: str
    outcome: str
    tone: str
    why: list[str]
    limit: str


def known_before(
    actor: "Staff",
    new: NewContact,
    body: Body,
    *,
    typed: bool,
    is_named: bool = False,
    at: datetime,
) -> Known:
    """
    Gather who it is, what is open of them, and where it would go as it is typed.

    ``is_named`` says that something was typed that should be a customer.
    """
    customer = new.customer
    told = new.elements
    found = open_of(customer=customer, phone=told.contact_phone, company=told.company)
    return Known(
        customer=customer,
        is_unknown=is_named and customer is None and not told.contact_phone,
        customer_url=reverse("desk:customer", args=[customer.pk]) if customer else "",
        customer_class=str(class_of(customer, at=at).label) if customer else "",
        open_ones=open_ones(actor, found, body),
        guide=GUIDES[Channel(new.channel)],
        channel=str(Channel(new.channel).label),
        fate=fate_of(actor, new, body, at=at) if typed else None,
    )


def open_ones(actor: "Staff", found: list[Any], body: Body) -> list[OpenOne]:
    """
    Return what is open already.

    What the actor may not read is told without a link, so that nothing is taken in twice; to a
    partner it is not told at all.
    """
    seen = set(
        opportunities_visible_to(actor)
        .filter(pk__in=[each.pk for each in found])
        .values_list("pk", flat=True)
    )
    return [
        OpenOne(
            each,
            STATE_TONES[each.state],
            reverse("opportunities:detail", args=[each.pk]) if each.pk in seen else "",
            wants_of(body, each),
        )
        for each in found
        if each.pk in seen or not is_partner(actor)
    ]


def wants_of(body: Body, opportunity: Any) -> str:
    """Return the products that were named, in a row; of a lead what it is."""
    codes = tuple(dict.fromkeys(each.product for each in opportunity.wanted))
    return wording.names_of(body, codes) if codes else str(Kind(opportunity.kind).label)


def fate_of(actor: "Staff", new: NewContact, body: Body, *, at: datetime) -> Fate:
    """Tell what would become of a contact."""
    unit = new.customer.unit if new.customer else new.area or actor.unit
    facts = facts_for(new, body, unit=unit, by=actor, at=at)
    decision = decide(body, facts)
    return Fate(
        kind=str(Kind(decision.kind).label),
        outcome=str(Outcome(decision.outcome).label),
        tone=OUTCOME_TONES[decision.outcome],
        why=[*wording.why_words(body, facts, decision), *wording.passed_words(decision)],
        limit=wording.limit_words(decision.limit) if decision.limit else "",
    )


def class_words(opportunity: Any) -> str:
    """Return the class of an opportunity in words."""
    return str(Class(opportunity.customer_class).label)
