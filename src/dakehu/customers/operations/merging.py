"""
Making one customer of two, and taking them apart again (V4).

Everything that hangs on the customer that goes follows by the rules of
:mod:`dakehu.customers.operations.relations`; both histories stay where they were written. What
was moved and which values were taken over is kept with the merger, so that it can be undone. Files
of the cities go on bringing the merged number up to date without reviving it; what they add to it
is brought along every night.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from dakehu.audit.choices import ChangeVerb
from dakehu.audit.operations import change_rows, record_change, save_record
from dakehu.common.batches import batched
from dakehu.customers.choices import CustomerKind, PairState
from dakehu.customers.errors import UnableToMerge
from dakehu.customers.models import Customer, DuplicatePair, Merger
from dakehu.customers.operations.chosen import take_over
from dakehu.customers.operations.relations import Relation, clashing, following
from dakehu.customers.queries import customers_in_reach
from dakehu.customers.rules.likeness import may_be_merged
from dakehu.people.policies import require

if TYPE_CHECKING:
    from dakehu.people.models import Staff

BATCH = 2_000


@transaction.atomic
def merge_customers(
    *,
    kept: Customer,
    gone: Customer,
    chosen: Collection[str],
    by: "Staff",
    at: datetime,
    reason: str = "",
) -> Merger:
    """
    Merge ``gone`` into ``kept``, with the ``chosen`` fields' values of the one that goes.

    :raises PermissionDenied: if the role may not merge.
    :raises UnableToMerge: if they cannot be one, or somebody was quicker.
    """
    require(by, "customers.merge")
    kept, gone = held_pair(kept.pk, gone.pk, by)
    refuse_unlike(kept, gone)
    merger = Merger(kept=kept, gone=gone, by=by, at=at, reason=reason[:200])
    merger.fields = take_over(kept, gone, chosen=chosen, by=by, at=at, reason=reason)
    merger.moved = bring_along(kept, gone, by=by, at=at, reason=reason)
    gone.merged_into = kept
    save_record(gone, by=by, at=at, reason=reason)
    merger.save(force_insert=True)
    told = f"{gone} ({gone.number})"
    note_on(kept, ("", told), by=by, at=at, reason=reason)
    decide_pairs(kept, gone, by=by, at=at)
    return merger


def held_pair(kept_id: int, gone_id: int, by: "Staff") -> tuple[Customer, Customer]:
    """
    Return two customers within somebody's reach, held until the transaction ends.

    In the order of their numbers, so that two people who merge the same pair the other way round
    wait for each other instead of for ever.

    :raises UnableToMerge: if one of them is not there any more.
    """
    rows = Customer.objects.select_for_update().filter(pk__in=[kept_id, gone_id]).order_by("pk")
    found = {row.pk: row for row in rows}
    within = customers_in_reach(by).current().filter(pk__in=found).order_by()
    visible = set(within.values_list("pk", flat=True))
    if visible != {kept_id, gone_id} or kept_id == gone_id:
        raise UnableToMerge(
            _("One of the two is not there any more: merged, removed or archived meanwhile.")
        )
    return found[kept_id], found[gone_id]


def refuse_unlike(kept: Customer, gone: Customer) -> None:
    """Pass in silence if two customers may be one.

    :raises UnableToMerge: otherwise.
    """
    if not may_be_merged(kept.kind, gone.kind):
        raise UnableToMerge(
            _("Two numbers that the city bills are two customers, also of one person.")
        )
    if kept.kind == CustomerKind.PROSPECT != gone.kind:
        raise UnableToMerge(_("Keep the one that the city delivers; the prospect goes."))


def bring_along(
    kept: Customer, gone: Customer, *, by: "Staff | None", at: datetime, reason: str
) -> dict[str, list[Any]]:
    """Let the rows of one customer follow to another; return the numbers of those that did."""
    moved: dict[str, list[Any]] = {}
    for relation in following(same_kind=kept.kind == gone.kind):
        rows = relation.rows_of(gone.pk)
        if relation.model is Customer:
            # A customer is neither its own group nor merged into itself.
            rows = rows.exclude(pk=kept.pk)
        keys = set(rows.values_list("pk", flat=True))
        keys -= clashing(relation, rows, kept.pk) if keys else set()
        if keys:
            move_rows(relation, sorted(keys), to=kept, by=by, at=at, reason=reason)
            moved[relation.key] = sorted(keys)
    return moved


def move_rows(
    relation: Relation,
    keys: Sequence[Any],
    *,
    to: Customer,
    by: "Staff | None",
    at: datetime,
    reason: str,
) -> None:
    """Let rows belong to another customer, each with an entry in the log."""
    for batch in batched(keys, BATCH):
        rows = relation.model._base_manager.filter(pk__in=batch)
        change_rows(rows, values=relation.target(to), by=by, at=at, reason=reason)


def note_on(
    customer: Customer, told: tuple[str, str], *, by: "Staff | None", at: datetime, reason: str
) -> None:
    """Write into a customer's history which other was merged into it, or taken out again."""
    record_change(
        verb=ChangeVerb.CHANGED,
        subject=customer,
        fields={"merged": told},
        by=by,
        at=at,
        reason=reason,
    )


def decide_pairs(kept: Customer, gone: Customer, *, by: "Staff", at: datetime) -> None:
    """Settle the proposal of the two; other proposals about the one that goes are void."""
    about = DuplicatePair.objects.filter(first=min(kept.pk, gone.pk), second=max(kept.pk, gone.pk))
    values = {"state": PairState.MERGED, "decided_by": by, "decided_at": at}
    change_rows(about, values=values, by=by, at=at)
    void = DuplicatePair.objects.filter(state=PairState.OPEN)
    void.filter(first=gone).delete()
    void.filter(second=gone).delete()


@transaction.atomic
def follow_mergers(*, at: datetime) -> int:
    """
    Bring along what files have added to merged customers since; returns how many rows.

    For the nightly run. A merger remembers these rows, too, so that an undoing takes them back.
    """
    count = 0
    for merger in standing_mergers():
        moved = bring_along(merger.kept, merger.gone, by=None, at=at, reason="")
        if moved:
            merger.moved = joined(merger.moved, moved)
            merger.save(update_fields=["moved"])
            count += sum(map(len, moved.values()))
    return count


def standing_mergers() -> Iterable[Merger]:
    """Return the mergers with a delivered number that hold; prospects get nothing from files."""
    held = Merger.objects.filter(undone_at__isnull=True).exclude(gone__kind=CustomerKind.PROSPECT)
    return held.select_related("kept", "gone").order_by("pk").iterator(chunk_size=500)


def joined(moved: Mapping[str, list[Any]], more: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
    """Return the numbers of moved rows of two occasions as one."""
    keys = {*moved, *more}
    return {key: sorted({*moved.get(key, ()), *more.get(key, ())}) for key in sorted(keys)}
