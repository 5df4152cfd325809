"""Other systems of the demonstration."""

from tests.factories.customers import CustomerFactory

from dakehu.alerts.models import Alert, LeavingReport
from dakehu.demo.operations import fresh_key, furnish_systems
from dakehu.signin.models import ApiClient
from dakehu.signin.queries import client_with_key


def test_reports_are_there_once_and_a_key_to_send_another(people, customers, at):
    for _number in range(4):
        CustomerFactory(manager=people.manager)

    for _time in range(2):
        furnish_systems(book=None, administrator=people.administrator, at=at)
    key, number = fresh_key(people.administrator, at)

    assert sorted(LeavingReport.objects.values_list("verdict", flat=True)) == [
        *["TAKEN"] * 3,
        "UNKNOWN",
    ]
    assert ApiClient.objects.filter(removed_at=None).get() == client_with_key(key, at=at)
    assert not Alert.objects.filter(rule="W14", customer__number=number).exists()


def test_without_a_manager_to_log_in_as_there_is_nothing_to_try(people, at):
    people.manager.username = "somebody"
    people.manager.save()
    furnish_systems(book=None, administrator=people.administrator, at=at)

    assert fresh_key(people.administrator, at) is None
