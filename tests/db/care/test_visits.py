"""Visits: planned, changed, cancelled, recorded with evidence; they follow their customers."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate
from tests.factories.archive import ContactFactory
from tests.factories.care import make_visit, report_of, unsaved_visit

from dakehu.audit.models import Change
from dakehu.care import receivers
from dakehu.care.errors import UnableToVisit
from dakehu.care.models import Visit
from dakehu.care.operations import visits
from dakehu.care.queries.visits import visits_visible_to
from dakehu.care.values import Party
from dakehu.customers.models import Opinion
from dakehu.files.errors import UnableToAttach
from dakehu.files.models import Attachment
from dakehu.obligations.models import Act
from dakehu.ownership.events import CustomersMoved
from dakehu.ownership.values import Passage
from dakehu.worklist.events import TodosHandedOver
from dakehu.worklist.models import Todo, WorkEntry

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


def todo_of(visit, source="visit"):
    return Todo.objects.get(source=source, source_id=visit.pk)


def test_a_plan_asks_for_the_visit_and_names_who_takes_part(people, customers, at):
    contact = ContactFactory(customer=customers.own, name="王主任")
    party = Party(people=[contact], companions=[people.colleague])

    visit = visits.plan_visit(
        visit=unsaved_visit(customers.own, at=at), party=party, by=people.manager, at=at
    )

    todo = todo_of(visit)
    assert (todo.owner, todo.due_date, todo.customer) == (
        people.manager,
        localdate(at),
        customers.own,
    )
    assert visit in visits_visible_to(people.colleague)
    told = Change.objects.filter(subject_type="care.visit", subject_id=visit.pk, verb="CHANGED")
    assert {name: new for row in told for name, (_old, new) in row.fields.items()} == {
        "people": "王主任",
        "companions": str(people.colleague),
    }


REFUSED_PLANS = {"long past": -8, "too far ahead": 400}


@pytest.mark.parametrize("name", REFUSED_PLANS)
def test_a_plan_for_a_day_far_off_is_refused(people, customers, at, name):
    day = localdate(at) + timedelta(days=REFUSED_PLANS[name])

    with pytest.raises(UnableToVisit) as refusal:
        make_visit(customers.own, people.manager, at=at, day=day)

    assert refusal.value.field == "day"
    assert not Visit.objects.exists()


def test_a_visit_entered_afterwards_says_so(people, customers, at):
    late = make_visit(customers.own, people.manager, at=at, day=localdate(at) - timedelta(days=2))

    assert late.was_entered_late


def test_nobody_plans_at_a_customer_beyond_reach(people, customers, at):
    with pytest.raises(UnableToVisit):
        make_visit(customers.strangers, people.manager, at=at)


def test_another_day_needs_a_reason_and_moves_the_to_do(people, customers, at):
    visit = make_visit(customers.own, people.manager, at=at)
    visit.day += timedelta(days=1)

    with pytest.raises(UnableToVisit, match="原因"):
        visits.change_visit(visit=visit, version=visit.version, by=people.manager, at=at)
    visits.change_visit(
        visit=visit, version=visit.version, reason="客户出差", by=people.manager, at=at
    )

    assert todo_of(visit).due_date == visit.day


def test_a_cancelled_visit_is_asked_for_no_more_and_stays_cancelled(people, customers, at):
    visit = make_visit(customers.own, people.manager, at=at)

    visits.cancel_visit(visit=visit, reason="客户出差", by=people.manager, at=at)

    visit.refresh_from_db()
    assert (visit.state, visit.cancel_reason) == ("CANCELLED", "客户出差")
    assert todo_of(visit).state == "CANCELLED"
    with pytest.raises(UnableToVisit):
        visits.record_visit(visit=visit, report=report_of(at=at), by=people.manager, at=at)


REFUSED_REPORTS = {
    "in the future": ({"ahead": 1}, "happened_at"),
    "long ago": ({"ahead": -9000}, "happened_at"),
    "without words": ({"text": ""}, "report"),
    "without a place": ({"place": ""}, "place"),
    "something to follow without a day": ({"follow_up": "报价"}, "follow_up_day"),
}


@pytest.mark.parametrize("name", REFUSED_REPORTS)
def test_what_is_no_evidence_is_refused(people, customers, at, name):
    visit = make_visit(customers.own, people.manager, at=at)
    told, field = REFUSED_REPORTS[name]
    values = dict(told)
    happened = at + timedelta(hours=values.pop("ahead", 0))

    report = report_of(at=happened, **values)

    with pytest.raises(UnableToVisit) as refusal:
        visits.record_visit(visit=visit, report=report, by=people.manager, at=at)

    assert refusal.value.field == field
    visit.refresh_from_db()
    assert visit.state == "PLANNED"


def test_a_recorded_visit_stands_in_the_log_the_file_and_the_to_dos(people, customers, at, home):
    visit = make_visit(customers.own, people.manager, at=at)
    follow = localdate(at) + timedelta(days=5)
    report = report_of(
        at=at, opinion="信号好", satisfaction=5, follow_up="发报价", follow_up_day=follow
    )
    photo = SimpleUploadedFile("door.png", PNG)

    visits.record_visit(visit=visit, report=report, photo=photo, by=people.manager, at=at)

    visit.refresh_from_db()
    assert (visit.state, visit.recorded_by) == ("DONE", people.manager)
    assert todo_of(visit).state == "DONE"
    after = todo_of(visit, "visit-follow-up")
    assert (after.state, after.due_date, after.facts["text"]) == ("OPEN", follow, "发报价")
    entry = WorkEntry.objects.get()
    assert (entry.customer, entry.minutes, entry.category.name) == (customers.own, 45, "客户走访")
    assert Opinion.objects.get().satisfaction == 5
    assert Attachment.objects.get().subject_id == visit.pk


def test_a_photo_that_is_none_keeps_nothing(people, customers, at, home):
    visit = make_visit(customers.own, people.manager, at=at)
    photo = SimpleUploadedFile("door.png", b"MZ\x90\x00 no picture")

    with pytest.raises(UnableToAttach):
        visits.record_visit(
            visit=visit, report=report_of(at=at), photo=photo, by=people.manager, at=at
        )

    visit.refresh_from_db()
    assert (visit.state, WorkEntry.objects.count()) == ("PLANNED", 0)


def test_planned_visits_follow_customers_and_to_dos_and_made_ones_stay(people, customers, at):
    made, planned = (make_visit(customers.own, people.manager, at=at) for _ in range(2))
    visits.record_visit(visit=made, report=report_of(at=at), by=people.manager, at=at)
    passage = Passage(customers.own.pk, people.manager.pk, people.colleague.pk)
    moved = CustomersMoved(1, (passage,), people.supervisor, at)

    receivers.customers_moved(moved)
    receivers.customers_moved(moved)

    made.refresh_from_db()
    planned.refresh_from_db()
    assert (made.staff, planned.staff) == (people.manager, people.colleague)

    receivers.todos_handed_over(
        TodosHandedOver("visit", (planned.pk,), people.manager.pk, people.supervisor.pk, at)
    )
    planned.refresh_from_db()
    assert planned.staff == people.manager


@pytest.mark.parametrize(
    ("purpose", "result", "services"),
    [
        ("CARE", "REACHED", {"O5"}),
        ("DEMONSTRATION", "PARTLY", {"O5", "C7"}),
        ("PROMOTION", "REACHED", {"O5", "C2"}),
        ("TRAINING", "REACHED", {"O5", "C12"}),
        ("TRAINING", "NOBODY_MET", set()),
    ],
)
def test_a_visit_counts_for_what_the_customer_is_owed(
    people, customers, at, purpose, result, services
):
    visit = make_visit(customers.own, people.manager, at=at, purpose=purpose)
    report = report_of(at=at, result=result)

    visits.record_visit(visit=visit, report=report, by=people.manager, at=at)

    acts = Act.objects.filter(customer=customers.own, evidence="visit", evidence_id=visit.pk)
    assert {act.service for act in acts} == services
    assert {act.happened_at for act in acts} <= {report.happened_at}
