"""People's files and units in the browser: by keyboard, in a drawer, in every look."""

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import LOOKS, name_of
from tests.factories.customers import CustomerFactory
from tests.factories.people import UnitFactory, make_file

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def clerk(people):
    """Somebody of the manager's district, with a skill and a leave."""
    return make_file(people.units.district)


def test_a_unit_is_moved_by_keyboard(open_browser, people):
    team = UnitFactory(kind="TEAM", name="一厅", parent=people.units.district)
    page = open_browser(people.administrator, language="en")
    page.goto(f"/people/units/{team.pk}/")
    page.get_by_role("link", name="Move", exact=True).focus()
    page.keyboard.press("Enter")

    page.get_by_label("Stands under").select_option(str(people.units.next_district.pk))
    page.get_by_label("Reason").fill("合并")
    page.keyboard.press("Enter")

    expect(page.get_by_role("navigation", name="Units above")).to_contain_text("西城")
    expect(page.locator("#people-places")).to_contain_text("合并")


def test_a_line_and_a_leave_are_entered_in_the_drawer(open_browser, people, clerk):
    page = open_browser(people.supervisor, language="en")
    page.goto(f"/people/staff/{clerk.pk}/")
    page.get_by_role("link", name="Add a skill or language").click()
    drawer = page.locator("#drawer")
    drawer.get_by_label("Skill or language").fill("=SUM(A1)<b>")
    drawer.get_by_role("button", name="Add").click()
    expect(page.locator("#people-skills")).to_contain_text("=SUM(A1)<b>")

    page.get_by_role("link", name="Enter a leave").click()
    drawer.get_by_label("Begins on").fill("2098-05-04")
    drawer.get_by_label("Last day").fill("2098-05-03")
    drawer.get_by_role("button", name="Enter the leave").click()
    expect(drawer.get_by_role("alert")).to_contain_text("last day lies before")
    drawer.get_by_label("Last day").fill("2098-05-06")
    drawer.get_by_role("button", name="Enter the leave").click()
    expect(page.locator("#people-leave")).to_contain_text("2098-05-04 – 2098-05-06")


def test_a_removed_line_is_brought_back_in_place(open_browser, people, clerk):
    page = open_browser(people.supervisor, language="en")
    page.goto(f"/people/staff/{clerk.pk}/")
    page.get_by_role("button", name="Remove: 商务谈判").click()
    page.locator("#confirm-yes").click()

    expect(page.locator("#people-skills")).to_contain_text("1 removed line")
    page.locator("#people-skills summary").click()
    page.locator("#people-skills").get_by_role("button", name="Restore").click()

    expect(page.get_by_role("button", name="Remove: 商务谈判")).to_be_visible()


@pytest.mark.parametrize(("language", "theme", "viewport"), LOOKS)
def test_the_pages_keep_nobody_out(
    open_browser, find_barriers, take_shot, people, clerk, language, theme, viewport
):
    CustomerFactory(manager=people.manager)
    page = open_browser(people.administrator, language=language, theme=theme, viewport=viewport)
    for name, path in (
        ("tree", "/people/units/"),
        ("unit", f"/people/units/{people.units.district.pk}/"),
        ("move", f"/people/units/{people.units.district.pk}/move/"),
        ("duties", f"/people/units/{people.units.district.pk}/duties/"),
        ("services", "/people/services/"),
        ("file", f"/people/staff/{clerk.pk}/"),
        ("change", f"/people/staff/{clerk.pk}/change/"),
        ("remove", f"/people/staff/{people.manager.pk}/remove/"),
        ("leave", "/people/leave/"),
    ):
        page.goto(path)
        page.wait_for_load_state("networkidle")

        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
        assert find_barriers(page) == [], path
        take_shot(page, f"{name}-{name_of(language, theme, viewport)}", whole=True)
