"""Two dispatchers at once, in threads of their own on both databases: exactly one wins."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from tests.factories.customers import CustomerFactory
from tests.factories.orders import MORNING, assign, make_order
from tests.factories.people import make_people

from dakehu.cases.errors import UnableToKeepCase
from dakehu.cases.models import WorkOrder

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Run acts in threads that start together; return what each answered or raised."""
    barrier = threading.Barrier(len(acts))
    answers = [None] * len(acts)

    def run(place, act):
        try:
            barrier.wait(timeout=20)
            answers[place] = act()
        except Exception as error:
            answers[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


def test_of_two_who_assign_at_once_exactly_one_wins(transactional_db):
    people = make_people()
    customer = CustomerFactory(manager=people.manager, unit=people.units.district)
    one = make_order(people.manager, customer=customer)
    half = timedelta(hours=1)
    other = make_order(
        people.manager, customer=customer, starts_at=MORNING + half, ends_at=MORNING + 3 * half
    )
    pairs = ((one, people.dispatcher), (other, people.supervisor))

    answers = at_once(*(lambda o=o, by=by: assign(o, people.engineer, by) for o, by in pairs))

    refused = [answer for answer in answers if isinstance(answer, UnableToKeepCase)]
    assert len(refused) == 1, answers
    winner = WorkOrder.objects.get(engineer=people.engineer)
    assert winner.number in str(refused[0])

    left = WorkOrder.objects.get(engineer=None)
    WorkOrder.objects.exclude(pk=left.pk).update(state="SIGNED")
    seen = left.version
    both = (people.dispatcher, people.supervisor)
    answers = at_once(
        *(lambda by=by: assign(left, people.engineer, by, version=seen) for by in both)
    )

    refused = [answer for answer in answers if isinstance(answer, UnableToKeepCase)]
    assert len(refused) == 1, answers
    assert left.number in str(refused[0])
    assert people.engineer.name in str(refused[0])
