"""Opportunities and orders as other systems are told of them."""

from typing import Any

from django.urls import reverse

from dakehu.common.masking import Masked
from dakehu.hooks.values import People
from dakehu.opportunities.models import Opportunity, SalesOrder
from dakehu.opportunities.policies import OWN_CHANNEL


def told_of(opportunity: Opportunity) -> dict[str, Any]:
    """Return an opportunity as other systems read it, without names and numbers of customers."""
    times = {
        name: instant.isoformat(timespec="milliseconds") if instant else None
        for name in ("captured_at", "due_at", "claimed_at", "closed_at")
        for instant in [getattr(opportunity, name)]
    }
    return {
        "number": opportunity.number,
        "kind": str(opportunity.kind),
        "state": str(opportunity.state),
        "stage": str(opportunity.stage),
        "rule": opportunity.rule,
        "customer_class": str(opportunity.customer_class),
        "with_whom": str(opportunity.receiver) if opportunity.receiver else "",
        "missing": [str(getattr(each, "value", each)) for each in opportunity.missing],
        **times,
    }


def order_told_of(order: SalesOrder) -> dict[str, Any]:
    """Return an order as other systems read it."""
    rows = order.rows.order_by("place")
    names = ("product", "activity", "state", "reason")
    return {
        "number": order.number,
        "opportunity": order.opportunity.number,
        "contract": order.opportunity.contract_no,
        "state": str(order.state),
        "rows": [
            {"row": row.place, **{name: str(getattr(row, name)) for name in names}} for row in rows
        ],
    }


def people_behind(pk: int) -> People | None:
    """Return who is behind an opportunity; of A and B customers for the own channels (CH15)."""
    found = Opportunity.objects.select_related("customer").filter(pk=pk).first()
    if found is None:
        return None
    told = {
        "customer": found.customer.number if found.customer else "",
        "name": found.whose,
        "contact_name": found.contact_name,
        "contact_phone": plain(found.contact_phone),
    }
    return People(told, is_key=found.customer_class in OWN_CHANNEL)


def people_behind_order(pk: int) -> People | None:
    """Return who is behind an order."""
    order = SalesOrder.objects.filter(pk=pk).first()
    return people_behind(order.opportunity_id) if order else None


def plain(value: Any) -> str:
    """Return a number in full."""
    return value.plain if isinstance(value, Masked) else str(value or "")


def order_url(pk: int) -> str:
    """Return the page of the opportunity to which an order belongs; empty if it is gone."""
    key = SalesOrder.objects.filter(pk=pk).values_list("opportunity_id", flat=True).first()
    return reverse("opportunities:detail", args=[key]) if key else ""
