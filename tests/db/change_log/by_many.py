"""What is written many at a time: in bulk, from spreadsheets, by jobs, merges and loads."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from tests.db.change_log.scenarios import fresh, scenario
from tests.factories.alerts import AlertFactory, TodoFactory
from tests.factories.archive import ContactFactory
from tests.factories.customers import GroupFactory
from tests.factories.ownership import assigned, terms, visible
from tests.factories.rows import row
from tests.factories.sheets import workbook

from dakehu.alerts import operations as alerts
from dakehu.customers import operations as customers
from dakehu.customers.models import (
    Customer,
    DuplicatePair,
)
from dakehu.ownership import operations as ownership
from dakehu.people import operations as people
from dakehu.worklist import operations as worklist

DAY = date(2026, 3, 1)


@scenario("bulk", "customers.customer")
def many_customers_are_retired_brought_back_and_reassigned(w: Any) -> Iterator[None]:
    yield
    ids = [w.customers.own.pk, w.customers.colleagues.pk]
    many = Customer.objects.filter(pk__in=ids)
    customers.retire_customers(customers=many, reason="已离网", by=w.by, at=w.at)
    yield
    customers.bring_back_customers(customers=many.all(), reason="复机", by=w.by, at=w.at)
    yield
    move = assigned(
        [w.customers.own, w.customers.group],
        to=w.people.colleague,
        by=w.people.supervisor,
        at=w.at,
    )
    yield
    ownership.undo_move(move=fresh(move), by=w.people.supervisor, at=w.at, reason="误操作")


@scenario("bulk", "alerts.alert", "worklist.todo")
def many_alerts_and_todos_are_handed_on(w: Any) -> Iterator[None]:
    alert = AlertFactory(customer=w.customers.own)
    todo = TodoFactory(alert=alert)
    yield
    alerts.assign_alerts(
        alerts=type(alert).objects.filter(pk=alert.pk),
        owner=w.people.colleague,
        by=w.people.supervisor,
        at=w.at,
    )
    yield
    todos = type(todo).objects.filter(pk=todo.pk)
    worklist.hand_over(todos=todos, owner=w.people.manager, by=w.people.supervisor, at=w.at)
    yield
    worklist.close_todos(todos=todos.all(), by=w.people.manager, at=w.at)


@scenario("bulk", "customers.customer")
def customers_are_claimed_from_the_pool(w: Any) -> Iterator[None]:
    pool = Customer.objects.filter(pk=w.customers.unowned.pk)
    pool.update(unit=w.people.units.district)
    yield
    ownership.claim_customers(numbers=[w.customers.unowned.pk], by=w.people.manager, at=w.at)


@scenario("import", "customers.customer", "customers.groupprofile", "customers.personprofile")
def prospects_contacts_and_staff_are_brought_in_and_undone(w: Any) -> Iterator[None]:
    yield
    heads = ("Number", "Name", "Unit", "Phone", "Industry")
    file = workbook([heads, ("", "新材料公司", "01/东城", "13800001111", "制造")])
    made = w.importer.bring_in("prospects", file)
    yield
    number = Customer.objects.get(kind="PROSPECT").number
    change = workbook([heads, (number, "新名称", "", "", "电子")])
    w.importer.undo(w.importer.bring_in("prospects", change))
    yield
    w.importer.undo(made)
    yield
    w.importer.undo(
        w.importer.bring_in(
            "individuals", workbook([("Number", "Hobbies"), ("01S00000101", "钓鱼")])
        )
    )


@scenario("job", "customers.customer", "people.staff", "people.unit")
def the_night_carries_out_a_planned_move_and_knows_new_places(w: Any) -> Iterator[None]:
    yield
    on = timezone.localdate(w.at) + timedelta(days=1)
    draft = ownership.draft_assignment(
        customers=visible(w.people.supervisor, w.customers.own),
        to=w.people.colleague,
        terms=terms(effective_on=on),
        by=w.people.supervisor,
        at=w.at,
    )
    yield
    ownership.decide_move(move=draft, by=w.people.supervisor, at=w.at)
    yield
    ownership.carry_out_due(on=on, at=w.at + timedelta(days=1))
    yield
    people.ensure_managers(["M77"], city_code="01", at=w.at)
    yield
    people.ensure_districts("01", ["新区"], at=w.at)


@scenario("merge", "customers.contact", "customers.customer", "customers.duplicatepair")
def two_customers_become_one_and_two_again(w: Any) -> Iterator[None]:
    kept, gone = (GroupFactory(manager=w.people.manager) for _number in range(2))
    first, second = sorted((kept, gone), key=lambda each: each.pk)
    DuplicatePair.objects.create(first=first, second=second, score=90, found_on=DAY)
    ContactFactory(customer=gone)
    yield
    merger = customers.merge_customers(
        kept=kept, gone=gone, chosen=["name"], by=w.by, at=w.at, reason="同一单位"
    )
    yield
    customers.undo_merger(merger=fresh(merger), by=w.by, at=w.at, reason="误合并")


@scenario("merge", "customers.duplicatepair")
def a_likely_pair_is_dismissed_and_reopened(w: Any) -> Iterator[None]:
    first, second = sorted((w.customers.own, w.customers.colleagues), key=lambda each: each.pk)
    pair = DuplicatePair.objects.create(first=first, second=second, score=90, found_on=DAY)
    yield
    customers.dismiss_pair(pair=pair, by=w.by, at=w.at)
    yield
    customers.reopen_pair(pair=fresh(pair), by=w.by, at=w.at)


@scenario("load", "customers.customer", "customers.groupprofile")
def the_files_of_a_city_change_known_customers(w: Any) -> Iterator[None]:
    GroupFactory(number="01G777", manager=w.people.manager)
    yield
    known = {"sub_id": w.customers.own.number, "manager_no": "NO-colleague", "name": "张玮"}
    customers.apply_groups(
        iter([row("group", group_no="01G777", name="港务", employees=9, address="新址一号")]),
        city_code="01",
        day=DAY + timedelta(days=1),
        at=w.at,
    )
    yield
    customers.apply_subscribers(
        iter([row("subscriber", **known, msisdn="13900009999", status=3, brand="神州行")]),
        city_code="01",
        day=DAY + timedelta(days=1),
        at=w.at,
    )
