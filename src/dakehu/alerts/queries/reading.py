"""Alerts and their handlings, within the reach of whoever asks."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, QuerySet

from dakehu.alerts.choices import AlertState, Rule
from dakehu.alerts.models import Alert, Handling
from dakehu.people.policies import reach

if TYPE_CHECKING:
    from dakehu.people.models import Staff


def alerts_visible_to(actor: "Staff") -> QuerySet[Alert]:
    """Return the alerts within the actor's reach, with customer, unit and owner at hand."""
    within = reach(actor, unit="unit", owner="owner", customer="customer")
    found = Alert.objects.filter(within)
    return found.select_related("customer", "unit", "owner")


def alerts_open_to(actor: "Staff") -> QuerySet[Alert]:
    """Return the alerts that the actor may open: those within reach, and of their customers.

    A manager goes on seeing what happens to their customer when somebody else owns the alert.
    """
    owned = reach(actor, unit="unit", owner="owner", customer="customer")
    theirs = reach(actor, unit="unit", owner="customer__manager", customer="customer")
    found = Alert.objects.filter(owned | theirs) if owned else Alert.objects.all()
    return found.select_related("customer", "unit", "owner")


def alerts_of_customer(actor: "Staff", customer_id: int) -> QuerySet[Alert]:
    """Return one customer's alerts, the newest first; withdrawn ones are left out."""
    found = alerts_open_to(actor).filter(customer_id=customer_id)
    return found.exclude(state=AlertState.WITHDRAWN).order_by("-opened_day", "rule")


def earlier_episodes(actor: "Staff", alert: Alert) -> QuerySet[Alert]:
    """Return the other episodes of an alert's warning on its customer, the newest first."""
    found = alerts_of_customer(actor, alert.customer_id).filter(rule=alert.rule)
    return found.exclude(pk=alert.pk)


def likely_leavers(actor: "Staff") -> QuerySet[Alert]:
    """Return the leaving alerts that go on, the highest score first (W10)."""
    return holding_alerts(actor, Rule.W10).order_by("-a", "pk")


def holding_alerts(actor: "Staff", rule: str) -> QuerySet[Alert]:
    """Return the alerts of one warning that go on, those nearest to their day first."""
    found = alerts_visible_to(actor).filter(rule=rule, cleared_day__isnull=True)
    return found.exclude(state=AlertState.WITHDRAWN).order_by("a", "pk")


def unowned_alerts(actor: "Staff") -> QuerySet[Alert]:
    """Return the alerts that go on and that nobody owns, the newest first."""
    found = alerts_visible_to(actor).filter(owner__isnull=True, cleared_day__isnull=True)
    return found.exclude(state=AlertState.WITHDRAWN).order_by("-opened_day", "pk")


def handlings_visible_to(actor: "Staff") -> QuerySet[Handling]:
    """Return the contacts on alerts within the actor's reach (W13)."""
    within = reach(actor, unit="alert__unit", owner="alert__owner", customer="alert__customer")
    found = Handling.objects.filter(within)
    return found.select_related("alert__customer", "alert__unit", "by")


def handlings_of_customer(actor: "Staff", customer_id: int) -> QuerySet[Handling]:
    """Return the contacts on all alerts of a customer, the newest first."""
    found = Handling.objects.filter(alert__in=alerts_of_customer(actor, customer_id).values("pk"))
    return found.select_related("alert", "by").order_by("-at", "-pk")


def handlings_of(alert: Alert) -> QuerySet[Handling]:
    """Return what was done about an alert, the newest first."""
    return Handling.objects.filter(alert=alert).select_related("by").order_by("-at", "-pk")


def holding_count_of(customers: QuerySet[Any]) -> int:
    """Return how many alerts hold on the customers whose numbers a query gives (M3)."""
    found = Alert.objects.filter(customer__in=customers, cleared_day__isnull=True)
    return found.exclude(state=AlertState.WITHDRAWN).count()


def handled_by_person(actor: "Staff", *, since: datetime) -> dict[int, int]:
    """Count the contacts within the actor's reach since an instant by who recorded them (M6)."""
    found = handlings_visible_to(actor).filter(at__gte=since).order_by()
    counted = found.values("by").annotate(count=Count("pk"))
    return dict(counted.values_list("by", "count"))
