"""Customers change hands in the browser: chosen, previewed, carried out, confirmed, undone."""

from importlib import import_module

import pytest
from django.apps import apps
from playwright.sync_api import expect
from tests.browser.conftest import LOOKS
from tests.factories.alerts import AlertFactory, TodoFactory
from tests.factories.customers import CustomerFactory
from tests.factories.ownership import customers_of, make_ownership, owner_of
from tests.factories.tiering import StandingFactory

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = (
    "/ownership/",
    "/ownership/loads/",
    "/ownership/pool/",
    "/ownership/propose/",
    "/ownership/numbers/",
    "/ownership/swap/",
    "/ownership/cover/",
    "/managers/",
)


@pytest.fixture(autouse=True)
def card_levels(transactional_db):
    """The card levels, which come with a migration and go with the flush after each test."""
    migration = import_module("dakehu.tiering.migrations.0002_card_level")
    migration.add_card_levels(apps, None)


def test_customers_are_chosen_previewed_moved_confirmed_and_given_back(
    open_browser, people, take_shot
):
    zhang, li = customers_of(people.manager, 2)
    StandingFactory(customer=zhang, rank=4)
    TodoFactory(alert=AlertFactory(customer=zhang))
    page = open_browser(people.supervisor)

    page.goto(f"/customers/?manager={people.manager.pk}")
    for customer in (zhang, li):
        page.check(f"#list-body input[name=ids][value='{customer.pk}']")
    page.get_by_role("button", name="分配").click()
    page.get_by_label("新归属人").select_option(str(people.colleague.pk))
    page.get_by_label("原因").fill("片区调整")
    page.get_by_role("button", name="预览").click()
    expect(page.get_by_text("变更前后的负荷").first).to_be_visible()
    take_shot(page, "preview", whole=True)
    page.get_by_role("button", name="执行").click()
    page.locator("#confirm-yes").click()
    expect(page.get_by_text("已变更2户客户的归属")).to_be_visible()

    assert {owner_of(zhang), owner_of(li)} == {people.colleague}

    theirs = open_browser(people.colleague)
    theirs.goto("/todos/?owner=me&state=OPEN")
    theirs.get_by_text("2户客户移交给您").click()
    theirs.get_by_label("备注").fill("已逐户联系")
    theirs.get_by_role("button", name="确认接收").click()
    expect(theirs.get_by_text("已确认。")).to_be_visible()

    page.reload()
    expect(page.get_by_text("已逐户联系")).to_be_visible()
    page.get_by_label("撤销原因").fill("分错了")
    page.get_by_role("button", name="撤销").click()
    page.locator("#confirm-yes").click()
    expect(page.get_by_text("已变更2户客户的归属")).to_be_visible()
    assert owner_of(zhang) == people.manager


@pytest.mark.parametrize(("language", "theme", "viewport"), LOOKS)
def test_every_screen_of_ownership_looks_right(
    open_browser, people, take_shot, find_barriers, *, language, theme, viewport
):
    made = make_ownership(people)
    for customer in customers_of(people.manager, 6):
        StandingFactory(customer=customer, rank=3)
    CustomerFactory.create_batch(3, unit=people.units.district)
    page = open_browser(
        people.operations_center, viewport=viewport, language=language, theme=theme
    )

    for address in (*PAGES, f"/ownership/{made.move.pk}/", "/ownership/numbers/propose/"):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= viewport["width"], address
        assert find_barriers(page) == [], address
        name = address.strip("/").replace("/", "-")
        take_shot(page, f"{name}-{language}-{theme}-{viewport['width']}", whole=True)
