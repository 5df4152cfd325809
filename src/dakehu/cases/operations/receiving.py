"""Requests that other systems open: the same request sent again is the same case (CH3, CH7)."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from dakehu.cases.errors import UnableToTakeRequest
from dakehu.cases.models import Case
from dakehu.cases.operations.opening import Taker, opened
from dakehu.cases.values import NewCase
from dakehu.customers.queries import customer_reported
from dakehu.signin.choices import ApiRight

if TYPE_CHECKING:
    from dakehu.customers.models import Customer
    from dakehu.signin.models import ApiClient


@dataclass(frozen=True)
class NewRequest:
    """What another system asks on a customer's behalf, in its own words."""

    request_id: str
    kind: str
    channel: str
    text: str
    subject: str = ""
    customer: str = ""
    msisdn: str = ""
    caller_name: str = ""
    product: str = ""

    @property
    def digest(self) -> str:
        """A fingerprint of all that was asked."""
        words = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(words.encode()).hexdigest()


@dataclass(frozen=True)
class Received:
    """The case of a request, and whether it was news."""

    case: Case
    is_new: bool


def receive_request(new: NewRequest, *, client: "ApiClient", at: datetime) -> Received:
    """
    Open a case for another system; the same request again answers with the same case.

    :raises PermissionDenied: if the client was not given the right.
    :raises UnableToTakeRequest: if nobody within reach, or several, are named so, or the request's
        number was used for something else.
    """
    if not client.may(ApiRight.OPEN_REQUESTS):
        raise PermissionDenied(ApiRight.OPEN_REQUESTS)
    if (known := case_of(new, client)) is not None:
        return Received(known, is_new=False)
    try:
        with transaction.atomic():
            return Received(opened_for(new, client, at=at), is_new=True)
    except IntegrityError:
        # The same request came twice at once; the other was quicker.
        known = case_of(new, client)
        if known is None:
            raise
        return Received(known, is_new=False)


def case_of(new: NewRequest, client: "ApiClient") -> Case | None:
    """Return the case that a request led to before.

    :raises UnableToTakeRequest: if its number was used for something else.
    """
    rows = Case.objects.filter(client=client, request_id=new.request_id)
    if not rows.exists():
        return None
    known: Case = rows.select_related("unit", "customer").get()
    if known.digest != new.digest:
        raise UnableToTakeRequest("request_id_reused", "request_id")
    return known


def opened_for(new: NewRequest, client: "ApiClient", *, at: datetime) -> Case:
    """Open the case of a request that was not sent before."""
    customer = customer_meant(new, client)
    case = NewCase(
        kind=new.kind,
        channel=new.channel,
        text=new.text,
        customer=customer,
        subject=new.subject,
        caller_name=new.caller_name,
        caller_phone=new.msisdn,
        product_code=new.product,
    )
    taker = Taker(client.unit, client=client, request_id=new.request_id, digest=new.digest)
    return opened(case, taker, at=at)


def customer_meant(new: NewRequest, client: "ApiClient") -> "Customer | None":
    """
    Return the customer whom a request names; nobody where a telephone number is all it names and
    nobody at all has it.

    :raises UnableToTakeRequest: if it names somebody beyond reach, several, or a wrong number.
    """
    if not new.customer and not new.msisdn:
        return None
    found, is_known = customer_reported(client, number=new.customer, phone=new.msisdn)
    if len(found) > 1:
        raise UnableToTakeRequest("several_customers", "msisdn")
    if not found and (new.customer or is_known):
        raise UnableToTakeRequest("unknown_customer", "customer" if new.customer else "msisdn")
    return found[0] if found else None
