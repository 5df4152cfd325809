"""One limit and one refusal list for campaigns, greetings, invitations and surveys (G1, G5)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories.care import make_event, make_greeting
from tests.factories.outbox import refuse, write
from tests.factories.surveys import invite, make_survey

from dakehu.care.operations import greetings, invitations
from dakehu.care.values import Answer
from dakehu.customers.models import Customer
from dakehu.outbox.errors import UnableToSend
from dakehu.outbox.models import Approach
from dakehu.outbox.operations import drop_limit, keep_limit, note_approach, send_due
from dakehu.outbox.queries import contacts
from dakehu.surveys.operations import decline


def limit_of(grade="NONE", **numbers):
    limit = contacts.limit_to_edit(grade)
    for name, number in numbers.items():
        setattr(limit, name, number)
    return limit


def promote(customer, by, *, at):
    return write(customer, by, at=at, purpose="MARKETING")


def test_calls_and_greetings_count_like_messages(people, customers, at):
    for number in range(2):
        note_approach(
            customer=customers.own,
            purpose="MARKETING",
            matter=("campaign", number),
            by=people.manager,
            at=at - timedelta(days=1),
        )

    with pytest.raises(UnableToSend, match="2"):
        promote(customers.own, people.manager, at=at)
    assert promote(customers.group, people.manager, at=at).pk


def test_numbers_of_a_grade_hold_at_once_until_they_are_dropped(people, customers, at):
    boss = people.administrator
    keep_limit(limit=limit_of(marketing=1, days=10), version=None, by=boss, at=at)
    promote(customers.own, people.manager, at=at)

    with pytest.raises(UnableToSend, match="10"):
        promote(customers.own, people.manager, at=at)
    drop_limit(grade="NONE", by=boss, at=at)
    promote(customers.own, people.manager, at=at)
    keep_limit(limit=limit_of(marketing=3), version=None, by=boss, at=at)

    assert contacts.limits_by_grade()["NONE"].marketing == 3


def test_nonsense_and_strangers_write_no_numbers(people, at):
    with pytest.raises(UnableToSend) as refusal:
        keep_limit(
            limit=limit_of(marketing=5, together=2), version=None, by=people.administrator, at=at
        )
    with pytest.raises(PermissionDenied):
        keep_limit(limit=limit_of(), version=None, by=people.manager, at=at)

    assert refusal.value.field == "together"


def test_what_waits_is_held_back_by_a_call_made_meanwhile(
    people, customers, at, settings, tmp_path
):
    settings.SMS_URL = str(tmp_path)
    settings.MESSAGE_MARKETING_MOST = 1
    message = promote(customers.own, people.manager, at=at)
    note_approach(
        customer=customers.own, purpose="MARKETING", matter=("campaign", 1), by=None, at=at
    )

    send_due(at=at)

    message.refresh_from_db()
    assert message.state == "REFUSED"
    assert "1" in message.answer


def test_a_greeting_face_to_face_an_answer_to_an_invitation_and_a_survey_call_are_contacts(
    people, customers, at
):
    greeting = make_greeting(
        customers.own, people.manager, day=at.date(), at=at, state="APPROVED", form="VISIT"
    )
    told = {"by": people.manager, "at": at}
    greetings.record_greeting(greeting=greeting, result="NOTED", note="", **told)
    event = make_event(people.manager, at=at)
    rows = Customer.objects.filter(pk=customers.own.pk)
    invitations.invite(event=event, customers=rows, guests="CUSTOMER", **told)
    invitations.answer_invitation(
        invitation=event.invitations.get(), answer=Answer("DECLINED"), **told
    )
    survey = make_survey(people.supervisor, at=at)
    asked = invite(survey, customers.own, people.supervisor, at=at)
    decline(invitation=asked, state="DECLINED", **told)

    found = Approach.objects.filter(customer=customers.own, purpose="CARE").order_by("pk")
    assert [each.source for each in found] == ["greeting", "event-invitation", "survey"]


def test_who_refused_is_not_invited_to_events(people, customers, at):
    Customer.objects.filter(pk=customers.own.pk).update(phone="13612340077")
    refuse(people.manager, at=at, to="13612340077", purpose="CARE")
    event = make_event(people.manager, at=at)
    rows = Customer.objects.filter(pk__in=[customers.own.pk, customers.group.pk])

    done = invitations.invite(
        event=event, customers=rows, guests="CUSTOMER", by=people.manager, at=at
    )

    assert (done.new, done.refused) == (1, 1)
    assert event.invitations.get().customer_id == customers.group.pk


def test_judging_many_costs_the_same_as_judging_few(
    people, customers, at, django_assert_num_queries
):
    many = list(Customer.objects.select_related("person"))
    promote(customers.own, people.manager, at=at)

    with django_assert_num_queries(6):
        found = contacts.barred(many, "SMS", "MARKETING", {}, at=at)

    assert all(bar.reason == contacts.NO_ADDRESS for bar in found.values())
