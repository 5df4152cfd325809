"""Work orders from the plan to the signature: who may, what changes, refusals (R5 to R9)."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from tests.factories.attachments import PDF
from tests.factories.cases import close, make_case
from tests.factories.orders import (
    ENTERED,
    MORNING,
    assign,
    make_order,
    plan_of,
    serve,
    sign,
    signature,
)
from tests.factories.people import StaffFactory
from tests.factories.tiering import StandingFactory, level_of

from dakehu.cases import operations
from dakehu.cases.choices import ORDER
from dakehu.cases.errors import UnableToKeepCase
from dakehu.cases.models import WorkOrder
from dakehu.cases.pages.board import board_of, choice_for
from dakehu.cases.queries.orders import orders_visible_to, own_orders
from dakehu.clocks.choices import ClockState
from dakehu.clocks.queries import clocks_of
from dakehu.obligations.models import Act
from dakehu.people.models import Leave
from dakehu.worklist.events import TodosHandedOver
from dakehu.worklist.models import Todo


@pytest.fixture
def case(people, customers, english):
    """A fault of the manager's customer, in the queue."""
    return make_case(people.hotline_agent, kind="FAULT", customer=customers.own, text="专线断了")


@pytest.fixture
def order(people, case):
    """A work order for the fault, waiting at the desk."""
    return make_order(people.hotline_agent, case=case)


def fresh(order):
    return WorkOrder.objects.get(pk=order.pk)


def how(by, at=MORNING):
    return {"version": None, "by": by, "at": at}


def raised(case, rung, by, **more):
    return operations.raise_case(
        case=case, rung=rung, record="远程重启无效", reason="需换件", **how(by), **more
    )


def test_a_case_is_raised_step_by_step_with_what_was_done(people, case):
    raised(case, "REMOTE", people.hotline_agent)
    raised(case, "ON_SITE", people.hotline_agent, unit=people.units.city)

    steps = list(case.rungs.order_by("pk").values_list("rung", "record", "reason"))
    case.refresh_from_db()
    assert [step[0] for step in steps] == ["REMOTE", "ON_SITE"]
    assert steps[1][1:] == ("远程重启无效", "需换件")
    assert case.unit == people.units.city
    with pytest.raises(UnableToKeepCase, match="“On site” already"):
        raised(case, "REMOTE", people.hotline_agent)


def test_a_case_on_site_is_not_closed_before_its_order_is_signed(people, case):
    raised(case, "ON_SITE", people.hotline_agent)

    with pytest.raises(UnableToKeepCase, match="plan its work order first"):
        close(case, people.hotline_agent)
    order = make_order(people.hotline_agent, case=case)
    with pytest.raises(UnableToKeepCase, match=order.number):
        close(case, people.hotline_agent)

    assign(order, people.engineer, people.dispatcher)
    serve(order, people.engineer)
    sign(order, people.engineer)
    close(case, people.hotline_agent, at=MORNING)
    case.refresh_from_db()
    assert case.closed_at is not None


def test_what_has_begun_is_refused_or_marked_for_good(people, customers, english):
    begun = {"at": MORNING + timedelta(hours=1), "customer": customers.own}

    with pytest.raises(UnableToKeepCase, match="Enter it beforehand"):
        make_order(people.manager, **begun)
    order = make_order(people.manager, **begun, afterwards="客户临时来访")

    assert (order.purpose, order.afterwards) == ("VISIT", "客户临时来访")
    assert order.unit == customers.own.unit


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"ends_at": MORNING}, "ends before it begins"),
        ({"ends_at": MORNING + timedelta(days=1)}, "for one day"),
    ],
)
def test_a_plan_that_does_not_hold_is_refused(people, customers, english, changed, words):
    with pytest.raises(UnableToKeepCase, match=words):
        make_order(people.manager, customer=customers.own, **changed)


def test_an_order_is_assigned_and_asks_its_engineer(people, order):
    assign(order, people.engineer, people.dispatcher)

    todo = Todo.objects.get(source="workorder", source_id=order.pk)
    assert (fresh(order).state, fresh(order).engineer) == ("ASSIGNED", people.engineer)
    assert (todo.owner, todo.due_date) == (people.engineer, MORNING.date())
    assert own_orders(people.engineer, MORNING.date()) == [order]


def test_who_does_not_dispatch_assigns_nothing_and_only_engineers_are_sent(people, order):
    with pytest.raises(PermissionDenied):
        assign(order, people.engineer, people.hotline_agent)
    with pytest.raises(UnableToKeepCase, match="cannot send"):
        assign(order, people.manager, people.dispatcher)


