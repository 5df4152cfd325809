"""The shell and the list engine in a real browser, and on pictures kept in ``test-results``."""

import re

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import LOOKS, PHONE, name_of
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def example_site(settings):
    """Put the example list beside the site, and an entry for it into the navigation."""
    from dakehu.ui import navigation

    settings.ROOT_URLCONF = "tests.web.ui.urls"
    entry = navigation.NavItem(
        navigation.Section.CUSTOMERS, "Examples", "users", "examples:list", "desk.view", 99, "x"
    )
    navigation.register(entry)
    yield
    navigation._items.remove(entry)


@pytest.fixture
def many(manager):
    """Forty-five customers of the manager."""
    from datetime import date

    from tests.factories.customers import CustomerFactory

    surnames, given = "王李张刘陈杨赵黄周吴", ("伟", "秀英", "敏", "静", "国强", "晓霞")
    return [
        CustomerFactory(
            manager=manager,
            number=f"01S{index:08d}",
            name=surnames[index % 10] + given[index % 6],
            status=(0, 0, 4, 1)[index % 4],
            contract_end=None if index % 3 == 0 else date(2026, 1 + index % 12, 1),
            credit_limit_fen=None if index % 4 == 0 else index * 12_345,
        )
        for index in range(45)
    ]


@pytest.mark.parametrize(("language", "theme", "viewport"), LOOKS)
def test_log_in_looks_right(open_browser, take_shot, find_barriers, language, theme, viewport):
    page = open_browser(language=language, theme=theme, viewport=viewport)

    page.goto("/ui/login/")

    take_shot(page, name_of(language, theme, viewport))
    assert find_barriers(page) == []


@pytest.mark.parametrize(("language", "theme", "viewport"), LOOKS)
def test_the_gallery_looks_right(
    open_browser, administrator, take_shot, find_barriers, language, theme, viewport
):
    page = open_browser(administrator, language=language, theme=theme, viewport=viewport)

    page.goto("/ui/gallery/")
    page.wait_for_selector("#gallery-ring svg")

    take_shot(page, name_of(language, theme, viewport), whole=True)
    assert find_barriers(page) == []


@pytest.mark.parametrize(("language", "theme", "viewport"), LOOKS)
def test_a_list_looks_right(
    open_browser, manager, many, take_shot, find_barriers, language, theme, viewport
):
    page = open_browser(manager, language=language, theme=theme, viewport=viewport)

    page.goto("/examples/?managed=true&size=20")

    take_shot(page, name_of(language, theme, viewport))
    assert find_barriers(page) == []
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0


def test_a_person_logs_in_and_out(open_browser, manager):
    page = open_browser(language="en")
    page.goto("/examples/")
    page.get_by_label("User name").fill("manager")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("alert")).to_contain_text("wrong")

    page.get_by_label("User name").fill("manager")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page).to_have_url(re.compile("/examples/$"))
    # Before its script is there a menu does not open.
    page.wait_for_load_state()

    page.get_by_role("button", name=manager.name).click()
    page.get_by_role("button", name="Log out").click()
    expect(page).to_have_url(re.compile("/ui/login/"))


def test_language_and_theme_are_switched(open_browser, manager):
    page = open_browser(manager)
    page.goto("/examples/")

    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.reload()

    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_the_navigation_folds_and_stays_folded(open_browser, manager, take_shot):
    page = open_browser(manager, language="en")
    page.goto("/examples/")

    page.get_by_role("button", name="Fold the navigation").click()
    page.reload()

    take_shot(page, "folded")
    assert page.locator("#sidebar").bounding_box()["width"] < 100


def test_the_navigation_slides_in_on_a_phone(open_browser, manager, take_shot, find_barriers):
    page = open_browser(manager, viewport=PHONE)
    page.goto("/examples/")
    expect(page.locator("#sidebar")).not_to_be_visible()

    page.locator("[data-bs-target='#sidebar']").click()
    expect(page.locator("#sidebar.show")).to_be_visible()
    page.wait_for_timeout(400)

    take_shot(page, "open")
    assert find_barriers(page) == []


def test_a_list_is_paged_sorted_and_filtered_without_reload(open_browser, manager, many):
    page = open_browser(manager, language="en")
    page.goto("/examples/?sort=number")
    page.evaluate("window.stays = true")
    cells = page.locator("tbody .list-link + *, tbody td:nth-child(3)")

    page.get_by_role("link", name="Next page").click()
    expect(page.locator(".list-range")).to_contain_text("Rows 21–40")
    expect(cells.first).to_have_text("01S00000020")
    page.get_by_role("link", name="Number", exact=True).click()
    expect(cells.first).to_have_text("01S00000044")
    expect(page).to_have_url(re.compile(r"\?sort=-number$"))
    page.get_by_role("textbox", name="Name").fill("王伟")
    page.get_by_role("button", name="Query").click()
    expect(page.locator("tbody tr")).to_have_count(2)
    assert "sort=-number" in page.url
    assert page.evaluate("window.stays")
    expect(page.locator("#live")).to_contain_text("2 rows")

    page.go_back()
    expect(page).to_have_url(re.compile(r"\?sort=-number$"))
    expect(page.locator("tbody tr")).to_have_count(20)
    expect(page.get_by_role("textbox", name="Name")).to_have_value("")


