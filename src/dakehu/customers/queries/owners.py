"""Who looks after customers, who did, and whom nobody looks after (M3, M6)."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import Count, QuerySet

from dakehu.audit.queries import changes_of
from dakehu.customers.models import Customer
from dakehu.customers.queries.customers import customers_visible_to
from dakehu.customers.querysets import CustomerQuerySet
from dakehu.people.choices import Scope
from dakehu.people.policies import role_of

if TYPE_CHECKING:
    from dakehu.people.models import Staff


def pool_of(actor: "Staff") -> CustomerQuerySet:
    """
    Return the customers of the actor's unit, and of those below it, whom nobody looks after (M3).

    Whoever may claim customers sees the pool of their unit, though their reach is their own.
    """
    found: CustomerQuerySet = Customer.objects.in_pool()
    if role_of(actor).scope != Scope.ALL:
        found = found.in_unit(actor.unit)
    return found.select_related("unit", "group").with_card_levels()


def customers_numbered(actor: "Staff", numbers: Iterable[int]) -> CustomerQuerySet:
    """Return those of the customers with these numbers that the actor may see."""
    found: CustomerQuerySet = customers_visible_to(actor).filter(pk__in=list(numbers))
    return found


def count_by_manager(actor: "Staff", managers: Iterable[int]) -> Iterator[tuple[int, str, int]]:
    """Yield manager, kind and number of the customers within the actor's reach (M6)."""
    found = customers_visible_to(actor).filter(manager__in=list(managers)).order_by()
    counted = found.values("manager", "kind").annotate(count=Count("pk"))
    yield from counted.values_list("manager", "kind", "count")


def owner_changes(customer: Customer) -> QuerySet[Any]:
    """Return the changes of a customer's manager, whoever made them, the newest first (M3)."""
    return changes_of(customer).filter(fields__has_key="manager")


def count_held_by(manager: "Staff") -> int:
    """Return how many customers a person looks after, whoever asks; before the person goes."""
    return Customer.objects.current().filter(manager=manager).count()


def manager_count() -> int:
    """Return how many people look after managed individuals; for figures that are nobody's."""
    managed = Customer.objects.current().filter(managed=True, manager__isnull=False)
    return managed.order_by().values("manager").distinct().count()
