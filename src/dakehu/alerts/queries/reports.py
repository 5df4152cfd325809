"""What other systems reported of customers who want to leave (W14)."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from dakehu.alerts.models import Alert, LeavingReport
from dakehu.signin.queries import clients_visible_to

if TYPE_CHECKING:
    from dakehu.people.models import Staff


def reports_visible_to(actor: "Staff") -> QuerySet[LeavingReport]:
    """Return what the systems within the actor's reach reported, also what named nobody."""
    clients = clients_visible_to(actor).order_by().values("pk")
    found = LeavingReport.objects.filter(client__in=clients)
    return found.select_related("client", "alert__customer")


def reports_of(alert: Alert) -> list[LeavingReport]:
    """Return what was reported of an alert that the actor may open, the newest first."""
    found = LeavingReport.objects.filter(alert=alert).select_related("client")
    return list(found.order_by("-happened_at", "-pk"))
