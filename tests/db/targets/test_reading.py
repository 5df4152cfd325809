"""Who belongs to a group: locked, frozen, live, by measures and by fields of the records."""

import json
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from tests.factories.archive import ProspectFactory
from tests.factories.targets import RICH, make_group
from tests.factories.tiering import StandingFactory
from tests.factories.worlds import group_of, person_of

from dakehu.audit.errors import EditedMeanwhile
from dakehu.customers.models import CustomField, CustomValue, GroupProfile
from dakehu.targets.errors import UnableToLock, UnableToRead
from dakehu.targets.models import TargetGroup, TargetMember
from dakehu.targets.operations import groups, reading
from dakehu.targets.queries.groups import chosen_by, unknown_of_prospects
from dakehu.tiering.models import Measure

D = date(2026, 1, 5)


@pytest.fixture
def known(world, people):
    """Six individuals of two cities with their revenue; the last is nobody's."""
    holders = [people.manager] * 3 + [people.stranger] * 2 + [None]
    told = {f"01S{n}": {"status": 0} for n in range(6)}
    world.tell_people(D, told)
    for month, gap in ((202510, 60), (202511, 30), (202512, 1)):
        revenues = {number: 2_000 * n for n, number in enumerate(told)}
        world.tell_months(D - timedelta(days=gap), month, revenues)
    cities = ["01"] * 3 + ["02"] * 3
    districts = [people.units.district] * 3 + [people.units.other_district] * 3
    return [
        person_of(number, holder, unit=unit, city_code=city, open_date=date(2020, 1, 1 + n))
        for n, (number, holder, unit, city) in enumerate(
            zip(told, holders, districts, cities, strict=True)
        )
    ]


def names(group: TargetGroup) -> set[str]:
    found = TargetMember.objects.filter(group=group, dropped_on__isnull=True)
    return set(found.values_list("customer__number", flat=True))


def locked(by, unit, at, **values) -> TargetGroup:
    group = make_group(by, unit=unit, at=at, **values)
    groups.lock_group(group=group, version=group.version, by=by, at=at)
    reading.read_members(group, at=at)
    return group


def chosen(people, at, condition, **values) -> set[str]:
    group = make_group(
        people.administrator, unit=people.units.province, at=at, condition=condition, **values
    )
    with chosen_by(group, day=D) as found:
        return {number for (number,) in found.rows("number")}


def test_the_condition_chooses_within_the_unit_alone(known, people, at):
    whole = locked(people.administrator, people.units.province, at)
    city = locked(people.supervisor, people.units.city, at, condition={**RICH, "value": 1})

    assert names(whole) == {"01S3", "01S4", "01S5"}
    assert names(city) == {"01S1", "01S2"}


def test_fields_of_the_records_count_beside_measures(known, people, at):
    StandingFactory(customer=known[1], rank=3)
    field = CustomField.objects.create(kind="INDIVIDUAL", key="hobby", label="爱好", type="TEXT")
    CustomValue.objects.create(customer=known[2], field=field, text="钓鱼")
    conditions = {
        ("01S0", "01S1", "01S2"): {"measure": "customer__city", "in": ["01"]},
        ("01S3", "01S4", "01S5"): {
            "measure": "customer__unit",
            "in": [people.units.other_city.pk],
        },
        ("01S0", "01S1", "01S2", "01S3", "01S4"): {"measure": "customer__manager", "known": True},
        ("01S5",): {"not": {"measure": "customer__manager", "known": True}},
        ("01S1",): {"measure": "level__card_level", "is": ">=", "value": 3},
        ("01S2",): {"measure": "own__hobby", "in": ["钓鱼"]},
        ("01S4", "01S5"): {"measure": "customer__open_date", "is": ">=", "value": 20200105},
        (): {"measure": "alert__w08", "is": "=", "value": 1},
        ("01S1", "01S3", "01S4", "01S5"): {
            "any": [RICH, {"measure": "level__card_level", "in": [3]}]
        },
    }

    for expected, condition in conditions.items():
        assert chosen(people, at, condition) == set(expected), condition


def test_a_frozen_group_keeps_who_leaves_and_is_read_once(known, world, people, at):
    group = locked(people.administrator, people.units.province, at)
    later = D + timedelta(days=1)
    world.tell_people(later, {"01S0": {"status": 0}})
    known[4].retained_at = at
    known[4].save()

    reading.read_members(group, at=at)

    assert names(group) == {"01S3", "01S4", "01S5"}
    assert group.readings.count() == 1


def test_a_live_group_follows_the_data_with_dates(known, world, people, at):
    group = locked(people.administrator, people.units.province, at, membership="LIVE")
    later = D + timedelta(days=30)
    world.tell_people(later, {f"01S{n}": {"status": 0} for n in range(6)})
    world.tell_months(later, 202601, {"01S1": 90_000, "01S5": 0, "01S3": 6_000, "01S4": 9_000})
    person_of("01S9", people.manager)

    changed = reading.read_live_groups(at=at)
    reading.read_live_groups(at=at)

    assert names(group) == {"01S1", "01S3", "01S4", "01S5"}
    assert changed.joined == {known[1].pk}
    told = [(each.day, each.members, each.joined) for each in group.readings.order_by("day")]
    assert told == [(D, 3, 3), (later, 4, 1)]


def test_the_members_are_written_and_compared_in_few_queries(
    known, people, at, django_assert_max_num_queries
):
    group = make_group(people.administrator, unit=people.units.province, at=at)
    groups.lock_group(group=group, version=1, by=people.administrator, at=at)

    with django_assert_max_num_queries(30):
        reading.read_members(group, at=at)


