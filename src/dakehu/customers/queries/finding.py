"""Finding customers, and the people of groups, by whatever is known of them (V1, promise 7)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dakehu.common.words import Search, parts_found, told_words
from dakehu.customers.choices import CustomerKind
from dakehu.customers.models import Contact, Customer
from dakehu.customers.queries.customers import customers_in_reach
from dakehu.customers.querysets import FEW, CustomerQuerySet
from dakehu.people.policies import reach

if TYPE_CHECKING:
    from dakehu.people.models import Staff

# Marked in the index of words; what is not marked is an individual.
RARE = (CustomerKind.GROUP, CustomerKind.PROSPECT)


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
        return {kind: Found((), has_more=False) for kind in CustomerKind}
    named = named_in_reach(actor)
    keys = named.keys_of(wanted)
    if len(keys) <= FEW:
        return first_of_few(named, keys, typed, limit)
    everything = customers_in_reach(actor).present().select_related("group")
    return first_of_many(Within(named, everything), keys, typed, limit)


def named_in_reach(actor: "Staff") -> CustomerQuerySet:
    """Return the present customers within the actor's reach, for those who name their keys."""
    return keyed_reach(actor).present()


def keyed_reach(actor: "Staff") -> CustomerQuerySet:
    """
    Return every customer within the actor's reach, for those who name the keys they want.

    Nothing is said of the city: SQLite would read all its customers rather than ask by key.
    """
    within = reach(actor, unit="unit", owner="manager", customer="pk")
    found: CustomerQuerySet = Customer.objects.filter(within)
    return found.select_related("unit", "manager", "group")


@dataclass(frozen=True)
class Within:
    """The rows of somebody's reach: for those who name keys, and for those who ask for all."""

    named: Any
    everything: Any


def first_of_few(
    named: CustomerQuerySet, keys: set[int], typed: str, limit: int
) -> dict[CustomerKind, Found]:
    """Return the first of each kind among customers that are few."""
    whole = named.keys_of(Search.of(typed, whole=True))
    within = named.filter(pk__in=keys).order_by().values_list("kind", "pk")
    first: dict[str, list[int]] = {kind: [] for kind in CustomerKind}
    for kind, pk in sorted(within, key=lambda pair: (pair[1] not in whole, pair[1])):
        if len(first[kind]) <= limit:
            first[kind].append(pk)
    customers = named.in_bulk([pk for some in first.values() for pk in some])
    return {
        kind: Found.first([customers[pk] for pk in first[kind]], limit) for kind in CustomerKind
    }


def first_of_many(
    within: Within, keys: set[int], typed: str, limit: int
) -> dict[CustomerKind, Found]:
    """
    Return the first of each kind where the words are told of so many that they are not named.

    In the order in which the index yields them; sorting them would mean reading them all. The
    kind is asked by its mark, not as a condition: SQLite would read all of a kind.
    """
    rare = within.named.keys_of(Search.of(typed, marks=RARE))
    found = {}
    if len(rare) <= FEW:
        found = first_of_few(within.named, rare, typed, limit)
    else:
        for kind in RARE:
            of_kind = Search.of(typed, marks=(kind,))
            found[kind] = first_rows(within, of_kind, within.named.keys_of(of_kind), limit)
    others = Within(*(rows.exclude(kind__in=RARE) for rows in (within.named, within.everything)))
    found[CustomerKind.INDIVIDUAL] = first_rows(others, Search.of(typed), keys, limit)
    return found


def first_rows(within: Within, search: Search, keys: set[int], limit: int) -> Found:
    """
    Return the first rows that a search finds, those with the words as a whole first.

    ``keys`` are those at hand of the rows that it finds: all, or one more than few.
    """
    whole = replace(search, whole=True)
    found: dict[int, Any] = {}
    for wanted, some in ((whole, within.named.keys_of(whole)), (search, keys)):
        fill(found, within.named.filter(pk__in=some).order_by("pk"), most=limit + 1)
        if len(some) > FEW and len(found) <= limit:
            # Keys first: joined with more, PostgreSQL would gather all rows before it counts.
            rows = within.everything.filter(within.named.found(wanted)).order_by()
            more = list(rows.values_list("pk", flat=True)[: limit + 1 + len(found)])
            fill(found, within.named.filter(pk__in=more).order_by("pk"), most=limit + 1)
    return Found.first(found.values(), limit)


def fill(found: dict[int, Any], rows: Any, *, most: int) -> None:
    """Add rows to those found, by their keys, until there are enough."""
    if missing := most - len(found):
        found.update((row.pk, row) for row in rows.exclude(pk__in=list(found))[:missing])


def search_contacts(actor: "Staff", typed: str, *, limit: int) -> Found:
    """Return the first people of the groups within the actor's reach that a search finds (T10)."""
    wanted = Search.of(typed)
    if not wanted:
        return Found((), has_more=False)
    within = reach(actor, unit="customer__unit", owner="customer__manager", customer="customer")
    present = {"customer__removed_at": None, "customer__merged_into": None}
    rows = Contact.objects.filter(within, removed_at__isnull=True, **present)
    rows = rows.select_related("customer__unit")
    return first_rows(Within(rows, rows), wanted, rows.keys_of(wanted), limit)


def parts_of(text: str, typed: str) -> tuple[tuple[str, bool], ...]:
    """Return a text cut into parts, each with whether it is what was searched for."""
    return parts_found(text, Search.of(typed).words)


def finder_of(typed: str) -> Callable[[str, str], bool]:
    """
    Return what tells whether a search finds somebody or something with a number and a name.

    For the few that no index is kept of: staff and units.
    """
    wanted = Search.of(typed)

    def is_found(number: str, name: str) -> bool:
        told = told_words(mark="", number=number, name=name, tail="")
        return bool(wanted) and wanted.finds(told)

    return is_found
