"""Deliveries and runs for those who may see them (F5, F7, F12).

Deliveries are a city's own affair: whoever reaches one city sees that city's only. Runs are the
installation's; their page shows the deliveries within the reach of whoever asks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Case, CharField, Max, Prefetch, QuerySet, Value, When
from django.shortcuts import get_object_or_404

from dakehu.exchange.choices import RunKind
from dakehu.exchange.models import (
    CityStat,
    DeliveredInterface,
    Delivery,
    DeliveryFile,
    Run,
    RunStep,
)
from dakehu.people.policies import require
from dakehu.people.queries import cities_within

if TYPE_CHECKING:
    from dakehu.people.models import Staff

VIEW = "exchange.view"


@dataclass(frozen=True)
class CityDay:
    """What one city delivered for one day: the newest send that says something."""

    delivery_id: int
    city: str
    day: date
    send: int
    state: str
    run_day: date
    run_kind: str

    @property
    def is_late(self) -> bool:
        """Whether it missed the night of its day; history has no night to miss."""
        return self.run_kind == RunKind.NIGHTLY and self.run_day > self.day


def deliveries_visible_to(actor: "Staff") -> QuerySet[Delivery]:
    """Return the deliveries of the cities within the actor's reach, each with ``city_name``.

    :raises PermissionDenied: if the actor may see none at all.
    """
    require(actor, VIEW)
    cities = cities_within(actor)
    names = [When(city_code=code, then=Value(city.name)) for code, city in cities.items()]
    found = Delivery.objects.filter(city_code__in=list(cities))
    return found.annotate(city_name=Case(*names, default=Value(""), output_field=CharField()))


def get_delivery(actor: "Staff", pk: int) -> Delivery:
    """Return one delivery with its files and what its interfaces did.

    :raises Http404: if there is none within the actor's reach.
    """
    files = Prefetch("files", DeliveryFile.objects.order_by("pk"))
    interfaces = Prefetch("interfaces", DeliveredInterface.objects.order_by("pk"))
    found = deliveries_visible_to(actor).select_related("run")
    return get_object_or_404(found.prefetch_related(files, interfaces), pk=pk)


def sends_beside(actor: "Staff", delivery: Delivery) -> list[Delivery]:
    """Return the other deliveries of the same city and day."""
    same = deliveries_visible_to(actor).filter(city_code=delivery.city_code, day=delivery.day)
    return list(same.exclude(pk=delivery.pk).order_by("scope", "send", "pk"))


def city_days(actor: "Staff", *, first: date, last: date) -> list[CityDay]:
    """Return what each city within reach delivered for each day; days without are absent."""
    rows = deliveries_visible_to(actor).filter(day__range=(first, last))
    columns = ("pk", "city_code", "day", "send", "state", "run__last_day", "run__kind")
    ordered = rows.order_by("day", "city_code", "send", "pk").values_list(*columns)
    return [CityDay(*row) for row in ordered]


def newest_expected_day(actor: "Staff") -> date | None:
    """Return the newest data day that a night asked for, or that any city has delivered."""
    asked = Run.objects.filter(kind=RunKind.NIGHTLY).aggregate(newest=Max("last_day"))["newest"]
    come = deliveries_visible_to(actor).aggregate(newest=Max("day"))["newest"]
    return max((day for day in (asked, come) if day is not None), default=None)


def city_stats(delivery: Delivery) -> list[CityStat]:
    """Return the figures that a city delivered about itself for the day of a delivery."""
    found = CityStat.objects.filter(city_code=delivery.city_code, day=delivery.day)
    return list(found.order_by("stat_code", "dimension"))


def runs_visible_to(actor: "Staff") -> QuerySet[Run]:
    """Return all runs.

    :raises PermissionDenied: if the actor may not see them.
    """
    require(actor, VIEW)
    return Run.objects.all()


def get_run(actor: "Staff", pk: int) -> Run:
    """Return one run with its steps.

    :raises Http404: if there is none.
    """
    steps = Prefetch("steps", RunStep.objects.order_by("position"))
    return get_object_or_404(runs_visible_to(actor).prefetch_related(steps), pk=pk)


def deliveries_of_run(actor: "Staff", run: Run, limit: int) -> Sequence[Delivery]:
    """Return the deliveries that a run took from cities within reach, the newest first."""
    found = deliveries_visible_to(actor).filter(run=run)
    return list(found.order_by("-pk")[:limit])
