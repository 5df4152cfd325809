"""An opportunity in the browser: asked for from outside, and its papers (CH7, OP14)."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from tests.browser.conftest import PHONE
from tests.factories.attachments import PDF
from tests.factories.opportunities import claimed

pytestmark = pytest.mark.django_db(transaction=True)


def test_somebody_outside_asks_for_an_offer(open_browser, people):
    page = open_browser(viewport=PHONE)
    page.goto("/opportunities/ask/")

    page.get_by_role("button", name="提交").click()
    expect(page.locator(".field-error").first).to_be_visible()
    page.locator("[name=company]").fill("云帆物流")
    page.locator("[name=contact_name]").fill("郭女士")
    page.locator("[name=contact_phone]").fill("13800007777")
    page.locator("[name=city]").select_option(people.units.city.code)
    page.locator("[name=text]").fill("短信通知司机")
    page.locator("[name=consent]").check()
    page.get_by_role("button", name="提交").click()

    expect(page.locator("body")).to_contain_text("01-")


def test_a_contract_is_written_attached_released_and_signed(open_browser, people):
    made = claimed(people, at=timezone.now())
    today = timezone.localdate()
    page = open_browser(people.manager)
    page.goto(f"/opportunities/{made.pk}/")
    page.get_by_role("link", name="拟合同").click()
    drawer = page.locator("#drawer")
    drawer.locator("[name=number]").fill("HT-2026-9")
    drawer.locator("[name=value_fen]").fill("96000")
    drawer.locator("[name=starts_on]").fill(today.isoformat())
    drawer.locator("[name=ends_on]").fill((today + timedelta(days=365)).isoformat())
    drawer.get_by_role("button", name="保存").click()
    page.locator("form[action$='/propose/'] button").click()
    expect(page.locator("form[action$='/propose/']")).to_have_count(0)
    page.locator("input[type=file]").first.set_input_files(
        {"name": "contract.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    page.get_by_role("button", name="上传", exact=True).click()
    expect(page.get_by_role("link", name="contract.pdf")).to_be_visible()

    leader = open_browser(people.supervisor)
    leader.goto(page.url)
    leader.locator("form[action$='/release/'] button").click()
    leader.locator("#confirm-yes").click()
    expect(leader.locator("form[action$='/release/']")).to_have_count(0)

    page.goto(page.url)
    page.locator("a[href$='/sign/']").click()
    for name in ("ours_on", "theirs_on"):
        drawer.locator(f"[name={name}]").fill(today.isoformat())
    drawer.locator("button[type=submit]").click()
    expect(page.locator("a[href$='/sign/']")).to_have_count(0)
    made.refresh_from_db()
    assert (made.state, made.contract_no) == ("WON", "HT-2026-9")