def test_an_engineer_is_not_sent_to_two_places_at_once(people, order, case):
    other = make_order(
        people.hotline_agent,
        case=case,
        starts_at=MORNING + timedelta(hours=1),
        ends_at=MORNING + timedelta(hours=3),
    )
    assign(order, people.engineer, people.dispatcher)

    with pytest.raises(UnableToKeepCase, match=f"{order.number} at that time"):
        assign(other, people.engineer, people.supervisor)
    assert fresh(other).state == "DRAFTED"
    moved = plan_of(starts_at=MORNING + timedelta(hours=2), ends_at=MORNING + timedelta(hours=3))
    operations.change_order(order=other, plan=moved, **how(people.dispatcher, ENTERED))
    assign(other, people.engineer, people.supervisor)


def test_an_engineer_on_leave_is_not_sent(people, order):
    people.engineer.leaves.create(starts_at=MORNING, ends_at=MORNING + timedelta(days=1))

    with pytest.raises(UnableToKeepCase, match="on leave"):
        assign(order, people.engineer, people.dispatcher)


def test_the_second_of_two_who_saw_the_same_board_is_told_who_has_it(people, order):
    seen = order.version
    assign(order, people.engineer, people.dispatcher, version=seen)

    with pytest.raises(UnableToKeepCase, match=r"Somebody was quicker.*冯刚"):
        assign(order, people.engineer, people.supervisor, version=seen)


def test_on_the_way_every_move_is_kept_and_only_the_engineer_makes_it(people, order):
    assign(order, people.engineer, people.dispatcher)

    with pytest.raises(PermissionDenied):
        operations.accept_order(order=order, **how(people.manager))
    operations.accept_order(order=order, **how(people.engineer))
    operations.set_out(order=order, **how(people.engineer))
    with pytest.raises(UnableToKeepCase, match="cannot be done"):
        operations.accept_order(order=order, **how(people.engineer))
    operations.return_order(order=order, reason="缺备件", **how(people.engineer))

    moves = list(order.steps.order_by("pk").values_list("move", flat=True))
    assert moves == ["PLAN", "ASSIGN", "ACCEPT", "SET_OUT", "RETURN"]
    assert (fresh(order).state, fresh(order).engineer) == ("RETURNED", None)
    assert not Todo.objects.open().filter(source="workorder").exists()


def test_arriving_answers_the_first_response_and_asks_for_the_record_today(people, order, case):
    assign(order, people.engineer, people.dispatcher)
    operations.accept_order(order=order, **how(people.engineer))
    operations.arrive(order=order, **how(people.engineer))

    case.refresh_from_db()
    todo = Todo.objects.get(source="workorder", source_id=order.pk)
    assert case.answered_at == MORNING
    assert (todo.facts["state"], todo.due_date) == ("ON_SITE", MORNING.date())


def test_a_record_of_the_next_day_stays_late(people, order):
    assign(order, people.engineer, people.dispatcher)
    operations.accept_order(order=order, **how(people.engineer))
    operations.arrive(order=order, **how(people.engineer))
    late = how(people.engineer, MORNING + timedelta(days=1))
    operations.record_service(order=order, text="补记", result="SOLVED", **late)

    assert fresh(order).record_is_late


def test_a_signature_stops_the_clocks(people, customers, english):
    level = level_of("group-abc", 5)
    StandingFactory(customer=customers.group, level=level, active_from=date(2026, 1, 1))
    need = make_case(people.hotline_agent, kind="COVERAGE", customer=customers.group)
    order = make_order(people.hotline_agent, case=need)
    assign(order, people.engineer, people.dispatcher)
    serve(order, people.engineer)
    running = {clock.state for clock in clocks_of("case", [need.pk])[need.pk]}

    sign(order, people.engineer)

    signed = fresh(order)
    assert (signed.state, signed.signer, signed.signature.content_type) == (
        "SIGNED",
        "林先生",
        "image/png",
    )
    assert ClockState.RUNNING in running
    stopped = {clock.state for clock in clocks_of("case", [need.pk])[need.pk]}
    assert stopped == {ClockState.STOPPED}
    assert not Todo.objects.open().filter(source="workorder").exists()


def test_a_signed_training_counts_as_evidence(people, customers, english):
    training = make_case(people.hotline_agent, kind="TRAINING", customer=customers.own)
    order = make_order(people.hotline_agent, case=training)
    assign(order, people.engineer, people.dispatcher)
    serve(order, people.engineer)

    sign(order, people.engineer)

    act = Act.objects.get()
    assert (act.service, act.evidence, act.evidence_id) == ("C12", "cases.workorder", order.pk)


