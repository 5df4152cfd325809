"""What a person keeps of a list: saved views and chosen columns."""

import pytest

from dakehu.ui import operations
from dakehu.ui.models import ColumnSet, SavedView

LIST = "examples:list"


@pytest.fixture
def browser(sign_in, manager):
    return sign_in(manager)


def save(browser, **fields):
    return browser.post("/ui/views/save/", {"screen": LIST, "name": "Mine", **fields})


def test_a_view_keeps_filter_order_columns_and_size(browser, manager):
    query = "name=B&sort=-number&size=50&columns=name,number&after=7&row=21&count=exact&view=3"

    response = save(browser, query=query)

    view = SavedView.objects.get(owner=manager)
    assert view.query == "name=B&sort=-number&size=50&columns=name%2Cnumber"
    assert response["Location"] == f"/examples/?{view.query}&view={view.pk}"


def test_a_saved_view_is_marked_on_the_list(browser, manager):
    save(browser, query="name=B")
    view = SavedView.objects.get()

    page = browser.get(view.url).context["page"]

    assert page.current_view == view
    assert [one.name for one in page.views] == ["Mine"]


def test_saving_under_the_same_name_replaces(browser):
    save(browser, query="name=B")
    save(browser, query="name=C")

    assert [view.query for view in SavedView.objects.all()] == ["name=C"]


def test_the_list_opens_with_the_default_view(browser):
    save(browser, query="name=B", is_default="on")
    view = SavedView.objects.get()

    response = browser.get("/examples/")

    assert response.status_code == 302
    assert response["Location"] == view.url
    assert browser.get("/examples/?view=0").status_code == 200


def test_there_is_one_default_view(browser):
    save(browser, name="First", is_default="on")
    save(browser, name="Second", is_default="on")

    defaults = SavedView.objects.filter(is_default=True)
    assert [view.name for view in defaults] == ["Second"]


@pytest.mark.parametrize(
    "fields",
    [{"name": ""}, {"name": "x" * 41}, {"screen": "no:list"}, {"query": "name=" + "x" * 4000}],
)
def test_a_view_that_cannot_be_kept_is_refused_in_words(browser, fields):
    response = browser.post(
        "/ui/views/save/", {"screen": LIST, "name": "Mine", "next": "/examples/", **fields}
    )

    assert response["Location"] == "/examples/"
    assert not SavedView.objects.exists()
    assert "The view was not saved" in browser.get("/examples/").content.decode()


def test_a_view_is_deleted_by_its_owner(browser):
    save(browser)
    view = SavedView.objects.get()

    browser.post(f"/ui/views/{view.pk}/delete/", {"next": "/examples/"})

    assert not SavedView.objects.exists()


def test_nobody_sees_or_deletes_the_view_of_another(browser, colleague, sign_in):
    save(browser)
    view = SavedView.objects.get()
    other = sign_in(colleague)

    other.post(f"/ui/views/{view.pk}/delete/")

    assert SavedView.objects.exists()
    assert other.get("/examples/").context["page"].views == ()


def test_some_columns_are_hidden_until_chosen(browser, fourteen):
    page = browser.get("/examples/").context["page"]

    assert [choice.name for choice in page.choices if not choice.is_shown] == [
        "city_code",
        "brand",
    ]


def test_chosen_columns_stay(browser, manager, fourteen):
    response = browser.post(
        "/ui/columns/save/",
        {"screen": LIST, "columns": ["name", "brand"], "next": "/examples/?name=B"},
    )

    page = browser.get("/examples/").context["page"]
    assert response["Location"] == "/examples/?name=B"
    assert [head.name for head in page.headings] == ["name", "brand"]


def test_the_address_outweighs_the_chosen_columns(browser, manager, fourteen):
    operations.choose_columns(screen=LIST, columns=["name"], by=manager)

    page = browser.get("/examples/?columns=name,number").context["page"]

    assert [head.name for head in page.headings] == ["name", "number"]


def test_choosing_no_column_brings_the_lists_own_back(browser, manager, fourteen):
    operations.choose_columns(screen=LIST, columns=["name"], by=manager)
    browser.post("/ui/columns/save/", {"screen": LIST})

    page = browser.get("/examples/").context["page"]

    assert len(page.headings) == 8
    assert ColumnSet.objects.count() == 1


@pytest.mark.parametrize("columns", [["a b"], ["x" * 61], ["name"] * 81])
def test_columns_with_impossible_names_are_refused(browser, columns):
    response = browser.post("/ui/columns/save/", {"screen": LIST, "columns": columns})

    assert response.status_code == 400
    assert not ColumnSet.objects.exists()
