"""Cohorts on screen: freezing, the rate, the list behind every figure, others beside it."""

import io
import re
from contextlib import closing
from datetime import date, timedelta

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook
from tests.factories.cohorts import DAY, make_cohort
from tests.factories.customers import CustomerFactory
from tests.factories.worlds import person_of, world_at

from dakehu.tiering.models import Cohort

NEW = reverse("tiering:cohort_new")
BECAME = {1: "LEFT", 2: "SUSPENDED", 3: "BELOW", 8: "LEFT"}


@pytest.fixture
def cohort(people, at):
    """Six members of the manager, four of the other city's; four of them changed in a week."""
    members = [CustomerFactory(manager=people.manager) for _ in range(6)]
    members += [CustomerFactory(manager=people.stranger) for _ in range(4)]
    return make_cohort(people.operations_center, members, at=at, became=BECAME)


def page_of(browser, cohort, **query) -> str:
    url = reverse("tiering:cohort", args=[cohort.pk])
    return browser.get(url, query).content.decode()


def figures(page: str) -> dict[str, int]:
    found = re.findall(r'href="([^"]+)" data-figure="(\d+)"', page)
    return {url.replace("&amp;", "&"): int(count) for url, count in found}


@pytest.mark.parametrize(
    ("who", "rate", "members"),
    [("administrator", "60.0", 10), ("manager", "50.0", 6), ("stranger", "75.0", 4)],
)
def test_every_figure_is_its_list_within_the_reach(sign_in, people, cohort, who, rate, members):
    browser = sign_in(people.everybody[who])

    page = page_of(browser, cohort)

    assert f"{rate}&nbsp;%" in page
    found = figures(page)
    assert members in found.values()
    for url, count in found.items():
        assert f'data-total="{count}"' in browser.get(url).content.decode(), url


def test_an_earlier_day_shows_what_was_then(sign_in, people, cohort):
    browser = sign_in(people.administrator)

    page = page_of(browser, cohort, day=DAY.isoformat())

    assert "100.0&nbsp;%" in page
    for url, count in figures(page).items():
        assert f'data-total="{count}"' in browser.get(url).content.decode(), url


def test_another_cohort_stands_beside_it_at_the_same_age(
    sign_in, people, cohort, at, django_assert_max_num_queries
):
    members = [CustomerFactory(manager=people.manager) for _ in range(4)]
    other = make_cohort(
        people.operations_center, members, at=at, became={0: "LEFT"}, day=DAY - timedelta(days=365)
    )
    browser = sign_in(people.administrator, headers={"accept-language": "en"})
    page_of(browser, cohort)

    with django_assert_max_num_queries(30):
        page = page_of(browser, cohort, **{"with": other.pk})

    assert "75.0&nbsp;%" in page
    assert "-15.0 points" in page


def test_a_cohort_is_frozen_from_the_form(sign_in, people, home, finish_work):
    day = date(2026, 1, 5)
    with world_at(home) as world:
        world.tell_people(day, {"01S1": {"status": 0}, "01S2": {"status": 0}})
        world.tell_months(day, 202512, {"01S1": 36_000, "01S2": 35_999})
        for number in ("01S1", "01S2"):
            person_of(number, people.manager)
        browser = sign_in(people.administrator)
        form = browser.get(NEW).content.decode()
        assert 'value="360"' in form

        answer = browser.post(
            NEW,
            {
                "name": "四季度",
                "day": day.isoformat(),
                "measure": "revenue_3m_sum",
                "sign": ">=",
                "value": "360",
                "at_bar": "on",
            },
        )
        busy = browser.get(answer.url).content.decode()
        finish_work()
        page = browser.get(answer.url).content.decode()

    assert "every 2s" in busy
    assert "every 2s" not in page
    assert "100.0&nbsp;%" in page
    assert Cohort.objects.get().stays.get().customer.number == "01S1"


@pytest.mark.parametrize(
    "fields",
    [
        {"name": ""},
        {"value": "many"},
        {"value": ""},
        {"day": "2026-01-06"},
        {"day": "x"},
        {"measure": "taxes"},
    ],
)
def test_what_cannot_be_frozen_is_said_on_the_form(sign_in, people, home, fields):
    good = {"name": "a", "day": "2026-01-05", "measure": "revenue_3m_sum", "sign": ">="}
    with world_at(home) as world:
        world.tell_people(date(2026, 1, 5), {"01S1": {"status": 0}})

        answer = sign_in(people.administrator).post(NEW, {**good, "value": "360", **fields})

    assert answer.status_code == 422
    assert not Cohort.objects.exists()


def test_following_rests_goes_on_and_a_removed_cohort_is_gone(sign_in, people, cohort):
    browser = sign_in(people.administrator)
    follow = reverse("tiering:cohort_follow", args=[cohort.pk])

    states = []
    for _ in "12":
        browser.post(follow)
        cohort.refresh_from_db()
        states.append(cohort.is_followed)
    browser.post(reverse("tiering:cohort_remove", args=[cohort.pk]))

    assert states == [False, True]
    assert browser.get(reverse("tiering:cohort", args=[cohort.pk])).status_code == 404
    listed = browser.get(reverse("tiering:cohort_list")).content.decode()
    assert reverse("tiering:cohort", args=[cohort.pk]) not in listed


def test_cohorts_side_by_side_are_taken_away_as_a_workbook(sign_in, people, cohort, at):
    other = make_cohort(people.operations_center, [], at=at, day=DAY - timedelta(days=30))
    browser = sign_in(people.manager)
    url = reverse("tiering:cohort_file", args=[cohort.pk])
    assert f"{url}?with={other.pk}" in page_of(browser, cohort, **{"with": other.pk})

    with closing(browser.get(url, {"with": other.pk})) as answer:
        file = io.BytesIO(b"".join(answer.streaming_content))

    rows = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
    told = [row for row in rows if row and row[0] == cohort.name]
    # The manager's own six members alone, on the day of freezing and a week later.
    assert [(row[4], row[-1]) for row in told[:2]] == [(6, 100.0), (6, 50.0)]
