"""Paging by key: every row once, in order, forwards and backwards, ties and gaps included."""

import re
from urllib.parse import urlsplit

import pytest
from tests.factories.customers import CustomerFactory

from dakehu.customers.models import Customer
from dakehu.ui.lists import addresses, paging

SMALL = 5
NUMBER = re.compile(r"N\d{3}")
SORTS = ["name", "-name", "manager", "contract_end", "-contract_end", "credit_limit_fen", "number"]


@pytest.fixture(autouse=True)
def small_pages(monkeypatch):
    monkeypatch.setattr(addresses, "PAGE_SIZES", (SMALL, 20))


@pytest.fixture
def browser(sign_in, manager):
    return sign_in(manager)


def read(browser, url="/examples/", **params):
    """Return the numbers on a page, and the page itself."""
    page = browser.get(url, params or None).context["page"]
    return [str(line.cells[1].content) for line in page.lines], page


def step(page, name):
    """Return the address of one of the four ways to move."""
    return {step.name: step.url for step in page.steps}[name]


def walk(browser, page, numbers, name):
    """Return the pages that follow in one direction."""
    pages = [numbers]
    while step(page, name):
        numbers, page = read(browser, "/examples/" + step(page, name))
        pages.append(numbers)
    return pages, page


def in_order(rows, sort):
    """Return the numbers in the order a person expects: missing values last, ties by age."""
    field = {"manager": "name"}.get(sort.lstrip("-"), sort.lstrip("-"))
    down = sort.startswith("-") != (field == "credit_limit_fen")
    known = [row for row in rows if getattr(row, field) is not None]
    gone = [row for row in rows if getattr(row, field) is None]
    known.sort(key=lambda row: (getattr(row, field), row.pk), reverse=down)
    gone.sort(key=lambda row: row.pk, reverse=down)
    return [row.number for row in known + gone]


@pytest.mark.parametrize("sort", SORTS)
def test_walking_forwards_shows_every_row_once_in_order(browser, fourteen, sort):
    numbers, page = read(browser, sort=sort)

    pages, _last = walk(browser, page, numbers, "next")

    assert [number for one in pages for number in one] == in_order(fourteen, sort)
    assert [len(one) for one in pages] == [5, 5, 4]


@pytest.mark.parametrize("sort", SORTS)
def test_walking_back_from_the_end_shows_every_row_once_in_order(browser, fourteen, sort):
    _first, page = read(browser, sort=sort)
    numbers, page = read(browser, "/examples/" + step(page, "last"))

    pages, _first = walk(browser, page, numbers, "previous")

    shown = [number for one in reversed(pages) for number in one]
    assert shown[-10:] == in_order(fourteen, sort)[-10:]
    assert shown[:SMALL] == in_order(fourteen, sort)[:SMALL]


def test_going_back_returns_to_the_same_page(browser, fourteen):
    first, page = read(browser, sort="name")
    _second, page = read(browser, "/examples/" + step(page, "next"))

    again, page = read(browser, "/examples/" + step(page, "previous"))

    assert again == first
    assert step(page, "previous") == ""


def test_the_rows_shown_are_numbered(browser, fourteen):
    _rows, first = read(browser)
    _rows, second = read(browser, "/examples/" + step(first, "next"))
    _rows, last = read(browser, "/examples/" + step(first, "last"))

    assert (first.first_row, first.last_row) == (1, 5)
    assert (second.first_row, second.last_row) == (6, 10)
    assert (last.first_row, last.last_row) == (10, 14)


def test_a_new_row_moves_no_row_of_the_next_page(browser, fourteen, manager):
    _first, page = read(browser, sort="number")
    CustomerFactory(manager=manager, number="N000A", name="Anna")

    second, _page = read(browser, "/examples/" + step(page, "next"))

    assert second == ["N005", "N006", "N007", "N008", "N009"]


def test_the_address_names_rows_by_number_only(browser, fourteen):
    _rows, page = read(browser, sort="name")

    assert urlsplit(step(page, "next")).query == f"sort=name&after={page.lines[-1].pk}&row=6"


def test_a_row_out_of_sight_is_no_place_to_go_on_from(browser, fourteen, stranger):
    hidden = CustomerFactory(manager=stranger, number="S999", name="Bert")

    numbers, _page = read(browser, after=hidden.pk, sort="name")

    assert numbers == in_order(fourteen, "name")[:SMALL]


def test_a_page_that_lost_its_rows_becomes_the_last(browser, fourteen):
    _rows, page = read(browser, sort="number")
    Customer.objects.filter(number__gt="N004").delete()

    numbers, page = read(browser, "/examples/" + step(page, "next"))

    assert numbers == ["N000", "N001", "N002", "N003", "N004"]
    assert step(page, "next") == ""


@pytest.mark.parametrize(
    "nonsense",
    [
        {"after": "abc"},
        {"before": "1" * 30},
        {"size": "7"},
        {"sort": "phone"},
        {"row": "-3", "after": "x"},
        {"columns": "nothing,known"},
        {"view": "²"},
    ],
)
def test_nonsense_in_the_address_shows_the_first_page(browser, fourteen, nonsense):
    numbers, _page = read(browser, **nonsense)

    assert numbers == in_order(fourteen, "name")[:SMALL]


def test_the_total_is_exact_below_the_cap(browser, fourteen):
    _rows, page = read(browser)

    assert page.total == paging.Total(14, is_exact=True)


def test_counting_stops_at_the_cap_unless_asked(browser, fourteen, monkeypatch):
    monkeypatch.setattr(paging, "COUNT_CAP", 10)

    body = browser.get("/examples/").content.decode()
    _rows, exact = read(browser, count="exact")

    assert "More than 10 rows" in body
    assert exact.total == paging.Total(14, is_exact=True)


def test_a_single_page_needs_no_count(browser, fourteen, django_assert_num_queries):
    rows = Customer.objects.filter(name="Cleo")
    page = paging.first_page(rows, paging.parts_for(rows, ("name",), reverse=False), 20)

    with django_assert_num_queries(0):
        total = paging.total_of(rows, page, exact=False)

    assert total == paging.Total(2, is_exact=True)


@pytest.mark.parametrize(
    ("name", "nullable"),
    [
        ("number", False),
        ("unit__name", False),
        ("pk", False),
        ("contract_end", True),
        ("manager__name", True),
        ("a_computed_value", True),
    ],
)
def test_only_some_columns_may_lack_a_value(name, nullable):
    assert paging.key_for(Customer, name, reverse=False).nullable is nullable


def test_required_columns_are_compared_as_one_row(browser, fourteen):
    keys = paging.keys_for(Customer.objects.all(), ("unit__name", "number"), reverse=True)
    values = (fourteen[3].unit.name, "N003", fourteen[3].pk)

    earlier = Customer.objects.filter(paging.beyond(keys, values, forward=True))

    assert "> " not in str(earlier.query).partition("WHERE")[2]
    assert sorted(row.number for row in earlier) == ["N000", "N001", "N002"]
