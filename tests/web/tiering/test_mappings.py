"""Levels of two schemes matched on screen: the grid, its lists, proposing, four eyes."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.factories.customers import GroupFactory
from tests.factories.tiering import StandingFactory, level_of
from tests.factories.tiers import DAY

from dakehu.tiering.models import LevelMapping
from dakehu.worklist.models import Todo

GRID = reverse("tiering:mapping", args=["group-abc", "it-service"])
PROPOSE = reverse("tiering:mapping_propose", args=["group-abc", "it-service"])
LIST = reverse("tiering:twin_list")


def stand(name, manager, rank, own, **held):
    """Let a group stand in both schemes."""
    group = GroupFactory(name=name, manager=manager, unit=manager.unit)
    for code, level in (("group-abc", rank), ("it-service", own)):
        StandingFactory(customer=group, level=level_of(code, level), active_from=DAY, **held)
    return group


@pytest.fixture
def groups(people):
    """As matched, differently, differently and elsewhere, and over."""
    ended = stand("集团丁", people.manager, 5, 1, active_to=date(2026, 4, 1))
    return [
        stand("集团甲", people.manager, 5, 4),
        stand("集团乙", people.manager, 4, 1),
        stand("集团丙", people.stranger, 4, 1),
        ended,
    ]


def figures(page):
    found = re.findall(r'href="([^"]+)" data-figure="(\d+)"', page)
    return [(url.replace("&amp;", "&"), int(count)) for url, count in found]


def test_every_figure_of_the_grid_is_its_list(
    groups, people, sign_in, django_assert_max_num_queries
):
    browser = sign_in(people.administrator)
    with django_assert_max_num_queries(22):
        page = browser.get(GRID).content.decode()

    found = figures(page)
    assert [count for url, count in found if "here=" in url] == [1, 2]
    for url, count in found:
        with django_assert_max_num_queries(22):
            listed = browser.get(url).content.decode()
        assert f'data-total="{count}"' in listed, url
    mine = sign_in(people.manager).get(GRID).content.decode()
    assert [count for url, count in figures(mine) if "here=" in url] == [1, 1]


def test_the_list_of_who_stands_differently_names_both_levels(groups, people, sign_in):
    mapping = LevelMapping.objects.get()
    page = sign_in(people.manager).get(f"{LIST}?mapping={mapping.pk}&stands=differ")

    text = page.content.decode()
    assert "集团乙" in text
    assert "集团甲" not in text
    assert "核心客户" in text
    assert "普通客户" in text


def test_matches_are_proposed_and_published_by_another(
    people, sign_in, django_capture_on_commit_callbacks
):
    today = timezone.localdate()
    typed = {
        "to_5": "3", "open_5": "on", "to_4": "3", "active_from": today.isoformat(),
        "reason": "年度核对",
    }  # fmt: skip
    center = sign_in(people.operations_center)
    with django_capture_on_commit_callbacks(execute=True):
        assert center.post(PROPOSE, typed).url == GRID
    made = LevelMapping.objects.get(number=2)
    assert made.pairs == [{"rank": 5, "to": 3, "to_confirm": True}, {"rank": 4, "to": 3}]
    assert Todo.objects.get(source="tier-mapping").source_id == made.pk
    again = center.post(PROPOSE, {**typed, "active_from": (today + timedelta(1)).isoformat()})
    assert again.status_code == 422

    decide = reverse("tiering:mapping_decide", args=["group-abc", "it-service", 2])
    center.post(decide, {"version": made.version})
    assert LevelMapping.objects.get(number=2).state == "PROPOSED"
    other = sign_in(people.administrator)
    assert "A1: <del>VIP 客户</del> → <ins>核心客户</ins>" in other.get(GRID).content.decode()
    other.post(decide, {"version": made.version})

    page = other.get(GRID).content.decode()
    assert LevelMapping.objects.get(number=2).state == "PUBLISHED"
    assert f"{PROPOSE}?from=1" in page


@pytest.mark.parametrize(
    "values", [{"to_5": ""}, {"to_5": "9"}, {"to_5": "4", "active_from": "2020-01-01"}]
)
def test_what_makes_no_sense_is_refused(people, sign_in, values):
    typed = {"active_from": timezone.localdate().isoformat(), "reason": "核对", **values}

    assert sign_in(people.operations_center).post(PROPOSE, typed).status_code == 422
    assert LevelMapping.objects.count() == 1


def test_a_customer_shows_what_its_level_means_elsewhere(
    groups, people, sign_in, django_assert_max_num_queries
):
    url = reverse("tiering:schemes_panel", args=[groups[1].pk])
    browser = sign_in(people.manager)
    browser.get(url)

    with django_assert_max_num_queries(20):
        page = browser.get(url).content.decode()

    assert "相当于信息化服务分级的核心客户" in page
    assert "实际为普通客户" in page
    assert "相当于集团客户分级的C" in page


def test_schemes_about_different_customers_have_no_counts(people, sign_in):
    url = reverse("tiering:mapping", args=["group-abc", "card-level"])
    page = sign_in(people.manager).get(url).content.decode()

    assert "没有客户同时处于两个方案" in page
    same = reverse("tiering:mapping", args=["group-abc", "group-abc"])
    assert sign_in(people.manager).get(same).status_code == 404
