"""The Excel export: the rows of the screen, typed, masked, and harmless."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook
from tests.factories.customers import CustomerFactory

from dakehu.common.events import listen, listeners
from dakehu.ui.events import RowsExported
from dakehu.ui.lists import exports


@pytest.fixture
def browser(sign_in, manager):
    return sign_in(manager)


@pytest.fixture
def exported():
    """The exports that were announced."""
    seen = []
    listen(RowsExported, seen.append)
    yield seen
    listeners[RowsExported].remove(seen.append)


def content_of(response):
    """Return the bytes of the workbook; reading them to the end also closes the file."""
    return b"".join(response.streaming_content)


def sheet_of(response):
    """Return the rows of the workbook."""
    book = CalamineWorkbook.from_filelike(BytesIO(content_of(response)))
    return book.get_sheet_by_index(0).to_python()


def lines_of(response):
    """Return the rows below the headings, by column."""
    rows = sheet_of(response)
    start = next(index for index, row in enumerate(rows) if row[0] == "Name")
    return [dict(zip(rows[start], row, strict=True)) for row in rows[start + 1 :]]


def test_the_workbook_holds_the_filtered_rows_in_the_order_of_the_screen(browser, fourteen):
    response = browser.get("/examples/?name=B&sort=-number&export=xlsx")

    numbers = [line["Number"] for line in lines_of(response)]
    assert numbers == ["N013", "N012", "N011", "N008", "N007", "N006", "N003", "N002", "N001"]


def test_the_workbook_holds_the_chosen_columns(browser, fourteen):
    response = browser.get("/examples/?columns=name,brand&export=xlsx")

    assert list(lines_of(response)[0]) == ["Name", "Brand"]


def test_values_keep_their_type_and_their_mask(browser, manager):
    CustomerFactory(
        manager=manager,
        name="Anna",
        number="00138000000000000001",
        phone="13812345678",
        contract_end=date(2026, 5, 4),
        credit_limit_fen=123450,
    )

    (line,) = lines_of(browser.get("/examples/?export=xlsx"))

    assert line["Number"] == "00138000000000000001"
    assert line["Phone"] == "138****5678"
    assert line["Contract end"] == date(2026, 5, 4)
    assert line["Credit limit"] == 1234.5
    assert line["Managed"] == "Yes"


@pytest.mark.parametrize(
    "name", ["=1+1", "+86", "-1", "@SUM(A1)", "=HYPERLINK(1)", "http://example.com"]
)
def test_what_looks_like_a_formula_stays_text(browser, manager, name):
    CustomerFactory(manager=manager, name=name)

    response = browser.get("/examples/?export=xlsx")
    content = content_of(response)

    sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)
    assert [row[0] for row in sheet.to_python()][-1] == name
    assert b"<f>" not in unzipped_sheet(content)


def unzipped_sheet(content):
    from zipfile import ZipFile

    return ZipFile(BytesIO(content)).read("xl/worksheets/sheet1.xml")


def test_the_head_names_list_person_time_and_filter(browser, manager, fourteen):
    rows = sheet_of(browser.get("/examples/?name=B&export=xlsx"))

    assert rows[0][0] == "Example customers"
    assert rows[1][0].startswith(f"Exported by {manager.name} (东城) at 20")
    assert rows[2][0] == "Filter: Name: B"


def test_rows_beyond_the_cap_are_cut_and_the_workbook_says_so(browser, fourteen, settings):
    settings.EXPORT_ROW_CAP = 3

    rows = sheet_of(browser.get("/examples/?sort=number&export=xlsx"))

    assert rows[3][0] == (
        "Cut off: only the first 3 rows are here; narrow the filter for the rest."
    )
    assert [row[1] for row in rows[-3:]] == ["N000", "N001", "N002"]


def test_the_export_is_announced(browser, manager, fourteen, exported):
    content_of(browser.get("/examples/?name=Cleo&sort=number&export=xlsx"))

    (event,) = exported
    assert (event.actor, event.screen, event.count) == (manager, "examples:list", 2)
    assert event.filters == {"name": "Cleo"}


def test_an_empty_list_is_exported_empty(browser, manager, exported):
    assert lines_of(browser.get("/examples/?export=xlsx")) == []
    assert exported[0].count == 0


def test_exporting_needs_its_permission(sign_in, hotline_agent, exported):
    response = sign_in(hotline_agent).get("/examples/?export=xlsx")

    assert response.status_code == 403
    assert exported == []
    assert not sign_in(hotline_agent).get("/examples/").context["page"].may_export


def test_a_filter_that_makes_no_sense_exports_nothing(browser, fourteen, exported):
    response = browser.get("/examples/?credit=much&export=xlsx")

    assert response["Location"] == "?credit=much"
    assert exported == []
    assert "nothing was exported" in browser.get("/examples/").content.decode()


def test_an_export_costs_the_same_whatever_its_size(browser, manager, fourteen):
    def cost(url):
        with CaptureQueriesContext(connection) as queries:
            content_of(browser.get(url))
        return len(queries)

    assert cost("/examples/?export=xlsx") == cost("/examples/?name=Cleo&export=xlsx") <= 8


@pytest.mark.parametrize(
    ("value", "exact"),
    [(1, True), (10**15, False), (True, False), ("1", False), (None, False), (1.5, True)],
)
def test_only_numbers_that_a_spreadsheet_keeps_are_numbers(value, exact):
    assert exports.is_exact_number(value) is exact
