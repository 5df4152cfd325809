"""Finding duplicates every night, and deciding about them (V4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from dakehu.audit.operations import save_record
from dakehu.common.batches import batched
from dakehu.customers.choices import PairState
from dakehu.customers.errors import UnableToDecidePair
from dakehu.customers.models import DuplicatePair
from dakehu.customers.queries.duplicates import comparable_customers, individuals_like
from dakehu.customers.rules.likeness import PROPOSED_FROM, Pair, find_pairs
from dakehu.people.policies import require

if TYPE_CHECKING:
    from dakehu.people.models import Staff

BATCH = 500


@dataclass(frozen=True)
class Scanned:
    """What a scan compared, what it proposed anew, and which proposals no longer hold."""

    compared: int
    proposed: int
    withdrawn: int


@transaction.atomic
def scan_duplicates(*, on: date) -> Scanned:
    """
    Compare all groups and prospects, and individuals that have a prospect's numbers.

    Pairs found anew are proposed; open ones that no longer hold are withdrawn; what people have
    decided stays decided.
    """
    customers = dict(comparable_customers())
    customers.update(individuals_like(customers.values()))
    found = {
        (pair.first, pair.second): pair for pair in find_pairs(customers, least=PROPOSED_FROM)
    }
    known = {
        (pair.first_id, pair.second_id): pair
        for pair in DuplicatePair.objects.iterator(chunk_size=2_000)
    }
    fresh = [proposal(found[key], on) for key in sorted(found.keys() - known.keys())]
    DuplicatePair.objects.bulk_create(fresh, batch_size=BATCH)
    update_known(found, known)
    void = [
        pair.pk for key, pair in known.items() if pair.state == PairState.OPEN and key not in found
    ]
    for batch in batched(void, BATCH):
        DuplicatePair.objects.filter(pk__in=batch).delete()
    return Scanned(compared=len(customers), proposed=len(fresh), withdrawn=len(void))


def proposal(pair: Pair, on: date) -> DuplicatePair:
    """Return a pair as it is proposed."""
    return DuplicatePair(
        first_id=pair.first,
        second_id=pair.second,
        score=pair.score,
        reasons=dict(pair.reasons),
        found_on=on,
    )


def update_known(
    found: Mapping[tuple[int, int], Pair], known: Mapping[tuple[int, int], DuplicatePair]
) -> None:
    """Say of open pairs what speaks for them now."""
    changed = []
    for key, pair in known.items():
        now = found.get(key)
        if now is None or pair.state != PairState.OPEN:
            continue
        if (pair.score, pair.reasons) != (now.score, dict(now.reasons)):
            pair.score, pair.reasons = now.score, dict(now.reasons)
            changed.append(pair)
    DuplicatePair.objects.bulk_update(changed, ["score", "reasons"], batch_size=BATCH)


@transaction.atomic
def dismiss_pair(*, pair: DuplicatePair, by: "Staff", at: datetime) -> None:
    """
    Decide that two customers are not the same; they are never proposed again.

    :raises PermissionDenied: if the role may not merge.
    :raises UnableToDecidePair: if somebody has decided already.
    """
    decide(pair, PairState.OPEN, PairState.DISMISSED, by=by, at=at)


@transaction.atomic
def reopen_pair(*, pair: DuplicatePair, by: "Staff", at: datetime) -> None:
    """
    Take back that two customers are not the same.

    :raises PermissionDenied: if the role may not merge.
    :raises UnableToDecidePair: if nobody has said so, or not any more.
    """
    decide(pair, PairState.DISMISSED, PairState.OPEN, by=by, at=at)


def decide(
    pair: DuplicatePair, before: PairState, after: PairState, *, by: "Staff", at: datetime
) -> None:
    """Change the state of a pair, if it still is what it was on the screen."""
    require(by, "customers.merge")
    held = DuplicatePair.objects.select_for_update().filter(pk=pair.pk).first()
    if held is None or held.state != before:
        raise UnableToDecidePair(_("Somebody else has decided about this pair meanwhile."))
    held.state = after
    is_decided = after != PairState.OPEN
    held.decided_by, held.decided_at = (by, at) if is_decided else (None, None)
    save_record(held, by=by, at=at)
