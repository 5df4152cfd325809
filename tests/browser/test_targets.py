"""A target group in the browser: built, locked, handed out, worked on, and its progress."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect
from tests.factories.worlds import person_of, world_at

from dakehu.tiering.jobs.packs import load_packs

pytestmark = pytest.mark.django_db(transaction=True)
D = date(2026, 1, 5)


@pytest.fixture
def told(home, people):
    """Three individuals of the manager with 20, 40 and 60 yuan a month."""
    load_packs(sender=None)
    with world_at(home) as world:
        numbers = [f"01S{n}" for n in range(1, 4)]
        world.tell_people(D, {number: {"status": 0} for number in numbers})
        for month, gap in ((202510, 60), (202511, 30), (202512, 1)):
            amounts = {number: 2_000 * (n + 1) for n, number in enumerate(numbers)}
            world.tell_months(D - timedelta(days=gap), month, amounts)
        for number in numbers:
            person_of(number, people.manager)
        yield world


def test_a_group_is_built_locked_handed_out_and_worked_on(open_browser, people, told, finish_work):
    page = open_browser(people.supervisor)
    page.goto("/targets/new/")
    page.get_by_label("客户群名称").fill("宽带提速")
    page.get_by_label("客户类别").select_option("INDIVIDUAL")
    page.get_by_role("button", name="下一步").click()
    page.locator("[name=measure]").select_option("revenue_3m")
    page.locator("[name=sign]").select_option(">=")
    page.locator("[name=value]").fill("40")
    page.get_by_role("button", name="新增").click()
    expect(page.locator("[data-count='2']")).to_be_visible()
    page.get_by_role("link", name="编辑完成").click()
    page.get_by_role("button", name="锁定").click()
    expect(page.get_by_text("正在读取成员").first).to_be_visible()
    finish_work()
    expect(page.locator("a[data-figure='2']").first).to_be_visible()

    page.reload()
    page.get_by_role("link", name="派单", exact=True).click()
    page.get_by_label("任务内容").fill("推荐千兆宽带")
    page.get_by_role("button", name="预览").click()
    page.get_by_role("button", name="派发 2 个任务").click()
    finish_work()
    theirs = open_browser(people.manager)
    theirs.goto("/todos/?owner=me&state=OPEN")
    theirs.get_by_text("推荐千兆宽带").first.click()
    theirs.locator("[name=result]").select_option("INTERESTED")
    theirs.get_by_role("button", name="登记").click()
    expect(theirs.get_by_text("已登记。")).to_be_visible()

    page.reload()
    expect(page.get_by_text("1 / 2")).to_be_visible()
    expect(page.get_by_text("有意向").first).to_be_visible()
