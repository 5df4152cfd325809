"""Who calls: a customer found by number or name, or a number that nobody knows (CH3)."""

import re
from typing import TYPE_CHECKING

from dakehu.customers.queries import customer_named, search
from dakehu.ui.picking import key_in

if TYPE_CHECKING:
    from dakehu.customers.models import Customer
    from dakehu.people.models import Staff

SUGGESTED = 8
PHONE = re.compile(r"^\+?[0-9][0-9 -]{4,19}$")


def caller_words(customer: "Customer") -> str:
    """Return a customer as the box shows one: the name, and the number that tells it apart."""
    return f"{customer.name or customer.number} ({customer.number})"


def callers_suggested(actor: "Staff", typed: str) -> list["Customer"]:
    """Return the first customers whom a search by number or name finds, groups first."""
    words = key_in(typed) or typed.strip()
    if not words:
        return []
    exact = customer_named(actor, words)
    found = search(actor, words, limit=SUGGESTED)
    records = [record for kind in sorted(found) for record in found[kind].records]
    rest = [record for record in records if exact is None or record.pk != exact.pk]
    return ([exact, *rest] if exact else rest)[:SUGGESTED]


def caller_named(actor: "Staff", typed: str) -> "Customer | None":
    """
    Return the one customer who was meant: by the words of a suggestion, a number, a telephone
    number, or a search that finds nobody else.
    """
    words = key_in(typed) or typed.strip()
    if not words:
        return None
    exact = customer_named(actor, words)
    if exact is not None or is_phone(words):
        return exact
    found = callers_suggested(actor, words)
    return found[0] if len(found) == 1 else None


def is_phone(typed: str) -> bool:
    """Tell whether something typed can be a telephone number."""
    return bool(PHONE.match(typed.strip()))
