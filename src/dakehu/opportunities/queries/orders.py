"""The check list of an opportunity, and its orders to the billing system (OP14)."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.http import Http404

from dakehu.channels.choices import Activity
from dakehu.channels.queries import body_in_force
from dakehu.channels.values import Named
from dakehu.opportunities.choices import USUAL_POINTS, OrderState, PaperState
from dakehu.opportunities.models import Contract, Opportunity, OrderRow, PaperCheck, SalesOrder
from dakehu.opportunities.queries.reading import opportunities_visible_to
from dakehu.opportunities.queries.served import opportunities_served_to
from dakehu.opportunities.rules.numbers import key_in
from dakehu.opportunities.rules.orders import points_for

if TYPE_CHECKING:
    from dakehu.people.models import Staff
    from dakehu.signin.models import ApiClient

Point = tuple[str, str]


def point_words(point: str) -> str:
    """Return a point of the check list in words; those of a product's own list are words."""
    return str(USUAL_POINTS.get(point, point))


def points_of(opportunity: Opportunity, *, on: date) -> list[Point]:
    """Return the points to check before an opportunity is handed over."""
    papers = {code: each.papers for code, each in body_in_force(on=on).products.items()}
    return points_for(opportunity.wanted, papers, tuple(USUAL_POINTS))


def checked_of(opportunity: Opportunity) -> dict[Point, PaperCheck]:
    """Return the points that were found in order; the opportunity comes from a query."""
    rows = PaperCheck.objects.filter(opportunity=opportunity, removed_at=None)
    return {(row.product, row.point): row for row in rows}


def orders_of(opportunity: Opportunity) -> list[SalesOrder]:
    """Return the orders of an opportunity with their rows, the newest first."""
    rows = SalesOrder.objects.filter(opportunity=opportunity).order_by("-place")
    return list(rows.select_related("ordered_by", "opportunity").prefetch_related("rows"))


def answers_of(opportunity: Opportunity) -> Mapping[Named, str]:
    """Return of what was ordered what the last answer was."""
    rows = OrderRow.objects.filter(order__opportunity=opportunity).order_by("order", "place")
    return {Named(row.product, Activity(row.activity)): row.state for row in rows}


def contract_of(opportunity: Opportunity) -> Contract | None:
    """Return the signed contract of an opportunity."""
    signed = (PaperState.SIGNED, PaperState.ENDED)
    return opportunity.contracts.filter(state__in=signed).order_by("-pk").first()


def waiting_orders() -> list[SalesOrder]:
    """Return the orders whose files are to be written, the oldest first."""
    rows = SalesOrder.objects.filter(state=OrderState.WAITING).order_by("pk")
    return list(rows.select_related("opportunity__customer"))


def get_order(actor: "Staff", pk: int) -> SalesOrder:
    """
    Return one order within reach.

    :raises Http404: if there is none.
    """
    within = opportunities_visible_to(actor).select_related(None).order_by().values("pk")
    rows = SalesOrder.objects.filter(opportunity__in=within).select_related("opportunity")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def orders_served_to(client: "ApiClient") -> QuerySet[SalesOrder]:
    """Return the orders of the opportunities that another system may read."""
    within = opportunities_served_to(client).select_related(None).order_by().values("pk")
    rows = SalesOrder.objects.filter(opportunity__in=within)
    return rows.select_related("opportunity__customer").prefetch_related("rows")


def order_served_to(client: "ApiClient", number: str) -> SalesOrder | None:
    """Return the order of a number, if another system may read it."""
    whose, _dash, place = number.rpartition("-")
    rows = orders_served_to(client)
    found = rows.filter(place=place) if place.isdecimal() and len(place) < 4 else rows.none()
    found = found.filter(opportunity=key_in(whose) or 0)
    order = found.first()
    return order if order is not None and order.number == number else None
