"""Return visits after a sale: what follows from what the customer said (OP14)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories.opportunities import claimed, ordered, signed

from dakehu.opportunities.errors import UnableToKeepOpportunity
from dakehu.opportunities.models import Opportunity, SaleVisit
from dakehu.opportunities.operations import Answerer, answer_order, record_sale_visit
from dakehu.opportunities.queries import sale_visits_visible_to
from dakehu.opportunities.values import Visited
from dakehu.worklist.models import Todo


@pytest.fixture
def sold(people, at):
    """An opportunity that is won and set up; the manager is to ask the customer."""
    made = claimed(people)
    signed(made, people)
    order = ordered(made, people)
    answers = {row.place: ("DONE", "") for row in order.rows.all()}
    answer_order(order=order, answers=answers, who=Answerer(staff=people.supervisor), at=at)
    made.refresh_from_db()
    assert made.stage == "VISIT"
    return made


@pytest.fixture
def visited(sold, people, at):
    """Return a function that records a return visit by the manager."""

    def record(**told):
        said = Visited(**{"form": "CALL", "satisfaction": 5, **told})
        return record_sale_visit(opportunity=sold, told=said, by=people.manager, at=at)

    return record


def states(source):
    return list(Todo.objects.filter(source=source).values_list("state", "owner__username"))


def test_a_content_customer_ends_it(visited, sold):
    visited(opinion="很好")

    sold.refresh_from_db()
    assert sold.stage == "DONE"
    assert states("opportunity-visit") == [("DONE", "manager")]
    assert states("opportunity-discontent") == []
    assert sold.hops.filter(move="VISIT").get().facts["satisfaction"] == 5


def test_whoever_was_not_reached_is_asked_again(visited, sold):
    visited(is_reached=False, satisfaction=None, opinion="无人接听")

    sold.refresh_from_db()
    assert sold.stage == "VISIT"
    assert states("opportunity-visit") == [("OPEN", "manager")]


def test_what_is_left_open_becomes_a_todo_until_nothing_is(visited):
    visited(satisfaction=4, left_open="换端口")
    assert states("opportunity-left-open") == [("OPEN", "manager")]

    visited(satisfaction=5)
    assert states("opportunity-left-open") == [("DONE", "manager")]


def test_what_is_left_open_becomes_an_order_of_support(visited, sold):
    visit = visited(
        satisfaction=4, left_open="换端口", remedy="SUPPORT", need="MAINTENANCE",
        wanted_on=date(2026, 3, 9),
    )  # fmt: skip

    assert visit.support.kind == "SUPPORT"
    assert states("opportunity-left-open") == []
    sold.refresh_from_db()
    assert sold.stage == "DONE"


def test_a_discontent_customer_goes_to_the_superior(visited, people):
    visited(satisfaction=2, opinion="开通太慢")

    ((state, owner),) = states("opportunity-discontent")
    assert state == "OPEN"
    assert owner not in {None, "manager"}


def test_what_comes_next_is_an_opportunity_once(visited, sold):
    visit = visited(next_need="想了解集团短信")

    made = visit.following
    assert made.customer == sold.customer
    assert Opportunity.objects.filter(request_id=f"visit-{visit.pk}").get() == made


def test_nothing_is_kept_of_a_visit_that_lacks_something(visited, sold):
    with pytest.raises(UnableToKeepOpportunity):
        visited(satisfaction=2)

    assert not SaleVisit.objects.exists()


def test_only_whoever_has_it_records_it_and_only_after_it_is_won(people, sold, at):
    with pytest.raises(PermissionDenied):
        record_sale_visit(
            opportunity=sold, told=Visited("CALL", satisfaction=5), by=people.colleague, at=at
        )
    early = claimed(people)
    with pytest.raises(UnableToKeepOpportunity):
        record_sale_visit(
            opportunity=early, told=Visited("CALL", satisfaction=5), by=people.manager, at=at
        )


def test_visits_are_seen_within_reach(visited, people):
    visit = visited()

    assert list(sale_visits_visible_to(people.supervisor)) == [visit]
    assert not sale_visits_visible_to(people.stranger).exists()
    assert not sale_visits_visible_to(people.partner).exists()
