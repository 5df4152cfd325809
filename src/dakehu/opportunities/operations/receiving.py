"""Contacts that other systems take in, and claims they pass on; sent again it is the same."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

from dakehu.channels.choices import Activity
from dakehu.channels.values import Named
from dakehu.customers.queries import customer_reported
from dakehu.opportunities.choices import State
from dakehu.opportunities.errors import UnableToKeepOpportunity, UnableToTakeContact
from dakehu.opportunities.models import Opportunity
from dakehu.opportunities.operations.answering import claim
from dakehu.opportunities.operations.taking import Taken, Taker, refuse_nonsense, taken_once
from dakehu.opportunities.queries.people import area_coded, person_served
from dakehu.opportunities.values import Elements, NewContact
from dakehu.signin.choices import ApiRight

if TYPE_CHECKING:
    from dakehu.customers.models import Customer
    from dakehu.people.models import Unit
    from dakehu.signin.models import ApiClient


@dataclass(frozen=True)
class ReportedContact:
    """What another system heard from a customer or a prospect, in its own words."""

    request_id: str
    channel: str
    text: str = ""
    named: tuple[tuple[str, str], ...] = ()
    has_specifics: bool = False
    plans: bool = False
    is_willing: bool = False
    in_person: bool = False
    customer: str = ""
    msisdn: str = ""
    area: str = ""
    elements: Elements = field(default_factory=Elements)

    @property
    def digest(self) -> str:
        """A fingerprint of all that was sent."""
        words = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(words.encode()).hexdigest()


def receive_contact(*, new: ReportedContact, client: "ApiClient", at: datetime) -> Taken:
    """
    Take a contact in for another system; the same again answers with the same opportunity.

    :raises PermissionDenied: if the client was not given the right.
    :raises UnableToTakeContact: if nobody within reach, or several, are named so, the area is not
        known, nothing tells whose it is, or the request's number was used for something else.
    """
    if not client.may(ApiRight.TAKE_CONTACTS):
        raise PermissionDenied(ApiRight.TAKE_CONTACTS)
    customer = customer_meant(new, client)
    contact = NewContact(
        channel=new.channel,
        text=new.text,
        named=tuple(Named(product, Activity(activity)) for product, activity in new.named),
        has_specifics=new.has_specifics,
        plans=new.plans,
        is_willing=new.is_willing,
        in_person=new.in_person,
        customer=customer,
        area=area_meant(new, client) if customer is None else None,
        elements=new.elements,
        request_id=new.request_id,
    )
    try:
        refuse_nonsense(contact)
    except UnableToKeepOpportunity as refusal:
        raise UnableToTakeContact("nobody_named", "customer") from refusal
    taken = taken_once(contact, Taker(client.unit, client=client, digest=new.digest), at=at)
    if taken.opportunity.digest != new.digest:
        raise UnableToTakeContact("request_id_reused", "request_id")
    return taken


def customer_meant(new: ReportedContact, client: "ApiClient") -> "Customer | None":
    """
    Return the customer whom a contact names; nobody for a prospect.

    :raises UnableToTakeContact: if it names somebody beyond reach, several, or a wrong number.
    """
    if not new.customer and not new.msisdn:
        return None
    found, is_known = customer_reported(client, number=new.customer, phone=new.msisdn)
    if len(found) > 1:
        raise UnableToTakeContact("several_customers", "msisdn")
    if not found and (new.customer or is_known):
        raise UnableToTakeContact("unknown_customer", "customer" if new.customer else "msisdn")
    return found[0] if found else None


def area_meant(new: ReportedContact, client: "ApiClient") -> "Unit":
    """
    Return the unit that a prospect's area names; without one, that of the client.

    :raises UnableToTakeContact: if there is none of that code within the client's reach.
    """
    if not new.area:
        return client.unit
    found = area_coded(client, new.area)
    if found is None:
        raise UnableToTakeContact("unknown_area", "area")
    return found


@transaction.atomic
def receive_claim(
    *, opportunity: Opportunity, person: str, client: "ApiClient", at: datetime
) -> Opportunity:
    """
    Claim for a person who works with another system, such as a partner's own.

    :raises PermissionDenied: if the client was not given the right.
    :raises UnableToTakeContact: if nobody within reach has that number.
    :raises UnableToKeepOpportunity: as for whoever claims on screen.
    """
    if not client.may(ApiRight.CLAIM_CONTACTS):
        raise PermissionDenied(ApiRight.CLAIM_CONTACTS)
    by = person_served(client, person)
    if by is None:
        raise UnableToTakeContact("unknown_person", "person")
    if opportunity.receiver_id == by.pk and opportunity.state == State.CLAIMED:
        return opportunity
    return claim(opportunity=opportunity, by=by, at=at)
