"""Work orders for those who may see them: the desk's list, one's own day, one of them."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from dakehu.cases.choices import OrderState
from dakehu.cases.models import OrderStep, WorkOrder
from dakehu.cases.policies import SERVE, VIEW, may_plan, may_serve
from dakehu.cases.queries.engineers import bounds_of
from dakehu.cases.querysets import OrderQuerySet
from dakehu.people.policies import may, reach
from dakehu.people.queries import covered_now

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from dakehu.people.models import Staff

SHOWN = ("customer", "unit", "engineer", "case")
EVERYTHING = (*SHOWN, "case__unit", "customer__unit", "entered_by", "signature__staff")


def orders_visible_to(actor: "Staff") -> OrderQuerySet:
    """
    Return the work orders within the actor's reach (promise 3).

    Those of the customers of their units, those for cases that they work on, those they entered,
    those of their own customers, and those they are sent with.
    """
    rows: OrderQuerySet = WorkOrder.objects.select_related(*SHOWN)
    if not may(actor, VIEW):
        return rows.none()
    within = reach(actor, unit="unit", owner="engineer", customer="customer")
    if not within:
        return rows
    working = reach(actor, unit="case__unit", owner="case__owner")
    theirs = Q(engineer=actor.pk) | Q(entered_by=actor.pk) | Q(customer__manager=actor.pk)
    return rows.filter(within | working | theirs)


def get_order(actor: "Staff", pk: int) -> WorkOrder:
    """
    Return one work order.

    :raises Http404: if there is none with that number within the actor's reach.
    """
    found = orders_visible_to(actor).select_related(*EVERYTHING).filter(pk=pk).first()
    if found is None:
        raise Http404
    order: WorkOrder = found
    return order


def order_to_plan(actor: "Staff", pk: int) -> WorkOrder:
    """
    Return a work order that the actor may change or withdraw.

    :raises Http404: if there is none: they neither entered it nor hand out orders.
    """
    order = get_order(actor, pk)
    if not may_plan(actor, order):
        raise Http404
    return order


def order_to_serve(actor: "Staff", pk: int) -> WorkOrder:
    """
    Return a work order of which the actor may say how far it is.

    :raises Http404: if there is none: it is somebody else's, and they hand out no orders.
    """
    order = get_order(actor, pk)
    if not may_serve(actor, order):
        raise Http404
    return order


def waiting_orders(actor: "Staff") -> list[WorkOrder]:
    """Return what waits for an engineer within reach: the urgent first, then by its deadline."""
    rows = orders_visible_to(actor).waiting()
    found = list(rows.order_by("priority", "case__due_at", "starts_at", "pk")[:MOST_WAITING])
    return sorted(found, key=turn_of)


MOST_WAITING = 60
"""How many orders a board shows at most; the list shows all of them."""


def turn_of(order: WorkOrder) -> tuple[int, float, float, int]:
    """Return the place of an order among those that wait."""
    due = order.case.due_at if order.case else None
    far = due.timestamp() if due else float("inf")
    return order.priority, far, order.starts_at.timestamp(), order.pk


def own_orders(actor: "Staff", day: date) -> list[WorkOrder]:
    """
    Return with what an engineer is sent on a day, and what is left of the days before.

    Whoever stands in for others at this moment has theirs as well.
    """
    if not may(actor, SERVE):
        return []
    bounds = bounds_of(day)
    whose = {actor.pk, *covered_now(actor)}
    mine = WorkOrder.objects.filter(engineer__in=whose).select_related(*SHOWN)
    today = mine.exclude(state=OrderState.WITHDRAWN).touching(bounds.start, bounds.end)
    left = mine.open().filter(ends_at__lte=bounds.start)
    return [*left.order_by("starts_at", "pk"), *today.order_by("starts_at", "pk")]


def coming_count(actor: "Staff", after: datetime) -> int:
    """Count with how many orders an engineer is sent after an instant."""
    rows = WorkOrder.objects.under_way().filter(engineer=actor.pk, starts_at__gte=after)
    count: int = rows.count()
    return count


def steps_of(order: WorkOrder) -> list[OrderStep]:
    """Return what was done with an order, the newest first; the order comes from a query."""
    return list(order.steps.select_related("by").order_by("-pk"))


def order_words(facts: "Mapping[str, Any]") -> str:
    """Return the words of a to-do about a work order."""
    state = facts.get("state")
    if state == OrderState.ON_SITE:
        return _("Write the service record of %(number)s today: %(subject)s") % facts
    if state == OrderState.DONE:
        return _("Have %(number)s signed: %(subject)s") % facts
    return _("Work order %(number)s: %(subject)s") % facts


def order_url(pk: int) -> str:
    """Return where a work order is worked on."""
    return reverse("cases:order", args=[pk])
