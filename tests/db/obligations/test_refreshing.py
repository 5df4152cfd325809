"""What the night opens, follows, misses and asks for; acts by their evidence."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories.customers import GroupFactory
from tests.factories.tiering import StandingFactory, level_of

from dakehu.obligations.choices import State
from dakehu.obligations.errors import (
    UnableToPlan,
    UnableToProvide,
    UnableToRecordAct,
    UnableToWaive,
)
from dakehu.obligations.models import Act, Obligation, Provision, Trial
from dakehu.obligations.operations import (
    ask_about_ended_trials,
    end_provision,
    move_day,
    provide,
    record_act,
    refresh,
    start_trial,
    waive,
    withdraw_act,
)
from dakehu.tiering.models import Standing
from dakehu.worklist.models import Todo
from dakehu.worklist.operations import close_todos

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2025, 1, 1)


def at_noon(day):
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


MARCH = at_noon(date(2026, 3, 2))


def stand(customer, rank, *, since=NEW_YEAR, scheme="group-abc", until=None):
    return StandingFactory(
        customer=customer, level=level_of(scheme, rank), active_from=since, active_to=until
    )


@pytest.fixture
def group(people):
    """A1 and VIP, looked after by the manager, since a year."""
    group = GroupFactory(manager=people.manager, unit=people.manager.unit)
    stand(group, 5), stand(group, 4, scheme="it-service")
    return group


def owed(group, service="O5", **more):
    return Obligation.objects.get(customer=group, service=service, **more)


def visit(group, by, day, number=1, at=MARCH, service="O5"):
    return record_act(
        customer=group, service_code=service, happened_at=at_noon(day), evidence="visit",
        evidence_id=number, note="当面", by=by, at=at,
    )  # fmt: skip


def test_the_night_opens_what_the_catalogue_promises_and_does_nothing_twice(group):
    first = refresh(at=MARCH)
    again = refresh(at=MARCH)

    found = {
        (each.service, each.required, each.starts_on.month, each.ends_on - each.starts_on)
        for each in Obligation.objects.filter(customer=group)
    }
    assert found == {
        ("C2", 1, 3, timedelta(31)), ("C7", 1, 1, timedelta(181)), ("C10", 1, 1, timedelta(365)),
        ("C12", 2, 1, timedelta(365)), ("O5", 4, 1, timedelta(365)), ("O6", 1, 1, timedelta(90)),
    }  # fmt: skip
    assert (first.customers, first.opened) == (1, 6)
    assert (again.opened, again.changed, again.asked) == (0, 0, 0)
    assert owed(group).source == "O5 VIP 客户 v1"
    assert owed(group, "C10").goal == 2


def test_days_are_planned_ahead_on_working_days_and_apart(group):
    refresh(at=MARCH)

    days = [date.fromisoformat(day) for day in owed(group).planned]
    assert len(set(days)) == 4
    assert days == sorted(days)
    assert all(date(2026, 3, 2) <= day < date(2027, 1, 1) for day in days)
    assert all(day.weekday() < 5 for day in days)


def test_who_has_no_manager_or_no_promise_is_owed_nothing(people):
    stand(GroupFactory(unit=people.manager.unit, manager=None), 5)
    stand(GroupFactory(unit=people.manager.unit, manager=people.manager), 0)

    assert refresh(at=MARCH).opened == 0


def test_b_groups_are_shown_services_if_they_are_important(people):
    plain, important = (
        GroupFactory(manager=people.manager, unit=people.manager.unit) for _ in range(2)
    )
    important.profile.strategic = "prefecture"
    important.profile.save()
    for each in (plain, important):
        stand(each, 3)
    refresh(at=MARCH)

    shown = Obligation.objects.filter(service="C7").values_list("customer", flat=True)
    assert list(shown) == [important.pk]


def test_a_customer_new_in_july_owes_its_share_and_one_who_rises_owes_more(people):
    group = GroupFactory(manager=people.manager, unit=people.manager.unit)
    standing = stand(group, 3, since=date(2026, 1, 1))
    july = at_noon(date(2026, 7, 2))
    new = GroupFactory(manager=people.manager, unit=people.manager.unit)
    stand(new, 4, since=date(2026, 7, 2), scheme="it-service")
    refresh(at=at_noon(date(2026, 7, 1)))
    assert owed(group, "C12").required == 1
    Standing.objects.filter(pk=standing.pk).update(active_to=date(2026, 7, 1))
    stand(group, 5, since=date(2026, 7, 1))

    refresh(at=july)

    assert owed(group, "C12").required == 2
    assert len(owed(group, "C12").planned) == 2
    assert owed(new).required == 3  # 4 × 183 / 365 = 2.005


def test_a_drop_keeps_what_was_met(group, people):
    refresh(at=MARCH)
    for number in (1, 2):
        visit(group, people.manager, date(2026, 2, number), number, service="C12")
    Standing.objects.filter(scheme__code="group-abc").update(active_to=date(2026, 7, 1))
    stand(group, 3, since=date(2026, 7, 1))

    refresh(at=at_noon(date(2026, 7, 2)))

    kept = owed(group, "C12")
    assert (kept.done, kept.state) == (2, State.MET)


def test_an_act_counts_once_in_the_period_it_happened_in(group, people):
    refresh(at=MARCH)
    visit(group, people.manager, date(2026, 2, 27))
    visit(group, people.manager, date(2026, 2, 27))
    visit(group, people.manager, date(2025, 12, 31), 2)

    assert Act.objects.count() == 2
    assert owed(group).done == 1


def test_what_is_told_before_the_night_knows_counts_too(group, people):
    visit(group, people.manager, date(2026, 2, 27))

    refresh(at=MARCH)

    assert owed(group).done == 1


def test_a_withdrawn_act_no_longer_counts(group, people):
    refresh(at=MARCH)
    for number in range(1, 5):
        visit(group, people.manager, date(2026, 2, number), number)
    assert owed(group).state == State.MET
    said = {"service_code": "O5", "evidence": "visit", "evidence_id": 4}
    by = {"by": people.manager, "at": MARCH}

    assert withdraw_act(customer=group, **said, **by)
    assert not withdraw_act(customer=group, **said, **by)
    assert (owed(group).done, owed(group).state) == (3, State.ON_TRACK)


def test_nothing_is_recorded_that_has_not_happened(group, people):
    with pytest.raises(UnableToRecordAct):
        visit(group, people.manager, date(2026, 3, 3))


def test_missed_stays_missed_and_is_never_carried_over(group, people):
    refresh(at=MARCH)
    april = at_noon(date(2026, 4, 1))

    told = refresh(at=april)
    visit(group, people.manager, date(2026, 3, 20), at=april, service="C2")

    march = owed(group, "C2", starts_on=date(2026, 3, 1))
    assert told.missed == 2  # C2 of March, and the report of the first quarter.
    assert (march.state, march.done) == (State.MISSED, 1)
    assert owed(group, "C2", starts_on=date(2026, 4, 1)).required == 1


def test_managers_are_asked_in_time_and_evidence_closes_it(group, people):
    refresh(at=MARCH)
    due = Obligation.objects.filter(service="C2").get()
    soon = at_noon(date.fromisoformat(due.planned[0]))

    refresh(at=soon)
    todo = Todo.objects.get(source="obligation", source_id=due.pk)
    assert (todo.owner, todo.state) == (people.manager, "OPEN")
    visit(group, people.manager, date.fromisoformat(due.planned[0]), at=soon, service="C2")
    todo.refresh_from_db()
    assert todo.state == "DONE"


def test_waiving_takes_a_leader_and_a_reason(group, people):
    refresh(at=MARCH)
    with pytest.raises(PermissionDenied):
        waive(obligation=owed(group), reason="客户搬迁", by=people.manager, at=MARCH)
    with pytest.raises(UnableToWaive):
        waive(obligation=owed(group), reason=" ", by=people.supervisor, at=MARCH)

    waive(obligation=owed(group), reason="客户搬迁", by=people.supervisor, at=MARCH)
    refresh(at=at_noon(date(2027, 1, 1)))

    assert owed(group, starts_on=date(2026, 1, 1)).state == State.WAIVED
    with pytest.raises(UnableToWaive):
        waive(obligation=owed(group, starts_on=date(2026, 1, 1)), reason="再次",
              by=people.supervisor, at=MARCH)  # fmt: skip


def test_a_batch_costs_a_constant_number_of_queries(people, django_assert_max_num_queries):
    for _number in range(8):
        stand(GroupFactory(manager=people.manager, unit=people.manager.unit), 5)

    with django_assert_max_num_queries(45):
        refresh(at=MARCH)
    assert Obligation.objects.count() == 32


def representative(group, staff, day):
    return Provision(customer=group, service="C4", staff=staff, starts_on=day)


def test_c4_a_representative_follows_another_and_the_history_stays(group, people):
    by = {"by": people.manager, "at": MARCH}
    first = provide(provision=representative(group, people.supervisor, date(2026, 1, 1)), **by)
    provide(provision=representative(group, people.administrator, date(2026, 3, 1)), **by)

    first.refresh_from_db()
    assert first.ends_on == date(2026, 3, 1)
    with pytest.raises(UnableToProvide):
        provide(provision=representative(group, people.supervisor, date(2026, 2, 1)), **by)
    with pytest.raises(UnableToProvide):
        provide(provision=representative(group, None, date(2026, 4, 1)), **by)
    with pytest.raises(UnableToProvide):
        end_provision(provision=first, **by)


@pytest.mark.parametrize(
    ("rank", "last"), [(5, date(2026, 6, 1)), (3, date(2026, 5, 1)), (1, date(2026, 4, 1))]
)
def test_c6_and_o12_a_trial_is_no_longer_than_its_level_allows(people, rank, last):
    group = GroupFactory(manager=people.manager, unit=people.manager.unit)
    stand(group, rank)
    entered = {
        "customer": group, "product": "云视讯", "starts_on": date(2026, 3, 2),
        "by": people.manager, "at": MARCH,
    }  # fmt: skip

    with pytest.raises(UnableToProvide, match=r"C6"):
        start_trial(ends_on=last + timedelta(days=1), **entered)
    assert start_trial(ends_on=last, **entered).source.startswith("C6")


def test_a_group_without_a_standard_tries_nothing(people):
    group = GroupFactory(manager=people.manager, unit=people.manager.unit)
    with pytest.raises(UnableToProvide):
        start_trial(
            customer=group, product="云视讯", starts_on=date(2026, 3, 2),
            ends_on=date(2026, 3, 3), by=people.manager, at=MARCH,
        )  # fmt: skip


def test_o12_the_end_of_a_trial_is_asked_about_once(group, people):
    trial = start_trial(
        customer=group, product="云视讯", starts_on=date(2026, 3, 2), ends_on=date(2026, 3, 31),
        by=people.manager, at=MARCH,
    )  # fmt: skip

    assert ask_about_ended_trials(at=MARCH) == 0
    end = at_noon(date(2026, 3, 31))
    assert (ask_about_ended_trials(at=end), ask_about_ended_trials(at=end)) == (1, 0)
    todo = Todo.objects.get(source="trial")
    assert (todo.owner, todo.source_id) == (people.manager, trial.pk)
    assert Trial.objects.get().closed_on is None


def test_a_planned_day_is_moved_by_hand_and_its_to_do_follows(group, people):
    refresh(at=MARCH)
    by = {"by": people.manager, "at": MARCH}
    first, second, *rest = (date.fromisoformat(day) for day in owed(group).planned)
    soon, later = date(2026, 3, 10), date(2026, 12, 30)

    move_day(obligation=owed(group), was=first, day=soon, **by)
    todo = Todo.objects.get(source="obligation", source_id=owed(group).pk)
    assert (owed(group).state, owed(group).next_on) == (State.DUE_SOON, soon)
    assert (todo.state, todo.due_date) == ("OPEN", soon)

    move_day(obligation=owed(group), was=soon, day=later, **by)
    todo.refresh_from_db()
    assert owed(group).planned == [day.isoformat() for day in (second, *rest, later)]
    assert (owed(group).state, todo.state) == (State.ON_TRACK, "CANCELLED")


def test_days_that_cannot_be_are_refused_and_nothing_changes(group, people):
    refresh(at=MARCH)
    planned = owed(group).planned
    first = date.fromisoformat(planned[0])

    for was, day in (
        (first, date(2026, 3, 1)),  # passed
        (first, date(2027, 1, 1)),  # after the period
        (date(2026, 1, 1), date(2026, 5, 1)),  # moved meanwhile
    ):
        with pytest.raises(UnableToPlan):
            move_day(obligation=owed(group), was=was, day=day, by=people.manager, at=MARCH)
    with pytest.raises(PermissionDenied):
        move_day(
            obligation=owed(group),
            was=first,
            day=date(2026, 5, 1),
            by=people.province_analyst,
            at=MARCH,
        )
    assert owed(group).planned == planned


def test_a_visit_takes_the_to_do_back_until_the_next_is_due(group, people):
    refresh(at=MARCH)
    first = date.fromisoformat(owed(group).planned[0])
    due = at_noon(first)
    refresh(at=due)
    todo = Todo.objects.get(source="obligation", source_id=owed(group).pk)
    assert todo.state == "OPEN"

    visit(group, people.manager, first, at=due)
    todo.refresh_from_db()
    assert (owed(group).state, todo.state) == (State.ON_TRACK, "CANCELLED")

    refresh(at=at_noon(date.fromisoformat(owed(group).planned[1])))
    todo.refresh_from_db()
    assert (todo.state, todo.facts["done"]) == ("OPEN", 1)


def test_what_is_taken_away_is_owed_for_the_days_until_then_and_not_again(group, people):
    from tests.factories.catalogue import published, taken_away
    from tests.factories.people import StaffFactory

    refresh(at=MARCH)
    by = people.operations_center
    draft = taken_away("C12", [("group-abc", 5), ("group-abc", 4)], by, at=MARCH)
    second = StaffFactory(unit=by.unit, role=by.role)
    published(draft, by, second, at=MARCH, active_from=date(2026, 6, 1))

    refresh(at=at_noon(date(2026, 6, 2)))
    kept = owed(group, "C12")
    assert (kept.required, kept.source, kept.state) == (1, "C12 A1 v1", State.ON_TRACK)
    refresh(at=at_noon(date(2027, 1, 4)))
    kept.refresh_from_db()
    assert kept.state == State.MISSED
    assert not Obligation.objects.filter(service="C12", starts_on=date(2027, 1, 1)).exists()


def test_a_to_do_ticked_off_by_hand_is_asked_again_until_there_is_evidence(group, people):
    refresh(at=MARCH)
    due = Obligation.objects.filter(service="C2").get()
    soon = at_noon(date.fromisoformat(due.planned[0]))
    refresh(at=soon)
    todo = Todo.objects.get(source="obligation", source_id=due.pk)
    close_todos(todos=[todo], by=people.manager, at=soon)

    assert refresh(at=soon + timedelta(days=1)).asked == 1
    todo.refresh_from_db()
    assert todo.state == "OPEN"
    visit(group, people.manager, date.fromisoformat(due.planned[0]), at=soon, service="C2")
    refresh(at=soon + timedelta(days=1))
    todo.refresh_from_db()
    assert todo.state == "DONE"
