"""Freezing cohorts, and following what becomes of their members (T17, S4)."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from dakehu.audit.operations import create_record, remove_record, save_record
from dakehu.common.batches import batched
from dakehu.customers.choices import CustomerKind
from dakehu.customers.operations.staging import STAGED_FIRST, staging
from dakehu.people.policies import require
from dakehu.tiering.choices import MemberState
from dakehu.tiering.errors import UnableToFollow
from dakehu.tiering.models import Cohort, CohortDay, CohortStay, CohortWork
from dakehu.tiering.policies import FREEZE
from dakehu.tiering.queries.cohort_states import changed_on, members_on
from dakehu.tiering.queries.measures import known_to_rules
from dakehu.tiering.queries.sources import newest_day
from dakehu.tiering.queries.wording import problem_words
from dakehu.tiering.rules.bodies import Reader
from dakehu.tiering.rules.cohorts import days_to_follow

if TYPE_CHECKING:
    from dakehu.people.models import Staff

BATCH = 1_000
STAGED = "staged_member"
STAGED_COLUMNS = {"number": "VARCHAR", "level": "INTEGER"}
TAKE = f"""
    INSERT INTO tiering_cohortstay
        (cohort_id, customer_id, level, state, active_from, active_to)
    SELECT %(cohort)s, c.id, s.level, %(state)s, %(day)s, NULL
    FROM {STAGED} s
    {STAGED_FIRST} customers_customer c ON c.number = s.number AND c.kind = %(kind)s
        AND c.number BETWEEN %(first)s AND %(last)s
