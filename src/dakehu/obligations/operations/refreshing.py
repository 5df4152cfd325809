"""The night's refresh: what is owed now, where everything stands, and what is asked of whom.

Customers are taken in the order of their numbers, some hundred at a time, each batch in a
transaction of its own: a run that broke off is simply done again, and changes nothing twice.
"""

import dataclasses
from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.common.batches import batched
from dakehu.obligations.choices import ASKED_FOR, DUE, RUNNING, State
from dakehu.obligations.models import Obligation
from dakehu.obligations.queries.owing import Diaries, acts_done, known_obligations, versions_held
from dakehu.obligations.rules.belonging import belongs
from dakehu.obligations.rules.plans import slots_of
from dakehu.obligations.rules.quotas import next_planned, state_of
from dakehu.obligations.rules.stretches import (
    Owed,
    Stood,
    Version,
    owed_on,
    recurring_places,
)
from dakehu.obligations.values import Refreshed, Span
from dakehu.tiering.queries.standings import Looked, looked_after
from dakehu.worklist.choices import Urgency
from dakehu.worklist.operations import ask_now, cancel_todos, open_todos
from dakehu.worklist.queries import ticked_off
from dakehu.worklist.values import Ask

BATCH = 500
STATED = ("done", "state", "next_on")
KEPT = ("required", "goal", "source", "planned", *STATED)


def refresh(*, at: datetime) -> Refreshed:
    """Bring all obligations up to the day of an instant; see the module."""
    on = localdate(at)
    opened = open_periods(on=on)
    stated = restate(on=on)
    asked = ask_managers(on=on, at=at)
    return dataclasses.replace(
        opened, changed=opened.changed + stated.changed, missed=stated.missed, asked=asked
    )


def open_periods(*, on: date) -> Refreshed:
    """Open what is owed in the periods of a day, and follow standings that changed in them."""
    versions = versions_held(until=date(on.year + 1, 1, 1))
    places = recurring_places([version.body for version in versions])
    diaries, told, after = Diaries(on=on), Refreshed(), 0
    while True:
        rows = looked_after(
            places, since=date(on.year, 1, 1), until=date(on.year + 1, 1, 1), after=after,
            most=BATCH,
        )  # fmt: skip
        if not rows:
            return told
        after = rows[-1].customer
        told = open_batch(rows, versions, diaries, told, on=on)


@transaction.atomic
def open_batch(
    rows: Sequence[Looked],
    versions: Sequence[Version],
    diaries: Diaries,
    told: Refreshed,
    *,
    on: date,
) -> Refreshed:
    """Open what is owed to some customers, and bring what is open up to date."""
    found = {key: list(each) for key, each in groupby(rows, key=lambda row: row.customer)}
    diaries.read({row.manager for row in rows})
    known = {
        (each.customer_id, each.service, each.scheme, each.cycle): each
        for each in known_obligations(list(found), on=on).select_for_update()
    }
    new, changed = [], []
    for customer, stood in found.items():
        for owed in owed_to(stood, versions, on=on):
            present = known.get((customer, *owed.key))
            if present is None:
                new.append(unsaved(stood[-1], owed, diaries, on=on))
            elif present.required != owed.required or present.source != owed.source:
                follow(present, stood[-1], owed, diaries, on=on)
                changed.append(present)
    Obligation.objects.bulk_create(new)
    Obligation.objects.bulk_update(changed, KEPT, batch_size=BATCH)
    return Refreshed(
        told.customers + len(found), told.opened + len(new), told.changed + len(changed)
    )


def owed_to(rows: Sequence[Looked], versions: Sequence[Version], *, on: date) -> list[Owed]:
    """Return what is owed to one customer in the periods of a day."""
    last = rows[-1]
    stood = [
        Stood(row.scheme, row.rank, row.level, row.start, row.end or date(on.year + 1, 1, 1))
        for row in rows
    ]
    return [
        owed
        for owed in owed_on(stood, versions, on=on)
        if belongs(owed.frequency.population, org_kind=last.org_kind, strategic=last.strategic)
    ]


def unsaved(row: Looked, owed: Owed, diaries: Diaries, *, on: date) -> Obligation:
    """Return a new obligation with its days planned; what was done before is counted after."""
    obligation = Obligation(
        customer_id=row.customer,
        service=owed.key[0],
        scheme=owed.key[1],
        cycle=owed.key[2],
        starts_on=owed.period.start,
        ends_on=owed.period.end,
        since=owed.since,
        required=owed.required,
        goal=owed.goal,
        source=owed.source,
    )
    obligation.planned = planned_days(row, owed, diaries, times=owed.required, on=on)
    return stated(obligation, on=on)


