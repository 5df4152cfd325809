"""Finding customers, and the people of groups, by whatever is known of them (V1, promise 7)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef

from dakehu.customers.choices import CustomerKind
from dakehu.customers.models import Contact
from dakehu.customers.queries.customers import customers_in_reach
from dakehu.customers.querysets import CustomerQuerySet
from dakehu.customers.rules.words import Search

if TYPE_CHECKING:
    from dakehu.people.models import Staff

# The rarer come first: of individuals there are always enough.
KINDS = (CustomerKind.GROUP, CustomerKind.PROSPECT, CustomerKind.INDIVIDUAL)


@dataclass(frozen=True)
class Found:
    """The first records that a search found of one kind, and whether there are more."""

    records: tuple[Any, ...]
    has_more: bool

    @classmethod
    def first(cls, records: Iterable[Any], limit: int) -> "Found":
        """Return the first of some records; one more than ``limit`` tells that there are more."""
        held = tuple(records)
        return cls(held[:limit], has_more=len(held) > limit)


def search(actor: "Staff", typed: str, *, limit: int) -> dict[CustomerKind, Found]:
    """
    Return, by kind, the first customers within the actor's reach that a search finds (V1).

    Former customers are among them. Those of whom the words are told as a whole come first.
    """
    wanted = Search.of(typed)
    if not wanted:
        return {kind: Found((), has_more=False) for kind in KINDS}
    visible = customers_in_reach(actor).present().select_related("group")
    few = visible.telling(wanted)
    if few is None:
        return {kind: first_of_many(visible, typed, kind, limit) for kind in KINDS}
    return first_of_few(few, typed, limit)


def first_of_few(few: CustomerQuerySet, typed: str, limit: int) -> dict[CustomerKind, Found]:
    """Return the first of each kind among customers that are few."""
    whole = set(few.whole(typed).values_list("pk", flat=True))
    keys: dict[str, list[int]] = defaultdict(list)
    for kind, pk in few.order_by("pk").values_list("kind", "pk"):
        keys[kind].append(pk)
    first = {
        kind: sorted(keys[kind], key=lambda pk: (pk not in whole, pk))[: limit + 1]
        for kind in KINDS
    }
    customers = few.in_bulk([pk for some in first.values() for pk in some])
    return {kind: Found.first([customers[pk] for pk in first[kind]], limit) for kind in KINDS}


def first_of_many(
    visible: CustomerQuerySet, typed: str, kind: CustomerKind, limit: int
) -> Found:
    """Return the first of one kind where the words are told of so many that they are not named.

    In the order in which the index yields them; sorting them would mean reading them all.
    """
    mark = "" if kind == CustomerKind.INDIVIDUAL else kind
    of_kind = visible.filter(kind=kind)
    found: dict[int, Any] = {}
    for is_whole in (True, False):
        wanted = Search.of(typed, whole=is_whole, mark=mark)
        few = of_kind.telling(wanted)
        rows = of_kind.filter(of_kind.told(wanted)) if few is None else few.order_by("pk")
        missing = limit + 1 - len(found)
        found.update((row.pk, row) for row in rows.exclude(pk__in=list(found))[:missing])
    return Found.first(found.values(), limit)


def search_contacts(actor: "Staff", typed: str, *, limit: int) -> Found:
    """Return the first people of the groups within the actor's reach that a search finds (T10)."""
    wanted = Search.of(typed)
    if not wanted:
        return Found((), has_more=False)
    groups = customers_in_reach(actor).present().filter(pk=OuterRef("customer"))
    visible = Contact.objects.filter(removed_at__isnull=True).filter(Exists(groups.order_by()))
    few = visible.telling(wanted)
    rows = visible.filter(visible.told(wanted)) if few is None else few.order_by("pk")
    return Found.first(rows.select_related("customer__unit")[: limit + 1], limit)
