"""Taking two merged customers apart again (V4)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from dakehu.audit.operations import change_rows, remove_record, save_record
from dakehu.customers.choices import PairState
from dakehu.customers.errors import UnableToUndoMerge
from dakehu.customers.models import Customer, DuplicatePair, Merger
from dakehu.customers.operations.chosen import put, read_back, stored
from dakehu.customers.operations.merging import move_rows, note_on
from dakehu.customers.operations.relations import Relation, clashing, relations
from dakehu.customers.queries import customers_in_reach
from dakehu.customers.queries.places import PLACES, Place
from dakehu.customers.queries.wording import field_names
from dakehu.people.policies import require

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@transaction.atomic
def undo_merger(*, merger: Merger, by: "Staff", at: datetime, reason: str = "") -> None:
    """
    Take two merged customers apart: every row that was moved goes back, with what it says now.

    1. Values that were taken over are put back; one that somebody has changed since is no longer
       the merger's, and the undoing is refused with the name of the field.
    2. Rows go back. What was removed for good meanwhile is not missed; of what a file has
       delivered anew to the merged number, the new row stands.
    3. What came to the kept customer after the merger stays there.

    :raises PermissionDenied: if the role may not merge.
    :raises UnableToUndoMerge: if it was undone already, the kept customer is not there any more,
        or something that was moved or taken over has been changed since.
    """
    require(by, "customers.merge")
    merger, kept, gone = held_merger(merger, by)
    values = values_to_put_back(merger, kept)
    put(kept, values, by=by, at=at, reason=reason)
    for relation in relations():
        send_back(relation, merger, (kept, gone), by=by, at=at)
    gone.merged_into = None
    save_record(gone, by=by, at=at, reason=reason)
    note_on(kept, (f"{gone} ({gone.number})", ""), by=by, at=at, reason=reason)
    merger.undone_by, merger.undone_at = by, at
    merger.save(update_fields=["undone_by", "undone_at"])
    about = DuplicatePair.objects.filter(first=min(kept.pk, gone.pk), second=max(kept.pk, gone.pk))
    values_of_pair = {"state": PairState.OPEN, "decided_by": None, "decided_at": None}
    change_rows(about, values=values_of_pair, by=by, at=at)


def held_merger(merger: Merger, by: "Staff") -> tuple[Merger, Customer, Customer]:
    """
    Return a merger with its customers, held until the transaction ends.

    :raises UnableToUndoMerge: if it cannot be undone any more, or not yet.
    """
    pair = [merger.kept_id, merger.gone_id]
    rows = Customer.objects.select_for_update().filter(pk__in=pair).order_by("pk")
    found = {row.pk: row for row in rows}
    merger = Merger.objects.select_for_update().get(pk=merger.pk)
    kept, gone = found[merger.kept_id], found[merger.gone_id]
    if merger.undone_at is not None:
        raise UnableToUndoMerge(_("Somebody else has undone this already."))
    if kept.merged_into_id is not None:
        raise UnableToUndoMerge(
            _("%(name)s was merged into another customer since. Undo that first.") % {"name": kept}
        )
    if not customers_in_reach(by).present().filter(pk=kept.pk).exists():
        raise UnableToUndoMerge(_("The kept customer is not there any more."))
    return merger, kept, gone


def values_to_put_back(merger: Merger, kept: Customer) -> dict[Place, Any]:
    """
    Return what the kept customer said before the merger, where it took a value over.

    :raises UnableToUndoMerge: if a value has been changed since.
    """
    back = {}
    for place in PLACES:
        if place.key not in merger.fields:
            continue
        before, after = merger.fields[place.key]
        if stored(place.value_in(kept)) != after:
            name = field_names().get(place.field, place.field)
            raise UnableToUndoMerge(
                _("“%(field)s” was taken over and has been changed since. Correct it by hand.")
                % {"field": name}
            )
        back[place] = read_back(place, before)
    return back


def send_back(
    relation: Relation,
    merger: Merger,
    customers: tuple[Customer, Customer],
    *,
    by: "Staff",
    at: datetime,
) -> None:
    """
    Give the moved rows of one relation back to the customer that had gone.

    :raises UnableToUndoMerge: if one of them belongs to a third customer by now.
    """
    kept, gone = customers
    moved = merger.moved.get(relation.key, [])
    rows = relation.model._base_manager.filter(pk__in=moved)
    strayed = rows.exclude(**{relation.field: kept.pk}).first() if moved else None
    if strayed is not None:
        raise UnableToUndoMerge(
            _("“%(row)s” was moved with the customer and belongs to another one by now.")
            % {"row": strayed}
        )
    outdated = clashing(relation, rows, gone.pk) if moved else set()
    for row in rows.filter(pk__in=outdated):
        remove_record(row, by=by, at=at)
    left = sorted(set(rows.values_list("pk", flat=True)) - outdated) if moved else []
    if left:
        move_rows(relation, left, to=gone, by=by, at=at, reason=merger.reason)
