"""Opportunities for other systems, within the unit that each is tied to."""

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from dakehu.opportunities.models import Opportunity
from dakehu.opportunities.querysets import OpportunityQuerySet
from dakehu.opportunities.rules.numbers import key_in
from dakehu.people.policies import within_role

if TYPE_CHECKING:
    from dakehu.signin.models import ApiClient


def opportunities_served_to(client: "ApiClient") -> OpportunityQuerySet:
    """Return the opportunities of a client's unit and below, and those it sent itself."""
    role: Any = client
    within = within_role(role, unit="unit", owner="receiver")
    rows: OpportunityQuerySet = Opportunity.objects.select_related("unit", "customer", "receiver")
    return rows.filter(within | Q(client=client)) if within else rows


def opportunity_served_to(client: "ApiClient", number: str) -> Opportunity | None:
    """Return the opportunity of a number, if the client may read it."""
    pk = key_in(number)
    rows = opportunities_served_to(client).filter(pk=pk) if pk else None
    found: Opportunity | None = rows.first() if rows is not None else None
    return found if found is not None and found.number == number else None
