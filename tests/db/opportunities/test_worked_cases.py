"""The ten worked cases of the specification of routing, through the real operations (OP1-OP12)."""

from datetime import timedelta

import pytest
from tests.factories.opportunities import (
    contact,
    group_of,
    make_core,
    prospect,
    take_in,
)
from tests.factories.people import StaffFactory

from dakehu.channels.choices import Activity
from dakehu.channels.values import Named
from dakehu.clocks.models import Clock
from dakehu.opportunities import operations
from dakehu.opportunities.errors import UnableToKeepOpportunity
from dakehu.opportunities.models import Hop, Offer
from dakehu.worklist.models import Todo

pytestmark = pytest.mark.django_db
MAS = (Named("MAS"),)


def moves(opportunity):
    return list(opportunity.hops.order_by("pk").values_list("move", flat=True))


def test_case_1_a_leased_line_of_a_b_customer_goes_to_the_manager(people, at):
    group = group_of(people, "B1", manager=people.manager)

    made = take_in(people.hotline_agent, customer=group)

    assert (made.kind, made.state, made.rule, made.receiver) == (
        "OPPORTUNITY", "OFFERED", 2, people.manager,
    )  # fmt: skip
    assert made.customer_class == "B"
    # Monday 9:30; four working hours with the break from 12:00 to 13:30.
    assert made.due_at == at + timedelta(hours=5, minutes=30)
    assert moves(made) == ["CAPTURE", "QUALIFY", "ROUTE", "OFFER"]
    clock = Clock.objects.get(subject="opportunity", subject_id=made.pk)
    assert (clock.amount, clock.time_unit, clock.owner) == (4, "working_hour", people.manager)
    assert Todo.objects.get(source="offer").owner == people.manager


def test_case_2_a_member_of_vpmn_is_added_at_the_hotline(people):
    group = group_of(people, "B1", manager=people.manager)

    named = (Named("VPMN", Activity.ADD_MEMBER),)
    made = take_in(people.hotline_agent, customer=group, named=named)

    assert (made.state, made.rule, made.receiver) == ("COMPLETED", 1, None)
    assert not Offer.objects.exists()
    assert not Todo.objects.exists()


def test_case_3_the_hall_opens_mail_and_a_core_partner_follows_up(people):
    make_core(people.partner, people.units.district)
    group = group_of(people)

    made = take_in(people.hall_clerk, channel="HALL", customer=group, named=(Named("MAIL"),))

    assert (made.state, made.rule, made.customer_class) == ("COMPLETED", 1, "C")
    assert made.helper == people.partner
    assert Todo.objects.get(source="followup").owner == people.partner


def test_case_4_a_prospect_goes_to_a_core_partner_and_the_telephone_manager_watches(people):
    make_core(people.partner, people.units.district)

    made = take_in(
        people.hotline_agent,
        channel="WEBSITE",
        named=MAS,
        has_specifics=False,
        plans=True,
        area=people.units.district,
        elements=prospect(),
    )

    assert (made.state, made.rule, made.receiver) == ("OFFERED", 3, people.partner)
    assert made.watcher == people.telephone_manager
    assert made.customer_class == "PROSPECT"


def test_case_5_an_area_without_a_partner_goes_to_the_operations_center(people):
    named = (Named("INDUSTRY"),)
    made = take_in(
        people.hall_clerk,
        channel="EXPERIENCE",
        named=named,
        area=people.units.next_district,
        elements=prospect(),
    )

    assert (made.state, made.rule, made.receiver) == ("ROUTED", 4, None)


def test_case_6_a_lead_of_a_c_customer_goes_to_the_manager(people):
    group = group_of(people, "C", manager=people.manager)

    made = take_in(
        people.telephone_manager,
        channel="TELEPHONE",
        customer=group,
        named=(),
        has_specifics=False,
    )

    assert (made.kind, made.rule, made.receiver) == ("LEAD", 2, people.manager)


def test_case_7_what_a_partner_returns_is_decided_by_a_person(people, at):
    make_core(people.partner, people.units.district)
    made = take_in(
        people.hotline_agent, area=people.units.district, elements=prospect(), named=MAS
    )

    operations.give_back(
        opportunity=made, reason="REGION", text="不在我的片区", by=people.partner, at=at
    )

    made.refresh_from_db()
    assert (made.state, made.receiver, made.due_at) == ("RETURNED", None, None)
    assert Todo.objects.get(source="offer").state == "CANCELLED"
    assert not Clock.objects.filter(state="RUNNING").exists()

    operations.assign(
        opportunity=made, receivers=[people.manager], by=people.operations_center, at=at
    )
    made.refresh_from_db()
    assert (made.state, made.receiver) == ("OFFERED", people.manager)
    assert moves(made)[-3:] == ["RETURN", "ROUTE", "OFFER"]
    decided = Hop.objects.filter(move="ROUTE").last()
    assert (decided.rule, decided.by) == (0, people.operations_center)


def test_case_8_of_two_who_claim_one_has_it_and_the_other_hears_who(people, at):
    other = StaffFactory(role="PARTNER", unit=people.units.city, name="金泰")
    made = take_in(people.hotline_agent, area=people.units.next_district, elements=prospect())
    operations.assign(
        opportunity=made, receivers=[people.partner, other], by=people.operations_center, at=at
    )

    operations.claim(opportunity=made, by=other, at=at)
    with pytest.raises(UnableToKeepOpportunity) as refused:
        operations.claim(opportunity=made, by=people.partner, at=at)

    assert "金泰" in str(refused.value)
    made.refresh_from_db()
    assert (made.state, made.receiver, made.claimed_at) == ("CLAIMED", other, at)
    assert set(Offer.objects.values_list("receiver", "ending")) == {
        (other.pk, "CLAIMED"), (people.partner.pk, "OTHERS"),
    }  # fmt: skip
    assert Clock.objects.get(subject="opportunity").state == "STOPPED"


def test_case_9_a_question_about_tariffs_stays_a_consultation(people):
    group = group_of(people, "B1", manager=people.manager)

    made = take_in(people.hotline_agent, customer=group, has_specifics=True, is_willing=False)

    assert (made.kind, made.state, made.rule) == ("CONSULTATION", "KEPT", 0)
    assert moves(made) == ["CAPTURE", "KEEP"]


def test_case_10_a_contact_is_never_divided(people):
    group = group_of(people, "B1", manager=people.manager)
    named = (Named("VPMN", Activity.ADD_MEMBER), Named("LEASED_LINE"))

    made = take_in(people.hotline_agent, customer=group, named=named)

    assert (made.state, made.rule, made.receiver) == ("OFFERED", 2, people.manager)


def test_the_same_form_sent_fifty_times_is_one_opportunity(people, at):
    group = group_of(people, "B1", manager=people.manager)
    new = contact(customer=group, request_id="form-1")

    taken = [operations.take_in(new=new, by=people.hotline_agent, at=at) for _ in range(50)]

    assert len({each.opportunity.pk for each in taken}) == 1
    assert [each.is_new for each in taken] == [True, *[False] * 49]
    assert Offer.objects.count() == 1


def test_who_sells_and_serves_keeps_what_they_may_complete(people, at):
    people.manager.authorities.create(
        product_code="LEASED_LINE", action="OPEN", starts_on=at.date()
    )
    group = group_of(people, "B1", manager=people.manager)

    made = take_in(people.manager, channel="MANAGER", customer=group)

    assert (made.state, made.rule, made.receiver) == ("CLAIMED", 1, people.manager)
    assert moves(made) == ["CAPTURE", "QUALIFY", "ROUTE", "OFFER", "CLAIM"]
    assert not Todo.objects.exists()
