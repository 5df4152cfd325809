"""Bulk actions: the ticked rows, or all that match; never more than the person may see."""

import pytest
from tests.factories.customers import CustomerFactory


@pytest.fixture
def browser(sign_in, manager):
    return sign_in(manager)


def marked(browser, fields):
    """Return the numbers that an action was about."""
    response = browser.post("/examples/mark/", fields)
    assert response.status_code == 302, response.status_code
    (message,) = browser.get(response["Location"]).context["messages"]
    return str(message).removeprefix("Marked ").split(", ")


def test_ticked_rows_are_chosen(browser, fourteen):
    ids = [fourteen[1].pk, fourteen[3].pk]

    assert marked(browser, {"chosen": "ids", "ids": ids}) == ["N001", "N003"]


def test_all_rows_that_match_the_filter_are_chosen(browser, fourteen):
    assert marked(browser, {"chosen": "filter", "filter": "name=Cleo"}) == ["N004", "N009"]


def test_ticking_the_row_of_another_chooses_nothing_of_theirs(browser, fourteen, stranger):
    theirs = CustomerFactory(manager=stranger, number="S999")

    ids = [fourteen[1].pk, theirs.pk]

    assert marked(browser, {"chosen": "ids", "ids": ids}) == ["N001"]


@pytest.mark.parametrize(
    "fields",
    [
        {"chosen": "ids"},
        {"chosen": "ids", "ids": ["1", "two"]},
        {"chosen": "filter", "filter": "credit=much"},
        {},
    ],
)
def test_a_choice_that_makes_no_sense_is_refused(browser, fourteen, fields):
    response = browser.post("/examples/mark/", fields)

    assert response.status_code == 400
    assert "The request was not understood" in response.content.decode()
