"""Events: nobody sits on a seat that is not there; who was there counts, once (C10, C12, O3)."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.factories.archive import ContactFactory
from tests.factories.care import make_event, make_invitation

from dakehu.care.errors import UnableToInvite
from dakehu.care.models import Invitation
from dakehu.care.operations import events, invitations
from dakehu.care.values import Answer, Invited
from dakehu.customers.models import Customer
from dakehu.obligations.models import Act
from dakehu.worklist.models import Todo

AT = datetime(2026, 3, 2, 8, tzinfo=ZoneInfo("Asia/Shanghai"))
LATER = AT + timedelta(hours=12)


def answer(invitation, state="ACCEPTED", **told):
    by = invitation.invited_by
    said = Answer(state, **told)
    return invitations.answer_invitation(invitation=invitation, answer=said, by=by, at=AT)


@pytest.fixture
def full(people, customers):
    """An event of two seats, both taken by the first of two guests."""
    event = make_event(people.manager, at=AT)
    first = make_invitation(event, customers.own, people.manager, at=AT)
    second = make_invitation(event, customers.group, people.manager, at=AT)
    answer(first, seats=2)
    return event, first, second


def test_over_capacity_is_refused_in_words_or_waits_and_is_asked_when_seats_become_free(full):
    _event, first, second = full

    with pytest.raises(UnableToInvite, match="0") as refusal:
        answer(second)
    waiting = answer(second, may_wait=True)
    answer(first, "DECLINED")

    assert (refusal.value.field, waiting.state) == ("seats", "WAITING")
    asked = Todo.objects.get(source="event-invitation", source_id=second.pk)
    assert (asked.state, asked.facts["free"]) == ("OPEN", 1)
    assert answer(second).state == "ACCEPTED"


def test_an_event_has_never_fewer_seats_than_are_taken(full):
    event, _first, _second = full
    event.capacity = 1

    with pytest.raises(UnableToInvite) as refusal:
        events.change_event(event=event, version=event.version, by=event.host, at=AT)

    assert refusal.value.field == "capacity"


def test_who_was_there_counts_once_for_the_customer_and_is_taken_back_with_the_last(
    people, customers
):
    event = make_event(people.manager, at=AT)
    for name in ("王主任", "李经理"):
        ContactFactory(customer=customers.group, name=name, role="KEY_PERSON")
    ContactFactory(customer=customers.group, name="赵工", role="USER")
    chosen = Customer.objects.filter(pk=customers.group.pk)
    asked = {"customers": chosen, "guests": "KEY", "by": people.manager, "at": AT}
    done = [invitations.invite(event=event, **asked) for _ in range(2)]
    guests = list(Invitation.objects.filter(event=event))

    def mark(chosen, *, came):
        return invitations.mark_attendance(
            invitations=chosen, came=came, by=people.manager, at=LATER
        )

    acts = Act.objects.filter(customer=customers.group, service="C12", withdrawn_at__isnull=True)
    assert done == [Invited(2, 0, 0), Invited(0, 2, 0)]
    assert (mark(guests, came=True), mark(guests, came=True), acts.count()) == (2, 0, 1)
    mark(guests[:1], came=False)
    assert acts.count() == 1
    mark(guests[1:], came=False)
    assert acts.count() == 0


def test_nobody_is_there_before_the_event_begins_or_after_it_was_cancelled(people, customers):
    event = make_event(people.manager, at=AT)
    guest = make_invitation(event, customers.own, people.manager, at=AT)
    told = {"invitations": [guest], "came": True, "by": people.manager}

    with pytest.raises(UnableToInvite):
        invitations.mark_attendance(**told, at=AT)
    events.cancel_event(event=event, reason="场地", by=people.manager, at=AT)
    with pytest.raises(UnableToInvite):
        invitations.mark_attendance(**told, at=LATER)

    assert Todo.objects.get(source="event-invitation", source_id=guest.pk).state == "CANCELLED"


def test_closing_an_event_says_who_stayed_away(full):
    event, first, second = full
    told = {"cost_spent_fen": 12_000, "report": "顺利", "by": event.host}
    with pytest.raises(UnableToInvite):
        events.close_event(event=event, **told, at=AT)

    events.close_event(event=event, **told, at=LATER)

    states = dict(Invitation.objects.filter(event=event).values_list("pk", "state"))
    assert states == {first.pk: "ABSENT", second.pk: "INVITED"}
