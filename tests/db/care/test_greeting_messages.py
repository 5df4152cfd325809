"""Greetings that are messages leave through the outbox on their day (C9, G1)."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.factories.archive import ContactFactory
from tests.factories.care import make_greeting
from tests.factories.outbox import refuse

from dakehu.care.errors import UnableToGreet
from dakehu.care.operations import greetings as operations
from dakehu.care.operations.greeting_messages import send_greeting, send_todays
from dakehu.outbox.models import Message
from dakehu.worklist.models import Todo

ON = date(2026, 2, 17)
AT = datetime(2026, 2, 17, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
PHONE = "13912340001"


@pytest.fixture
def greeting(people, customers):
    """A greeting by SMS to a key person of the manager's group, approved for today."""
    contact = ContactFactory(customer=customers.group, name="王主任", phone=PHONE)
    made = make_greeting(customers.group, people.manager, day=ON, at=AT)
    made.contact, made.text = contact, "新春快乐"
    made.save()
    operations.decide_greetings(greetings=[made], approve=True, by=people.supervisor, at=AT)
    made.refresh_from_db()
    return made


def test_it_leaves_once_and_its_to_do_is_done(greeting):
    assert send_todays(at=AT - timedelta(days=1)) == 0
    assert (send_todays(at=AT), send_todays(at=AT)) == (1, 0)

    greeting.refresh_from_db()
    message = Message.objects.get()
    assert (greeting.state, message.purpose, message.phone.plain) == ("DONE", "CARE", PHONE)
    assert (message.source, message.source_id) == ("greeting", greeting.pk)
    assert Todo.objects.get(source="greeting").state == "DONE"


def test_who_refused_is_left_to_the_manager_who_reads_why(greeting, people):
    refuse(people.manager, at=AT, to=PHONE, purpose="CARE")

    assert (send_todays(at=AT), send_todays(at=AT)) == (0, 0)

    greeting.refresh_from_db()
    assert greeting.state == "APPROVED"
    assert "139****0001" in greeting.note
    assert Todo.objects.get(source="greeting").state == "OPEN"
    assert not Message.objects.exists()


def test_only_an_approved_message_of_today_is_sent_by_hand(greeting, people):
    how = {"greeting": greeting, "by": people.manager}
    with pytest.raises(UnableToGreet):
        send_greeting(**how, at=AT + timedelta(days=1))
    send_greeting(**how, at=AT)
    with pytest.raises(UnableToGreet):
        send_greeting(**how, at=AT)
    greeting.refresh_from_db()
    assert (greeting.recorded_by, Message.objects.count()) == (people.manager, 1)


def test_what_somebody_has_to_say_themselves_is_not_sent(greeting, people):
    greeting.form = "CALL"
    greeting.save()

    assert send_todays(at=AT) == 0
    with pytest.raises(UnableToGreet):
        send_greeting(greeting=greeting, by=people.manager, at=AT)
