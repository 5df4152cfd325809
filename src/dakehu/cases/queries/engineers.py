"""Engineers: who can be sent, what they know, and what their days hold."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.timezone import get_current_timezone, localdate, make_aware

from dakehu.cases.choices import OrderState
from dakehu.cases.models import WorkOrder
from dakehu.cases.policies import SERVE
from dakehu.cases.values import Engineer, Need, Stint
from dakehu.clocks.queries.calendars import work_days
from dakehu.people.queries import leaves_between, skills_of_people, staff_who_may, units_within
from dakehu.people.queries.leaves import near_path

if TYPE_CHECKING:
    from dakehu.people.models import Staff
    from dakehu.people.querysets import StaffQuerySet

OVER = (OrderState.DONE, OrderState.SIGNED)


def engineers_for(actor: "Staff", order: WorkOrder | None = None) -> "StaffQuerySet":
    """Return whom an actor can send: engineers of their units, and of their own city."""
    units = units_within(actor).values("pk")
    near = Q(unit__in=units) | Q(unit__path__startswith=near_path(actor))
    return staff_who_may(SERVE).filter(near).order_by("unit__path", "name", "pk")


def known_skills(actor: "Staff") -> list[str]:
    """Return the skills that some engineer within reach has."""
    known = skills_of_people(engineers_for(actor).values("pk"))
    return sorted({name for names in known.values() for name in names})


def other_order_of(engineer: "Staff", order: WorkOrder) -> WorkOrder | None:
    """Return what an engineer has to do at the time of an order, if anything."""
    rows = WorkOrder.objects.under_way().touching(order.starts_at, order.ends_at)
    found: WorkOrder | None = rows.filter(engineer=engineer).exclude(pk=order.pk).first()
    return found


def is_away(engineer: "Staff", order: WorkOrder) -> bool:
    """Tell whether an engineer is on leave at any moment of an order."""
    return bool(leaves_between([engineer.pk], order.starts_at, order.ends_at))


def bounds_of(day: date) -> Stint:
    """Return a day from midnight to midnight."""
    zone = get_current_timezone()
    start = make_aware(datetime.combine(day, time()), zone)
    return Stint(start, make_aware(datetime.combine(day + timedelta(days=1), time()), zone))


def orders_on(engineers: Iterable[int], day: date) -> dict[int, list[WorkOrder]]:
    """Return the orders of engineers on a day by engineer, the earliest first."""
    bounds = bounds_of(day)
    rows = WorkOrder.objects.filter(engineer__in=list(engineers))
    rows = rows.exclude(state=OrderState.WITHDRAWN).touching(bounds.start, bounds.end)
    found: dict[int, list[WorkOrder]] = defaultdict(list)
    for order in rows.select_related("customer", "case").order_by("starts_at", "pk"):
        found[order.engineer_id].append(order)
    return found


def days_of(people: Sequence["Staff"], day: date, *, beside: int | None = None) -> list[Engineer]:
    """
    Return what is known of people's day: skills, where they belong, orders, leave, working time.

    ``beside`` is an order that does not count: the one somebody is sought for.
    """
    numbers = [person.pk for person in people]
    bounds = bounds_of(day)
    skills = skills_of_people(numbers)
    away = leaves_between(numbers, bounds.start, bounds.end)
    orders = orders_on(numbers, day)
    units = {person.unit_id: person.unit for person in people}
    hours = work_days(units.values(), day, day)
    worked = {
        pk: tuple(
            Stint(bounds.start + timedelta(minutes=start), bounds.start + timedelta(minutes=end))
            for start, end in joined(days[0].intervals)
        )
        for pk, days in hours.items()
    }
    return [
        Engineer(
            key=person.pk,
            skills=frozenset(skills.get(person.pk, ())),
            area=way_of(person.unit),
            busy=stints(orders[person.pk], beside, over=False),
            done=stints(orders[person.pk], beside, over=True),
            away=tuple(Stint(start, end) for start, end in away.get(person.pk, ())),
            works=worked[person.unit_id],
        )
        for person in people
    ]


def joined(intervals: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the working day as one stretch: on site the noon break is shifted, not kept."""
    return [(intervals[0][0], intervals[-1][1])] if intervals else []


def stints(orders: Iterable[WorkOrder], beside: int | None, *, over: bool) -> tuple[Stint, ...]:
    """Return the times of orders that are over, or still to come."""
    return tuple(
        Stint(order.starts_at, order.ends_at)
        for order in orders
        if order.pk != beside and (order.state in OVER) == over
    )


def way_of(unit: Any) -> tuple[int, ...]:
    """Return the way from the top of the tree of units to one of them."""
    return tuple(int(number) for number in (unit.path or "").strip("/").split("/") if number)


def original_of(order: WorkOrder) -> int | None:
    """Return the engineer who was at the customer's last, if any was (R6)."""
    if order.customer_id is None:
        return None
    rows = WorkOrder.objects.filter(customer=order.customer_id, state__in=OVER)
    last = rows.exclude(pk=order.pk).order_by("-starts_at", "-pk")
    found: int | None = last.values_list("engineer", flat=True).first()
    return found


def need_of(order: WorkOrder, *, is_key: bool) -> Need:
    """Return what an order asks of whoever gets it."""
    home = order.customer.unit if order.customer else order.unit
    return Need(
        time=Stint(order.starts_at, order.ends_at),
        skills=frozenset(order.skills),
        area=way_of(home),
        original=original_of(order),
        is_key=is_key,
    )


def day_on(order: WorkOrder) -> date:
    """Return the day of an order."""
    return localdate(order.starts_at)
