"""What alerts ask of people: to-dos that come, follow their alert and go with it (P7)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from dakehu.alerts.choices import SOURCE, AlertState
from dakehu.alerts.models import Alert
from dakehu.alerts.rules.duties import OCCASIONS, duty_for, occasion_of
from dakehu.common.batches import batched
from dakehu.worklist.operations import cancel_todos, open_todos
from dakehu.worklist.queries import open_source_ids
from dakehu.worklist.values import Ask

BATCH = 2_000


@dataclass(frozen=True)
class Asked:
    """How many to-dos were opened and how many are no longer needed."""

    opened: int
    cancelled: int


@transaction.atomic
def ask_owners(*, at: datetime) -> Asked:
    """
    Bring the to-dos of all alerts up to date; doing it twice changes nothing.

    New alerts that go on are asked of their owner, or of the unit where nobody owns them. What
    cleared or was withdrawn before anybody touched it is no longer asked for. Alerts that nobody
    has touched follow a customer who got another manager or unit.
    """
    _follow_managers()
    wanted = Alert.objects.filter(state=AlertState.NEW, cleared_day__isnull=True)
    opened = open_todos(source=SOURCE, asks=asks_of(wanted), at=at)
    cancelled = 0
    for batch in batched(open_source_ids(SOURCE), BATCH):
        cancelled += cancel_todos(source=SOURCE, source_ids=_needless(batch), at=at)
    return Asked(opened=opened, cancelled=cancelled)


def _follow_managers() -> None:
    """Let untouched alerts follow their customer; ``version`` 1 means nobody gave them away."""
    untouched = Alert.objects.filter(state=AlertState.NEW, cleared_day__isnull=True, version=1)
    manager, unit = F("customer__manager_id"), F("customer__unit_id")
    changed = untouched.filter(
        Q(customer__manager__isnull=False)
        & (Q(owner__isnull=True) | ~Q(owner_id=manager) | ~Q(unit_id=unit))
    )
    mine = Alert.objects.filter(pk=OuterRef("pk"))
    changed.update(
        owner_id=Subquery(mine.values("customer__manager_id")),
        unit_id=Subquery(mine.values("customer__unit_id")),
    )


def asks_of(wanted: QuerySet[Alert]) -> Iterator[Ask]:
    """Yield what alerts ask of their owners."""
    rows = wanted.order_by("pk").values_list(
        "pk", "rule", "customer_id", "owner_id", "unit_id", "opened_day", "last_day", "a", "b"
    )
    for pk, rule, customer_id, owner_id, unit_id, opened, last, a, b in rows.iterator():
        duty = duty_for(rule, opened=opened, last=last, a=a)
        yield Ask(
            source_id=pk,
            facts=_facts(rule, a=a, b=b, last=last),
            customer_id=customer_id,
            owner_id=owner_id,
            unit_id=unit_id,
            urgency=duty.urgency,
            due_date=duty.due,
        )


def _facts(rule: str, *, a: int, b: int, last: date) -> dict[str, int | str]:
    """Return what the wording needs; an occasion needs its day, which stays the same."""
    if rule in OCCASIONS:
        return {"rule": rule, "date": occasion_of(last=last, a=a).isoformat()}
    return {"rule": rule, "a": a, "b": b}


def _needless(alert_ids: list[int]) -> list[int]:
    """Return those alerts that ended before a person touched them, or exist no more."""
    wanted = Alert.objects.filter(pk__in=alert_ids).exclude(
        Q(state=AlertState.WITHDRAWN) | Q(state=AlertState.NEW, cleared_day__isnull=False)
    )
    return sorted(set(alert_ids) - set(wanted.values_list("pk", flat=True)))
