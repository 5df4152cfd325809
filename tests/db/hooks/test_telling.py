"""Events are written with the change, delivered in order, signed, tried again, sent once more."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.factories.hooks import is_genuine, subscribe
from tests.factories.opportunities import claimed, group_of, ordered, signed, take_in
from tests.factories.people import StaffFactory

from dakehu.cases.operations import open_case
from dakehu.cases.values import NewCase
from dakehu.hooks import jobs, operations
from dakehu.hooks.choices import DeliveryState, SubscriptionState
from dakehu.hooks.models import Attempt, Delivery, Event, EventSubscription, Pulse
from dakehu.hooks.operations import sending
from dakehu.hooks.rules import LEASE
from dakehu.hooks.values import Period
from dakehu.opportunities.operations import Answerer, answer_order, claim, give_back
from dakehu.worklist.models import Todo

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


def tell(at):
    """Do what a worker does."""
    return jobs.tell_others(at)


def offered(people, **given):
    """Return a leased line that is offered to the manager."""
    group = group_of(people, "B1", manager=people.manager)
    return take_in(people.hotline_agent, customer=group, **given)


def test_a_system_hears_in_order_what_happens_to_an_opportunity(people, receiver, told, at):
    _made, secret = told
    made = offered(people)
    claim(opportunity=made, by=people.manager, at=at)

    tell(at)

    assert receiver.kinds == [
        "opportunity.created",
        "opportunity.offered",
        "opportunity.claimed",
    ]
    assert all(is_genuine(headers, body, secret) for headers, body in receiver.got)
    assert not is_genuine(receiver.got[0][0], receiver.got[0][1] + b" ", secret)
    said = json.loads(receiver.got[-1][1])
    made.refresh_from_db()
    assert said["data"]["number"] == made.number
    assert said["data"]["version"] == made.version
    assert said["data"]["state"] == "CLAIMED"
    assert "people" not in said["data"]
    assert set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.DONE}


def test_what_is_rolled_back_is_told_to_nobody(people, receiver, told, at):
    with transaction.atomic():
        offered(people)
        transaction.set_rollback(True)

    tell(at)

    assert receiver.got == []


def test_nobody_subscribes_and_nothing_is_written(people, at):
    offered(people)

    assert not Event.objects.exists()


def test_a_change_costs_nothing_unless_somebody_subscribes_and_one_statement_then(
    people, receiver, at
):
    def statements():
        with CaptureQueriesContext(connection) as asked:
            offered(people)
        return [each["sql"] for each in asked if "hooks_" in each["sql"]]

    statements()
    assert statements() == []

    subscribe(people.administrator, people.units.city, at=at, url=receiver.url)
    statements()
    assert len(statements()) == 1
    assert Event.objects.count() == 4


def test_only_the_kinds_and_units_that_are_wanted_are_told(people, receiver, at):
    kinds = frozenset({"opportunity.claimed"})
    by = people.administrator
    subscribe(by, people.units.city, at=at, url=receiver.url, kinds=kinds)
    subscribe(by, people.units.other_city, at=at, url=receiver.url, name="Elsewhere")
    made = offered(people)
    claim(opportunity=made, by=people.manager, at=at)

    tell(at)

    assert receiver.kinds == ["opportunity.claimed"]


def test_what_happened_before_counts_only_when_it_is_asked_for(people, receiver, told, at):
    offered(people)
    by = people.administrator
    late, _ = subscribe(by, people.units.city, at=at + MINUTE, url=receiver.url, name="Late")
    tell(at + MINUTE)
    assert len(receiver.got) == 2

    period = Period(at - MINUTE, at + MINUTE)
    count = operations.replay_period(subscription=late, period=period, by=by, at=at + 2 * MINUTE)
    tell(at + 2 * MINUTE)

    assert count == 2
    assert receiver.told[:2] == receiver.told[2:]


def test_a_failure_is_tried_again_and_holds_up_nothing_but_its_object(people, receiver, told, at):
    receiver.answers = [500]
    first, second = offered(people), offered(people)

    tell(at)
    assert receiver.kinds == ["opportunity.created"] * 2 + ["opportunity.offered"]
    claim(opportunity=first, by=people.manager, at=at)
    tell(at + SECOND)
    assert len(receiver.got) == 3

    tell(at + 5 * SECOND)
    numbers = [json.loads(body)["data"]["number"] for _headers, body in receiver.got]
    of_first = [told for told, number in zip(receiver.told, numbers, strict=True)
                if number == first.number]  # fmt: skip
    assert [kind for _id, kind, _version in of_first] == [
        "opportunity.created",
        "opportunity.created",
        "opportunity.offered",
        "opportunity.claimed",
    ]
    assert of_first[0] == of_first[1]
    assert second.number in numbers
    assert list(Attempt.objects.order_by("pk").values_list("status", flat=True)[:2]) == [500, 200]


def test_a_sender_that_dies_loses_nothing_and_repeats_under_the_same_number(
    people, receiver, told, at, monkeypatch
):
    offered(people)
    operations.spread(at=at)

    def killed(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(sending, "taken", killed)
        with pytest.raises(KeyboardInterrupt):
            operations.deliver_due(at=at)
    assert len(receiver.got) == 1

    tell(at + MINUTE)
    assert len(receiver.got) == 1, "the lease of the dead sender stands"

    later = at + LEASE + MINUTE
    jobs.tidy(later)
    tell(later)
    assert receiver.kinds == ["opportunity.created"] * 2 + ["opportunity.offered"]
    assert receiver.told[0] == receiver.told[1]


def test_a_sender_that_dies_while_spreading_spreads_again(people, receiver, told, at, monkeypatch):
    offered(people)

    def killed(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(type(Event.objects.all()), "update", killed)
        with pytest.raises(KeyboardInterrupt):
            operations.spread(at=at)
    assert not Delivery.objects.exists()

    tell(at)
    assert len(receiver.got) == 2


def test_one_event_and_a_period_are_sent_again(people, receiver, told, at):
    made, _secret = told
    offered(people)
    tell(at)
    first = Delivery.objects.order_by("event").first()

    operations.replay_event(delivery=first, by=people.administrator, at=at + MINUTE)
    tell(at + MINUTE)
    assert receiver.told[2] == receiver.told[0]
    first.refresh_from_db()
    assert (first.replays, first.state) == (1, DeliveryState.DONE)

    call_command("replay", made.name, since="2026-03-01T00:00", until="2026-03-03T00:00")
    tell(at + timedelta(days=400))
    assert receiver.told[3:] == receiver.told[:2]


def test_a_system_that_never_answers_rests_and_is_paused_in_the_end(people, receiver, told, at):
    made, _secret = told
    receiver.server.server_close()
    receiver.server.shutdown()
    offered(people)

    tell(at)
    pulse = Pulse.objects.get()
    assert (pulse.failures, pulse.failing_since) == (1, at)
    assert pulse.rests_until > at
    attempt = Attempt.objects.get()
    assert attempt.status is None
    assert attempt.answer

    instant = at
    for _ in range(40):
        instant += timedelta(hours=2)
        tell(instant)
    made.refresh_from_db()
    assert made.state == SubscriptionState.PAUSED
    todo = Todo.objects.get(source="hook-failing")
    assert todo.owner_id == people.administrator.pk
    jobs.tidy(instant)
    assert set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.DEAD}

    operations.resume_subscription(made, by=people.administrator, at=instant)
    todo.refresh_from_db()
    assert todo.state == "DONE"


def test_who_is_gone_is_paused_at_once(people, receiver, told, at):
    receiver.answers = [410]
    offered(people)

    tell(at)

    assert EventSubscription.objects.get().state == SubscriptionState.PAUSED
    assert len(receiver.got) == 1


def test_redirects_are_not_followed_and_answers_are_cut(people, receiver, told, at):
    receiver.answers, receiver.words = [307], b"x" * 100_000
    made, _secret = told

    delivery = operations.send_test(subscription=made, by=people.administrator, at=at)

    assert (delivery.state, delivery.status) == (DeliveryState.DEAD, 307)
    assert len(delivery.answer) == 300
    again = operations.send_test(subscription=made, by=people.administrator, at=at)
    assert (again.state, again.status) == (DeliveryState.DONE, 200)


def test_a_slow_system_is_cut_off(people, receiver, told, at, monkeypatch):
    monkeypatch.setattr(sending, "SECONDS", 0.2)
    receiver.pause = 0.6
    made, _secret = told

    delivery = operations.send_test(subscription=made, by=people.administrator, at=at)

    assert delivery.status is None
    assert delivery.state == DeliveryState.DEAD


def test_closed_networks_are_refused_when_connected_to(people, receiver, told, at, settings):
    settings.HOOK_NETWORKS = []
    made, _secret = told

    delivery = operations.send_test(subscription=made, by=people.administrator, at=at)

    assert receiver.got == []
    assert delivery.state == DeliveryState.DEAD


def test_both_secrets_sign_for_a_day(people, receiver, told, at):
    made, old = told
    by = people.administrator
    new = operations.renew_secret(made, by=by, at=at)
    made.refresh_from_db()

    operations.send_test(subscription=made, by=by, at=at)
    operations.send_test(subscription=made, by=by, at=at + timedelta(hours=25))

    (early, late) = receiver.got
    assert is_genuine(*early, old)
    assert is_genuine(*early, new)
    assert not is_genuine(*late, old)
    assert is_genuine(*late, new)


def test_people_are_told_after_a_second_person_and_never_key_persons_to_partners(
    people, receiver, at
):
    by, unit = people.administrator, people.units.city
    given = {"url": receiver.url, "with_people": True}
    own, _ = subscribe(by, unit, at=at, name="Own", **given)
    partner, _ = subscribe(by, unit, at=at, name="Partner", is_partner=True, **given)
    with pytest.raises(PermissionDenied):
        operations.release_subscription(own, by=by, at=at)
    second = StaffFactory(role="ADMINISTRATOR", unit=by.unit)
    operations.release_subscription(own, by=second, at=at)
    operations.release_subscription(partner, by=second, at=at)
    offered(people)
    told_of_customer = NewCase(kind="FAULT", channel="HOTLINE", text="断了", caller_name="郑先生",
                               caller_phone="13500001111")  # fmt: skip
    open_case(new=told_of_customer, by=people.hotline_agent, at=at)

    tell(at)

    bodies = [json.loads(body) for _headers, body in receiver.got]
    with_people = [each for each in bodies if "people" in each["data"]]
    assert {each["type"] for each in with_people} == {
        "opportunity.created",
        "opportunity.offered",
        "case.opened",
    }
    assert len(with_people) == len(bodies) / 2
    assert any(each["data"]["people"]["contact_phone"] == "13500001111" for each in with_people)
    assert not Event.objects.filter(data__icontains="13500001111").exists()


def test_orders_that_are_answered_are_told(people, receiver, told, at):
    made = claimed(people)
    signed(made, people)
    order = ordered(made, people)
    answers = {row.place: ("DONE", "") for row in order.rows.all()}
    answer_order(order=order, answers=answers, who=Answerer(staff=people.supervisor), at=at)

    tell(at)

    assert {"opportunity.won", "opportunity.stage_changed", "order.answered"} <= {*receiver.kinds}


def test_what_is_given_back_is_told(people, receiver, told, at):
    made = offered(people)
    give_back(opportunity=made, reason="OTHER", text="不在我的区", by=people.manager, at=at)

    tell(at)

    assert receiver.kinds[-1] == "opportunity.returned"


def test_old_events_are_forgotten(people, receiver, told, at):
    offered(people)
    tell(at)

    jobs.tidy(at + timedelta(days=29))
    assert Event.objects.count() == 2
    jobs.tidy(at + timedelta(days=31))
    assert not Event.objects.exists()
    assert not Attempt.objects.exists()
