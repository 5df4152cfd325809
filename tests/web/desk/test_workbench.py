"""The workbench: each person's own, and figures that equal the lists they open (promise 4)."""

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from tests.conftest import AT
from tests.factories.alerts import DAY, AlertFactory, HandlingFactory, TodoFactory
from tests.factories.customers import CustomerFactory

from dakehu.worklist.choices import Urgency

pytestmark = pytest.mark.django_db

FIGURE = re.compile(r'href="([^"]+)" data-figure="(\d+)"')
TOTAL = re.compile(r'data-total="(\d+)"')


@pytest.fixture(autouse=True)
def morning():
    """The morning of 2 March 2026."""
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def province(customers, people):
    """Alerts and to-dos of many states over all customers."""
    for rule, days in (("W10", 0), ("W07", 3), ("W08", 20), ("W01", 4)):
        TodoFactory(
            alert=AlertFactory(customer=customers.own, rule=rule, a=days or 65), due_date=DAY
        )
    TodoFactory(
        alert__customer=customers.colleagues, due_date=date(2026, 3, 2), urgency=Urgency.URGENT
    )
    handled = AlertFactory(customer=customers.own, rule="W02", a=3, state="HANDLED")
    HandlingFactory(alert=handled, at=datetime(2026, 3, 2, 1, tzinfo=UTC))
    AlertFactory(customer=customers.own, rule="W03", cleared_day=date(2026, 3, 2))
    AlertFactory(
        customer=customers.own, rule="W09", state="WITHDRAWN", cleared_day=DAY, opened_day=DAY
    )
    AlertFactory(customer=customers.unowned, rule="W02", a=4)
    TodoFactory(alert__customer=customers.strangers, due_date=None)
    return customers


def workbench(client):
    response = client.get("/")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    "part",
    [
        "manager",
        "stranger",
        "telephone_manager",
        "supervisor",
        "dispatcher",
        "province_analyst",
        "administrator",
    ],
)
def test_every_figure_equals_the_list_it_opens(sign_in, people, province, part):
    client = sign_in(getattr(people, part))

    figures = FIGURE.findall(workbench(client))

    assert len(figures) >= 6
    for address, figure in figures:
        text = client.get(address.replace("&amp;", "&")).content.decode()
        assert TOTAL.search(text)[1] == figure, address


def test_a_manager_sees_their_todos_and_who_needs_them(sign_in, manager, province):
    text = workbench(sign_in(manager))

    for words in (
        "我的待办",
        "离网倾向得分65（满分100）",
        "生日：2026-03-05",
        "活动或合约到期：2026-03-22",
        "我近30天的回访",
    ):
        assert words in text
    assert "生日：生日" not in text
    assert "王秀英" not in text  # a colleague's customer


def test_a_supervisor_sees_the_load_of_each_person_and_what_nobody_owns(sign_in, people, province):
    text = workbench(sign_in(people.supervisor))

    for words in ("人员工作量", "王芳", "李强", "无人负责的预警", "李娜", "去派单"):
        assert words in text
    assert "赵敏" not in text  # of the other city


def test_an_analyst_sees_the_same_without_handing_out(sign_in, people, province):
    text = workbench(sign_in(people.province_analyst))

    assert "赵敏" in text
    assert "去派单" not in text


@pytest.mark.parametrize("part", ["hotline_agent", "hall_clerk"])
def test_a_counter_begins_with_the_search(sign_in, people, part):
    text = workbench(sign_in(getattr(people, part)))

    assert "查找客户" in text
    assert "autofocus" in text


def test_before_the_first_night_every_page_says_so(sign_in, people):
    for person in (people.manager, people.supervisor):
        assert "尚未运行夜间批处理" in workbench(sign_in(person))
    assert "尚未运行" in sign_in(people.supervisor).get("/trends/").content.decode()


def test_the_workbench_speaks_english(sign_in, manager, province):
    client = sign_in(manager)
    client.cookies["django_language"] = "en"

    assert "My to-dos, the most urgent first" in workbench(client)


@pytest.mark.parametrize("part", ["manager", "supervisor"])
def test_the_workbench_costs_the_same_for_many_rows(
    sign_in, people, province, django_assert_num_queries, part
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = sign_in(getattr(people, part))
    with CaptureQueriesContext(connection) as few:
        workbench(client)
    for _ in range(12):
        TodoFactory(alert__customer=CustomerFactory(manager=people.manager), alert__rule="W10")

    with django_assert_num_queries(len(few)):
        workbench(client)