@pytest.mark.parametrize(
    ("picture", "words"),
    [
        (None, "Let the customer sign"),
        (signature(b"x" * (50 * 1024 * 1024)), "50 MB; a signature may have 5 MB"),
        (signature(PDF, "sheet.pdf"), "PNG or JPEG"),
        (signature(b""), "empty"),
    ],
)
def test_what_is_no_signature_is_refused_in_words(people, order, picture, words):
    assign(order, people.engineer, people.dispatcher)
    serve(order, people.engineer)

    with pytest.raises(UnableToKeepCase, match=words):
        sign(order, people.engineer, picture=picture)
    assert fresh(order).state == "DONE"


def test_a_stranger_does_not_see_an_order_its_people_do(people, order):
    assign(order, people.engineer, people.dispatcher)

    seen = {
        part: orders_visible_to(person).filter(pk=order.pk).exists()
        for part, person in people.everybody.items()
    }
    assert [
        part for part in ("manager", "engineer", "dispatcher", "supervisor") if not seen[part]
    ] == []
    assert not seen["stranger"]


def test_the_engineer_who_was_there_before_is_proposed_to_key_customers(people, case, order):
    nearer = StaffFactory(role="ENGINEER", unit=people.units.district, name="新来")
    assign(order, people.engineer, people.dispatcher)
    serve(order, people.engineer)
    sign(order, people.engineer)
    type(case).objects.filter(pk=case.pk).update(grade="TOP")
    later = make_order(
        people.hotline_agent,
        case=case,
        starts_at=MORNING + timedelta(hours=4),
        ends_at=MORNING + timedelta(hours=5),
    )

    choice = choice_for(people.dispatcher, fresh(later), at=MORNING)

    assert choice.proposed == people.engineer.pk
    assert [each.person for each in choice.candidates][:2] == [people.engineer, nearer]
    assert "was there before" in choice.candidates[0].why


def test_the_board_shows_days_and_what_waits(people, case, order):
    waiting = make_order(people.hotline_agent, case=case, skills=("光缆",))
    assign(order, people.engineer, people.dispatcher)

    board = board_of(people.dispatcher, MORNING.date(), at=ENTERED)

    row = next(row for row in board.rows if row.person == people.engineer)
    taken = [cell for cell in row.cells if cell.order]
    assert [card.order for card in board.waiting] == [waiting]
    assert [(cell.order, cell.span) for cell in taken] == [(order, 4)]
    assert sum(cell.span for cell in row.cells) == len(board.hours) * 2


def test_support_is_ordered_with_a_clock_and_reports_back(people, case):
    asked = {"case": case, "need": "DEVELOPMENT", "text": "开发对账接口", "by": people.manager}
    friday = datetime(2026, 3, 6).date()
    with pytest.raises(UnableToKeepCase, match="from today on"):
        operations.order_support(wanted_on=datetime(2026, 3, 1).date(), at=ENTERED, **asked)
    with pytest.raises(UnableToKeepCase, match="does not work"):
        operations.order_support(wanted_on=datetime(2026, 3, 7).date(), at=ENTERED, **asked)

    part = operations.order_support(wanted_on=friday, at=ENTERED, **asked)
    operations.report_progress(case=part, text="已联调", by=people.supervisor, at=MORNING)

    (clock,) = clocks_of("case", [part.pk])[part.pk]
    told = case.acts.order_by("-pk").first()
    assert (part.support.need, clock.source, clock.due_at.date()) == (
        "DEVELOPMENT",
        "CH11",
        friday,
    )
    assert (told.text, told.facts["number"]) == ("已联调", part.number)


def test_whoever_stands_in_for_an_engineer_serves_their_orders(people, order):
    now = timezone.now()
    assign(order, people.engineer, people.supervisor)
    other = StaffFactory(role="ENGINEER", unit=people.engineer.unit)
    assert own_orders(other, MORNING.date()) == []
    with pytest.raises(PermissionDenied):
        operations.accept_order(order=order, **how(other))

    Leave.objects.create(
        staff=people.engineer, deputy=other, starts_at=now - timedelta(hours=1),
        ends_at=now + timedelta(days=1),
    )  # fmt: skip
    operations.accept_order(order=order, **how(other))

    assert fresh(order).state == "ACCEPTED"
    assert [each.pk for each in own_orders(other, MORNING.date())] == [order.pk]


def test_an_order_follows_its_to_do_to_an_engineer_who_has_time(people, order, case):
    assign(order, people.engineer, people.supervisor)
    other = StaffFactory(role="ENGINEER", unit=people.engineer.unit)
    handed = TodosHandedOver(ORDER, (order.pk,), other.pk, people.supervisor.pk, MORNING)

    operations.follow_todos(handed)

    assert fresh(order).engineer == other
    busy = make_order(people.hotline_agent, case=case)
    assign(busy, people.engineer, people.supervisor)
    operations.follow_todos(replace(handed, source_ids=(busy.pk,)))
    assert fresh(busy).engineer == people.engineer
