"""The demonstration has a lively day at the service desk."""

from collections import Counter

from tests.factories.customers import GroupFactory

from dakehu.cases.choices import ASKED_KINDS
from dakehu.cases.models import Case, FaultNotice
from dakehu.demo.operations.cases import furnish_cases


def test_there_are_cases_of_all_kinds_in_all_states_once(people, customers, at):
    GroupFactory(manager=people.colleague, number="01G000777")
    for _time in "ab":
        furnish_cases(book=None, administrator=people.administrator, at=at)

    cases = Case.objects.all()
    states = Counter(cases.values_list("state", flat=True))
    assert set(cases.values_list("kind", flat=True)) == set(ASKED_KINDS)
    assert set(states) == {"NEW", "TAKEN", "WAITING", "CLOSED"}
    assert cases.filter(parent__isnull=False).exists()
    assert FaultNotice.objects.count() == 1
    assert not cases.filter(opened_at__gt=at).exists()
