"""Handing over to the billing system: check list, file, answers, return visit (OP14)."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.translation import override
from tests.factories.opportunities import claimed, ordered, signed

from dakehu.channels.values import Named
from dakehu.opportunities import jobs, operations
from dakehu.opportunities.errors import UnableToKeepOpportunity
from dakehu.opportunities.operations import Answerer
from dakehu.opportunities.queries.orders import points_of
from dakehu.worklist.models import Todo

pytestmark = pytest.mark.django_db


@pytest.fixture
def won(people):
    """A leased line and a MAS, signed by both sides."""
    made = claimed(people, named=(Named("LEASED_LINE"), Named("MAS")))
    signed(made, people)
    made.refresh_from_db()
    return made


@pytest.fixture
def known(won, people, at):
    return {"opportunity": won, "by": people.manager, "at": at}


def answer(order, people, at, **answers):
    given = {int(row.removeprefix("row")): value for row, value in answers.items()}
    who = Answerer(staff=people.supervisor)
    return operations.answer_order(order=order, answers=given, who=who, at=at)


def test_nothing_is_ordered_before_the_papers_are_there_nor_before_it_is_signed(
    won, known, people, at
):
    with pytest.raises(UnableToKeepOpportunity, match="营业执照"):
        operations.hand_over_order(**known)
    points = points_of(won, on=at.date())
    assert operations.check_points(ticked=points[1:], **known) == 1
    with pytest.raises(UnableToKeepOpportunity):
        operations.hand_over_order(**known)
    assert operations.check_points(ticked=points, **known) == 0

    order = operations.hand_over_order(**known)

    assert [row.product for row in order.rows.order_by("place")] == ["LEASED_LINE", "MAS"]
    early = claimed(people, customer=won.customer)
    with pytest.raises(UnableToKeepOpportunity):
        operations.hand_over_order(opportunity=early, by=people.manager, at=at)
    with pytest.raises(PermissionDenied):
        operations.hand_over_order(opportunity=won, by=people.colleague, at=at)


def test_the_file_lies_in_the_outbox_once_and_is_the_same_if_written_again(
    won, people, at, home, settings
):
    order = ordered(won, people)
    outbox, settings.OUTBOX_URL = settings.OUTBOX_URL, "gopher://127.0.0.1/"
    assert jobs.send_orders(at) == 0
    order.refresh_from_db()
    assert order.state == "WAITING"

    settings.OUTBOX_URL = outbox
    assert [jobs.send_orders(at), jobs.send_orders(at)] == [1, 0]
    file = home / "outbox" / "01" / "20260302" / f"order_01_20260302_{order.number}.json"
    told = json.loads(file.read_text(encoding="utf-8"))
    assert (told["order"], told["contract"]) == (order.number, "HT-2026-17")
    assert told["rows"][1] == {"row": 2, "product": "MAS", "activity": "OPEN"}
    # Killed before it was noted: the same file is put again.
    type(order).objects.update(state="WAITING", sent_at=None)
    before = file.read_bytes()
    assert jobs.send_orders(at) == 1
    assert file.read_bytes() == before


def test_what_was_refused_is_brought_before_the_owner_and_ordered_again(won, known, people, at):
    order = ordered(won, people)
    with pytest.raises(UnableToKeepOpportunity):
        answer(order, people, at, row1=("DONE", ""), row2=("REFUSED", " "))
    assert {row.state for row in order.rows.all()} == {"WAITING"}

    answer(order, people, at, row1=("DONE", ""), row2=("REFUSED", "机房未验收"))
    answer(order, people, at, row1=("DONE", ""))
    with pytest.raises(UnableToKeepOpportunity):
        answer(order, people, at, row1=("REFUSED", "其实没有"))
    with pytest.raises(UnableToKeepOpportunity):
        answer(order, people, at, row9=("DONE", ""))
    won.refresh_from_db()
    refused = Todo.objects.get(source="order-refused")
    assert (won.stage, refused.owner, refused.state) == ("HANDOVER", people.manager, "OPEN")

    again = operations.hand_over_order(**known)
    assert [row.product for row in again.rows.all()] == ["MAS"]
    refused.refresh_from_db()
    assert refused.state == "DONE"
    answer(again, people, at, row1=("DONE", ""))

    won.refresh_from_db()
    visit = Todo.objects.get(source="opportunity-visit")
    assert (won.stage, visit.owner) == ("VISIT", people.manager)
    with pytest.raises(UnableToKeepOpportunity):
        operations.hand_over_order(**known)
    operations.move_stage(stage="DONE", text="客户满意", **known)
    visit.refresh_from_db()
    assert visit.state == "DONE"


def test_only_who_hands_out_answers_by_hand(won, people, at):
    order = ordered(won, people)

    with pytest.raises(PermissionDenied):
        operations.answer_order(
            order=order, answers={1: ("DONE", "")}, who=Answerer(staff=people.manager), at=at
        )


def test_what_was_checked_in_one_language_is_checked_in_the_other(people, at):
    made = claimed(people, named=(Named("GPRS"),))
    known = {"opportunity": made, "by": people.manager, "at": at}
    with override("en"):
        operations.check_points(ticked=points_of(made, on=at.date()), **known)

    with override("zh-hans"):
        left = operations.check_points(ticked=points_of(made, on=at.date()), **known)

    assert (left, made.checks.filter(removed_at=None).count(), made.checks.count()) == (0, 3, 3)
