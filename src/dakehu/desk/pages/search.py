"""Finding customers by whatever is known of them (V1, promise 7)."""

from dataclasses import dataclass
from typing import Any

from dakehu.customers.choices import CustomerKind
from dakehu.customers.queries import customer_named, customers_visible_to

SHOWN = 30
SHORTEST = 2


@dataclass(frozen=True)
class Hit:
    """One customer found."""

    pk: int
    name: str
    number: str
    phone: str
    is_group: bool
    unit: str
    manager: str
    status: str


@dataclass(frozen=True)
class SearchPage:
    """What a search found; ``only`` is the customer to go to when there is no doubt."""

    typed: str
    hits: tuple[Hit, ...]
    has_more: bool
    is_too_short: bool
    only: int | None


def search_page(actor: Any, typed: str) -> SearchPage:
    """Search the customers within the actor's reach; an exact number needs no other hit."""
    typed = typed.strip()
    if len(typed) < SHORTEST:
        return SearchPage(typed, (), has_more=False, is_too_short=bool(typed), only=None)
    named = customer_named(actor, typed)
    matching = customers_visible_to(actor).matching(typed).order_by("pk")
    found = [named] if named else list(matching[: SHOWN + 1])
    return SearchPage(
        typed=typed,
        hits=tuple(hit_of(customer) for customer in found[:SHOWN]),
        has_more=len(found) > SHOWN,
        is_too_short=False,
        only=found[0].pk if len(found) == 1 else None,
    )


def hit_of(customer: Any) -> Hit:
    """Return a customer as a line; the phone stays masked."""
    return Hit(
        pk=customer.pk,
        name=str(customer),
        number=customer.number,
        phone=str(customer.phone or ""),
        is_group=customer.kind == CustomerKind.GROUP,
        unit=str(customer.unit),
        manager=str(customer.manager or ""),
        status=customer.get_status_display() or "",
    )
