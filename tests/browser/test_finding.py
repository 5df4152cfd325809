"""Finding a customer by keyboard; merging two and taking them apart again."""

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import LOOKS
from tests.factories.archive import ProspectFactory
from tests.factories.customers import CustomerFactory, GroupFactory
from tests.factories.duplicates import PairFactory

from dakehu.customers.models import Customer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def known(people):
    """A group, its double, and people with names alike."""
    group = GroupFactory(name="滨海港务集团", manager=people.manager)
    double = ProspectFactory(name="滨海港务有限公司", manager=people.manager)
    for name in ("王伟", "王伟平"):
        CustomerFactory(name=name, manager=people.manager)
    return PairFactory(first=group, second=double)


def test_a_customer_is_found_without_a_mouse(open_browser, people, known):
    page = open_browser(people.manager)
    page.goto("/")

    page.keyboard.press("/")
    page.keyboard.type("wangwei")
    options = page.locator("#search-suggestions [role=option]")
    expect(options.first).to_contain_text("王伟")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_contain_text("王伟")


def test_enter_without_a_choice_shows_all_and_escape_closes(open_browser, people, known):
    page = open_browser(people.manager)
    page.goto("/")
    box = page.locator("#search")
    box.fill("王伟")
    expect(page.locator("#search-suggestions")).to_be_visible()

    box.press("Escape")
    expect(page.locator("#search-suggestions")).to_be_hidden()
    box.press("Enter")

    expect(page.locator(".found mark").first).to_have_text("王伟")


@pytest.mark.parametrize(("language", "theme", "viewport"), LOOKS)
def test_two_are_merged_and_taken_apart_again(
    open_browser, people, known, take_shot, find_barriers, language, theme, viewport
):
    page = open_browser(people.supervisor, viewport=viewport, language=language, theme=theme)
    page.goto("/customers/duplicates/?state=OPEN")
    page.get_by_role("link", name="滨海港务集团").first.click()
    expect(page.locator(".compare")).to_be_visible()
    assert find_barriers(page) == []
    take_shot(page, f"compare-{language}-{theme}-{viewport['width']}", whole=True)

    page.locator("#merge button[data-confirm]").click()
    page.locator("#confirm-yes").click()

    expect(page.locator("h1")).to_contain_text("滨海港务集团")
    panel = page.locator("#customers-duplicates")
    panel.scroll_into_view_if_needed()
    expect(panel).to_contain_text("滨海港务有限公司")
    take_shot(page, f"merged-{language}-{theme}-{viewport['width']}")
    panel.get_by_role("button").click()
    page.locator("#confirm-yes").click()

    expect(page.locator("h1")).to_contain_text("滨海港务有限公司")
    assert Customer.objects.filter(merged_into__isnull=False).count() == 0


@pytest.mark.parametrize(("language", "theme", "viewport"), LOOKS)
def test_suggestions_keep_nobody_out(
    open_browser, people, known, take_shot, find_barriers, language, theme, viewport
):
    page = open_browser(people.supervisor, viewport=viewport, language=language, theme=theme)
    page.goto("/customers/")
    page.locator("#search").fill("港务")
    expect(page.locator("#search-suggestions")).to_contain_text("滨海港务集团")

    assert find_barriers(page) == []
    take_shot(page, f"suggestions-{language}-{theme}-{viewport['width']}")
