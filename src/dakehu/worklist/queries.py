"""To-dos for those who may see them (P7)."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet

from dakehu.people.policies import reach
from dakehu.worklist.choices import TodoState
from dakehu.worklist.models import Todo
from dakehu.worklist.querysets import TodoQuerySet
from dakehu.worklist.values import TodoCounts

if TYPE_CHECKING:
    from dakehu.people.models import Staff


def todos_visible_to(actor: "Staff") -> TodoQuerySet:
    """Return the to-dos within the actor's reach: their own, or those of their units."""
    within = reach(actor, unit="unit", owner="owner", customer="customer")
    found: TodoQuerySet = Todo.objects.filter(within)
    return found.select_related("customer", "owner", "unit")


def my_todos(actor: "Staff") -> TodoQuerySet:
    """Return the actor's own open to-dos, the most urgent first."""
    found = Todo.objects.open().filter(owner=actor).select_related("customer", "owner")
    return found.order_by("urgency", "due_date", "pk")


def todos_of_customer(actor: "Staff", customer_id: int) -> TodoQuerySet:
    """Return a customer's open to-dos within the actor's reach, the most urgent first."""
    found = todos_visible_to(actor).open().filter(customer_id=customer_id)
    return found.order_by("urgency", "due_date", "pk")


def todo_counts(actor: "Staff", *, on: date) -> TodoCounts:
    """Count the actor's own open to-dos: all, those due ``on`` the day, those overdue."""
    counts = Todo.objects.open().filter(owner=actor).aggregate(**_due_counts(on))
    return TodoCounts(**counts)


def unit_counts(actor: "Staff", *, on: date) -> TodoCounts:
    """Count the open to-dos within the actor's reach: all, those due ``on`` the day, overdue."""
    counts = todos_visible_to(actor).open().aggregate(**_due_counts(on))
    return TodoCounts(**counts)


def overdue_by_owner(actor: "Staff", *, on: date) -> dict[int | None, int]:
    """Count the overdue to-dos within the actor's reach by owner."""
    found = todos_visible_to(actor).open().filter(due_date__lt=on).order_by().values("owner")
    return dict(found.annotate(count=Count("pk")).values_list("owner", "count"))


def open_by_owner(actor: "Staff") -> dict[int | None, int]:
    """Count the open to-dos within the actor's reach by owner (M6)."""
    found = todos_visible_to(actor).open().order_by().values("owner")
    return dict(found.annotate(count=Count("pk")).values_list("owner", "count"))


def _due_counts(on: date) -> dict[str, Count]:
    return {
        "open": Count("pk"),
        "due": Count("pk", filter=Q(due_date=on)),
        "overdue": Count("pk", filter=Q(due_date__lt=on)),
    }


def open_source_ids(source: str) -> Iterator[int]:
    """Yield the numbers of the things of one source that are still asked for."""
    found = Todo.objects.pending().filter(source=source).order_by("pk")
    yield from found.values_list("source_id", flat=True).iterator(chunk_size=5_000)


def pending_of(source: str, owners: Iterable[int] | None = None) -> TodoQuerySet:
    """Return what is asked for, now or later, about the things of one source."""
    found = Todo.objects.pending().filter(source=source)
    return found if owners is None else found.filter(owner__in=list(owners))


def has_todo(source: str, source_id: int) -> bool:
    """Tell whether anything was ever asked for about one thing."""
    return Todo.objects.of(source, [source_id]).exists()


def held_todos(actor: "Staff") -> TodoQuerySet:
    """Return the actor's own to-dos that wait until there is room."""
    return Todo.objects.held().filter(owner=actor).select_related("customer")


def open_by_unit() -> Iterator[tuple[int, int]]:
    """Yield how many to-dos are open in each unit itself, for the figures of the night."""
    counted = Todo.objects.open().order_by().values("unit").annotate(count=Count("pk"))
    yield from counted.values_list("unit", "count")


def open_count_of(customers: QuerySet[Any]) -> int:
    """Return how many to-dos are open on the customers whose numbers a query gives (M3)."""
    return Todo.objects.open().filter(customer__in=customers).count()


def done_by_owner(actor: "Staff", *, since: datetime) -> dict[int, int]:
    """Count the to-dos within reach that were done since an instant, by their owner (M6)."""
    found = todos_visible_to(actor).filter(state=TodoState.DONE, closed_at__gte=since).order_by()
    counted = found.filter(owner__isnull=False).values("owner").annotate(count=Count("pk"))
    return dict(counted.values_list("owner", "count"))
