"""Which part a unit takes in each service, and two people at the same grid."""

import pytest

from dakehu.audit.models import Change
from dakehu.people.errors import UnableToSetDuties
from dakehu.people.operations import set_duties
from dakehu.people.queries import duties_of, duties_within
from dakehu.people.values import NO_DUTY, Duty

LEAD, SUPPORT = Duty("LEAD"), Duty("SUPPORT", "夜间值守")


def parts(unit):
    return {code: (duty.part, duty.note) for code, duty in duties_of(unit).items()}


def test_a_unit_leads_supports_and_stops(people, at):
    unit, by = people.units.city, people.administrator
    assert set_duties(unit, wanted={"C1": LEAD, "C2": SUPPORT}, seen={}, by=by, at=at) == 2

    seen = {"C1": LEAD, "C2": SUPPORT}
    wanted = {"C1": NO_DUTY, "C2": LEAD, "C3": NO_DUTY}
    assert set_duties(unit, wanted=wanted, seen=seen, by=by, at=at) == 2

    assert parts(unit) == {"C2": ("LEAD", "")}
    verbs = Change.objects.filter(subject_type="people.unitduty").order_by("pk")
    assert [each.verb for each in verbs] == ["CREATED", "CREATED", "REMOVED", "CHANGED"]
    assert [duty.unit for duty in duties_within(people.supervisor)] == [unit]


def test_a_grid_that_was_not_touched_changes_nothing(people, at):
    unit, by = people.units.city, people.administrator
    set_duties(unit, wanted={"C1": LEAD}, seen={}, by=by, at=at)

    assert set_duties(unit, wanted={"C1": LEAD}, seen={"C1": LEAD}, by=by, at=at) == 0


def test_two_people_may_work_on_different_services(people, at):
    unit, by = people.units.city, people.administrator
    set_duties(unit, wanted={"C1": LEAD, "C2": NO_DUTY}, seen={}, by=by, at=at)

    set_duties(unit, wanted={"C1": NO_DUTY, "C2": LEAD}, seen={}, by=by, at=at)

    assert parts(unit) == {"C1": ("LEAD", ""), "C2": ("LEAD", "")}


def test_the_same_service_changed_twice_is_told(people, at):
    unit, by = people.units.city, people.administrator
    set_duties(unit, wanted={"C1": LEAD}, seen={}, by=by, at=at)

    with pytest.raises(UnableToSetDuties):
        set_duties(unit, wanted={"C1": SUPPORT}, seen={}, by=by, at=at)

    set_duties(unit, wanted={"C1": LEAD}, seen={}, by=by, at=at)
    assert parts(unit) == {"C1": ("LEAD", "")}
