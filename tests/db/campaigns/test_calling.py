"""Calls one after another: judged once more, held, recorded, called again, led on (CH16)."""

from datetime import timedelta

import pytest
from tests.factories.campaigns import call, give_phones, make_campaign, row_of
from tests.factories.opportunities import take_in
from tests.factories.outbox import refuse
from tests.factories.people import StaffFactory

from dakehu.campaigns.errors import UnableToCampaign
from dakehu.campaigns.models import CampaignRow
from dakehu.campaigns.operations import calling, tending
from dakehu.campaigns.queries.reading import calls_of
from dakehu.customers.models import Customer
from dakehu.outbox.models import Approach, Refusal
from dakehu.outbox.operations import note_approach
from dakehu.ownership.events import CustomersMoved
from dakehu.ownership.values import Passage
from dakehu.worklist.models import Todo


@pytest.fixture
def campaign(people, customers, at):
    give_phones(customers.own, customers.group)
    return make_campaign(people, customers.own, customers.group, at=at)


def next_of(campaign, by, at):
    return calling.next_call(campaign=campaign, by=by, at=at)


def test_customers_come_one_after_another_and_not_to_two_people_at_once(
    campaign, people, customers, at
):
    first = next_of(campaign, people.manager, at)
    again = next_of(campaign, people.manager, at)
    other = people.supervisor
    with pytest.raises(UnableToCampaign, match=people.manager.name):
        call(first, other, "REACHED", at=at)
    late = at + timedelta(minutes=31)

    call(first, other, "REACHED", at=late)
    second = next_of(campaign, people.manager, late)
    with pytest.raises(UnableToCampaign):
        call(first, people.manager, "REACHED", at=late)

    assert (first.pk, again.pk) == (row_of(campaign, customers.own).pk, first.pk)
    assert second.pk == row_of(campaign, customers.group).pk


def test_whoever_refused_or_was_contacted_meanwhile_is_passed_over_and_says_by_what(
    campaign, people, customers, at
):
    refuse(people.manager, at=at, to="13612340101", purpose="MARKETING")
    for number in range(2):
        note_approach(
            customer=customers.group,
            purpose="MARKETING",
            matter=("campaign", -number),
            by=None,
            at=at,
        )

    assert next_of(campaign, people.manager, at) is None
    own, group = row_of(campaign, customers.own), row_of(campaign, customers.group)
    assert (own.left_out, group.left_out) == ("REFUSED", "TOO_OFTEN")
    assert "136" in own.why
    assert "2" in group.why


def test_a_customer_who_left_or_was_merged_meanwhile_is_passed_over(
    campaign, people, customers, at
):
    Customer.objects.filter(pk=customers.own.pk).update(retained_at=at)
    Customer.objects.filter(pk=customers.group.pk).update(
        merged_into=customers.colleagues, removed_at=at
    )

    assert next_of(campaign, people.manager, at) is None
    assert set(CampaignRow.objects.values_list("left_out", flat=True)) == {"GONE"}


def test_a_talk_counts_once_against_the_limit_however_often_it_goes_on(
    campaign, people, customers, at, settings
):
    settings.MESSAGE_MARKETING_MOST = 1
    row = row_of(campaign, customers.own)
    call(row, people.manager, "AGAIN", at=at, again_on=at.date())

    assert next_of(campaign, people.manager, at).pk == row.pk
    call(row, people.manager, "DECLINED", at=at, reply="价格太高")

    assert Approach.objects.filter(customer=customers.own, source_id=row.pk).count() == 2
    with pytest.raises(UnableToCampaign):
        make_campaign(people, customers.own, at=at)


def test_who_wants_no_more_goes_onto_the_refusal_list(campaign, people, customers, at):
    call(row_of(campaign, customers.own), people.manager, "REFUSED", at=at)

    refusal = Refusal.objects.get()
    assert (refusal.phone.plain, refusal.purpose, refusal.source) == (
        "13612340101",
        "MARKETING",
        "CALL",
    )


