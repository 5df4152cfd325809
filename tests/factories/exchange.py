"""Runs, steps and deliveries as a night leaves them behind."""

from datetime import UTC, date, datetime

import factory

from dakehu.exchange.models import (
    CityStat,
    DeliveredInterface,
    Delivery,
    DeliveryFile,
    Run,
    RunStep,
)

DAY = date(2026, 3, 1)
NIGHT = datetime(2026, 3, 1, 22, 30, tzinfo=UTC)


class RunFactory(factory.django.DjangoModelFactory):
    """A night that is done."""

    class Meta:
        model = Run

    kind = "NIGHTLY"
    first_day = factory.SelfAttribute("last_day")
    last_day = DAY
    started_at = NIGHT
    ended_at = NIGHT
    state = "DONE"
    started_by = "dakehu"
    host = "province"
    pid = 4711


class StepFactory(factory.django.DjangoModelFactory):
    """A step that is done."""

    class Meta:
        model = RunStep

    run = factory.SubFactory(RunFactory)
    position = factory.Sequence(lambda n: n)
    name = "LOAD"
    state = "DONE"
    started_at = NIGHT
    ended_at = NIGHT


class DeliveryFactory(factory.django.DjangoModelFactory):
    """An accepted delivery of city 01 that came in time."""

    class Meta:
        model = Delivery

    dialect = "dakehu-1"
    city_code = "01"
    day = DAY
    send = 0
    fingerprint = factory.Sequence(lambda n: f"{n:064d}")
    state = "ACCEPTED"
    taken_at = NIGHT
    run = factory.SubFactory(RunFactory)
    rows = 100
    accepted = 97
    rejected = 3
    receipt = factory.LazyAttribute(
        lambda own: {
            "send": f"{own.send:02d}",
            "scope": "",
            "dialect": own.dialect,
            "fingerprint": own.fingerprint,
            "refusal": None,
        }
    )


class FileFactory(factory.django.DjangoModelFactory):
    """The usage file of a delivery, with three rejected rows."""

    class Meta:
        model = DeliveryFile

    delivery = factory.SubFactory(DeliveryFactory)
    name = "usage_01_20260301_001.csv.gz"
    interface = "usage"
    state = "ACCEPTED"
    rows = 100
    accepted = 97
    rejected = 3
    reasons = factory.LazyFunction(lambda: {"negative": 2, "duplicate": 1})


class InterfaceFactory(factory.django.DjangoModelFactory):
    """What the accepted usage rows did."""

    class Meta:
        model = DeliveredInterface

    delivery = factory.SubFactory(DeliveryFactory)
    interface = "usage"
    accepted = 97
    rejected = 3
    created = 97


class CityStatFactory(factory.django.DjangoModelFactory):
    """A city's own number of subscribers."""

    class Meta:
        model = CityStat

    city_code = "01"
    day = DAY
    stat_code = "SUBSCRIBERS"
    value = 100