def test_a_row_opens_in_the_drawer(open_browser, manager, many, take_shot, find_barriers):
    page = open_browser(manager)
    page.goto("/examples/?sort=number")

    page.locator("tbody tr").first.locator("td").nth(4).click()

    expect(page.locator("#drawer #example")).to_have_text("01S00000000")
    page.wait_for_timeout(400)
    take_shot(page, "open")
    assert find_barriers(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("#drawer")).not_to_be_visible()


def test_bulk_actions_ask_first(open_browser, manager, many, take_shot, find_barriers):
    page = open_browser(manager, language="en")
    page.goto("/examples/?sort=number")
    expect(page.locator("[data-bulk]")).not_to_be_visible()

    page.get_by_label("Select all rows of this page").check()
    expect(page.locator("[data-bulk-count]")).to_have_text("20")
    page.get_by_role("button", name="Select all that match the filter").click()
    page.get_by_role("button", name="Mark").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    take_shot(page, "asks")
    assert find_barriers(page) == []

    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).not_to_be_visible()
    assert page.url.endswith("?sort=number")
    page.get_by_role("button", name="Mark").click()
    page.get_by_role("button", name="Confirm").click()

    expect(page.locator("#toasts")).to_contain_text("01S00000044")


def test_columns_and_views_are_kept(open_browser, manager, many, take_shot):
    page = open_browser(manager, language="en")
    page.goto("/examples/?sort=number&name=王")

    page.get_by_role("button", name="Columns").click()
    take_shot(page, "columns")
    page.get_by_role("checkbox", name="Phone").uncheck()
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("columnheader", name="Phone")).to_have_count(0)
    page.get_by_role("button", name="Save view").click()
    page.get_by_label("Name of the view").fill("The Wangs")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_role("link", name="The Wangs")).to_have_attribute("aria-current", "true")
    expect(page.locator("#toasts")).to_contain_text("The Wangs")


def test_actions_without_reload_report_back(open_browser, administrator, take_shot):
    page = open_browser(administrator, language="en")
    page.goto("/ui/gallery/")

    page.locator("#fail-htmx").click()
    expect(page.locator("#toasts")).to_contain_text("This page does not exist")
    take_shot(page, "toast")
    page.locator("#act").click()
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator("#toasts")).to_contain_text("Done: this is how an action reports back.")
    page.locator("#open-drawer").click()
    expect(page.locator("#drawer-body")).to_contain_text("A drawer shows one record")


def test_a_lost_connection_is_told(open_browser, administrator):
    page = open_browser(administrator, language="en")
    page.goto("/ui/gallery/")
    page.route("**/ui/gallery/act/", lambda route: route.abort())

    page.locator("#act-htmx").click()

    expect(page.locator("#toasts")).to_contain_text("No connection")


def test_the_keyboard_reaches_everything(open_browser, manager, many, take_shot, find_barriers):
    page = open_browser(manager, language="en")
    page.goto("/ui/gallery/drawer/", wait_until="commit")
    page.goto("/examples/?sort=number")

    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Examples")
    take_shot(page, "keys")
    assert find_barriers(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("x")
    expect(page).to_have_url(re.compile(r"/examples/$"))
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()


@pytest.mark.parametrize("code", [404, 403])
def test_errors_look_right(open_browser, manager, take_shot, find_barriers, code):
    page = open_browser(manager)

    page.goto("/nowhere/" if code == 404 else "/ui/gallery/")

    take_shot(page, str(code))
    assert find_barriers(page) == []


def test_a_failure_looks_right(open_browser, monkeypatch, take_shot, find_barriers):
    page = open_browser()
    monkeypatch.setattr("dakehu.ui.views.LoginView.dispatch", None)

    page.goto("/ui/login/")

    take_shot(page, "500")
    expect(page.get_by_role("heading")).to_have_text("系统出错了")
    assert find_barriers(page) == []


def test_charts_follow_the_theme(open_browser, administrator):
    page = open_browser(administrator, language="en")
    page.goto("/ui/gallery/")
    page.wait_for_selector("#gallery-lines svg")
    before = page.locator("#gallery-lines svg").inner_html()

    page.get_by_role("button", name="Dark").click()

    page.wait_for_function(
        "before => document.querySelector('#gallery-lines svg').innerHTML !== before", arg=before
    )