def test_who_is_to_be_called_again_comes_back_on_the_day(campaign, people, customers, at):
    row = row_of(campaign, customers.own)
    day = at.date() + timedelta(days=3)
    call(row, people.manager, "AGAIN", at=at, again_on=day)

    todo = Todo.objects.get(source="campaign", source_id=row.pk)
    assert (todo.owner, todo.due_date, todo.state) == (people.manager, day, "OPEN")
    assert row.pk not in {each.pk for each in calls_of(people.manager, on=at.date())}
    then = at + timedelta(days=3)
    assert calls_of(people.manager, on=then.date()).first().pk == row.pk
    call(row, people.manager, "REACHED", at=then)
    todo.refresh_from_db()
    assert todo.state == "DONE"


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"result": "AGAIN"}, "again_on"),
        ({"result": "AGAIN", "again_on": -1}, "again_on"),
        ({"result": "AGAIN", "again_on": 99999}, "again_on"),
        ({"result": "REACHED", "reply": "没有的答复"}, "reply"),
    ],
)
def test_nonsense_after_a_call_is_refused_at_its_input(
    campaign, people, customers, at, told, field
):
    if "again_on" in told:
        told = {**told, "again_on": at.date() + timedelta(days=told["again_on"])}
    result = told.pop("result") if "result" in told else ""

    with pytest.raises(UnableToCampaign) as refusal:
        call(row_of(campaign, customers.own), people.manager, result, at=at, **told)

    assert refusal.value.field == field


def test_three_calls_that_reach_nobody_are_enough(campaign, people, customers, at):
    row = row_of(campaign, customers.own)
    states = [call(row, people.manager, "UNREACHED", at=at).state for _turn in range(3)]

    assert states == ["OPEN", "OPEN", "DONE"]
    assert not Approach.objects.exists()


def test_calls_that_wait_follow_a_customer_to_the_new_manager(campaign, people, customers, at):
    heir = StaffFactory(unit=people.manager.unit, role="ACCOUNT_MANAGER")
    done = row_of(campaign, customers.group)
    call(done, people.manager, "REACHED", at=at)
    lines = tuple(
        Passage(each.pk, people.manager.pk, heir.pk) for each in (customers.own, customers.group)
    )
    moved = CustomersMoved(move_id=1, lines=lines, by=people.supervisor, at=at)

    first, second = (tending.follow_moved_customers(moved) for _turn in "ab")

    assert (first, second) == (1, 0)
    assert row_of(campaign, customers.own).staff == heir
    assert row_of(campaign, customers.group).staff == people.manager


def test_calls_are_given_to_a_colleague_with_their_to_dos(campaign, people, customers, at):
    heir = StaffFactory(unit=people.manager.unit, role="TELEPHONE_MANAGER")
    row = row_of(campaign, customers.own)
    call(row, people.manager, "AGAIN", at=at, again_on=at.date())
    done = row_of(campaign, customers.group)
    call(done, people.manager, "REACHED", at=at)

    count = calling.assign_calls(rows=[row.pk, done.pk], owner=heir, by=people.supervisor, at=at)

    assert count == 1
    assert row_of(campaign, customers.own).staff == heir
    assert Todo.objects.get(source="campaign", source_id=row.pk).owner == heir


def test_a_team_shares_the_calls_evenly(people, customers, at):
    StaffFactory(unit=people.units.district, role="TELEPHONE_MANAGER")
    many = (customers.own, customers.group)
    give_phones(*many)

    campaign = make_campaign(people, *many, at=at, spread="TEAM")

    callers = {row.staff for row in campaign.rows.all()}
    assert len(callers) == 2
    assert {each.role for each in callers} == {"TELEPHONE_MANAGER"}


def test_an_opportunity_is_linked_to_whoever_it_came_of(campaign, people, customers, at):
    row = row_of(campaign, customers.own)
    made = take_in(people.manager, customer=customers.own)

    calling.opportunity_made(row.pk, made, people.manager, at)

    row.refresh_from_db()
    assert (row.opportunity, row.state, row.result) == (made, "DONE", "INTERESTED")
