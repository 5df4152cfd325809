"""A customer as it was on an earlier day: the log backwards, and the city's files before it."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.factories.customers import CustomerFactory
from tests.factories.facts import Facts, master_row
from tests.factories.rows import row
from tests.web.desk.test_data_state import deliver, run  # noqa: F401 - fixtures

from dakehu.audit.models import Access
from dakehu.audit.operations import create_record, remove_record, restore_record, save_record
from dakehu.customers.models import Contact, Customer
from dakehu.customers.operations import apply_subscribers, create_prospect, edit_prospect
from dakehu.customers.values import ProspectFacts
from dakehu.exchange.models import LivePartition

ENGLISH = {"headers": {"Accept-Language": "en"}}
MARCH_1, MARCH_5, MARCH_9 = date(2026, 3, 1), date(2026, 3, 5), date(2026, 3, 9)


def noon(day):
    return timezone.make_aware(datetime(day.year, day.month, day.day, 12))


@pytest.fixture
def look(sign_in, people, customers, english):
    """Return a function that shows the manager a customer on a day."""

    def shown(day, customer=customers.own):
        client = sign_in(people.manager, **ENGLISH)
        url = reverse("desk:customer_past", args=[customer.pk])
        return client.get(url, {"on": day} if day else {})

    return shown


def lines(response):
    """The values of the page by label: then and now."""
    page = response.context["page"]
    return {line.label: (line.then, line.now) for part in page.parts for line in part.lines}


def changed(response):
    return {label for label, (then, now) in lines(response).items() if then != now}


def test_changes_since_are_taken_back_and_marked(look, people, customers):
    own = Customer.objects.get(pk=customers.own.pk)
    own.brand, own.phone = "动感地带", "13900001111"
    save_record(own, by=people.manager, at=noon(MARCH_5))
    own = Customer.objects.get(pk=own.pk)
    own.brand, own.manager = "神州行", people.colleague
    save_record(own, by=people.manager, at=noon(MARCH_9))
    Customer.objects.filter(pk=own.pk).update(manager=people.manager)

    before = look("2026-03-04")
    between = look("2026-03-05")
    after = look("2026-03-09")

    assert lines(before)["Brand"] == ("全球通", "神州行")
    assert lines(before)["Phone"][1] == "139****1111"
    assert lines(before)["Manager"] == ("王芳", "王芳")
    assert lines(between)["Brand"] == ("动感地带", "神州行")
    assert changed(after) == set()
    assert "compare-differs" in before.content.decode()
    assert "Nothing differs from today" in after.content.decode()


def test_what_the_night_loaded_is_taken_back_too(look, people, at):
    customer = CustomerFactory(manager=people.manager, number="01S9", name="李娜", status=0)
    apply_subscribers(
        iter([row("subscriber", sub_id="01S9", name="李娜", status=3, manager_no="NO-manager")]),
        city_code="01",
        day=MARCH_9,
        at=noon(MARCH_9),
    )

    response = look("2026-03-08", customer)

    assert lines(response)["Status"] == ("Active", "Reported lost")


def test_people_of_a_file_come_and_go(look, people, customers):
    made = {"customer": customers.group, "role": "CONTACT"}
    early = create_record(Contact(**made, name="甲"), by=people.manager, at=noon(MARCH_1))
    create_record(Contact(**made, name="乙"), by=people.manager, at=noon(MARCH_9))
    remove_record(early, by=people.manager, at=noon(MARCH_9))

    response = look("2026-03-05", customers.group)

    fates = {part.title: part.fate for part in response.context["page"].parts}
    assert fates["Person of a group · 甲"] == "Gone since"
    assert fates["Person of a group · 乙"] == "Came later"
    restore_record(early, by=people.manager, at=noon(MARCH_9) + timedelta(hours=1))
    fates = {
        part.title: part.fate for part in look("2026-03-05", customers.group).context["page"].parts
    }
    assert fates["Person of a group · 甲"] == ""


def test_what_is_edited_beside_the_customer_is_taken_back_where_it_belongs(look, people, at):
    made = create_prospect(
        facts=ProspectFacts(
            {
                "name": "海岚",
                "unit": people.units.district,
                "city_code": "01",
                "manager": people.manager,
            },
            {"industry": "食品"},
        ),
        by=people.manager,
        at=noon(MARCH_1),
    )
    prospect = Customer.objects.get(pk=made.pk)
    edit_prospect(
        prospect=prospect,
        facts=ProspectFacts({"name": "海岚集团"}, {"industry": "餐饮"}),
        version=prospect.version,
        by=people.manager,
        at=noon(MARCH_9),
    )

    response = look("2026-03-05", prospect)

    parts = {part.title: part for part in response.context["page"].parts}
    (industry,) = (line for line in parts["Profile of a group"].lines if line.label == "Industry")
    assert (industry.then, industry.now) == ("食品", "餐饮")
    assert all(line.label != "Industry" for line in parts["Customer"].lines)


def test_a_customer_that_came_later_was_not_known(look, people):
    prospect = CustomerFactory.build(
        kind="PROSPECT", number="P000001", manager=people.manager, unit=people.units.district
    )
    create_record(prospect, by=people.manager, at=noon(MARCH_9))

    page = look("2026-03-05", prospect).content.decode()

    assert "the customer was not known yet" in page


@pytest.fixture
def delivered(home, customers, run):  # noqa: F811
    """What the city's files said of the manager's customer on 3 and 7 March."""
    facts = Facts(home)
    for day, values in (
        (date(2026, 3, 3), {"brand": "神州行", "msisdn": "13700002222"}),
        (date(2026, 3, 7), {"brand": "动感地带"}),
    ):
        facts.deliver_subscribers(
            day,
            "01",
            [master_row(customers.own.number, birth_date=date(1980, 2, 29), **values)],
        )
    for partition in facts.live.values():
        deliver(run, partition.city, partition.day)
        LivePartition.objects.filter(day=partition.day).update(
            interface=partition.interface, version=partition.version
        )
    return facts


def test_before_the_log_the_files_of_the_city_tell(look, delivered):
    response = look("2026-03-05")

    page = response.content.decode()
    assert "its files of 2026-03-03" in page
    assert lines(response)["Brand"] == ("神州行", "全球通")
    assert lines(response)["Phone"][0] == "137****2222"
    assert "13700002222" not in page
    assert lines(response)["Birthday"][0] == "****-02-29"
    # The manager is nothing that the files alone decide.
    assert lines(response)["Manager"] == ("王芳", "王芳")


def test_where_the_log_reaches_back_the_files_are_not_asked(look, delivered, people, customers):
    own = Customer.objects.get(pk=customers.own.pk)
    own.brand = "动感地带"
    save_record(own, by=people.manager, at=noon(MARCH_1))

    response = look("2026-03-05")

    assert response.context["page"].delivered_day is None
    assert lines(response)["Brand"] == ("动感地带", "动感地带")


def test_before_the_first_file_the_present_record_is_all_there_is(look, delivered):
    response = look("2026-03-01")

    assert response.context["page"].delivered_day is None
    assert lines(response)["Brand"] == ("全球通", "全球通")


@pytest.mark.parametrize("day", ["someday", "2999-01-01"])
def test_a_day_that_cannot_be_is_told(look, day):
    page = look(day).content.decode()

    assert "Name a day up to today" in page


def test_without_a_day_the_page_begins_a_month_ago(look):
    response = look("")

    assert response.context["page"].on == timezone.localdate() - timedelta(days=30)


def test_looking_back_is_a_look(look, people, customers):
    look("2026-03-05")

    assert Access.objects.filter(verb="VIEWED", subject_id=customers.own.pk).exists()


def test_the_number_of_statements_does_not_grow_with_the_file(look, people, customers):
    def statements(count):
        for number in range(count):
            made = Contact(customer=customers.group, role="CONTACT", name=f"人{number}")
            create_record(made, by=people.manager, at=noon(MARCH_9))
        with CaptureQueriesContext(connection) as context:
            look("2026-03-05", customers.group)
        return len(context)

    few = statements(2)

    assert statements(10) == few
