"""Enter some customers of the demonstration twice, as it happens, and settle a few (V4)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localdate

from dakehu.customers import operations, queries
from dakehu.customers.choices import CustomerKind, PairState
from dakehu.customers.values import ProspectFacts
from dakehu.demo.values import DemoBook

if TYPE_CHECKING:
    from dakehu.people.models import Staff

# How somebody writes the name of an organisation that they do not know to be there.
SPELLINGS = (("有限公司", "集团"), ("有限公司", "股份有限公司"), ("市", ""))
EACH = 3
PEOPLE = 3


@transaction.atomic
def furnish_duplicates(*, book: DemoBook, administrator: "Staff", at: datetime) -> None:
    """Let managers enter customers that are there, merge one and dismiss one; once only."""
    pairs = queries.pairs_visible_to(administrator)
    if pairs.exclude(state=PairState.OPEN).exists():
        return
    seen = queries.customers_visible_to(administrator).filter(manager__isnull=False)
    groups = seen.filter(kind=CustomerKind.GROUP)
    for written, spelled in SPELLINGS:
        alike = groups.filter(name__contains=written).order_by("name", "pk")
        for group in alike[:EACH]:
            enter_again(group, group.name.replace(written, spelled, 1), administrator, at=at)
        groups = groups.exclude(pk__in=list(alike.values_list("pk", flat=True)[:EACH]))
    individuals = seen.filter(kind=CustomerKind.INDIVIDUAL, managed=True).exclude(phone="")
    for person in individuals.order_by("pk")[:PEOPLE]:
        enter_again(person, person.name, administrator, at=at)
    operations.refresh_words()
    operations.scan_duplicates(on=localdate(at))
    settle(pairs, administrator, at=at)


def enter_again(customer: Any, name: str, administrator: "Staff", *, at: datetime) -> None:
    """Enter a prospect that is a customer already, with what its manager knows of it."""
    by = customer.manager if customer.manager.may("customers.create") else administrator
    facts = ProspectFacts(
        customer={
            "name": name,
            "unit": customer.manager.unit,
            "manager": customer.manager,
            "phone": customer.phone,
        },
        profile={},
        custom={},
    )
    operations.create_prospect(facts=facts, by=by, at=at)


def settle(pairs: Any, administrator: "Staff", *, at: datetime) -> None:
    """Merge the likeliest pair, and say of the least likely that they are not the same."""
    found = list(pairs.filter(state=PairState.OPEN).order_by("-score", "pk"))
    mergeable = [pair for pair in found if CustomerKind.PROSPECT in kinds_of(pair)]
    if len(mergeable) < 2:
        return
    likeliest, least = mergeable[0], mergeable[-1]
    kept, gone = likeliest.first, likeliest.second
    if kept.kind == CustomerKind.PROSPECT:
        kept, gone = gone, kept
    operations.merge_customers(
        kept=kept, gone=gone, chosen=(), by=administrator, at=at, reason="电话核实为同一客户"
    )
    operations.dismiss_pair(pair=least, by=administrator, at=at)


def kinds_of(pair: Any) -> set[str]:
    """Return the kinds of both customers of a pair."""
    return {pair.first.kind, pair.second.kind}
