"""What is answered too late, what comes back, what nobody may do (promises 1 and 8)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories.opportunities import group_of, make_core, prospect, take_in

from dakehu.channels.values import Named
from dakehu.clocks.models import Clock
from dakehu.opportunities import operations, queries
from dakehu.opportunities.errors import UnableToKeepOpportunity
from dakehu.opportunities.models import Opportunity
from dakehu.opportunities.values import Elements, NewContact
from dakehu.worklist.models import Todo
from dakehu.worklist.operations import hand_over

pytestmark = pytest.mark.django_db


@pytest.fixture
def offered(people):
    """A leased line of a B customer, offered to the manager."""
    return take_in(people.hotline_agent, customer=group_of(people, "B1", manager=people.manager))


def test_a_claim_after_its_time_is_refused_before_and_after_the_sweep(people, offered):
    late = offered.due_at + timedelta(seconds=1)

    with pytest.raises(UnableToKeepOpportunity, match=r"运营中心"):
        operations.claim(opportunity=offered, by=people.manager, at=late)
    assert operations.sweep(at=late) == 1
    assert operations.sweep(at=late) == 0
    offered.refresh_from_db()
    assert (offered.state, offered.receiver) == ("EXPIRED", None)
    assert Clock.objects.get(subject="opportunity").state == "DROPPED"
    with pytest.raises(UnableToKeepOpportunity):
        operations.claim(opportunity=offered, by=people.manager, at=late)
    last = offered.hops.last()
    assert (last.move, last.by, last.to) == ("EXPIRE", None, people.manager)


def test_a_claim_after_withdrawal_is_refused(people, offered, at):
    operations.take_back(opportunity=offered, reason="客户另有安排", by=people.supervisor, at=at)

    with pytest.raises(UnableToKeepOpportunity):
        operations.claim(opportunity=offered, by=people.manager, at=at)
    offered.refresh_from_db()
    assert (offered.state, offered.receiver, offered.due_at) == ("ROUTED", None, None)


def test_only_who_is_asked_can_claim_or_return(people, offered, at):
    for act in (operations.claim, give_back):
        with pytest.raises(UnableToKeepOpportunity):
            act(opportunity=offered, by=people.colleague, at=at)
    with pytest.raises(PermissionDenied):
        operations.claim(opportunity=offered, by=people.province_analyst, at=at)


def give_back(**given):
    return operations.give_back(reason="BUSY", text="", **given)


def test_what_a_receiver_had_who_left_comes_back(people, offered, at):
    theirs = take_in(people.hotline_agent, customer=offered.customer)
    operations.claim(opportunity=theirs, by=people.manager, at=at)
    people.manager.is_active = False
    people.manager.save()

    assert operations.sweep(at=at) == 2

    for each in (offered, theirs):
        each.refresh_from_db()
        assert (each.state, each.receiver, each.hops.last().move) == ("ROUTED", None, "LEAVE")


def test_an_owner_gives_back_what_cannot_be_handled(people, offered, at):
    operations.claim(opportunity=offered, by=people.manager, at=at)
    with pytest.raises(PermissionDenied):
        give_back(opportunity=offered, by=people.colleague, at=at)
    operations.give_back(
        opportunity=offered, reason="UNREACHED", text="打了三次", by=people.manager, at=at
    )

    offered.refresh_from_db()
    assert (offered.state, offered.receiver, offered.claimed_at) == ("RETURNED", None, None)


def test_a_product_that_is_retired_while_on_offer_can_still_be_claimed(people, offered, at):
    body = offered.matrix.body
    for product in body["products"]:
        product["is_retired"] = product["code"] == "LEASED_LINE"
    type(offered.matrix).objects.filter(pk=offered.matrix_id).update(body=body, digest="retired")

    claimed = operations.claim(opportunity=offered, by=people.manager, at=at)

    assert claimed.state == "CLAIMED"


def test_a_product_without_a_row_in_the_matrix_is_passed_on(people):
    made = take_in(
        people.hall_clerk, channel="HALL", customer=group_of(people), named=(Named("UNHEARD_OF"),)
    )

    assert (made.state, made.rule) == ("ROUTED", 4)


def test_too_much_text_and_nobody_at_all_are_refused_in_words(people, offered, at):
    with pytest.raises(UnableToKeepOpportunity) as refused:
        operations.add_note(opportunity=offered, text="长" * 10_000_000, by=people.manager, at=at)
    assert refused.value.field == "text"
    with pytest.raises(UnableToKeepOpportunity) as refused:
        operations.take_in(new=NewContact("HOTLINE"), by=people.hotline_agent, at=at)
    assert refused.value.field == "who"


def test_a_deputy_is_asked_while_the_manager_is_away(people, at):
    people.manager.leaves.create(
        deputy=people.colleague, starts_at=at - timedelta(days=1), ends_at=at + timedelta(days=1)
    )

    made = take_in(people.hotline_agent, customer=group_of(people, "A1", manager=people.manager))

    assert (made.rule, made.receiver) == (2, people.colleague)


def test_an_offer_follows_its_to_do_to_a_colleague(
    people, offered, at, django_capture_on_commit_callbacks
):
    todo = Todo.objects.get(source="offer")
    with django_capture_on_commit_callbacks(execute=True):
        hand_over(todos=[todo], owner=people.colleague, by=people.supervisor, at=at)

    claimed = operations.claim(opportunity=offered, by=people.colleague, at=at)

    assert claimed.receiver == people.colleague
    assert "PASS" in set(offered.hops.values_list("move", flat=True))


def test_elements_are_completed_and_counted(people, offered, at):
    told = Elements(
        "", "王经理", "13800138000", "李总 总经理", "NEW", "友商专线", 8_000_000, "HALL"
    )
    operations.complete_elements(
        opportunity=offered, elements=told, version=offered.version, by=people.manager, at=at
    )

    offered.refresh_from_db()
    assert (offered.known, offered.missing) == (6, ())
    with pytest.raises(UnableToKeepOpportunity):
        operations.complete_elements(
            opportunity=offered, elements=told, version=1, by=people.manager, at=at
        )


def test_partners_see_what_they_were_offered_and_no_people_of_a_and_b_customers(people, at):
    make_core(people.partner, people.units.district)
    theirs = take_in(people.hotline_agent, area=people.units.district, elements=prospect())
    group = group_of(people, "A1", manager=people.manager)
    other = take_in(people.hotline_agent, customer=group, elements=prospect(company=""))

    seen = queries.opportunities_visible_to(people.partner)

    # Of the complex product of an A customer the partner is the helper.
    assert set(seen) == {theirs, other}
    assert queries.get_opportunity(people.partner, theirs.pk).contact_name == "郑先生"
    curtained = queries.get_opportunity(people.partner, other.pk)
    assert (curtained.contact_name, curtained.contact_phone, curtained.key_person) == ("", "", "")
    assert queries.get_opportunity(people.manager, other.pk).contact_name == "郑先生"
    assert not queries.opportunities_visible_to(people.colleague).exists()
    assert set(queries.opportunities_visible_to(people.hotline_agent)) == {theirs, other}


def test_the_passport_is_only_ever_added_to(people, offered, at):
    before = list(offered.hops.order_by("pk").values())
    give_back(opportunity=offered, by=people.manager, at=at)
    operations.assign(
        opportunity=offered, receivers=[people.colleague], by=people.supervisor, at=at
    )
    operations.claim(opportunity=offered, by=people.colleague, at=at)
    operations.give_up(opportunity=offered, loss="PRICE", text="", by=people.colleague, at=at)

    after = list(offered.hops.order_by("pk").values())
    assert after[: len(before)] == before
    assert [hop["move"] for hop in after[len(before) :]] == [
        "RETURN", "ROUTE", "OFFER", "CLAIM", "LOSE",
    ]  # fmt: skip
    assert [one["after"] for one in after[:-1]] == [two["before"] for two in after[1:]]
    offered.refresh_from_db()
    assert (offered.state, offered.loss, offered.closed_at) == ("LOST", "PRICE", at)
    assert Opportunity.objects.open().count() == 0
