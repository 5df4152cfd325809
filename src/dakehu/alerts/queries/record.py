"""What came of the contacts on alerts, by warning, unit and week: worth it, or noise (W13)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncWeek
from django.utils.timezone import localdate, make_aware

from dakehu.alerts.choices import Outcome
from dakehu.alerts.models import Handling
from dakehu.alerts.queries.reading import alerts_visible_to, handlings_visible_to

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@dataclass(frozen=True)
class Period:
    """Calendar days of contacts, both included."""

    first: date
    last: date

    @property
    def begins(self) -> datetime:
        """The first instant of it."""
        return make_aware(datetime.combine(self.first, time.min))

    @property
    def ends(self) -> datetime:
        """The first instant after it."""
        return make_aware(datetime.combine(self.last + timedelta(days=1), time.min))


Outcomes = Mapping[str, int]


def contacts_in(actor: "Staff", period: Period, *, rule: str = "") -> QuerySet[Handling]:
    """Return the contacts of a period within the actor's reach, of one warning or all."""
    found = handlings_visible_to(actor).filter(at__gte=period.begins, at__lt=period.ends)
    return found.filter(alert__rule=rule) if rule else found


def outcomes_by(
    actor: "Staff", period: Period, field: str, *, rule: str = ""
) -> dict[Any, dict[str, int]]:
    """Count the contacts of a period by a field of theirs and by outcome."""
    found = contacts_in(actor, period, rule=rule).order_by().values(field, "outcome")
    counted: dict[Any, dict[str, int]] = {}
    for row in found.annotate(count=Count("pk")):
        counted.setdefault(row[field], {})[row["outcome"]] = row["count"]
    return counted


def outcomes_by_week(
    actor: "Staff", period: Period, *, rule: str = ""
) -> dict[date, dict[str, int]]:
    """Count the contacts of a period by the Monday of their week and by outcome."""
    found = contacts_in(actor, period, rule=rule).order_by()
    weekly = found.annotate(week=TruncWeek("at")).values("week", "outcome")
    counted: dict[date, dict[str, int]] = {}
    for row in weekly.annotate(count=Count("pk")):
        week = counted.setdefault(localdate(row["week"]), dict.fromkeys(Outcome.values, 0))
        week[row["outcome"]] += row["count"]
    return dict(sorted(counted.items()))


def opened_by_rule(actor: "Staff", period: Period) -> dict[str, int]:
    """Count the alerts that began in a period, by warning."""
    found = alerts_visible_to(actor).order_by()
    within = found.filter(opened_day__range=(period.first, period.last)).values("rule")
    return dict(within.annotate(count=Count("pk")).values_list("rule", "count"))


def opened_by_day(actor: "Staff", period: Period, *, rule: str = "") -> dict[date, int]:
    """Count the alerts that began in a period by their first day."""
    found = alerts_visible_to(actor).order_by()
    within = found.filter(opened_day__range=(period.first, period.last))
    counted = (within.filter(rule=rule) if rule else within).values("opened_day")
    return dict(counted.annotate(count=Count("pk")).values_list("opened_day", "count"))


def units_acted_on(actor: "Staff", period: Period) -> dict[int, tuple[str, str]]:
    """Return name and path of the units whose alerts were acted on in a period."""
    found = contacts_in(actor, period).order_by()
    rows = found.values_list("alert__unit", "alert__unit__name", "alert__unit__path").distinct()
    return {unit: (name, path or "") for unit, name, path in rows}
