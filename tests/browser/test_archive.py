"""The file of a customer in the browser: entering, adding, correcting, revealing, setting up."""

import re

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import LOOKS
from tests.factories.archive import (
    AnniversaryFactory,
    ContactFactory,
    CustomFieldFactory,
    GiftFactory,
    MarketNoteFactory,
    OpinionFactory,
    ProspectFactory,
)

from dakehu.customers.models import Contact, Customer, Opinion

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def file(home, customers, people):
    """A group of whom much is known."""
    ContactFactory(customer=customers.group, role="LEADER", name="宋立军", is_primary=True)
    ContactFactory(customer=customers.group, name="郑凤英", phone="13912340002")
    AnniversaryFactory(customer=customers.group)
    GiftFactory(customer=customers.group, staff=people.manager)
    MarketNoteFactory(customer=customers.group, staff=people.manager)
    OpinionFactory(customer=customers.group, staff=people.manager)
    CustomFieldFactory(kind="GROUP", key="cloud", label="上云意愿", type="CHOICE", options=["强"])
    return customers.group


@pytest.mark.parametrize(("language", "theme", "viewport"), LOOKS)
def test_the_file_of_a_group_is_whole_and_has_no_barriers(
    open_browser, take_shot, find_barriers, manager, file, language, theme, viewport
):
    page = open_browser(manager, language=language, theme=theme, viewport=viewport)

    page.goto(f"/customer/{file.pk}/")
    page.wait_for_load_state("networkidle")

    for panel in ("people", "days", "fields", "opinions", "notes", "gifts", "addresses"):
        expect(page.locator(f"#customers-{panel}")).to_be_visible()
    take_shot(page, f"{language}-{theme}-{viewport['width']}", whole=True)
    assert find_barriers(page) == []


@pytest.mark.parametrize(("language", "theme", "viewport"), LOOKS)
def test_lists_by_kind_and_forms_have_no_barriers(
    open_browser, take_shot, find_barriers, supervisor, file, language, theme, viewport
):
    ProspectFactory(unit=supervisor.unit)
    page = open_browser(supervisor, language=language, theme=theme, viewport=viewport)

    for name, address in (
        ("prospects", "/customers/prospects/"),
        ("former", "/customers/former/"),
        ("enter", "/customers/prospects/add/"),
    ):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        take_shot(page, f"{name}-{language}-{theme}-{viewport['width']}")
        assert find_barriers(page) == []


def test_an_opinion_is_recorded_beside_the_page(open_browser, manager, file):
    page = open_browser(manager)
    page.goto(f"/customer/{file.pk}/")

    page.get_by_role("link", name="登记客户意见").click()
    drawer = page.locator("#drawer-body")
    drawer.get_by_label("满意度").select_option("5")
    drawer.get_by_label("意见内容").fill("服务及时")
    drawer.get_by_role("button", name="保存").click()

    expect(page.locator("#customers-opinions")).to_contain_text("服务及时")
    expect(page.locator("#panel-timeline")).to_contain_text("服务及时")
    expect(page.locator("#drawer")).to_be_hidden()
    assert Opinion.objects.filter(text="服务及时", satisfaction=5).count() == 1


def test_what_is_wrong_is_said_in_the_drawer(open_browser, manager, file):
    page = open_browser(manager)
    page.goto(f"/customer/{file.pk}/")

    page.get_by_role("link", name="登记礼品").click()
    drawer = page.locator("#drawer-body")
    drawer.get_by_label("礼品", exact=True).fill("茶叶")
    drawer.get_by_role("button", name="保存").click()

    expect(drawer.locator(".field-error").first).to_be_visible()


def test_a_number_is_revealed_and_corrected_by_keyboard(open_browser, manager, file):
    page = open_browser(manager)
    page.goto(f"/customer/{file.pk}/")
    person = page.locator(".person-line", has_text="郑凤英")

    person.locator("summary").first.focus()
    page.keyboard.press("Enter")
    person.get_by_role("button", name="查看明文").click()
    expect(person).to_contain_text("13912340002")
    person.get_by_role("link", name="修改郑凤英").focus()
    page.keyboard.press("Enter")
    drawer = page.locator("#drawer-body")
    drawer.get_by_label("职务").fill("处长")
    drawer.get_by_label("职务").press("Enter")

    expect(page.locator("#customers-people")).to_contain_text("处长")
    stored = Contact.objects.get(name="郑凤英")
    assert (stored.position, stored.phone.plain) == ("处长", "13912340002")


def test_two_edits_of_one_person_are_settled_in_the_drawer(open_browser, manager, file):
    page = open_browser(manager)
    page.goto(f"/customer/{file.pk}/")
    page.get_by_role("link", name="修改郑凤英").click()
    drawer = page.locator("#drawer-body")
    drawer.get_by_label("职务").fill("处长")
    other = open_browser(manager)
    other.goto(f"/customer/{file.pk}/")
    other.get_by_role("link", name="修改郑凤英").click()
    other.locator("#drawer-body").get_by_label("职务").fill("局长")
    other.locator("#drawer-body").get_by_role("button", name="保存").click()
    expect(other.locator("#customers-people")).to_contain_text("局长")

    drawer.get_by_role("button", name="保存").click()
    expect(drawer).to_contain_text("局长")
    drawer.locator("input[value=yours]").check()
    drawer.locator("#ui-conflict button[type=submit]").click()

    expect(page.locator("#customers-people")).to_contain_text("处长")
    assert Contact.objects.get(name="郑凤英").position == "处长"


def test_an_entry_is_removed_after_a_question_and_put_back(open_browser, manager, file):
    page = open_browser(manager)
    page.goto(f"/customer/{file.pk}/")

    page.get_by_role("button", name=re.compile("删除.*郑凤英")).click()
    page.locator("#confirm-yes").click()
    expect(page.locator("#customers-people")).not_to_contain_text("郑凤英")
    page.get_by_role("button", name="更多", exact=True).click()
    page.get_by_role("link", name="已删除的内容").click()
    page.locator("#drawer-body").get_by_role("button", name="放回").click()

    expect(page.locator("#customers-people")).to_contain_text("郑凤英")


def test_a_prospect_is_entered_and_stands_on_its_page(open_browser, manager, home):
    page = open_browser(manager)
    page.goto("/customers/prospects/")

    page.get_by_role("link", name="登记潜在客户").click()
    page.get_by_label("客户名称").fill("海岚食品有限公司")
    page.get_by_role("button", name="保存").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("海岚食品有限公司")
    assert Customer.objects.get().number == "P00000001"


def test_the_operator_adds_a_field_and_it_stands_on_the_form(open_browser, administrator, file):
    page = open_browser(administrator)
    page.goto("/customers/fields/")

    page.get_by_role("link", name="添加字段").first.click()
    drawer = page.locator("#drawer-body")
    drawer.get_by_label("字段名称").fill("招标月份")
    drawer.get_by_role("button", name="保存").click()
    expect(page.locator("#main")).to_contain_text("招标月份")
    page.goto(f"/customer/{file.pk}/")
    page.locator("#customers-fields").get_by_role("link", name="填写").click()
    page.locator("#drawer-body").get_by_label("招标月份").fill("三月")
    page.locator("#drawer-body").get_by_role("button", name="保存").click()

    expect(page.locator("#customers-fields")).to_contain_text("三月")
