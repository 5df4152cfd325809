"""Greetings: proposed by the standards, approved by a second person, done, recorded (C9, O9)."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation
from tests.factories.archive import ContactFactory
from tests.factories.care import make_greeting

from dakehu.care.errors import UnableToGreet
from dakehu.care.models import Festival, Greeting, Wording
from dakehu.care.operations import greetings as operations
from dakehu.care.queries import greetings as queries
from dakehu.catalogue.choices import Form, Occasion, Population
from dakehu.catalogue.values import FormRule
from dakehu.customers.models import Anniversary, GroupProfile
from dakehu.worklist.models import Todo

ON = date(2026, 2, 5)
AT = datetime(2026, 2, 5, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
SPRING = date(2026, 2, 17)


@pytest.fixture
def level_a(monkeypatch):
    """Festivals by SMS, days of their own by a visit, to whoever is asked about."""
    rules = (
        FormRule(Occasion.FESTIVAL, (Form.SMS, Form.MAIL)),
        FormRule(Occasion.ANNIVERSARY, (Form.VISIT,)),
    )
    monkeypatch.setattr(
        queries, "forms_of", lambda customers, code, on: dict.fromkeys(customers, rules)
    )


def propose():
    with translation.override("zh-hans"):
        return operations.propose_greetings(on=ON, at=AT)


def test_festivals_and_birthdays_are_proposed_once_in_the_forms_of_the_level(
    people, customers, level_a
):
    ContactFactory(
        customer=customers.group,
        name="王主任",
        role="KEY_PERSON",
        birth_date="1970-02-09",
        birth_calendar="solar",
    )

    made = propose()
    again = propose()

    found = {row.kind: row for row in Greeting.objects.filter(customer=customers.group)}
    assert (made, again) == (2, 0)
    assert (found["FESTIVAL"].day, found["FESTIVAL"].form) == (SPRING, "SMS")
    assert "滨海港务集团" in found["FESTIVAL"].text
    assert "春节" in found["FESTIVAL"].text
    assert (found["BIRTHDAY"].day, found["BIRTHDAY"].form) == (date(2026, 2, 9), "VISIT")
    assert "王主任" in found["BIRTHDAY"].text
    assert found["FESTIVAL"].staff == people.manager


def test_important_customers_are_visited_where_their_standard_says_so(
    people, customers, monkeypatch
):
    important = Population.IMPORTANT
    rules = (
        FormRule(Occasion.FESTIVAL, (Form.SMS,)),
        FormRule(Occasion.FESTIVAL, (Form.VISIT,), important),
        FormRule(Occasion.ANNIVERSARY, (Form.MAIL,)),
        FormRule(Occasion.ANNIVERSARY, (Form.VISIT,), important),
    )
    monkeypatch.setattr(queries, "forms_of", lambda found, code, on: dict.fromkeys(found, rules))
    spring = Festival.objects.get(name="春节")
    lesser = Festival(name="小年", is_important=False)
    group = customers.group.pk

    def form(occasion, festival=None):
        return queries.forms_on([group], occasion, festival, on=ON)[group]

    assert (form(Occasion.FESTIVAL, spring), form(Occasion.ANNIVERSARY)) == ("SMS", "MAIL")
    GroupProfile.objects.filter(customer=group).update(strategic="provincial")
    assert (form(Occasion.FESTIVAL, spring), form(Occasion.ANNIVERSARY)) == ("VISIT", "VISIT")
    assert form(Occasion.FESTIVAL, lesser) == "SMS"


def test_a_lunar_anniversary_comes_on_its_lunar_day(people, customers, level_a):
    # The 27th day of the twelfth lunar month: 14 February 2026.
    Anniversary.objects.create(
        customer=customers.group, title="公司成立纪念日", on=date(1998, 12, 27), calendar="lunar"
    )

    propose()

    assert Greeting.objects.get(kind="ANNIVERSARY").day == date(2026, 2, 14)
    # The festival three days later would come too soon after it.
    assert not Greeting.objects.filter(kind="FESTIVAL").exists()


def test_without_a_promise_and_without_wish_nobody_is_greeted(people, customers, level_a):
    operations.want_no_greetings(customer=customers.group, note="", by=people.manager, at=AT)
    assert propose() == 0

    operations.want_greetings_again(customer=customers.group, by=people.manager, at=AT)
    assert propose() == 1


def test_the_catalogue_itself_promises_nothing_to_who_stands_nowhere(people, customers):
    assert propose() == 0


def test_a_second_person_approves_and_the_manager_is_asked(people, customers):
    greeting = make_greeting(customers.group, people.manager, day=ON, at=AT)
    own = make_greeting(customers.group, people.supervisor, day=ON, at=AT, key="festival:99")

    with pytest.raises(PermissionDenied):
        operations.decide_greetings(greetings=[greeting], approve=True, by=people.manager, at=AT)
    count = operations.decide_greetings(
        greetings=[greeting, own], approve=True, by=people.supervisor, at=AT
    )

    greeting.refresh_from_db()
    own.refresh_from_db()
    assert (count, greeting.state, own.state) == (1, "APPROVED", "PROPOSED")
    assert Todo.objects.get(source="greeting").owner == people.manager


def test_the_result_is_recorded_once_and_a_refusal_is_remembered(people, customers):
    greeting = make_greeting(customers.group, people.manager, day=ON, at=AT)
    told = {"result": "UNWANTED", "note": "请勿打扰", "by": people.manager}
    with pytest.raises(UnableToGreet):
        operations.record_greeting(greeting=greeting, **told, at=AT)
    operations.decide_greetings(greetings=[greeting], approve=True, by=people.supervisor, at=AT)
    with pytest.raises(UnableToGreet):
        operations.record_greeting(greeting=greeting, **told, at=AT - timedelta(days=5))

    operations.record_greeting(greeting=greeting, **told, at=AT)

    greeting.refresh_from_db()
    assert (greeting.state, greeting.result) == ("DONE", "UNWANTED")
    assert queries.unwanted_by([customers.group.pk]) == {customers.group.pk}
    assert Todo.objects.get(source="greeting").state == "DONE"
    with pytest.raises(UnableToGreet):
        operations.record_greeting(greeting=greeting, **told, at=AT)


def test_days_that_not_every_year_has_and_unknown_placeholders_are_refused(people, db):
    by = people.administrator
    festival = Festival(name="闰日", calendar="SOLAR", month=2, day=29)
    wording = Wording(kind="FESTIVAL", text="{nobody}")
    with pytest.raises(UnableToGreet) as refusal:
        operations.keep_festival(festival=festival, version=0, by=by, at=AT)
    assert refusal.value.field == "day"
    with pytest.raises(UnableToGreet) as refusal:
        operations.keep_wording(wording=wording, version=0, by=by, at=AT)
    assert refusal.value.field == "text"
