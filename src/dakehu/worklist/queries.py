"""To-dos (P7) and the work log (P9, P10) for those who may see them."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet, Sum
from django.http import Http404

from dakehu.people.policies import reach
from dakehu.worklist.choices import TodoState
from dakehu.worklist.models import Todo, WorkCategory, WorkEntry
from dakehu.worklist.querysets import TodoQuerySet, WorkQuerySet
from dakehu.worklist.values import TodoCounts, WorkCount

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


def asked_of(source: str) -> TodoQuerySet:
    """Return everything that was ever asked about the things of one source, for joining."""
    found: TodoQuerySet = Todo.objects.filter(source=source)
    return found


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


def work_visible_to(actor: "Staff") -> WorkQuerySet:
    """Return the work log within the actor's reach: their own, or that of their units (P10)."""
    within = reach(actor, unit="unit", owner="staff")
    found: WorkQuerySet = WorkEntry.objects.present().filter(within)
    return found.select_related("category", "customer", "staff", "unit")


def get_work(actor: "Staff", pk: int) -> WorkEntry:
    """
    Return one entry of the work log.

    :raises Http404: if there is none with that number within the actor's reach.
    """
    found: WorkEntry | None = work_visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def removed_work(actor: "Staff") -> WorkQuerySet:
    """Return the removed entries of the actor's own log, which can be brought back."""
    found: WorkQuerySet = WorkEntry.objects.filter(staff=actor, removed_at__isnull=False)
    return found.select_related("category", "customer", "staff", "unit")


def work_of_customer(customer: Any, *, until: datetime | None = None) -> QuerySet[WorkEntry]:
    """Return what was done for a customer, the newest first; the customer comes from a query."""
    found = WorkEntry.objects.present().filter(customer=customer)
    if until is not None:
        found = found.filter(at__lte=until)
    return found.select_related("category", "staff").order_by("-at", "-pk")


def work_by_category(entries: QuerySet[Any]) -> list[WorkCount]:
    """Count entries and their minutes by class, the most frequent first (P10)."""
    return work_counts(entries, "category")


def work_by_staff(entries: QuerySet[Any]) -> list[WorkCount]:
    """Count entries and their minutes by person, the busiest first (P10)."""
    return work_counts(entries, "staff")


def work_counts(entries: QuerySet[Any], name: str) -> list[WorkCount]:
    """Count entries and their minutes by what one of their fields names."""
    counted = entries.order_by().values_list(name).annotate(Count("pk"), Sum("minutes"))
    rows = [(key, count, minutes or 0) for key, count, minutes in counted]
    model: Any = WorkEntry._meta.get_field(name).related_model
    named = model._base_manager.in_bulk([key for key, _count, _minutes in rows])
    counts = [WorkCount(named[key], count, minutes) for key, count, minutes in rows]
    return sorted(counts, key=lambda each: (-each.count, str(each.named)))


def categories() -> QuerySet[WorkCategory]:
    """Return the classes of work that are offered, in order."""
    return all_categories().filter(removed_at__isnull=True)


def all_categories() -> QuerySet[WorkCategory]:
    """Return every class of work, those no longer offered included."""
    return WorkCategory.objects.order_by("position", "pk")


def get_category(pk: int) -> WorkCategory:
    """
    Return one class of work.

    :raises Http404: if there is none.
    """
    found: WorkCategory | None = all_categories().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def category_label(category: WorkCategory, language: str) -> str:
    """Return what a class of work is called in a language."""
    return category.name if language.startswith("zh") else category.name_en or category.name


def ticked_off(source: str, source_ids: Collection[int]) -> set[int]:
    """Return of which things the to-do was done, by their numbers."""
    found = Todo.objects.of(source, list(source_ids)).filter(state=TodoState.DONE)
    return set(found.values_list("source_id", flat=True))
