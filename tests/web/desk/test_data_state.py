"""How fresh the data are, in words, on the workbench (F5, F7)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from dakehu.exchange.choices import RunKind
from dakehu.exchange.models import Delivery, EvaluatedDay, LivePartition, Run, UnitFigure

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 1)
AT = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def run(db):
    return Run.objects.create(
        kind=RunKind.NIGHTLY,
        first_day=DAY,
        last_day=DAY,
        started_at=AT,
        started_by="night",
        host="here",
        pid=1,
    )


@pytest.fixture
def night(run):
    """One evaluated day."""
    return EvaluatedDay.objects.create(day=DAY, token="t1", alerts_at=AT, run=run)


def deliver(run, city, day):
    delivery = Delivery.objects.create(
        dialect="dakehu",
        city_code=city,
        day=day,
        send=0,
        fingerprint="",
        state="ACCEPTED",
        taken_at=AT,
        run=run,
    )
    LivePartition.objects.create(
        interface="usage", day=day, city_code=city, version="d1", rows=1, delivery=delivery
    )


def test_all_cities_delivered(sign_in, people, run, night):
    for city in ("01", "02"):
        deliver(run, city, DAY)

    text = sign_in(people.province_analyst).get("/").content.decode()

    assert "数据截至2026-03-01" in text
    assert "地市数据均已到达（2个）" in text


def test_a_late_city_is_named_with_its_last_day(sign_in, people, run, night):
    deliver(run, "01", DAY)
    deliver(run, "02", DAY - timedelta(days=3))

    text = sign_in(people.province_analyst).get("/").content.decode()

    assert "1个地市数据未到" in text
    assert "山城市" in text
    assert "最近02-26" in text


def test_a_manager_hears_of_their_own_city_only(sign_in, manager, run, night):
    deliver(run, "01", DAY)

    text = sign_in(manager).get("/").content.decode()

    assert "未到" not in text


def test_the_cities_of_the_province_are_ranked(sign_in, people, run, night):
    units = people.units
    for unit, alerts, managed in ((units.city, 5, 1000), (units.other_city, 30, 2000)):
        UnitFigure.objects.create(unit=unit, day=DAY, code="alerts", value=alerts)
        UnitFigure.objects.create(unit=unit, day=DAY, code="managed", value=managed)

    text = sign_in(people.province_analyst).get("/").content.decode()

    assert text.index(">15.0<") < text.index(">5.0<")
    assert "每千户预警数" not in sign_in(people.supervisor).get("/").content.decode()


def test_the_trends_show_what_the_nights_counted(sign_in, people, run, night):
    for days, value in ((0, 7), (1, 9)):
        UnitFigure.objects.create(
            unit=people.units.city, day=DAY - timedelta(days=days), code="alerts", value=value
        )

    text = sign_in(people.supervisor).get("/trends/").content.decode()

    assert "近30天预警" in text
    assert "9, 7]" in text
