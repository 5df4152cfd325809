"""The demonstration's people: departments, files, leaders, leave; furnished once."""

from datetime import date

import pytest
from tests.factories.people import StaffFactory

from dakehu.demo.operations import furnish_people
from dakehu.demo.values import DemoBook
from dakehu.people.models import Leave, Skill, Staff, Unit, UnitDuty
from dakehu.people.queries import entries_of, places_of


@pytest.fixture
def book():
    """A book of which only the days matter here."""
    return DemoBook("江岚省", date(2026, 1, 1), date(2026, 3, 1), (), ())


@pytest.fixture
def furnished(people, book, at):
    """The province after it was furnished, and who did it."""
    operator = StaffFactory(role="ADMINISTRATOR", unit=people.units.province, name="系统管理员")
    StaffFactory(role="CHIEF_REPRESENTATIVE", unit=people.units.city, staff_no="CR1")
    furnish_people(book=book, administrator=operator, at=at)
    return operator


def test_everybody_gets_a_believable_file(people, furnished):
    for person in Staff.objects.filter(unit__path__startswith=people.units.province.path):
        assert person.phone.plain.startswith("139")
        assert entries_of(person, "posts")[0].ends_on is None
        assert entries_of(person, "trainings")
        assert {skill.kind for skill in entries_of(person, "skills")} == {"SKILL", "LANGUAGE"}


def test_every_service_is_led_by_a_department(furnished):
    led = UnitDuty.objects.filter(part="LEAD").values_list("service", flat=True)

    assert set(led) == {f"C{number}" for number in range(1, 21)}


def test_departments_are_led_and_a_team_has_moved(people, furnished):
    department = Unit.objects.get(code="01/大客户服务部")
    team = Unit.objects.get(parent=department)

    assert department.leader.staff_no == "CR1"
    assert [place.parent for place in places_of(team)] == [department, people.units.district]


def test_somebody_has_been_away_is_away_and_will_be_away(people, furnished, at):
    leaves = Leave.objects.filter(staff=people.colleague)

    assert leaves.count() == 3
    assert leaves.holding(at).get().deputy == people.manager


def test_a_second_time_changes_nothing(furnished, book, at):
    before = Skill.objects.count(), Unit.objects.count()

    furnish_people(book=book, administrator=furnished, at=at)

    assert (Skill.objects.count(), Unit.objects.count()) == before
