"""Support ordered from the operations center, and bad input that time brings (CH11)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories.opportunities import claimed, group_of, prospect, take_in

from dakehu.cases.models import SupportOrder
from dakehu.cases.operations import close_case
from dakehu.cases.operations.closing import Ending
from dakehu.clocks.models import Clock, DeadlineMove
from dakehu.clocks.operations.calendars import set_day
from dakehu.clocks.operations.recounting import recount_all
from dakehu.opportunities import operations
from dakehu.opportunities.errors import UnableToKeepOpportunity
from dakehu.opportunities.models import SupportLink

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(people, at):
    return {"opportunity": claimed(people), "by": people.manager, "at": at}


def test_support_has_a_clock_and_its_end_stands_in_the_passport(
    known, people, at, django_capture_on_commit_callbacks
):
    wanted = {"need": "DEVELOPMENT", "text": "开发接口", "wanted_on": date(2026, 3, 6)}

    link = operations.order_support(**wanted, **known)

    case = link.case
    assert (case.kind, case.customer) == ("SUPPORT", known["opportunity"].customer)
    assert SupportOrder.objects.get(case=case).need == "DEVELOPMENT"
    assert Clock.objects.filter(subject="case", subject_id=case.pk).exists()
    assert known["opportunity"].hops.last().facts["case"] == case.number
    done = Ending("SOLVED", "", "接口已交付")
    with django_capture_on_commit_callbacks(execute=True):
        close_case(case=case, version=None, ending=done, by=people.supervisor, at=at)
    last = known["opportunity"].hops.last()
    assert (last.move, last.facts["result"], last.by) == ("SUPPORT", "SOLVED", None)


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"text": " "}, "text"), ({"wanted_on": date(2026, 3, 1)}, "wanted_on")],
)
def test_support_without_words_or_until_a_day_that_passed_is_refused(known, changed, field):
    wanted = {"need": "TRAINING", "text": "培训", "wanted_on": date(2026, 3, 6), **changed}

    with pytest.raises(UnableToKeepOpportunity) as refused:
        operations.order_support(**wanted, **known)

    assert refused.value.field == field
    assert not SupportLink.objects.exists()


def test_nobody_orders_support_for_what_is_not_theirs(known, people):
    wanted = {"need": "TRAINING", "text": "培训", "wanted_on": date(2026, 3, 6)}

    with pytest.raises(PermissionDenied):
        operations.order_support(**wanted, **{**known, "by": people.colleague})


def test_a_holiday_inserted_after_the_clock_was_set_moves_the_offer_and_is_logged(
    people, at, django_capture_on_commit_callbacks
):
    group = group_of(people, "C", manager=people.manager)
    made = take_in(people.hotline_agent, customer=group)
    before = made.due_at
    tomorrow = date(2026, 3, 3)

    with django_capture_on_commit_callbacks(execute=True):
        set_day(
            unit=people.units.province, day=tomorrow, intervals=[], reason="防汛停工",
            by=people.administrator, at=at,
        )  # fmt: skip
        recount_all(at=at)

    made.refresh_from_db()
    assert made.due_at == before + timedelta(days=1)
    assert made.offers.get().due_at == made.due_at
    moved = DeadlineMove.objects.get()
    assert moved.clock.subject_id == made.pk
    # What would have been late before is in time now.
    claimed_late = operations.claim(opportunity=made, by=people.manager, at=before)
    assert claimed_late.state == "CLAIMED"


def test_a_prospect_of_an_area_without_anybody_waits_at_the_center(people, at):
    made = take_in(people.hotline_agent, area=people.units.other_city, elements=prospect())

    assert (made.state, made.receiver, made.rule) == ("ROUTED", None, 4)
    assert made.unit == people.units.other_city
