"""Stored clocks for those who ask: by what they run for, by what is due, at a glance."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Now
from django.http import Http404
from django.utils.timezone import localdate

from dakehu.clocks import rules
from dakehu.clocks.choices import OPEN_STATES, ClockKind, ClockState, TimeUnit
from dakehu.clocks.models import Clock, ClockNotice, ClockPause
from dakehu.clocks.queries.calendars import YEARS_AHEAD
from dakehu.clocks.queries.timetables import timetables_of
from dakehu.clocks.queries.years import public_days
from dakehu.clocks.rules.timetable import SECOND, ticks_of
from dakehu.clocks.values import ZONE, Chip
from dakehu.people.policies import may, reach

if TYPE_CHECKING:
    from dakehu.people.models import Staff

CORRECT = "clocks.correct"
KIND_ORDER = {kind: place for place, kind in enumerate(ClockKind.values)}


def clocks_visible_to(actor: "Staff") -> QuerySet[Clock]:
    """Return the clocks within the actor's reach: who keeps the promise, or has the customer."""
    within = kept_within(actor)
    if within:
        within |= reach(
            actor, unit="customer__unit", owner="customer__manager", customer="customer"
        )
    return Clock.objects.filter(within).select_related("unit", "owner", "customer", "calendar")


def may_correct(actor: "Staff", clock: Clock) -> bool:
    """Tell whether an actor may correct a clock: one that they, or their units, have to keep."""
    kept = Clock.objects.filter(kept_within(actor), pk=clock.pk)
    return may(actor, CORRECT) and kept.exists()


def kept_within(actor: "Staff") -> Q:
    """Return the filter that keeps the clocks of the actor and their units."""
    return reach(actor, unit="unit", owner="owner", customer="customer")


def clocks_listed(actor: "Staff") -> QuerySet[Clock]:
    """Return the clocks within the actor's reach, each with the instant ``now`` of the list."""
    return clocks_visible_to(actor).annotate(now=Now())


def get_clock(actor: "Staff", pk: int) -> Clock:
    """
    Return one clock.

    :raises Http404: if there is none with that number within the actor's reach.
    """
    found = clocks_visible_to(actor).select_related("stopped_by").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def get_pause(clock: Clock, pk: int) -> ClockPause:
    """
    Return one pause of a clock.

    :raises Http404: if it has none with that number.
    """
    found = clock.pauses.select_related("clock").filter(pk=pk, removed_at__isnull=True).first()
    if found is None:
        raise Http404
    return found


def clocks_of(subject: str, ids: Iterable[int]) -> dict[int, list[Clock]]:
    """Return the clocks of things of one kind, by the numbers of the things, as they come."""
    found: dict[int, list[Clock]] = {pk: [] for pk in ids}
    rows = Clock.objects.filter(subject=subject, subject_id__in=list(found))
    for clock in rows.select_related("calendar").order_by("pk"):
        found[clock.subject_id].append(clock)
    for clocks in found.values():
        clocks.sort(key=lambda each: KIND_ORDER[each.kind])
    return found


def open_clocks_of(subject: str, subject_id: int) -> QuerySet[Clock]:
    """Return the open clocks of one thing, for changing them."""
    rows = Clock.objects.filter(subject=subject, subject_id=subject_id, state__in=OPEN_STATES)
    return rows.select_related("calendar").order_by("pk")


def open_by_source(actor: "Staff", service: str) -> Counter[str]:
    """Return how many open clocks within reach run by each standard of a service."""
    found = clocks_visible_to(actor).select_related(None).order_by()
    rows = found.filter(state__in=OPEN_STATES, source__startswith=f"{service} ")
    counted = rows.values("source").annotate(count=Count("pk"))
    return Counter(dict(counted.values_list("source", "count")))


