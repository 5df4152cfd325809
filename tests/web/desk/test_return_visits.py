"""How many members of a snapshot cohort were returned to, and who is missing (O10)."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.factories.alerts import AlertFactory
from tests.factories.cases import close, make_case
from tests.factories.cohorts import make_cohort
from tests.factories.customers import CustomerFactory

from dakehu.alerts.models import Handling
from dakehu.care.models import Visit
from dakehu.cases.models import ReturnVisit
from dakehu.desk.queries import first_day

NOW = timezone.now()
TODAY = timezone.localdate(NOW)


@pytest.fixture
def cohort(people):
    """Five members of the manager, one of whom left, and two of another city's."""
    members = [CustomerFactory(manager=people.manager) for _ in range(5)]
    members += [CustomerFactory(manager=people.stranger) for _ in range(2)]
    day = TODAY - timedelta(days=30)
    made = make_cohort(people.operations_center, members, at=NOW, became={4: "LEFT"}, day=day)
    made.members = members
    return made


def return_to_some(people, members):
    """Speak to one about an alert, meet one, reach one after a request; in vain with a fourth."""
    spoken = AlertFactory(customer=members[0])
    vain = AlertFactory(customer=members[3])
    who = {"by": people.manager, "at": NOW}
    Handling.objects.create(alert=spoken, contacted=True, outcome="KEPT", **who)
    Handling.objects.create(alert=vain, contacted=True, outcome="NO_ANSWER", **who)
    Visit.objects.create(
        customer=members[1], staff=people.manager, unit=people.manager.unit, day=TODAY,
        purpose="RETURN", about="回访", state="DONE", planned_by=people.manager, planned_at=NOW,
        recorded_by=people.manager, recorded_at=NOW, happened_at=NOW, result="REACHED",
    )  # fmt: skip
    case = close(make_case(people.manager, at=NOW, customer=members[4]), people.manager, at=NOW)
    ReturnVisit.objects.create(case=case, at=NOW, by=people.manager, reached=True, is_solved=True)


def test_o10_leavers_count_and_only_who_was_reached_is_covered(
    people, sign_in, cohort, django_assert_max_num_queries
):
    return_to_some(people, cohort.members)
    browser = sign_in(people.supervisor)
    url = reverse("desk:cohort_coverage", args=[cohort.pk])
    browser.get(url)
    with django_assert_max_num_queries(12):
        page = browser.get(url, {"period": "month"}).content.decode()

    assert "5 名成员中已回访 3 名" in page
    assert "60.0" in page
    for address, count in re.findall(r'href="([^"]+)" data-figure="(\d+)"', page):
        listed = browser.get(address.replace("&amp;", "&")).content.decode()
        assert (f'data-total="{count}"' in listed, count) == (True, "2")
    listed = browser.get(
        reverse("desk:cohort_members"), {"cohort": cohort.pk, "period": "month", "visited": "yes"}
    ).content.decode()
    assert 'data-total="3"' in listed
    assert cohort.members[3].number not in listed
    assert (
        "回访覆盖率" in browser.get(reverse("tiering:cohort", args=[cohort.pk])).content.decode()
    )


def test_o10_a_period_begins_with_its_month_quarter_or_year():
    day = TODAY.replace(month=8, day=17)

    assert first_day("month", day) == day.replace(day=1)
    assert first_day("quarter", day) == day.replace(month=7, day=1)
    assert first_day("year", day) == day.replace(month=1, day=1)