"""


@transaction.atomic
def freeze_cohort(
    *, name: str, day: date, bar: Mapping[str, Any], at_bar: bool, by: "Staff", at: datetime
) -> Cohort:
    """
    Name a cohort; its members are found by background work.

    :raises PermissionDenied: if ``by`` may not freeze cohorts.
    :raises UnableToFollow: if there are no data of the day, or the bar is faulty.
    """
    require(by, FREEZE)
    newest = newest_day()
    if newest is None or day > newest:
        raise UnableToFollow(_("There are no data of that day yet. Name an earlier one."))
    reader = Reader(known_to_rules("INDIVIDUAL"))
    reader.condition(bar, ())
    if reader.problems:
        raise UnableToFollow(problem_words(reader.problems[0]))
    cohort = Cohort(name=name, day=day, bar=dict(bar), at_bar=at_bar, created_by=by, created_at=at)
    create_record(cohort, by=by, at=at)
    CohortWork.objects.create(cohort=cohort)
    return cohort


@transaction.atomic
def fill_cohort(cohort: Cohort, *, at: datetime) -> int:
    """Freeze the members of a cohort, unless that was done; returns how many there are."""
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    if not cohort.days.exists():
        take_members(cohort, members_on(cohort))
        CohortDay.objects.create(cohort=cohort, day=cohort.day, at=at)
    return cohort.stays.filter(active_to__isnull=True).count()


def take_members(cohort: Cohort, members: Iterable[tuple[str, int | None]]) -> None:
    """Add the members whom the records know, all of them kept as of the day."""
    with staging(STAGED, STAGED_COLUMNS) as staged:
        for _held in staged.chunks(members):
            staged.cursor.execute(f"SELECT min(number), max(number) FROM {STAGED}")
            first, last = staged.cursor.fetchone()
            staged.cursor.execute(
                TAKE,
                {
                    "cohort": cohort.pk,
                    "state": MemberState.KEPT.value,
                    "day": cohort.day,
                    "kind": CustomerKind.INDIVIDUAL.value,
                    "first": first,
                    "last": last,
                },
            )


@transaction.atomic
def follow_day(cohort: Cohort, *, day: date, at: datetime) -> int:
    """
    Note what became of the members by a data day; returns how many changed their state.

    A day that was followed before, and all later ones, are told anew: they have to be followed
    again afterwards. The day of freezing itself stays as it is.
    """
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    if day <= cohort.day or not cohort.days.exists():
        return 0
    if cohort.days.filter(day__gte=day).exists():
        rewind(cohort, day=day)
    changed = changed_on(cohort, day)
    for batch in batched(changed, BATCH):
        states = dict(batch)
        stays = list(CohortStay.objects.filter(pk__in=states))
        CohortStay.objects.filter(pk__in=states).update(active_to=day)
        CohortStay.objects.bulk_create(
            CohortStay(
                cohort=cohort,
                customer_id=stay.customer_id,
                level=stay.level,
                state=states[stay.pk],
                active_from=day,
            )
            for stay in stays
        )
    CohortDay.objects.create(cohort=cohort, day=day, at=at)
    return len(changed)


def catch_up(cohort: Cohort, *, every: int, now: Callable[[], datetime]) -> None:
    """Freeze a cohort unless that was done, and follow it to the newest day, every n-th day."""
    fill_cohort(cohort, at=now())
    last = newest_day() or cohort.day
    known = cohort.days.order_by("-day").values_list("day", flat=True)[0]
    days = days_to_follow(known, last, every=every)
    for place, day in enumerate(days):
        note_work(cohort, done=place, total=len(days))
        follow_day(cohort, day=day, at=now())
    note_work(cohort, done=len(days), total=len(days))


def rewind(cohort: Cohort, *, day: date) -> None:
    """Forget what was noted of a data day and of all later ones."""
    stays = CohortStay.objects.filter(cohort=cohort)
    stays.filter(active_from__gte=day).delete()
    stays.filter(active_to__gte=day).update(active_to=None)
    CohortDay.objects.filter(cohort=cohort, day__gte=day).delete()


def follow_cohorts(*, day: date, changed_from: date, at: datetime) -> int:
    """
    Follow every cohort to a data day; days whose facts have changed since are followed again.

    Returns how many members changed their state. A killed night is gone on with by the next one.
    """
    changed = 0
    for cohort in Cohort.objects.filter(is_followed=True, removed_at__isnull=True).order_by("pk"):
        known = list(cohort.days.order_by("day").values_list("day", flat=True))
        if not known:
            continue
        again = [each for each in known[1:] if each >= changed_from]
        ahead = [day] if day > known[-1] else []
        for each in [*again, *ahead]:
            changed += follow_day(cohort, day=each, at=at)
    return changed


def note_work(cohort: Cohort, *, done: int, total: int) -> None:
    """Let the page know how far background work is; it ends when all is done."""
    CohortWork.objects.filter(cohort=cohort).update(
        done=done, total=total, is_busy=done < total, error=""
    )


def begin_work(cohort: Cohort) -> None:
    """Note that background work is wanted."""
    CohortWork.objects.update_or_create(
        cohort=cohort, defaults={"is_busy": True, "done": 0, "total": 0, "error": ""}
    )


def stop_work(cohort: Cohort, *, words: str) -> None:
    """Note that background work ended before its time, and why."""
    limit = CohortWork._meta.get_field("error").max_length
    CohortWork.objects.filter(cohort=cohort).update(is_busy=False, error=words[:limit])


@transaction.atomic
def keep_following(cohort: Cohort, *, wanted: bool, by: "Staff", at: datetime) -> None:
    """
    Let the night follow a cohort, or no longer.

    :raises PermissionDenied: if ``by`` may not freeze cohorts.
    """
    require(by, FREEZE)
    cohort.is_followed = wanted
    save_record(cohort, by=by, at=at)


@transaction.atomic
def remove_cohort(cohort: Cohort, *, by: "Staff", at: datetime) -> None:
    """
    Remove a cohort from the lists; its members stay with it.

    :raises PermissionDenied: if ``by`` may not freeze cohorts.
    """
    require(by, FREEZE)
    remove_record(cohort, by=by, at=at)
