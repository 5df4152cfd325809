"""A campaign is proposed and released by two people; its list is frozen with every reason."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories.archive import ContactFactory
from tests.factories.campaigns import (
    give_phones,
    make_campaign,
    make_draft,
    make_proposed,
    row_of,
)
from tests.factories.outbox import refuse

from dakehu.campaigns.errors import UnableToCampaign
from dakehu.campaigns.models import CampaignRow
from dakehu.campaigns.operations import drafting, releasing
from dakehu.campaigns.queries.judging import judged, preview_of
from dakehu.customers.models import Customer
from dakehu.outbox.operations import note_approach
from dakehu.worklist.models import Todo


@pytest.fixture
def both(customers):
    give_phones(customers.own, customers.group)
    return customers.own, customers.group


def test_the_preview_counts_by_reason_and_prices_the_rest(people, customers, at):
    own, group, other = customers.own, customers.group, customers.colleagues
    give_phones(own, group, other)
    refuse(people.manager, at=at, to="13612340101", purpose="MARKETING")
    for number in range(2):
        matter = ("campaign", -number)
        note_approach(customer=group, purpose="MARKETING", matter=matter, by=None, at=at)
    campaign = make_draft(people.supervisor, own, group, other, at=at)

    preview = preview_of(campaign, judged(campaign, at=at))

    assert (preview.found, preview.reached) == (3, 1)
    assert preview.left_out == {"REFUSED": 1, "TOO_OFTEN": 1}
    assert preview.cost_fen == 200


def test_two_of_one_number_are_contacted_once_and_whoever_left_is_not(people, customers, at):
    own, group, other = customers.own, customers.group, customers.colleagues
    rows = Customer.objects.filter(pk__in=[own.pk, group.pk, other.pk])
    rows.update(phone="13612340101")
    campaign = make_draft(people.supervisor, own, group, other, at=at)
    Customer.objects.filter(pk=other.pk).update(retained_at=at)

    found = {each.customer_id: each.reason for each in judged(campaign, at=at)}

    assert sorted(found.values()) == ["", "DOUBLE", "GONE"]
    assert found[other.pk] == "GONE"


def test_a_group_is_reached_at_its_people(people, customers, at):
    ContactFactory(customer=customers.group, phone="13612340109", is_primary=True)

    campaign = make_draft(people.supervisor, customers.group, at=at)

    assert [each.reason for each in judged(campaign, at=at)] == [""]


def test_a_second_person_releases_and_the_list_is_frozen_with_the_reasons(people, both, at):
    own, group = both
    campaign = make_proposed(people, own, group, at=at)
    asked = Todo.objects.get(source="campaign-release", source_id=campaign.pk)
    with pytest.raises(UnableToCampaign, match="第二人"):
        releasing.release_campaign(campaign=campaign, by=people.supervisor, at=at)
    # Refused after it was proposed, before it is released.
    refuse(people.manager, at=at, to="13612340102", purpose="")

    count = releasing.release_campaign(campaign=campaign, by=people.administrator, at=at)

    campaign.refresh_from_db()
    asked.refresh_from_db()
    assert (count, campaign.state, asked.state) == (1, "RUNNING", "DONE")
    assert (row_of(campaign, own).state, row_of(campaign, own).staff) == ("OPEN", people.manager)
    left = row_of(campaign, group)
    assert (left.state, left.left_out) == ("OUT", "REFUSED")
    assert "136" in left.why


def test_a_second_click_on_release_does_nothing_twice(people, both, at):
    campaign = make_campaign(people, *both, at=at)
    rows = CampaignRow.objects.count()

    with pytest.raises(UnableToCampaign):
        releasing.release_campaign(campaign=campaign, by=people.administrator, at=at)

    assert CampaignRow.objects.count() == rows


def test_one_that_was_given_back_changes_its_list_and_is_proposed_anew(people, both, at):
    own, group = both
    campaign = make_proposed(people, own, group, at=at)
    releasing.give_back_campaign(
        campaign=campaign, reason="对象太多", by=people.administrator, at=at
    )
    drafting.unpick_customer(row=row_of(campaign, group), by=people.supervisor, at=at)
    releasing.propose_campaign(campaign=campaign, by=people.supervisor, at=at)

    releasing.release_campaign(campaign=campaign, by=people.administrator, at=at)

    kept = CampaignRow.objects.filter(campaign=campaign, removed_at__isnull=True)
    assert [row.customer_id for row in kept] == [own.pk]


def test_a_customer_taken_off_a_list_and_chosen_again_is_on_it_once(people, both, at):
    campaign = make_draft(people.supervisor, *both, at=at)
    drafting.unpick_customer(row=row_of(campaign, both[0]), by=people.supervisor, at=at)

    rows = Customer.objects.filter(pk__in=[each.pk for each in both])
    added = drafting.pick_customers(campaign=campaign, customers=rows, by=people.supervisor, at=at)

    assert added == 1
    assert campaign.rows.filter(removed_at__isnull=True).count() == 2


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"script": "  "}, "script"),
        ({"form": "SMS", "text": ""}, "text"),
        ({"form": "EMAIL", "title": ""}, "title"),
        ({"source": "GROUP"}, "group"),
        ({"last_day": "before"}, "last_day"),
    ],
)
def test_a_draft_that_lacks_what_its_form_needs_says_which_input(people, at, values, field):
    if "last_day" in values:
        values = {"last_day": at.date() - timedelta(days=1)}

    with pytest.raises(UnableToCampaign) as refusal:
        make_draft(people.supervisor, at=at, **values)

    assert refusal.value.field == field


def test_what_cannot_be_proposed_says_why(people, customers, both, at):
    empty = make_draft(people.supervisor, at=at)
    Customer.objects.filter(pk=customers.colleagues.pk).update(phone="")
    unreachable = make_draft(people.supervisor, customers.colleagues, at=at)
    over = make_draft(people.supervisor, *both, at=at, last_day=at.date())

    for campaign, when in ((empty, at), (unreachable, at), (over, at + timedelta(days=1))):
        with pytest.raises(UnableToCampaign):
            releasing.propose_campaign(campaign=campaign, by=people.supervisor, at=when)
        campaign.refresh_from_db()
        assert campaign.state == "DRAFT"


def test_who_may_not_and_who_does_not_reach_the_unit_is_refused(people, both, at):
    campaign = make_draft(people.supervisor, *both, at=at)

    with pytest.raises(PermissionDenied):
        releasing.propose_campaign(campaign=campaign, by=people.manager, at=at)
    campaign.unit = people.units.headquarters
    with pytest.raises(UnableToCampaign) as refusal:
        drafting.keep_campaign(
            campaign=campaign, version=campaign.version, by=people.supervisor, at=at
        )

    assert refusal.value.field == "unit"


def test_one_that_was_stopped_withdraws_what_waits_in_the_outbox(people, both, at):
    from dakehu.campaigns.operations.tending import tend

    campaign = make_campaign(people, *both, at=at, form="SMS")
    tend(at=at)
    releasing.stop_campaign(campaign=campaign, reason="资费有误", by=people.administrator, at=at)

    campaign.refresh_from_db()
    states = {row.message.state for row in campaign.rows.all()}
    assert (campaign.state, states) == ("STOPPED", {"WITHDRAWN"})
    with pytest.raises(UnableToCampaign):
        releasing.stop_campaign(campaign=campaign, reason="再次", by=people.administrator, at=at)
