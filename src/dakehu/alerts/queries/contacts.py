"""Which customers somebody spoke to about their alerts (W13, O10)."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from dakehu.alerts.choices import Outcome
from dakehu.alerts.models import Handling


def customers_spoken_to(*, since: datetime, until: datetime) -> QuerySet[Any]:
    """Return the numbers of customers who were reached about an alert, for use in a condition."""
    found = Handling.objects.filter(contacted=True, at__gte=since, at__lt=until)
    return found.exclude(outcome=Outcome.NO_ANSWER).values("alert__customer")
