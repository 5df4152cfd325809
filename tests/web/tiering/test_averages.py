"""What the levels of a scheme are like: averages beside the limits that are to be confirmed."""

import re
from datetime import date

import pytest
from django.urls import reverse
from tests.factories.worlds import group_of, world_at

from dakehu.tiering.models import RuleSet

DAY = date(2026, 3, 5)


@pytest.fixture
def groups(home, people):
    told = {
        "G1": {"org_kind": "enterprise", "employees": 600, "revenue": 6_000_000},
        "G2": {"org_kind": "enterprise", "employees": 801, "revenue": 8_000_000},
        "G3": {"org_kind": "enterprise", "employees": 20, "revenue": 10_000},
    }
    with world_at(home) as world:
        world.deliver_groups(DAY, told)
        for number in told:
            group_of(number, people.manager)
        yield


def rows(page: str) -> dict[str, list[str]]:
    """Return the cells of each level."""
    found = re.findall(r'<th scope="row"[^>]*>([^<]+)</th>(.*?)</tr>', page)
    return {name: re.findall(r">([^<]+)</td>", cells) for name, cells in found}


def test_each_level_shows_its_averages_of_the_four_measures(groups, people, sign_in):
    url = reverse("tiering:averages", args=["group-abc", 1])

    found = rows(sign_in(people.manager).get(url).content.decode())

    assert found["A1"] == ["2", "700", "70,000元", "0元", "1.0"]
    assert found["C"] == ["1", "20.0", "100元", "0元", "1.0"]
    assert found["B1"] == ["0", "–", "–", "–", "–"]


def test_the_editor_counts_who_meets_a_condition_beside_the_averages(groups, people, sign_in):
    browser = sign_in(people.operations_center)
    browser.post(reverse("tiering:draft", args=["group-abc", 1]))
    assert RuleSet.objects.filter(scheme__code="group-abc", number=2).exists()

    page = browser.get(reverse("tiering:counts", args=["group-abc", 2])).content.decode()

    assert rows(page)["B1"] == ["2", "0", "–", "–", "–", "–"]
    assert rows(page)["A1"][:3] == ["2", "2", "700"]
