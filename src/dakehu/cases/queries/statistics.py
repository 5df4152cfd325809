"""Figures of the requests within somebody's reach (K2): a fixed number of questions, each counted
by the database over the days that are asked for."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Case as Choice
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, Value, When
from django.utils.timezone import get_current_timezone

from dakehu.cases.choices import CaseKind, CaseState
from dakehu.cases.models import Case
from dakehu.cases.policies import VIEW
from dakehu.cases.queries.reading import cases_visible_to
from dakehu.cases.rules.statistics import REPEAT_DAYS, spans_of, under
from dakehu.cases.values import Asked, Figures, Span
from dakehu.customers.queries import customers_visible_to
from dakehu.people.policies import may
from dakehu.people.queries import units_within

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dakehu.people.models import Staff

PRODUCTS = 30


def begin_of(day: Any) -> datetime:
    """Return the instant at which a day begins here."""
    return datetime.combine(day, time.min, tzinfo=get_current_timezone())


def end_of(span: Span) -> datetime:
    """Return the instant at which some days are over."""
    return begin_of(span.last + timedelta(days=1))


def counted(actor: "Staff", asked: Asked) -> "QuerySet[Case]":
    """Return the requests that are counted; what was merged into another is counted there."""
    span = Span(asked.first, asked.last)
    rows = cases_visible_to(actor).exclude(state=CaseState.MERGED).order_by()
    rows = rows.filter(opened_at__gte=begin_of(asked.first), opened_at__lt=end_of(span))
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.product:
        rows = rows.filter(product_code=asked.product)
    if asked.unit is not None:
        rows = rows.filter(customer__unit__path__startswith=asked.unit.path)
    return rows


def is_repeat() -> Q:
    """Return the condition that a complaint follows another of the same customer too soon."""
    before = Case.objects.filter(
        customer=OuterRef("customer"),
        kind=CaseKind.COMPLAINT,
        opened_at__lt=OuterRef("opened_at"),
        opened_at__gte=OuterRef("opened_at") - timedelta(days=REPEAT_DAYS),
    )
    return Q(kind=CaseKind.COMPLAINT) & Q(Exists(before.exclude(state=CaseState.MERGED)))


def figures() -> dict[str, Count]:
    """Return what is counted of every group of requests."""
    return {
        "total": Count("pk"),
        "closed": Count("pk", filter=Q(closed_at__isnull=False)),
        "complaints": Count("pk", filter=Q(kind=CaseKind.COMPLAINT)),
        "repeats": Count("pk", filter=is_repeat()),
        "faults": Count("pk", filter=Q(kind=CaseKind.FAULT)),
    }


def figures_of(row: Mapping[str, Any]) -> Figures:
    """Return what was counted of one group."""
    return Figures(*(row[name] for name in figures()))


def by_span_and_kind(actor: "Staff", asked: Asked) -> dict[tuple[int, str], Figures]:
    """Return the figures of every stretch of days, by its place, and every kind."""
    spans = spans_of(asked.first, asked.last, asked.step)
    place = Choice(
        *(When(opened_at__lt=end_of(span), then=Value(at)) for at, span in enumerate(spans)),
        output_field=IntegerField(),
    )
    rows: Any = counted(actor, asked).annotate(place=place).values("place", "kind")
    return {(row["place"], row["kind"]): figures_of(row) for row in rows.annotate(**figures())}


def by_product(actor: "Staff", asked: Asked) -> dict[str, Figures]:
    """Return the figures of the products most asked about, the most first."""
    rows: Any = counted(actor, asked).exclude(product_code="")
    rows = rows.values(name=F("product_code"))
    found = rows.annotate(**figures()).order_by("-total", "name")[:PRODUCTS]
    return {row["name"]: figures_of(row) for row in found}


def by_unit(actor: "Staff", asked: Asked) -> tuple[list[tuple[Any, Figures, int]], Figures, int]:
    """
    Return the units right below the one that is asked for, each with its figures and how many
    customers it has; the figures of those who belong to none of them; and all customers.
    """
    units = list(units_within(actor))
    top = asked.unit or actor.unit
    below = [unit for unit in units if unit.parent_id == top.pk]
    paths = {unit.pk: unit.path or "" for unit in below}
    place = {unit.pk: under(unit.path or "", paths) for unit in units}

    sums: dict[int | None, Figures] = defaultdict(Figures)
    rows: Any = counted(actor, asked).values(home=F("customer__unit")).annotate(**figures())
    for row in rows:
        sums[place.get(row["home"])] += figures_of(row)

    people: dict[int | None, int] = defaultdict(int)
    theirs = customers_visible_to(actor).order_by()
    if asked.unit is not None:
        theirs = theirs.filter(unit__path__startswith=asked.unit.path)
    for unit, count in theirs.values_list("unit").annotate(Count("pk")):
        people[place.get(unit)] += count
    lines = [(unit, sums[unit.pk], people[unit.pk]) for unit in below]
    return lines, sums[None], sum(people.values())


def units_offered(actor: "Staff") -> "QuerySet[Any]":
    """Return the units whose figures the actor may ask for."""
    units = units_within(actor)
    return units if may(actor, VIEW) else units.none()