def planned_days(row: Looked, owed: Owed, diaries: Diaries, *, times: int, on: date) -> list[str]:
    """Return proposed days for what is still to be done in a period, from a day on."""
    slots = slots_of(owed.period, max(owed.since, on), times=times, place=row.unit)
    return [day.isoformat() for day in sorted(diaries.known[row.manager].plan(slots))]


def follow(obligation: Obligation, row: Looked, owed: Owed, diaries: Diaries, *, on: date) -> None:
    """Give an obligation another quota; days planned stay, and only what is more is planned."""
    more = owed.required - obligation.required
    obligation.required, obligation.goal, obligation.source = (
        owed.required, owed.goal, owed.source,
    )  # fmt: skip
    if more > 0:
        days = planned_days(row, owed, diaries, times=more, on=on)
        obligation.planned = sorted([*obligation.planned, *days])
    stated(obligation, on=on)


def stated(obligation: Obligation, *, on: date) -> Obligation:
    """Work out where an obligation stands; what is missed stays missed."""
    if obligation.state == State.MISSED:
        return obligation
    planned = [date.fromisoformat(day) for day in obligation.planned]
    period = Span(obligation.starts_on, obligation.ends_on)
    obligation.state = state_of(
        required=obligation.required,
        done=obligation.done,
        period=period,
        planned=planned,
        waived=obligation.waived_by_id is not None,
        on=on,
    )
    obligation.next_on = next_planned(planned, obligation.done, period)
    return obligation


def restate(*, on: date) -> Refreshed:
    """Work out where everything that is still owed stands on a day; ended periods are missed."""
    changed = missed = after = 0
    while True:
        with transaction.atomic():
            running = Obligation.objects.filter(state__in=RUNNING, pk__gt=after)
            batch = list(running.order_by("pk").select_for_update()[:BATCH])
            if not batch:
                return Refreshed(changed=changed, missed=missed)
            after = batch[-1].pk
            done = acts_done(batch)
            stale = [each for each in batch if is_stale(each, done.get(each.pk, 0), on=on)]
            Obligation.objects.bulk_update(stale, STATED, batch_size=BATCH)
            changed += len(stale)
            missed += sum(each.state == State.MISSED for each in stale)


def is_stale(obligation: Obligation, done: int, *, on: date) -> bool:
    """Bring an obligation to a day, and tell whether anything about it changed."""
    before = (obligation.done, obligation.state, obligation.next_on)
    obligation.done = done
    stated(obligation, on=on)
    return before != (obligation.done, obligation.state, obligation.next_on)


def ask_managers(*, on: date, at: datetime) -> int:
    """Ask managers for what is due soon or behind plan; take back what is no longer."""
    due = Obligation.objects.filter(state__in=ASKED_FOR, customer__manager__isnull=False)
    rows = due.annotate(
        manager=F("customer__manager"),
        unit=F("customer__manager__unit"),
        name=F("customer__name"),
    )
    asks = (ask_of(each, each.manager, each.unit, each.name) for each in rows.iterator(2000))
    opened = open_todos(source=DUE, asks=asks, at=at) + ask_for_evidence(rows, at=at)
    ended = Obligation.objects.filter(ends_on__lte=on, state__in=(State.MISSED, State.WAIVED))
    recent = ended.filter(ends_on__gt=date(on.year - 1, on.month, 1))
    ahead = Obligation.objects.filter(ends_on__gt=on, state=State.ON_TRACK)
    for idle in (recent, ahead):
        numbers = idle.values_list("pk", flat=True).iterator(chunk_size=2000)
        cancel_todos(source=DUE, source_ids=numbers, at=at)
    return opened


def ask_for_evidence(rows: QuerySet[Any], *, at: datetime) -> int:
    """Ask again for what somebody ticked off by hand: only evidence ends what is owed."""
    asked = 0
    for batch in batched(rows.iterator(chunk_size=2000), BATCH):
        ticked = ticked_off(DUE, [each.pk for each in batch])
        for each in batch:
            if each.pk in ticked:
                ask = ask_of(each, each.manager, each.unit, each.name)
                ask_now(source=DUE, ask=ask, at=at, reason=_("There is no evidence yet."))
                asked += 1
    return asked


def ask_of(obligation: Obligation, manager: int, unit: int, name: str) -> Ask:
    """Return what a manager is asked for."""
    facts: dict[str, int | str] = {
        "service": obligation.service,
        "name": name,
        "done": obligation.done,
        "required": obligation.required,
    }
    urgency = Urgency.HIGH if obligation.state == State.OVERDUE else Urgency.NORMAL
    return Ask(
        obligation.pk, facts, obligation.customer_id, manager, unit, urgency, obligation.next_on
    )
