"""Customers that may be the same, and what was merged (V4)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy

from dakehu.common.batches import batched
from dakehu.common.masking import Masked
from dakehu.common.words import Search
from dakehu.customers.choices import CustomerKind, PairState
from dakehu.customers.models import Contact, Customer, DuplicatePair, Merger
from dakehu.customers.queries.customers import customers_in_reach
from dakehu.customers.queries.finding import keyed_reach
from dakehu.customers.rules.likeness import (
    EDITS,
    WARNED_FROM,
    Compared,
    compare,
    core_of,
    digits_of,
    edits_for,
    sound_of,
)
from dakehu.customers.values import Likely, Traits

if TYPE_CHECKING:
    from dakehu.people.models import Staff

Score = tuple[int, Mapping[str, int]]
"""How much two are alike, and by what."""
BATCH = 500
MOST_CANDIDATES = 400
MOST_LIKELY = 5
COLUMNS = ("pk", "kind", "name", "phone", "identity_no", "profile__address", "city_code")
REASONS = {
    "identity": gettext_lazy("the same identity number"),
    "phone": gettext_lazy("the same phone"),
    "name": gettext_lazy("the same name"),
    "sound": gettext_lazy("a name that sounds the same"),
    "alike": gettext_lazy("a name alike"),
    "address": gettext_lazy("the same address"),
}


def traits_of(customers: QuerySet[Customer]) -> Iterator[tuple[int, Traits]]:
    """Yield what tells customers apart, in plain, by their numbers; never shown, never logged."""
    for pk, kind, name, phone, identity, address, city in (
        customers.order_by().values_list(*COLUMNS).iterator(chunk_size=5_000)
    ):
        yield (
            pk,
            Traits(
                kind=kind,
                name=name,
                phone=phone.plain if phone else "",
                identity=identity.plain if identity else "",
                address=address.plain if address else "",
                city=city,
            ),
        )


def comparable_customers() -> Iterator[tuple[int, Traits]]:
    """Yield the groups and prospects that the nightly scan compares; it acts for nobody."""
    kinds = (CustomerKind.GROUP, CustomerKind.PROSPECT)
    yield from traits_of(Customer.objects.current().filter(kind__in=kinds))


def individuals_like(customers: Iterable[Traits]) -> dict[int, Traits]:
    """Return the individuals who have a telephone or identity number of one of the prospects."""
    phones: set[str] = set()
    identities: set[str] = set()
    for each in customers:
        if each.kind == CustomerKind.PROSPECT:
            phones.update({each.phone, digits_of(each.phone)} - {""})
            identities.update({each.identity, each.identity.upper()} - {""})
    found: dict[int, Traits] = {}
    individuals = Customer.objects.current().filter(kind=CustomerKind.INDIVIDUAL)
    for name, values in (("phone", phones), ("identity_no", identities)):
        for batch in batched(sorted(values), BATCH):
            found.update(traits_of(individuals.filter(**{f"{name}__in": batch})))
    return found


def pairs_visible_to(actor: "Staff") -> QuerySet[DuplicatePair]:
    """
    Return the proposed, dismissed and merged pairs both of whose customers the actor reaches.

    A pair that crosses the border of a unit is decided by whoever reaches both sides.
    """
    within = keyed_reach(actor).select_related(None).order_by()
    pairs = DuplicatePair.objects.filter(
        Exists(within.filter(pk=OuterRef("first"))), Exists(within.filter(pk=OuterRef("second")))
    )
    return pairs.select_related(
        "first__unit", "second__unit", "first__manager", "second__manager", "decided_by"
    )


def get_pair(actor: "Staff", pk: int) -> DuplicatePair:
    """
    Return one pair with all that its comparison shows.

    :raises Http404: if there is none with that number within the actor's reach.
    """
    pairs = pairs_visible_to(actor).select_related(
        "first__profile", "second__profile", "first__person", "second__person"
    )
    found = pairs.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def likely_duplicates(
    actor: "Staff", traits: Traits, *, leaving_out: Collection[int] = ()
) -> tuple[Likely, ...]:
    """
    Return the customers that somebody who is being entered may be, the likeliest first.

    Of customers beyond the actor's reach only the unit is told: enough to ask there.
    """
    (likely,) = likely_for_each(actor, [traits], leaving_out=leaving_out)
    return likely


def likely_for_each(
    actor: "Staff", entered: Sequence[Traits], *, leaving_out: Collection[int] = ()
) -> list[tuple[Likely, ...]]:
    """Return :func:`likely_duplicates` of each of many, asking the database for all at once."""
    candidates = candidates_for_each(entered)
    wanted = sorted(set().union(*candidates) - set(leaving_out))
    known = {
        pk: Compared.of(traits)
        for batch in batched(wanted, BATCH)
        for pk, traits in traits_of(Customer.objects.filter(pk__in=batch).current())
    }
    found = [
        likeliest(Compared.of(traits), {pk: known[pk] for pk in keys if pk in known})
        for traits, keys in zip(entered, candidates, strict=True)
    ]
    everybody = {pk for scored in found for pk in scored}
    if not everybody:
        return [() for _each in entered]
    within = set(customers_in_reach(actor).filter(pk__in=everybody).values_list("pk", flat=True))
    rows = Customer.objects.select_related("unit", "manager").in_bulk(everybody)
    return [
        tuple(
            likely_one(rows[pk], *score, is_within=pk in within)
            for pk, score in scored.items()
            if pk in rows
        )
        for scored in found
    ]


def likeliest(mine: Compared, others: Mapping[int, Compared]) -> dict[int, Score]:
    """Return how much the likeliest of others are like one, and what agrees, by their numbers."""
    scored = {pk: compare(mine, other) for pk, other in others.items()}
    likely = sorted(
        (pk for pk, (score, _found) in scored.items() if score >= WARNED_FROM),
        key=lambda pk: (-scored[pk][0], pk),
    )
    return {pk: scored[pk] for pk in likely[:MOST_LIKELY]}


def likely_contacts(actor: "Staff", customer: Customer, person: Contact) -> tuple[Likely, ...]:
    """Return the people of the same customer whom somebody who is being added may be (T10)."""
    typed = digits_of(plain_phone(person.phone))
    found = []
    for other in customer.contacts.filter(removed_at__isnull=True).order_by("pk"):
        agrees: dict[str, int] = {}
        if core_of(other.name) == core_of(person.name):
            agrees["name"] = 100
        if typed and typed == digits_of(plain_phone(other.phone)):
            agrees["phone"] = 100
        if agrees:
            found.append(
                Likely(
                    pk=customer.pk,
                    name=other.name,
                    number=str(other.phone or ""),
                    unit=other.get_role_display(),
                    manager="",
                    score=100 if len(agrees) > 1 else WARNED_FROM,
                    reasons=reasons_in_words(agrees),
                )
            )
    return tuple(found[:MOST_LIKELY])


def plain_phone(phone: Any) -> str:
    """Return a telephone number as it is, typed or kept."""
    return phone.plain if isinstance(phone, Masked) else str(phone or "")


def candidates_for_each(entered: Sequence[Traits]) -> list[set[int]]:
    """
    Return the numbers of customers worth comparing with each of some.

    A name that lacks k letters keeps one of k + 1 pieces whole, and the index of words finds
    every piece.
    """
    found = [set(keys) for keys in same_numbers(entered)]
    marks = (CustomerKind.GROUP, CustomerKind.PROSPECT)
    # Many names share a piece: it is looked up once.
    wanted: dict[str, list[set[int]]] = defaultdict(list)
    for keys, each in zip(found, entered, strict=True):
        for word in words_for(each):
            wanted[word].append(keys)
    searches = (Search((word,), marks=marks) for word in wanted)
    everybody = Customer.objects.order_by()
    for places, keys in zip(wanted.values(), everybody.keys_of_each(searches), strict=True):
        for place in places:
            place.update(keys)
    return found


def words_for(traits: Traits) -> Iterator[str]:
    """Yield by which words of a name those alike are found."""
    core = core_of(traits.name)
    # The whole first: of a common piece the index gives only so many.
    yield from filter(None, (core, *pieces_of(core), sound_of(core)))


def same_numbers(entered: Sequence[Traits]) -> list[set[int]]:
    """Return who has the telephone or the identity number of each of some."""
    wanted: list[dict[str, set[str]]] = [
        {
            "identity_no": {each.identity, each.identity.upper()} - {""},
            "phone": {each.phone, digits_of(each.phone)} - {""} if each.phone else set(),
        }
        for each in entered
    ]
    owners: dict[tuple[str, str], set[int]] = defaultdict(set)
    most = MOST_CANDIDATES * len(entered)
    for name in ("identity_no", "phone"):
        values = set().union(*(numbers[name] for numbers in wanted))
        rows = Customer.objects.order_by().filter(**{f"{name}__in": values})
        for pk, number in rows.values_list("pk", name)[:most] if values else ():
            owners[name, number.plain].add(pk)
    return [
        set().union(*(owners[name, number] for name in numbers for number in numbers[name]))
        for numbers in wanted
    ]


def pieces_of(core: str) -> list[str]:
    """Return a core cut into one piece more than letters may be missing."""
    pieces = edits_for(len(core) + max(EDITS.values())) + 1
    size = max(-(-len(core) // pieces), 1)
    return [core[start : start + size] for start in range(0, len(core), size)]


def likely_one(
    customer: Customer, score: int, found: Mapping[str, int], *, is_within: bool
) -> Likely:
    """Return a likely duplicate in words; one out of reach is told by its unit alone."""
    return Likely(
        pk=customer.pk if is_within else None,
        name=str(customer) if is_within else "",
        number=customer.number if is_within else "",
        unit=str(customer.unit),
        manager=str(customer.manager or "") if is_within else "",
        score=score,
        reasons=reasons_in_words(found),
    )


def reasons_in_words(found: Mapping[str, int]) -> tuple[str, ...]:
    """Return in words what agrees, in the order of what it says."""
    return tuple(str(words) for name, words in REASONS.items() if name in found)


def merger_of(actor: "Staff", gone_id: int) -> Merger | None:
    """Return the merger by which a customer went, if the actor reaches what it was merged into."""
    gone = Customer.objects.filter(pk=gone_id, merged_into__isnull=False).first()
    if gone is None:
        return None
    held = Merger.objects.filter(gone=gone, undone_at__isnull=True)
    found = held.select_related("kept", "gone", "by").order_by("-pk").first()
    if found is None or not customers_in_reach(actor).filter(pk=found.kept_id).exists():
        return None
    return found


def get_merged(actor: "Staff", pk: int) -> Merger:
    """
    Return the merger of a merged customer whose file is to be read.

    :raises Http404: if it was not merged, or into a customer beyond the actor's reach.
    """
    found = merger_of(actor, pk)
    if found is None:
        raise Http404
    return found


def mergers_of(customer: Customer) -> list[Merger]:
    """Return what was merged into a customer, the newest first; those undone are among them."""
    found = Merger.objects.filter(kept=customer).select_related("gone", "by", "undone_by")
    return list(found.order_by("-pk"))


def get_merger(actor: "Staff", pk: int) -> Merger:
    """
    Return one merger.

    :raises Http404: if there is none with that number into a customer the actor may see.
    """
    found = Merger.objects.filter(pk=pk).select_related("kept", "gone").first()
    if found is None or not customers_in_reach(actor).filter(pk=found.kept_id).exists():
        raise Http404
    return found


def open_pairs_of(actor: "Staff", customer: Customer) -> list[DuplicatePair]:
    """Return the open proposals about one customer that the actor may decide, likeliest first."""
    about = Q(first=customer) | Q(second=customer)
    pairs = pairs_visible_to(actor).filter(about, state=PairState.OPEN)
    return list(pairs.order_by("-score", "pk"))


def belongings_of(customer: Customer) -> dict[str, int]:
    """Return how much of each kind hangs on a customer, by the kind's name; nothing of none."""
    related: dict[str, QuerySet[Any]] = {
        "members": customer.members.all(),
        "contacts": customer.contacts.filter(removed_at__isnull=True),
        "addresses": customer.addresses.filter(removed_at__isnull=True),
        "anniversaries": customer.anniversaries.filter(removed_at__isnull=True),
        "gifts": customer.gifts.filter(removed_at__isnull=True),
        "market_notes": customer.market_notes.filter(removed_at__isnull=True),
        "opinions": customer.opinions.filter(removed_at__isnull=True),
        "months": customer.months.all(),
        "subscriptions": customer.subscriptions.all(),
        "service_logs": customer.service_logs.all(),
    }
    counts = {name: rows.count() for name, rows in related.items()}
    return {name: count for name, count in counts.items() if count}