def pauses_of(clocks: Iterable[Clock]) -> dict[int, list[ClockPause]]:
    """Return the pauses of clocks by the clocks' numbers, in their order."""
    found: dict[int, list[ClockPause]] = defaultdict(list)
    ids = [clock.pk for clock in clocks if clock.pk]
    if not ids:
        return found
    rows = ClockPause.objects.filter(clock__in=ids, removed_at__isnull=True)
    for pause in rows.order_by("paused_at", "resumed_at", "pk"):
        found[pause.clock_id].append(pause)
    return found


def notices_of(clocks: Iterable[Clock]) -> dict[int, list[ClockNotice]]:
    """Return the notices of clocks that stand, by the clocks' numbers, in their order."""
    found: dict[int, list[ClockNotice]] = defaultdict(list)
    ids = [clock.pk for clock in clocks if clock.pk]
    if not ids:
        return found
    rows = ClockNotice.objects.filter(clock__in=ids, voided_at__isnull=True)
    for notice in rows.order_by("stage"):
        found[notice.clock_id].append(notice)
    return found


def timetables_for(clocks: Sequence[Clock], *, at: datetime) -> Mapping[int, rules.Timetable]:
    """
    Return the timetables by which clocks run, by the numbers of the calendars' units.

    :raises CalendarUnusable: if one of them has no working time.
    """
    if not clocks:
        return {}
    units = {clock.calendar_id: clock.calendar for clock in clocks}
    since = min(clock.started_at for clock in clocks)
    return timetables_of(units.values(), since=since, at=at)


def chips_of(subject: str, ids: Iterable[int], *, at: datetime) -> dict[int, list[Chip]]:
    """Return the clocks of things of one kind at a glance, by the numbers of the things."""
    found = clocks_of(subject, ids)
    chips = chips_for([clock for clocks in found.values() for clock in clocks], at=at)
    return {pk: [chips[clock.pk] for clock in clocks] for pk, clocks in found.items()}


def chips_for(clocks: Sequence[Clock], *, at: datetime) -> dict[int, Chip]:
    """Return clocks at a glance by their numbers; their calendars are at hand."""
    running = [clock for clock in clocks if clock.state == ClockState.RUNNING]
    timetables = timetables_for(running, at=at)
    return {clock.pk: chip_of(clock, timetables.get(clock.calendar_id), at=at) for clock in clocks}


def chip_of(clock: Clock, timetable: rules.Timetable | None, *, at: datetime) -> Chip:
    """Return one clock at a glance."""
    state, tone = face_of(clock, at=at)
    around = clock.time_unit == TimeUnit.HOUR
    seconds = abs(clock.left_seconds or 0)
    if timetable is not None and clock.due_at is not None and clock.is_open:
        first, last = sorted((ticks_of(at), ticks_of(clock.due_at)))
        span = last - first if around else timetable.worked(first, last)
        seconds = span // SECOND
    return Chip(clock.pk, ClockKind(clock.kind), state, tone, clock.due_at, seconds, around)


def face_of(clock: Clock, *, at: datetime) -> tuple[str, str]:
    """Return where a clock stands and the colour of it, by its stored times."""
    if clock.state == ClockState.DROPPED:
        return "dropped", "neutral"
    if clock.state == ClockState.STOPPED:
        return ("met", "success") if clock.is_met else ("missed", "danger")
    if clock.due_at is not None and clock.due_at < at:
        return "late", "danger"
    if clock.state == ClockState.PAUSED:
        return "paused", "neutral"
    if clock.warn_at is not None and clock.warn_at <= at:
        return "soon", "warning"
    return "running", "info"


def provisional_years(*, at: datetime) -> dict[int, int]:
    """Return how many open deadlines lie in years whose holidays nobody has announced yet."""
    public = public_days(localdate(at).year + YEARS_AHEAD)
    begins = datetime(max(public.official) + 1, 1, 1, tzinfo=ZoneInfo(ZONE))
    due = Clock.objects.filter(state__in=OPEN_STATES, due_at__gte=begins)
    years = Counter(localdate(each).year for each in due.values_list("due_at", flat=True))
    return dict(sorted(years.items()))