def test_too_many_members_are_refused_and_a_night_goes_on(known, people, at, settings):
    settings.TARGET_MEMBERS_LIMIT = 2
    group = make_group(people.administrator, unit=people.units.province, at=at)
    groups.lock_group(group=group, version=1, by=people.administrator, at=at)
    small = locked(
        people.administrator, people.units.province, at, condition={**RICH, "value": 9_000}
    )

    with pytest.raises(UnableToRead, match="3"):
        reading.read_members(group, at=at)
    reading.read_live_groups(at=at)

    group.work.refresh_from_db()
    assert group.work.error
    assert names(group) == set()
    assert names(small) == {"01S5"}


def test_a_withdrawn_measure_is_named_and_members_stay(known, people, at):
    own = Measure.objects.create(
        code="joined_long",
        name="入网多年",
        name_en="Long with us",
        kind="INDIVIDUAL",
        unit="DAYS",
        source={"age": {"column": "open_date"}},
    )
    both = {"any": [RICH, {"measure": "joined_long", "is": ">=", "value": 99_999}]}
    group = locked(
        people.administrator, people.units.province, at, condition=both, membership="LIVE"
    )
    own.removed_at = at
    own.save()

    reading.read_live_groups(at=at)

    group.work.refresh_from_db()
    assert "joined_long" in group.work.error
    assert names(group) == {"01S3", "01S4", "01S5"}


@pytest.mark.parametrize(
    ("values", "version"),
    [
        ({"condition": {}}, 1),
        ({"condition": {"measure": "taxes", "is": ">", "value": 1}}, 1),
        ({"condition": {"measure": "customer__city", "is": ">", "value": 1}}, 1),
        ({"state": "CLOSED"}, 1),
        ({}, 2),
    ],
)
def test_what_cannot_be_locked_is_refused(people, at, values, version):
    group = make_group(people.supervisor, unit=people.units.city, at=at, **values)

    with pytest.raises(UnableToLock):
        groups.lock_group(group=group, version=version, by=people.supervisor, at=at)


def test_a_locked_condition_no_longer_changes_until_it_is_unlocked(known, people, at):
    group = locked(people.administrator, people.units.province, at)
    group.refresh_from_db()
    group.condition = {**RICH, "value": 9_000}
    with pytest.raises(UnableToLock):
        groups.edit_group(group=group, version=group.version, by=people.administrator, at=at)
    group.refresh_from_db()

    groups.unlock_group(group=group, by=people.administrator, at=at)
    group.condition = {**RICH, "value": 9_000}
    groups.edit_group(group=group, version=group.version, by=people.administrator, at=at)
    groups.lock_group(group=group, version=group.version, by=people.administrator, at=at)
    reading.read_members(group, at=at)

    assert names(group) == {"01S5"}
    assert group.members.filter(dropped_on=D).count() == 2


def test_of_two_who_edit_the_second_is_told(people, at):
    group = make_group(people.supervisor, unit=people.units.city, at=at)
    other = TargetGroup.objects.get(pk=group.pk)
    group.condition = {**RICH, "value": 1}
    groups.edit_group(group=group, version=1, by=people.supervisor, at=at)
    other.condition = {**RICH, "value": 2}

    with pytest.raises(EditedMeanwhile):
        groups.edit_group(group=other, version=1, by=people.administrator, at=at)


def test_a_group_beyond_ones_reach_is_left_alone(people, at):
    group = make_group(people.administrator, unit=people.units.province, at=at)

    with pytest.raises(UnableToLock):
        groups.lock_group(group=group, version=1, by=people.supervisor, at=at)


def test_the_command_lists_shows_and_reads(known, people, at, capsys):
    group = locked(people.administrator, people.units.province, at, membership="LIVE")
    known[4].removed_at = at
    known[4].save()

    call_command("targets", "list", "--json")
    call_command("targets", "refresh")
    call_command("targets", "refresh", "--group", str(group.pk))
    call_command("targets", "show", str(group.pk), "--json")

    listed, all_read, one_read, shown = capsys.readouterr().out.splitlines()
    assert json.loads(listed)[0]["members"] == 3
    assert "1" in all_read
    assert "1" not in one_read
    assert json.loads(shown)["readings"] == [
        {"date": "2026-01-05", "members": 2, "joined": 3, "dropped": 1}
    ]
    with pytest.raises(CommandError):
        call_command("targets", "show", "999")


def test_prospects_belong_where_they_are_wanted_and_unknown_measures_are_named(
    world, people, at, english
):
    world.deliver_groups(D, {"01G1": {"employees": 300, "revenue": 9_000}})
    group_of("01G1", people.manager)
    prospect = ProspectFactory(manager=people.manager)
    GroupProfile.objects.create(customer=prospect, employees=200)
    large = {"measure": "employees", "is": ">=", "value": 100}
    paying = {"all": [large, {"measure": "revenue_12m", "is": ">=", "value": 1}]}
    organisations = {"kind": "GROUP", "with_prospects": True}

    assert chosen(people, at, large, kind="GROUP") == {"01G1"}
    assert chosen(people, at, large, **organisations) == {"01G1", prospect.number}
    assert chosen(people, at, paying, **organisations) == {"01G1"}
    told = locked(people.supervisor, people.units.city, at, condition=paying, **organisations)
    assert unknown_of_prospects(told) == ("Monthly revenue (12 months)",)
    told.with_prospects = False
    assert unknown_of_prospects(told) == ()
