"""The demonstration's working calendars: furnished once, one city with hours in force."""

import pytest
from tests.factories.calendars import AT
from tests.factories.people import StaffFactory

from dakehu.clocks import queries
from dakehu.clocks.models import CalendarHours
from dakehu.demo.operations import furnish_calendars

pytestmark = pytest.mark.django_db


def test_cities_get_hours_proposals_and_days_of_their_own_once(people):
    StaffFactory(unit=people.administrator.unit, role=people.administrator.role)
    for _time in range(2):
        furnish_calendars(book=None, administrator=people.administrator, at=AT)

    rows = CalendarHours.objects.order_by("pk")
    assert [row.published_at is not None for row in rows] == [True, False]
    assert len(queries.set_days_of(people.units.city, 2026)) == 1
