"""The editor of rules in the browser: changed, counted, published by two people, taken back."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect
from tests.factories.worlds import group_of, world_at

from dakehu.tiering.jobs.packs import load_packs
from dakehu.tiering.models import RuleSet

pytestmark = pytest.mark.django_db(transaction=True)
D = date(2026, 3, 5)


@pytest.fixture
def told(home, people):
    """Two groups, of 60 and of 120 people, that bring equally much."""
    load_packs(sender=None)
    with world_at(home) as world:
        employees = {"G1": 60, "G2": 120}
        world.deliver_groups(
            D,
            {
                number: {"org_kind": "enterprise", "employees": count, "revenue": 6_000_000}
                for number, count in employees.items()
            },
        )
        for number in employees:
            group_of(number, people.manager)
        yield world


def propose(page, *, holds_from: date, reason: str) -> None:
    """Go from the editor to the version, and ask for it to be published."""
    page.get_by_role("link", name="编辑完成").click()
    page.get_by_label("生效日").fill(holds_from.isoformat())
    page.get_by_label("原因").fill(reason)
    page.get_by_label("确认变动超过 20 % 的客户").check()
    page.get_by_role("button", name="提出", exact=True).click()
    expect(page.get_by_text("您提交的规则须由另一人发布")).to_be_visible()


def publish(page, number: int, *, place: str) -> None:
    """Publish a version that somebody else proposed."""
    page.goto(f"/tiering/schemes/group-abc/{number}/")
    page.get_by_role("button", name="发布", exact=True).click()
    page.locator("#confirm-yes").click()
    expect(page.locator("dl.facts").get_by_text(place)).to_be_visible()


def test_rules_are_changed_published_by_a_second_person_and_taken_back(open_browser, people, told):
    page, theirs = open_browser(people.operations_center), open_browser(people.administrator)
    today = localdate()
    page.goto("/tiering/schemes/group-abc/1/")
    page.get_by_role("button", name="起草新版本").click()
    met = page.locator("#tier-counts tr", has_text="B1").locator("td").first
    expect(met).to_have_text("1")
    limit = page.get_by_label("员工数 ≥ 100", exact=False)
    limit.fill("50")
    limit.press("Enter")
    expect(met).to_have_text("2")

    propose(page, holds_from=today, reason="市场部要求")
    publish(theirs, 2, place="生效中")
    page.goto("/tiering/schemes/group-abc/1/")
    page.get_by_role("button", name="恢复此版本").click()
    expect(page.get_by_label("员工数 ≥ 100", exact=False)).to_have_value("100")
    propose(page, holds_from=today + timedelta(days=1), reason="恢复原标准")
    publish(theirs, 3, place="待生效")

    bodies = RuleSet.objects.filter(scheme__code="group-abc").order_by("number")
    first, second, third = bodies.values_list("body", flat=True)
    assert first == third != second
