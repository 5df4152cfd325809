"""Counts of alerts for those who may see them; every count is of a list that can be opened."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.timezone import localdate, make_aware

from dakehu.alerts.choices import REPORTED, AlertState, Outcome, Rule
from dakehu.alerts.models import Alert, Handling
from dakehu.alerts.queries.reading import alerts_visible_to, handlings_visible_to
from dakehu.customers.choices import CustomerStatus
from dakehu.customers.queries import customers_visible_to

if TYPE_CHECKING:
    from dakehu.people.models import Staff

GOING_ON = Q(cleared_day__isnull=True) & ~Q(state=AlertState.WITHDRAWN)
UNTOUCHED = GOING_ON & Q(state=AlertState.NEW)
UNOWNED = GOING_ON & Q(owner__isnull=True)
QUARTER = timedelta(days=90)
RIGHT = (Outcome.KEPT, Outcome.LEAVING)


@dataclass(frozen=True)
class AlertCounts:
    """Alerts within reach: going on, of these untouched and unowned, and opened on a day."""

    going_on: int
    untouched: int
    unowned: int
    opened: int


@dataclass(frozen=True)
class OwnerCounts:
    """One person's alerts that go on: all of them, and those nobody has touched yet."""

    owner_id: int | None
    name: str
    going_on: int
    untouched: int


@dataclass(frozen=True)
class RuleRecord:
    """How a warning has done: alerts, contacts by outcome, precision and recall in per cent.

    Precision is the share of contacts that confirmed the warning (kept or leaving) among those
    that judged it; recall the share of lost customers who had it before. None: nothing to judge.
    """

    going_on: int
    opened: int
    outcomes: Mapping[str, int]
    precision: int | None
    lost_customers: int
    lost_with_alert: int

    @property
    def recall(self) -> int | None:
        """The share of pre-deregistered customers whom the warning had named before."""
        return percent(self.lost_with_alert, self.lost_customers)


def newest_day(actor: "Staff") -> date | None:
    """
    Return the newest data day on which an alert within reach was opened.

    What other systems report by day belongs to no data day yet.
    """
    found = (
        alerts_visible_to(actor)
        .exclude(rule__in=REPORTED)
        .order_by("-opened_day", "-pk")
        .values_list("opened_day")
    )
    return next((row[0] for row in found[:1]), None)


def newest_contact_day(actor: "Staff") -> date | None:
    """Return the newest calendar day on which a contact within reach was recorded."""
    found = handlings_visible_to(actor).order_by("-at").values_list("at", flat=True)
    return next((localdate(at) for at in found[:1]), None)


def alert_counts(actor: "Staff", *, on: date | None) -> AlertCounts:
    """Count alerts within reach; ``on`` is the data day for the newly opened."""
    counts = (
        alerts_visible_to(actor)
        .filter(GOING_ON | Q(opened_day=on))
        .aggregate(
            going_on=Count("pk", filter=GOING_ON),
            untouched=Count("pk", filter=UNTOUCHED),
            unowned=Count("pk", filter=UNOWNED),
            opened=Count("pk", filter=Q(opened_day=on)),
        )
    )
    return AlertCounts(**counts)


def counts_by_rule(actor: "Staff") -> dict[str, int]:
    """Count the alerts that go on by warning; every warning is there."""
    found = alerts_visible_to(actor).filter(GOING_ON).order_by().values("rule")
    counted = dict(found.annotate(count=Count("pk")).values_list("rule", "count"))
    return {rule: counted.get(rule, 0) for rule in Rule.values}


def counts_by_owner(actor: "Staff") -> list[OwnerCounts]:
    """Count the alerts that go on by owner, the heaviest load first."""
    found = alerts_visible_to(actor).filter(GOING_ON).order_by().values("owner", "owner__name")
    counted = found.annotate(
        going_on=Count("pk"), untouched=Count("pk", filter=Q(state=AlertState.NEW))
    )
    rows = counted.order_by("-going_on", "owner").values_list(
        "owner", "owner__name", "going_on", "untouched"
    )
    return [OwnerCounts(owner, name or "", *counts) for owner, name, *counts in rows]


def handled_by_owner(actor: "Staff") -> dict[int | None, int]:
    """Count the alerts within reach that are handled, by owner (M6)."""
    found = alerts_visible_to(actor).filter(state=AlertState.HANDLED).order_by().values("owner")
    return dict(found.annotate(count=Count("pk")).values_list("owner", "count"))


def handled_by_day(actor: "Staff", *, first: date, at: datetime) -> dict[date, int]:
    """Count the actor's own contacts by calendar day, from ``first`` to the day of ``at``."""
    since = make_aware(datetime.combine(first, time.min))
    told = Handling.objects.filter(by=actor, at__gte=since, at__lte=at)
    counted: Counter[date] = Counter(localdate(one) for one in told.values_list("at", flat=True))
    return dict(counted)


def rule_record(actor: "Staff", rule: str, *, at: datetime) -> RuleRecord:
    """Return how a warning has done in the quarter before ``at``, within the actor's reach."""
    since = at - QUARTER
    mine = alerts_visible_to(actor).exclude(state=AlertState.WITHDRAWN).filter(rule=rule)
    told = handlings_visible_to(actor).filter(alert__rule=rule, at__gte=since).order_by()
    by_outcome = dict(told.values("outcome").annotate(c=Count("pk")).values_list("outcome", "c"))
    right = sum(by_outcome.get(outcome, 0) for outcome in RIGHT)
    lost = customers_visible_to(actor).filter(managed=True, status=CustomerStatus.PRE_DEREGISTERED)
    named = Alert.objects.filter(customer=OuterRef("pk"), rule=rule)
    return RuleRecord(
        going_on=mine.filter(GOING_ON).count(),
        opened=mine.filter(opened_day__gte=localdate(since)).count(),
        outcomes={outcome: by_outcome.get(outcome, 0) for outcome in Outcome.values},
        precision=percent(right, right + by_outcome.get(Outcome.FALSE_ALARM, 0)),
        lost_customers=lost.count(),
        lost_with_alert=lost.filter(Exists(named)).count(),
    )


def percent(part: int, whole: int) -> int | None:
    """Return a share in whole per cent, rounded down; None of nothing."""
    return None if whole == 0 else 100 * part // whole
