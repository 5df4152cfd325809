"""The tree of units: made, named, and kept in order."""

import pytest

from dakehu.audit.models import Change
from dakehu.people.models import Unit
from dakehu.people.operations import (
    ensure_city,
    ensure_districts,
    ensure_province,
    ensure_root,
    rename_unit,
)

pytestmark = pytest.mark.django_db


def test_a_city_brings_the_province_and_the_headquarters(at):
    city = ensure_city("05", name="湖滨市", at=at)

    province = city.parent
    root = province.parent
    assert (city.kind, province.kind, root.kind) == ("CITY", "PROVINCE", "HEADQUARTERS")
    assert city.path == f"{root.pk}/{province.pk}/{city.pk}/"


def test_making_a_unit_twice_makes_it_once(at):
    made = [ensure_city("05", name="湖滨市", at=at) for _ in range(2)]

    assert made[0] == made[1]
    assert ensure_province(at=at) == made[0].parent
    assert ensure_root(at=at) == made[0].parent.parent
    assert Unit.objects.count() == 3
    assert Change.objects.filter(subject_type="people.unit").count() == 3


def test_a_city_is_called_by_its_code_until_it_gets_a_name(at):
    assert ensure_city("05", at=at).name == "05"
    assert ensure_city("05", name="湖滨市", at=at).name == "湖滨市"
    assert ensure_city("05", at=at).name == "湖滨市"


def test_districts_are_made_under_their_city(people, at, django_assert_num_queries):
    ensure_districts("01", ["东城", "开发区", "北城"], at=at)

    found = Unit.objects.filter(parent=people.units.city).order_by("code")
    assert {unit.code for unit in found} == {"01/东城", "01/西城", "01/北城", "01/开发区"}
    with django_assert_num_queries(1):
        ensure_districts("01", ["东城", "开发区", "北城"], at=at)


def test_a_new_name_is_recorded_and_the_code_stays(people, supervisor, at):
    rename_unit(unit=people.units.district, name="东城新区", by=supervisor, at=at)

    unit = Unit.objects.get(code="01/东城")
    assert unit.name == "东城新区"
    assert Change.objects.get(subject_type="people.unit").fields == {"name": ["东城", "东城新区"]}


def test_below_keeps_a_unit_and_everything_under_it(people):
    units = people.units

    assert set(Unit.objects.below(units.city)) == {
        units.city,
        units.district,
        units.next_district,
    }
