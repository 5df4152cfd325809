"""Exports and attached files in the browser: ask, release, download; attach, download, remove."""

from importlib import import_module

import pytest
from django.apps import apps
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook
from tests.browser.conftest import DESKTOP, LOOKS, PHONE
from tests.factories.attachments import PDF, PNG, attach
from tests.factories.exports import ask, decide

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def card_levels(transactional_db):
    """The card levels, which come with a migration and go with the flush after each test."""
    migration = import_module("dakehu.tiering.migrations.0002_card_level")
    migration.add_card_levels(apps, None)


@pytest.fixture
def archive(home, customers):
    """The manager's customer with a telephone number."""
    customers.own.phone = "13812345678"
    customers.own.save()
    return customers


def settled(page):
    """Wait until everything that is fetched after the page is there."""
    page.wait_for_load_state("networkidle")
    expect(page.locator(".waiting")).to_have_count(0)


def overflow(page):
    """Return how much wider the page is than the window."""
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_an_export_is_asked_for_released_and_downloaded(
    open_browser, people, archive, finish_work, take_shot, find_barriers, viewport
):
    mine = open_browser(people.manager, viewport=viewport)
    mine.goto("/customers/?kind=INDIVIDUAL")
    mine.get_by_role("link", name="申请导出").click()
    drawer = mine.locator("#drawer")
    drawer.get_by_role("button", name="提交申请").click()
    expect(drawer.locator("#id_purpose:invalid")).to_have_count(1)
    drawer.get_by_label("用途").fill("三月回访名单")
    take_shot(mine, f"asking-{viewport['width']}")
    assert find_barriers(mine) == []
    drawer.get_by_role("button", name="提交申请").click()
    expect(mine.get_by_text("待审批")).to_be_visible()

    theirs = open_browser(people.supervisor, viewport=viewport)
    theirs.goto("/todos/")
    theirs.get_by_role("link", name="王芳申请导出").click()
    panel = theirs.locator("#drawer")
    expect(panel.get_by_text("三月回访名单")).to_be_visible()
    settled(theirs)
    take_shot(theirs, f"deciding-{viewport['width']}")
    assert find_barriers(theirs) == []
    panel.get_by_role("button", name="批准").click()
    theirs.locator("#confirm-yes").click()
    expect(panel.get_by_text("等待后台任务处理")).to_be_visible()

    finish_work()
    mine.reload()
    with mine.expect_download() as waiting:
        mine.get_by_role("link", name="下载").click()
    book = CalamineWorkbook.from_path(waiting.value.path()).get_sheet_by_index(0).to_python()
    cells = [cell for row in book for cell in row]
    assert "138****5678" in cells
    assert waiting.value.suggested_filename.startswith("客户")


def test_the_page_follows_the_building_by_itself(open_browser, people, archive, finish_work):
    export = ask(people.manager)
    decide(export, people.supervisor)
    page = open_browser(people.manager)
    page.goto(f"/files/exports/{export.pk}/")
    expect(page.get_by_text("等待后台任务处理")).to_be_visible()

    finish_work()

    expect(page.get_by_role("link", name="下载")).to_be_visible()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_files_are_attached_downloaded_removed_and_brought_back(
    open_browser, people, archive, take_shot, find_barriers, viewport
):
    page = open_browser(people.manager, viewport=viewport)
    page.goto(f"/customer/{archive.own.pk}/")
    panel = page.locator("#panel-attachments")
    panel.scroll_into_view_if_needed()
    panel.locator("input[type=file]").set_input_files(
        [
            {"name": "2026年合同（终稿）.pdf", "mimeType": "text/html", "buffer": PDF},
            {"name": "照片.pdf", "mimeType": "application/pdf", "buffer": PNG},
        ]
    )
    panel.get_by_role("button", name="上传").click()
    expect(panel.get_by_text("“照片.pdf”实际上是png文件")).to_be_visible()
    expect(panel.get_by_text("2026年合同（终稿）.pdf")).to_be_visible()
    settled(page)
    panel.scroll_into_view_if_needed()
    take_shot(page, f"attached-{viewport['width']}")
    assert find_barriers(page) == []
    assert overflow(page) <= 0

    with page.expect_download() as waiting:
        panel.get_by_role("link", name="2026年合同（终稿）.pdf").click()
    assert waiting.value.suggested_filename == "2026年合同（终稿）.pdf"
    assert waiting.value.path().read_bytes() == PDF

    panel.get_by_role("button", name="移除“2026年合同（终稿）.pdf”").click()
    page.locator("#confirm-yes").click()
    panel.get_by_text("1个已移除的附件").click()
    panel.get_by_role("button", name="恢复“2026年合同（终稿）.pdf”").click()
    expect(panel.get_by_role("link", name="2026年合同（终稿）.pdf")).to_be_visible()


PAGES = {
    "my-exports": ("manager", "/files/exports/"),
    "releases": ("supervisor", "/files/exports/to-release/?state=WAITING"),
    "request": ("supervisor", "/files/exports/new/?screen=customers:list"),
    "waiting": ("supervisor", "/files/exports/{waiting}/"),
    "ready": ("manager", "/files/exports/{ready}/"),
    "background": ("administrator", "/exchange/background/"),
    "nothing": ("administrator", "/files/exports/"),
}


@pytest.mark.slow
@pytest.mark.parametrize("screen", PAGES)
@pytest.mark.parametrize(("language", "theme", "viewport"), LOOKS)
def test_every_screen_of_files_looks_right(
    open_browser,
    people,
    archive,
    finish_work,
    take_shot,
    find_barriers,
    screen,
    language,
    theme,
    viewport,
):
    from django.utils import timezone

    ready = ask(people.manager, at=timezone.now())
    decide(ready, people.supervisor, at=timezone.now())
    finish_work()
    waiting = ask(people.manager, at=timezone.now(), purpose="给客户发送中秋慰问短信的名单")
    attach(archive.own, people.manager)
    part, address = PAGES[screen]
    page = open_browser(getattr(people, part), language=language, theme=theme, viewport=viewport)

    page.goto(address.format(waiting=waiting.pk, ready=ready.pk))
    settled(page) if screen != "background" else page.wait_for_timeout(500)

    take_shot(page, f"{screen}-{language}-{theme}-{viewport['width']}", whole=True)
    assert find_barriers(page) == []
    assert overflow(page) <= 0
