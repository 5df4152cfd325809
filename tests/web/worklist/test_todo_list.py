"""The to-do list: mine first, due and overdue, closing, passing on, the badge."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse
from tests.conftest import AT
from tests.factories.alerts import DAY, TodoFactory

from dakehu.audit.models import Change
from dakehu.worklist.choices import TodoState, Urgency
from dakehu.worklist.models import Todo

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def morning():
    """The morning of 2 March 2026."""
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def todos(customers):
    """An overdue one, one due today, a colleague's, one of nobody, and one that is done."""

    def make(customer, **options):
        return TodoFactory(alert__customer=customer, **options)

    return {
        "late": make(customers.own, alert__rule="W01", due_date=DAY, urgency=Urgency.URGENT),
        "today": make(customers.own, alert__rule="W02", due_date=TODAY),
        "colleagues": make(customers.colleagues, due_date=TODAY),
        "nobodys": make(customers.unowned, due_date=None),
        "done": make(customers.own, alert__rule="W03", state=TodoState.DONE, closed_at=AT),
    }


def shown(response, todos):
    text = response.content.decode()
    return {
        name
        for name, todo in todos.items()
        if reverse("alerts:detail", args=[todo.source_id]) in text
    }


def test_the_list_opens_on_what_i_have_to_do(sign_in, manager, todos):
    client = sign_in(manager)

    response = client.get("/todos/")

    assert response.url == "/todos/?owner=me&state=OPEN"
    assert shown(client.get(response.url), todos) == {"late", "today"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("view=0", {"late", "today", "colleagues", "nobodys", "done"}),
        ("state=OPEN", {"late", "today", "colleagues", "nobodys"}),
        ("state=OPEN&due=overdue", {"late"}),
        ("state=OPEN&due=today", {"today", "colleagues"}),
        ("state=DONE", {"done"}),
        ("owner=none", {"nobodys"}),
        ("urgency=1", {"late"}),
        ("owner=me", set()),
        ("due_date_after=2026-03-02&owner=colleague", {"colleagues"}),
    ],
)
def test_the_list_can_be_narrowed(sign_in, people, todos, query, expected):
    address = query.replace("=colleague", f"={people.colleague.pk}")

    response = sign_in(people.supervisor).get(f"/todos/?{address}")

    assert shown(response, todos) == expected


def test_a_row_says_what_is_to_be_done(sign_in, manager, todos):
    text = sign_in(manager).get("/todos/?owner=me").content.decode()

    assert "拨打10086" in text
    assert "逾期" in text


def test_the_badge_counts_my_open_todos(sign_in, manager, people, todos):
    assert ">2<" in sign_in(manager).get("/todos/badge/").content.decode()
    assert "badge" not in sign_in(people.supervisor).get("/todos/badge/").content.decode()


def test_chosen_todos_are_marked_as_done(sign_in, manager, todos):
    response = sign_in(manager).post(
        "/todos/close/",
        {"chosen": "ids", "ids": [todos["late"].pk, todos["done"].pk], "next": "/todos/?owner=me"},
    )

    todos["late"].refresh_from_db()
    assert response.url == "/todos/?owner=me"
    assert (todos["late"].state, todos["late"].closed_by) == (TodoState.DONE, manager)
    assert Change.objects.count() == 1


def test_todos_of_others_are_not_closed(sign_in, manager, todos):
    sign_in(manager).post("/todos/close/", {"chosen": "ids", "ids": [todos["colleagues"].pk]})

    todos["colleagues"].refresh_from_db()
    assert todos["colleagues"].state == TodoState.OPEN


def test_a_todo_is_passed_on_with_its_alert(
    sign_in, manager, colleague, todos, django_capture_on_commit_callbacks
):
    client = sign_in(manager)
    choice = {"chosen": "ids", "ids": [todos["late"].pk]}

    asked = client.post("/todos/hand-over/", choice)
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/todos/hand-over/", {**choice, "owner": colleague.pk})

    todo = Todo.objects.get(pk=todos["late"].pk)
    assert "已选择1项待办" in asked.content.decode()
    assert todo.owner == colleague
    from dakehu.alerts.models import Alert

    assert Alert.objects.get(pk=todo.source_id).owner == colleague


def test_work_is_not_passed_to_another_city(sign_in, manager, stranger, todos):
    response = sign_in(manager).post(
        "/todos/hand-over/",
        {"chosen": "ids", "ids": [todos["late"].pk], "owner": stranger.pk},
    )

    assert response.status_code == 422


def test_the_customers_page_shows_their_open_todos(sign_in, manager, customers, todos):
    text = sign_in(manager).get(f"/todos/of-customer/{customers.own.pk}/").content.decode()

    assert text.count('class="line"') == 2


def test_the_list_costs_the_same_for_many_todos(sign_in, people, todos, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = sign_in(people.supervisor)
    with CaptureQueriesContext(connection) as few:
        client.get("/todos/?state=OPEN")
    for _ in range(15):
        TodoFactory(alert__customer__manager=people.manager)

    with django_assert_num_queries(len(few)):
        client.get("/todos/?state=OPEN")
