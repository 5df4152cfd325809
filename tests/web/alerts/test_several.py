"""Several alerts at once: one outcome for all, and what became of each."""

import pytest
from tests.factories.alerts import AlertFactory, TodoFactory
from tests.factories.customers import CustomerFactory

from dakehu.alerts.models import Alert, Handling


@pytest.fixture
def alerts(people):
    """Three alerts of the manager and one of another city."""
    owned = [
        AlertFactory(
            customer=CustomerFactory(name=f"客户{n}", manager=people.manager), owner=people.manager
        )
        for n in range(3)
    ]
    far = CustomerFactory(unit=people.stranger.unit, manager=people.stranger)
    return [*owned, AlertFactory(customer=far, owner=people.stranger, unit=far.unit)]


def settle(client, alerts, **typed):
    rows = [f"{each.pk}:{each.version}" for each in alerts]
    sent = {"answered": "1", "row": rows, "outcome": "FALSE_ALARM", "note": "节假日外出", **typed}
    return client.post("/alerts/settle/", sent)


def test_the_form_pins_the_versions_that_were_seen(sign_in, manager, alerts):
    ids = [each.pk for each in alerts]

    answer = sign_in(manager).post("/alerts/settle/", {"chosen": "ids", "ids": ids})

    text = answer.content.decode()
    assert f'value="{alerts[0].pk}:1"' in text
    assert "已选择3条预警" in text  # the one of another city is beyond reach


def test_one_outcome_is_recorded_for_each_and_to_dos_are_done(sign_in, manager, alerts):
    todo = TodoFactory(alert=alerts[0])

    answer = settle(sign_in(manager), alerts[:3])

    todo.refresh_from_db()
    assert answer.status_code == 302
    assert set(Alert.objects.filter(owner=manager).values_list("state", flat=True)) == {"HANDLED"}
    assert Handling.objects.filter(note="节假日外出", outcome="FALSE_ALARM").count() == 3
    assert todo.state == "DONE"


def test_what_somebody_changed_meanwhile_stays_and_is_named(sign_in, manager, alerts):
    client = sign_in(manager)
    Alert.objects.filter(pk=alerts[1].pk).update(version=2)

    answer = settle(client, alerts)

    text = answer.content.decode()
    assert "客户1" in text
    assert "客户0" not in text
    states = dict(Alert.objects.values_list("pk", "state"))
    assert [states[each.pk] for each in alerts] == ["HANDLED", "NEW", "HANDLED", "NEW"]


def test_a_reason_is_asked_for_and_nothing_chosen_is_lost(sign_in, manager, alerts):
    answer = settle(sign_in(manager), alerts[:2], note="")

    assert answer.status_code == 422
    assert f'value="{alerts[1].pk}:1"' in answer.content.decode()
    assert not Handling.objects.exists()


def test_handing_out_tells_who_had_it_already(sign_in, people, alerts):
    client = sign_in(people.supervisor)
    Alert.objects.filter(pk=alerts[0].pk).update(owner=None)
    ids = [each.pk for each in alerts[:2]]

    answer = client.post(
        "/alerts/assign/", {"chosen": "ids", "ids": ids, "owner": people.manager.pk}
    )

    assert answer.status_code == 200
    text = answer.content.decode()
    assert "客户1" in text
    assert "客户0" not in text
    assert Alert.objects.get(pk=alerts[0].pk).owner == people.manager


def test_many_alerts_cost_a_bounded_number_of_questions(
    sign_in, manager, alerts, django_assert_max_num_queries
):
    client = sign_in(manager)
    with django_assert_max_num_queries(15):
        client.post("/alerts/settle/", {"chosen": "ids", "ids": [each.pk for each in alerts]})
