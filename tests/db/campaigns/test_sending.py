"""Messages of campaigns leave once, whatever happens meanwhile; campaigns begin and end (G5)."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from tests.factories.campaigns import call, give_phones, make_campaign, row_of
from tests.factories.outbox import refuse

from dakehu.campaigns.operations import tending
from dakehu.campaigns.queries.reading import calls_of
from dakehu.campaigns.queries.results import numbers_of
from dakehu.outbox.models import Message
from dakehu.outbox.operations import send_due
from dakehu.worklist.models import Todo


@pytest.fixture
def both(customers):
    give_phones(customers.own, customers.group)
    return customers.own, customers.group


def test_each_customer_gets_one_message_however_often_the_duty_runs(
    people, both, at, settings, tmp_path
):
    settings.SMS_URL = str(tmp_path)
    campaign = make_campaign(people, *both, at=at, form="SMS")

    for _turn in range(3):
        tending.tend(at=at)
    send_due(at=at + timedelta(hours=1))

    assert Message.objects.filter(source="campaign").count() == 2
    numbers = numbers_of(people.administrator, campaign)
    assert (numbers.meant, numbers.reached, numbers.waiting) == (2, 2, 0)


def test_a_crash_between_two_customers_loses_and_doubles_none(people, both, at, monkeypatch):
    make_campaign(people, *both, at=at, form="SMS")
    writing = tending.message_of
    calls = []

    def breaking(row):
        calls.append(row)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return writing(row)

    monkeypatch.setattr(tending, "message_of", breaking)
    with pytest.raises(KeyboardInterrupt):
        tending.send_waiting(at=at)
    before = Message.objects.count()
    tending.send_waiting(at=at)

    assert (before, Message.objects.count()) == (1, 2)


def test_a_crash_after_the_message_and_before_its_row_leaves_neither(
    people, both, at, monkeypatch
):
    make_campaign(people, both[0], at=at, form="SMS")
    keep = tending.save_record

    def breaking(*_args, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr(tending, "save_record", breaking)
    with pytest.raises(KeyboardInterrupt):
        tending.send_waiting(at=at)
    monkeypatch.setattr(tending, "save_record", keep)
    before = Message.objects.count()
    tending.send_waiting(at=at)

    assert (before, Message.objects.count()) == (0, 1)


def test_who_refuses_before_or_after_the_message_was_written_gets_none(
    people, both, at, settings, tmp_path
):
    settings.SMS_URL = str(tmp_path)
    campaign = make_campaign(people, *both, at=at, form="SMS")
    refuse(people.manager, at=at, to="13612340101", purpose="MARKETING")
    tending.tend(at=at)
    refuse(people.manager, at=at, to="13612340102", purpose="")
    send_due(at=at + timedelta(hours=1))
    tending.tend(at=at)

    rows = list(campaign.rows.order_by("pk"))
    assert [row.left_out for row in rows] == ["REFUSED", "REFUSED"]
    assert [row.message_id is None for row in rows] == [True, False]
    assert not list(tmp_path.iterdir())


def test_where_an_sms_goes_first_nobody_is_called_before_it_left(
    people, both, at, settings, tmp_path
):
    settings.SMS_URL = str(tmp_path)
    campaign = make_campaign(people, *both, at=at, form="SMS_CALL")
    on = localdate(at)
    before = calls_of(people.manager, on=on).count()
    tending.tend(at=at)
    written = calls_of(people.manager, on=on).count()
    send_due(at=at + timedelta(hours=1))

    assert (before, written, calls_of(people.manager, on=on).count()) == (0, 0, 2)
    # The SMS and the call are one matter: the limit does not forbid the second of them.
    call(row_of(campaign, both[0]), people.manager, "REACHED", at=at)


def test_a_campaign_begins_and_ends_by_itself(people, both, at):
    tomorrow = at + timedelta(days=1)
    campaign = make_campaign(
        people, *both, at=at, first_day=localdate(tomorrow), last_day=localdate(tomorrow)
    )
    assert campaign.state == "RELEASED"
    tending.tend(at=at)
    campaign.refresh_from_db()
    early = campaign.state
    tending.tend(at=tomorrow)
    campaign.refresh_from_db()
    running = campaign.state
    row = row_of(campaign, both[0])
    call(row, people.manager, "AGAIN", at=tomorrow, again_on=localdate(tomorrow))
    tending.tend(at=tomorrow + timedelta(days=1))
    campaign.refresh_from_db()

    assert (early, running, campaign.state) == ("RELEASED", "RUNNING", "ENDED")
    assert campaign.ended_by is None
    assert Todo.objects.get(source="campaign", source_id=row.pk).state == "CANCELLED"


def test_an_email_goes_to_the_address_with_its_title(people, customers, at):
    from dakehu.customers.models import PersonProfile

    PersonProfile.objects.update_or_create(
        customer=customers.own, defaults={"email": "a@example.com"}
    )
    make_campaign(people, customers.own, at=at, form="EMAIL")

    tending.tend(at=at)

    message = Message.objects.get(source="campaign")
    assert (message.email.plain, message.title, message.purpose) == (
        "a@example.com",
        "专线提速",
        "MARKETING",
    )
