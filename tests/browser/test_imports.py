"""A spreadsheet goes from the list to its undoing, by hand, in both languages and on a phone."""

import pytest
from tests.browser.conftest import PHONE
from tests.factories.sheets import workbook

HEADS = ("客户编号", "客户名称", "爱好", "电子邮箱", "内部备忘")


@pytest.fixture
def sheet(tmp_path, customers):
    """A file with a row that changes something, one that does not, and two that are wrong."""
    path = tmp_path / "客户资料.xlsx"
    rows = [
        HEADS,
        ("01S00000101", "张伟", "羽毛球、钓鱼", "zhang@example.com", "x"),
        ("01S00000102", "王秀英", "", "", "x"),
        ("01S00000199", "无此人", "下棋", "", ""),
        ("01S00000104", "李大娜", "下棋", "没有邮箱", ""),
    ]
    path.write_bytes(workbook(rows))
    return path


@pytest.mark.parametrize(
    ("language", "viewport", "theme"),
    [("zh-hans", None, "light"), ("en", PHONE, "dark")],
    ids=["desk", "phone"],
)
def test_a_spreadsheet_is_brought_in_and_taken_back(
    open_browser,
    take_shot,
    find_barriers,
    supervisor,
    finish_work,
    sheet,
    language,
    viewport,
    theme,
):
    options = {"viewport": viewport} if viewport else {}
    page = open_browser(supervisor, language=language, theme=theme, **options)
    page.goto("/customers/individuals/")
    page.locator(".list-tools button", has_text="导入" if language != "en" else "Import").click()
    take_shot(page, f"{language}-list")
    page.locator("a[href='/files/imports/new/individuals/']").click()
    take_shot(page, f"{language}-start", whole=True)
    assert find_barriers(page) == []

    page.locator("input[type=file]").set_input_files(sheet)
    page.locator("form[enctype] button[type=submit]").click()
    page.locator("#import-columns").wait_for()
    take_shot(page, f"{language}-columns", whole=True)
    assert find_barriers(page) == []
    page.locator("select[name=column_2]").select_option("hobbies")
    page.locator("select[name=column_3]").select_option("email")

    page.locator("form[action$='/columns/'] button[type=submit]").click()
    page.locator(".import-progress").wait_for()
    take_shot(page, f"{language}-busy")
    finish_work()
    page.locator("#import-rows").wait_for()
    take_shot(page, f"{language}-checked", whole=True)
    assert find_barriers(page) == []
    assert page.locator(".import-line").count() == 2

    page.locator("form[action$='/apply/'] button").click()
    page.locator("#confirm-yes").click()
    page.locator(".import-progress").wait_for()
    finish_work()
    undo = page.locator("form[action$='/undo/'] button")
    undo.wait_for()
    take_shot(page, f"{language}-applied", whole=True)

    undo.click()
    page.locator("#confirm-yes").click()
    page.locator(".import-progress").wait_for()
    finish_work()
    page.locator("#import-rows").wait_for()
    page.goto("/files/imports/")
    take_shot(page, f"{language}-book")
    assert find_barriers(page) == []
