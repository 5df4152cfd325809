"""Reading who belongs to a group: when it is locked, on demand, and every night (T23)."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from dakehu.common.batches import batched
from dakehu.people.policies import require
from dakehu.targets.choices import GroupState, Membership
from dakehu.targets.errors import UnableToRead
from dakehu.targets.models import TargetGroup, TargetMember, TargetReading, TargetWork
from dakehu.targets.operations.groups import refuse_others
from dakehu.targets.policies import DEFINE
from dakehu.targets.queries.groups import chosen_by, problems_of
from dakehu.targets.rules.handing import turnover
from dakehu.targets.values import Turnover
from dakehu.tiering.queries.sources import newest_day

if TYPE_CHECKING:
    from dakehu.people.models import Staff

BATCH = 2_000
FEW = 500


@transaction.atomic
def read_members(group: TargetGroup, *, at: datetime) -> Turnover:
    """
    Read who belongs to a locked group as of the newest data day; returns who came and went.

    A frozen group is read once after it was locked. Doing it twice changes nothing.

    :raises UnableToRead: if there are no data, the condition is faulty, or they are too many.
    """
    stored = TargetGroup.objects.select_for_update().get(pk=group.pk)
    is_wanted = stored.membership == Membership.LIVE or stored.work.is_busy
    if stored.state != GroupState.LOCKED or not is_wanted:
        return Turnover(frozenset(), frozenset())
    if problems := problems_of(stored):
        raise UnableToRead(problems[0])
    day = newest_day()
    if day is None:
        raise UnableToRead(_("There are no data to read members from yet."))
    mine = TargetMember.objects.filter(group=stored, dropped_on__isnull=True)
    before = mine.order_by().values_list("customer", flat=True)
    changed = turnover(before.iterator(chunk_size=20_000), chosen_keys(stored, day))
    for keys in batched(sorted(changed.left), FEW):
        mine.filter(customer__in=keys).update(dropped_on=day)
    joined = (
        TargetMember(group=stored, customer_id=pk, joined_on=day) for pk in sorted(changed.joined)
    )
    for batch in batched(joined, BATCH):
        TargetMember.objects.bulk_create(batch)
    note_reading(stored, day, changed, at)
    return changed


def chosen_keys(group: TargetGroup, day: date) -> list[int]:
    """
    Return whom the condition of a group takes in.

    :raises UnableToRead: if they are more than a group may have.
    """
    with chosen_by(group, day=day) as found:
        count, limit = found.count(), settings.TARGET_MEMBERS_LIMIT
        if count > limit:
            raise UnableToRead(
                _(
                    "The condition takes in %(count)s customers, more than the %(limit)s that a "
                    "group may have. Unlock the group and narrow it."
                )
                % {"count": count, "limit": limit}
            )
        return [pk for (pk,) in found.rows("pk")]


def note_reading(group: TargetGroup, day: date, changed: Turnover, at: datetime) -> None:
    """Keep how large the group was on the day; what came and went of one day adds up."""
    members = TargetMember.objects.filter(group=group, dropped_on__isnull=True).count()
    reading, is_new = TargetReading.objects.get_or_create(
        group=group,
        day=day,
        defaults={
            "at": at,
            "members": members,
            "joined": len(changed.joined),
            "dropped": len(changed.left),
        },
    )
    if not is_new:
        TargetReading.objects.filter(pk=reading.pk).update(
            at=at,
            members=members,
            joined=F("joined") + len(changed.joined),
            dropped=F("dropped") + len(changed.left),
        )
    TargetWork.objects.filter(group=group).update(is_busy=False, error="")


@transaction.atomic
def want_reading(group: TargetGroup, *, by: "Staff") -> bool:
    """
    Note that the members are to be read anew; returns whether there is anything to read.

    :raises PermissionDenied: if ``by`` may not define groups.
    :raises UnableToLock: if the group is for a unit beyond the reach of ``by``.
    """
    require(by, DEFINE)
    stored = refuse_others(group, by)
    waits = stored.membership == Membership.LIVE or not stored.readings.exists()
    if stored.state != GroupState.LOCKED or not waits:
        return False
    TargetWork.objects.filter(group=group).update(is_busy=True, error="")
    return True


def stop_reading(group: TargetGroup, *, words: str) -> None:
    """Note that the members could not be read, and why; those read before stay."""
    limit = TargetWork._meta.get_field("error").max_length
    TargetWork.objects.filter(group=group).update(is_busy=False, error=words[:limit])


def live_groups() -> list[TargetGroup]:
    """Return the groups that the night reads, in order: live ones, and what was not read yet."""
    found = TargetGroup.objects.filter(state=GroupState.LOCKED, removed_at__isnull=True)
    return [
        group
        for group in found.select_related("work").order_by("pk")
        if group.membership == Membership.LIVE or group.work.is_busy
    ]


def read_live_groups(*, at: datetime) -> Turnover:
    """
    Read the members of every live group; returns all who came and went.

    A group that cannot be read says why on its page and keeps the others from nothing.
    """
    joined: set[int] = set()
    left: set[int] = set()
    for group in live_groups():
        try:
            changed = read_members(group, at=at)
        except UnableToRead as refusal:
            stop_reading(group, words=str(refusal))
            continue
        joined |= changed.joined
        left |= changed.left
    return Turnover(frozenset(joined), frozenset(left))
