"""A list screen: who may see it, page and fragment, filter, sort, and what it costs."""

import html

import pytest
from tests.factories.customers import CustomerFactory

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def browser(sign_in, manager):
    return sign_in(manager)


def words(response):
    return html.unescape(response.content.decode())


def test_nobody_sees_a_list_before_log_in(client):
    response = client.get("/examples/")

    assert response.status_code == 302
    assert response["Location"].startswith("/ui/login/?next=/examples/")


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_list_is_refused_without_permission(sign_in, manager, monkeypatch, headers):
    monkeypatch.setattr(type(manager), "may", lambda person, permission: False)

    response = sign_in(manager).get("/examples/", **headers)

    assert response.status_code == 403
    assert "You may not do this" in words(response)
    assert "list-table" not in words(response)


def test_a_person_sees_own_rows_only(browser, fourteen, stranger):
    CustomerFactory(manager=stranger, number="S999", name="Zoe")

    body = words(browser.get("/examples/"))

    assert "N000" in body
    assert "S999" not in body


def test_personal_values_are_masked(browser, manager):
    CustomerFactory(manager=manager, phone="13812345678")

    body = words(browser.get("/examples/"))

    assert "138****5678" in body
    assert "13812345678" not in body


def test_htmx_gets_the_body_of_the_list_and_what_else_changed(browser, fourteen):
    response = browser.get("/examples/?name=Cleo&brand=", **HTMX)

    body = words(response)
    assert body.lstrip().startswith('<div id="list-body"')
    assert "<html" not in body
    assert 'hx-swap-oob="innerHTML:#live"' in body
    assert response["HX-Push-Url"] == "/examples/?name=Cleo"
    assert {"HX-Request", "HX-Boosted"} <= set(response["Vary"].split(", "))


@pytest.mark.parametrize(
    "headers",
    [{}, {**HTMX, "HTTP_HX_BOOSTED": "true"}, {**HTMX, "HTTP_HX_HISTORY_RESTORE_REQUEST": "true"}],
)
def test_everybody_else_gets_the_whole_page(browser, fourteen, headers):
    body = words(browser.get("/examples/", **headers))

    assert "<html" in body
    assert "Example customers" in body


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("name=Cleo", ["N004", "N009"]),
        ("contract_end_after=2026-03-01&contract_end_before=2026-03-31", ["N002", "N010"]),
        ("managed=false", []),
        ("credit=4000", ["N009"]),
        ("name=&managed=", [f"N{index:03d}" for index in range(14)]),
    ],
)
def test_the_filter_narrows_the_list(browser, fourteen, query, numbers):
    page = browser.get(f"/examples/?sort=number&{query}").context["page"]

    assert [str(line.cells[1].content) for line in page.lines] == numbers


def test_each_active_filter_is_told_and_can_be_removed(browser, fourteen, manager):
    query = f"name=B&manager={manager.pk}&managed=true&contract_end_after=2026-01-01&size=50"
    page = browser.get(f"/examples/?{query}").context["page"]

    assert [(chip.label, chip.value) for chip in page.chips] == [
        ("Name", "B"),
        ("Manager", manager.name),
        ("Contract end", "2026-01-01 –"),
        ("Managed", "Yes"),
    ]
    assert page.chips[2].url == f"?name=B&manager={manager.pk}&managed=true&size=50"


def test_a_filter_that_makes_no_sense_shows_no_rows(browser, fourteen):
    response = browser.get("/examples/?contract_end_after=yesterday&credit=much")

    assert response.context["page"].lines == ()
    assert "The filter could not be understood" in words(response)


def test_nothing_matches_is_told_apart_from_nothing_there(browser, manager):
    assert "No customers" in words(browser.get("/examples/"))
    assert "Nothing matches" in words(browser.get("/examples/?name=Nobody"))


def test_a_column_head_sorts_both_ways(browser, fourteen):
    page = browser.get("/examples/?after=3&row=6&view=4").context["page"]
    heads = {head.name: head for head in page.headings}

    assert (heads["name"].aria_sort, heads["name"].url) == ("ascending", "?sort=-name")
    assert (heads["number"].aria_sort, heads["number"].url) == ("none", "?sort=number")
    assert (heads["phone"].aria_sort, heads["phone"].url) == ("", "")


def test_the_first_cell_leads_to_the_row(browser, manager):
    row = CustomerFactory(manager=manager, name="Anna")

    body = words(browser.get("/examples/"))

    assert f'<a class="list-link" href="/examples/{row.pk}/" data-drawer="Anna">Anna</a>' in body


def test_names_that_look_like_markup_stay_words(browser, manager):
    CustomerFactory(manager=manager, name="<script>alert(1)</script>")

    body = browser.get("/examples/").content.decode()

    assert "<script>alert(1)" not in body
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in body


def test_buttons_follow_the_permissions(sign_in, manager, administrator, fourteen):
    manager_page = sign_in(manager).get("/examples/").context["page"]
    administrator_page = sign_in(administrator).get("/examples/").context["page"]

    assert [action.label for action in manager_page.actions] == []
    assert [action.label for action in manager_page.bulk] == ["Mark"]
    assert [action.label for action in administrator_page.actions] == ["Gallery"]
    assert [action.label for action in administrator_page.bulk] == ["Mark", "Refuse"]


def test_a_list_costs_the_same_whatever_its_size(
    browser, manager, fourteen, django_assert_num_queries
):
    # Session, person, views (twice, for the default), columns, choices of the filter, rows, unit.
    with django_assert_num_queries(8):
        browser.get("/examples/")
    CustomerFactory.create_batch(4, manager=manager)
    with django_assert_num_queries(8):
        browser.get("/examples/")


def test_a_page_in_the_middle_costs_a_place_and_a_count(
    browser, fourteen, django_assert_num_queries, monkeypatch
):
    from dakehu.ui.lists import addresses

    monkeypatch.setattr(addresses, "PAGE_SIZES", (5,))

    with django_assert_num_queries(9):
        browser.get(f"/examples/?after={fourteen[5].pk}")
