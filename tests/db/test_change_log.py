"""
The change log is complete: every business record, on every way by which it is written (P8).

Each scenario takes one way (form, bulk, import, job, merge, load) and is watched: whatever row it
adds, changes or removes must stand in the log, with every field that got another value. A model
that is neither watched nor excused fails, and so does a watched one that no scenario writes.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone
from tests.factories.alerts import AlertFactory, TodoFactory
from tests.factories.archive import ContactFactory, CustomFieldFactory
from tests.factories.attachments import upload
from tests.factories.customers import GroupFactory
from tests.factories.exports import order
from tests.factories.ownership import assigned, terms, visible
from tests.factories.rows import row
from tests.factories.sheets import workbook
from tests.factories.watching import unlogged

from dakehu.alerts import operations as alerts
from dakehu.alerts.operations.handling import Contact as Act
from dakehu.customers import operations as customers
from dakehu.customers.models import (
    Address,
    Anniversary,
    Contact,
    Customer,
    DuplicatePair,
    Gift,
    MarketNote,
    Opinion,
    PersonProfile,
    Product,
)
from dakehu.customers.operations.sharing import share_customer
from dakehu.customers.values import ProspectFacts
from dakehu.files.operations import attachments, exports
from dakehu.ownership import operations as ownership
from dakehu.ownership.values import OwnerNumbers
from dakehu.people import operations as people
from dakehu.people.values import Absence, Duty, NewShare, NewStaff, NewUnit, RoleDraft
from dakehu.worklist import operations as worklist

DAY = date(2026, 3, 1)

LOGGED = frozenset(
    {
        "alerts.alert",
        "customers.address",
        "customers.anniversary",
        "customers.contact",
        "customers.customer",
        "customers.customfield",
        "customers.customvalue",
        "customers.duplicatepair",
        "customers.gift",
        "customers.groupprofile",
        "customers.marketnote",
        "customers.opinion",
        "customers.personprofile",
        "customers.product",
        "files.attachment",
        "files.exportrequest",
        "ownership.ownerrule",
        "people.businessauthority",
        "people.leave",
        "people.partnerarea",
        "people.post",
        "people.share",
        "people.skill",
        "people.staff",
        "people.storedrole",
        "people.training",
        "people.unit",
        "people.unitduty",
        "worklist.todo",
    }
)
EXCUSED = {
    "alerts.handling": "is itself the record of an act, and never changed",
    "audit.access": "a log",
    "audit.change": "the log",
    "audit.seal": "proves the logs",
    "customers.contactwords": "follows from the person, for search",
    "customers.customermonth": "a fact that the city delivers, kept by data day in the files",
    "customers.customerwords": "follows from the customer, for search",
    "customers.merger": "is itself the record of an act, with what it moved",
    "customers.sequence": "a counter",
    "customers.servicelog": "a fact that the city delivers",
    "customers.subscription": "a fact that the city delivers",
    "exchange.citystat": "book of the exchange",
    "exchange.deliveredinterface": "book of the exchange",
    "exchange.delivery": "book of the exchange",
    "exchange.deliveryfile": "book of the exchange",
    "exchange.evaluatedday": "book of the exchange",
    "exchange.livepartition": "book of the exchange",
    "exchange.pendingday": "book of the exchange",
    "exchange.run": "book of the exchange",
    "exchange.runstep": "book of the exchange",
    "exchange.unitfigure": "worked out every night",
    "exchange.worker": "a sign of life",
    "files.importrow": "what stood in a file, with what it made of each record",
    "files.importrun": "the book of an import; the records it writes are logged",
    "ownership.move": "is itself the record of an act: who, when, why, what came of it",
    "ownership.moveline": "the history of ownership itself",
    "ownership.receipt": "is itself the record of an act",
    "people.unitplace": "the history of the tree itself",
    "signin.signin": "the book of sessions",
    "signin.usedpassword": "hashes of passwords, told as a change of the person",
    "tiering.level": "reference data of the installation",
    "tiering.scheme": "reference data of the installation",
    "tiering.standing": "periods that keep their own history",
    "ui.columnset": "a person's own view",
    "ui.savedview": "a person's own view",
}
Scenario = Callable[[Any], Iterator[None]]
SCENARIOS: dict[str, tuple[Scenario, frozenset[str]]] = {}
OVER = object()
PATHS = ("form", "bulk", "import", "job", "merge", "load")


def scenario(path: str, *models: str) -> Callable[[Scenario], Scenario]:
    """
    Mark a function as a scenario that writes the named models on one way.

    Until its first ``yield`` it only prepares; every further one ends a step that is watched.
    """
    assert path in PATHS

    def marked(act: Scenario) -> Scenario:
        SCENARIOS[f"{path}: {act.__name__}"] = (act, frozenset(models))
        return act

    return marked


@pytest.fixture
def world(home, people, customers, at, finish_work, english) -> Any:
    """People, customers, and the hands that write."""
    from tests.factories.imports import Importer

    return SimpleNamespace(
        people=people,
        customers=customers,
        at=at,
        by=people.administrator,
        importer=Importer(people.administrator, at, finish_work),
    )


def fresh(record: Any) -> Any:
    """Return a record as it is stored."""
    return type(record)._default_manager.get(pk=record.pk)


@scenario("form", "customers.customer", "customers.customvalue", "customers.groupprofile")
def a_prospect_is_entered_completed_removed_and_restored(w: Any) -> Iterator[None]:
    field = CustomFieldFactory(kind="PROSPECT", label="来源")
    yield
    facts = {"name": "海岚食品", "unit": w.people.units.district, "city_code": "01"}
    made = customers.create_prospect(
        facts=ProspectFacts(
            {**facts, "phone": "13800001111"}, {"industry": "食品"}, {field.key: "展会"}
        ),
        by=w.by,
        at=w.at,
    )
    yield
    customers.edit_prospect(
        prospect=fresh(made),
        facts=ProspectFacts(
            {**facts, "name": "海岚集团"}, {"industry": "餐饮"}, {field.key: "电话"}
        ),
        version=fresh(made).version,
        by=w.by,
        at=w.at,
    )
    yield
    customers.remove_prospect(prospect=fresh(made), reason="误录", by=w.by, at=w.at)
    yield
    customers.restore_prospects(prospects=Customer.objects.filter(pk=made.pk), by=w.by, at=w.at)


DETAILS = {
    Contact: {"role": "CONTACT", "name": "林涛", "is_primary": True},
    Address: {"label": "仓库", "address": "滨海市西城区库前路1号"},
    Anniversary: {"title": "成立", "on": DAY},
    Gift: {"on": DAY, "what": "茶叶"},
    MarketNote: {"kind": "COMPETITOR", "text": "竞争对手报价"},
    Opinion: {"source": "VISIT", "text": "满意"},
}


@scenario(
    "form",
    "customers.address",
    "customers.anniversary",
    "customers.contact",
    "customers.gift",
    "customers.marketnote",
    "customers.opinion",
)
def details_are_added_edited_removed_and_restored(w: Any) -> Iterator[None]:
    ContactFactory(customer=w.customers.group, is_primary=True)
    yield
    for model, values in DETAILS.items():
        extra = {"staff": w.by} if hasattr(model, "staff") else {}
        extra |= {"at": w.at} if model in {MarketNote, Opinion} else {}
        made = model(customer=w.customers.group, **values, **extra)
        customers.add_detail(customer=w.customers.group, detail=made, by=w.by, at=w.at)
        yield
        edited = fresh(made)
        name = next(each for each in values if isinstance(values[each], str) and each != "role")
        if name not in {"kind", "source"}:
            setattr(edited, name, "改")
            customers.edit_detail(detail=edited, version=edited.version, by=w.by, at=w.at)
            yield
        customers.remove_detail(detail=fresh(made), by=w.by, at=w.at)
        yield
        customers.restore_detail(detail=fresh(made), by=w.by, at=w.at)


@scenario("form", "customers.customvalue", "customers.personprofile")
def a_person_is_described_and_own_fields_are_filled_in(w: Any) -> Iterator[None]:
    field = CustomFieldFactory(kind="INDIVIDUAL")
    yield
    own = fresh(w.customers.own)
    person = PersonProfile(customer=own, hobbies="钓鱼", email="a@example.com")
    customers.save_person(customer=own, person=person, version=0, by=w.by, at=w.at)
    yield
    own = fresh(own)
    customers.set_custom_values(
        customer=own, contents={field.key: "甲"}, version=own.version, by=w.by, at=w.at
    )
    yield
    own = fresh(own)
    customers.set_custom_values(
        customer=own, contents={field.key: None}, version=own.version, by=w.by, at=w.at
    )


@scenario("form", "customers.customfield", "customers.product")
def the_operator_defines_fields_and_names_products(w: Any) -> Iterator[None]:
    yield
    one, two = (
        customers.define_field(
            field=customers.unsaved_field(kind="GROUP", label=label, type="TEXT"),
            by=w.by,
            at=w.at,
        )
        for label in ("内部编号", "片区")
    )
    yield
    edited = fresh(one)
    edited.help_text = "八位"
    customers.edit_field(field=edited, version=edited.version, by=w.by, at=w.at)
    yield
    customers.move_field(field=fresh(two), is_up=True, by=w.by, at=w.at)
    yield
    customers.remove_field(field=fresh(one), by=w.by, at=w.at)
    yield
    customers.restore_field(field=fresh(one), by=w.by, at=w.at)
    yield
    product = Product(code="X9", name="彩铃")
    customers.describe_product(product=product, by=w.by, at=w.at)
    yield
    product = fresh(product)
    product.name = "视频彩铃"
    customers.edit_product(product=product, version=product.version, by=w.by, at=w.at)


@scenario("form", "people.post", "people.staff")
def people_are_added_completed_closed_and_removed(w: Any) -> Iterator[None]:
    yield
    made = people.create_staff(
        NewStaff("qianjin", "钱进", "HALL"), unit=w.people.units.district, by=w.by, at=w.at
    )
    yield
    values = {"phone": "13800002222", "position": "营业员", "birth_date": date(1990, 1, 2)}
    people.change_staff(fresh(made), values=values, version=1, by=w.by, at=w.at)
    yield
    people.move_staff(
        staff=fresh(made), unit=w.people.units.city, role="HOTLINE", by=w.by, at=w.at
    )
    yield
    people.set_password(staff=fresh(made), password="open-sesame-2027", by=w.by, at=w.at)
    yield
    people.close_account(fresh(made), by=w.by, at=w.at)
    yield
    people.open_account(fresh(made), by=w.by, at=w.at)
    yield
    people.remove_staff(fresh(made), by=w.by, at=w.at)
    yield
    people.restore_staff(fresh(made), by=w.by, at=w.at)


ENTRIES = {
    "skills": {"kind": "SKILL", "name": "商务谈判", "proficiency": "GOOD"},
    "trainings": {"title": "安全培训", "starts_on": DAY},
    "posts": {"employer": "前单位", "position": "职员", "starts_on": date(2019, 1, 1)},
    "authorities": {"product_code": "P1", "action": "OPEN", "starts_on": DAY},
}


@scenario(
    "form",
    "people.businessauthority",
    "people.partnerarea",
    "people.post",
    "people.skill",
    "people.training",
)
def lines_of_a_file_come_and_go(w: Any) -> Iterator[None]:
    yield
    staff = w.people.manager
    kinds = {**ENTRIES, "areas": {"unit": w.people.units.city}}
    for kind, values in kinds.items():
        made = people.add_entry(staff, kind=kind, values=values, by=w.by, at=w.at)
        yield
        people.remove_entry(fresh(made), by=w.by, at=w.at)
        yield
        people.restore_entry(fresh(made), by=w.by, at=w.at)
        yield
    skill = staff.skills.get()
    people.change_entry(
        skill,
        values={**ENTRIES["skills"], "proficiency": "EXPERT"},
        version=skill.version,
        by=w.by,
        at=w.at,
    )


@scenario("form", "people.unit", "people.unitduty")
def units_grow_move_and_get_duties(w: Any) -> Iterator[None]:
    yield
    units = w.people.units
    made = people.create_unit(
        NewUnit("TEAM", "GENERAL", "一组"), parent=units.district, by=w.by, at=w.at
    )
    yield
    values = {"name": "二组", "note": "新区"}
    people.change_unit(fresh(made), values=values, version=made.version, by=w.by, at=w.at)
    yield
    people.move_unit(fresh(made), parent=units.next_district, by=w.by, at=w.at)
    yield
    people.set_duties(
        fresh(made), wanted={"C1": Duty("LEAD")}, seen={"C1": Duty()}, by=w.by, at=w.at
    )
    yield
    people.set_duties(
        fresh(made), wanted={"C1": Duty()}, seen={"C1": Duty("LEAD")}, by=w.by, at=w.at
    )
    yield
    people.remove_unit(fresh(made), by=w.by, at=w.at)
    yield
    people.restore_unit(fresh(made), by=w.by, at=w.at)


@scenario("form", "people.leave", "people.share", "people.storedrole")
def roles_shares_and_leaves_are_given_and_taken(w: Any) -> Iterator[None]:
    yield
    draft = RoleDraft("助理", "", "UNIT", frozenset({"customers.view"}))
    role = people.create_role(draft, by=w.by, at=w.at)
    yield
    people.change_role(
        fresh(role), RoleDraft("助手", "", "OWN", frozenset()), version=1, by=w.by, at=w.at
    )
    yield
    people.retire_role(fresh(role), by=w.by, at=w.at)
    yield
    new = NewShare(w.people.stranger, w.at + timedelta(days=3), "联合服务")
    share = share_customer(w.customers.own, share=new, by=w.by, at=w.at)
    yield
    people.withdraw_share(fresh(share), by=w.by, at=w.at)
    yield
    begins = w.at + timedelta(days=1)
    leave = people.plan_leave(
        w.people.manager,
        absence=Absence(begins, begins + timedelta(days=2), w.people.colleague),
        by=w.by,
        at=w.at,
    )
    yield
    people.end_leave(fresh(leave), by=w.by, at=w.at)


@scenario("form", "files.attachment", "files.exportrequest")
def files_are_attached_and_exports_released(w: Any) -> Iterator[None]:
    yield
    attached = attachments.attach_file(
        record=w.customers.own, upload=upload(), by=w.people.manager, at=w.at
    )
    yield
    attachments.remove_attachment(attachment=fresh(attached), by=w.people.manager, at=w.at)
    yield
    attachments.restore_attachment(attachment=fresh(attached), by=w.people.manager, at=w.at)
    yield
    export = exports.request_export(order=order(), by=w.people.manager, at=w.at)
    yield
    exports.decide_export(
        export=fresh(export), release=False, note="不需要", by=w.people.supervisor, at=w.at
    )


@scenario("form", "alerts.alert", "ownership.ownerrule", "worklist.todo")
def an_alert_is_handled_and_the_numbers_of_ownership_change(w: Any) -> Iterator[None]:
    alert = AlertFactory(customer=w.customers.own)
    TodoFactory(alert=alert)
    yield
    act = Act(outcome="KEPT", contacted=True, follow_up_date=None, note="已挽留")
    alerts.handle_alert(
        alert=fresh(alert), contact=act, version=fresh(alert).version, by=w.people.manager, at=w.at
    )
    yield
    rule = ownership.propose_numbers(
        numbers=OwnerNumbers(area_unit=5),
        active_from=timezone.localdate(w.at),
        reason="试",
        by=w.people.operations_center,
        at=w.at,
    )
    yield
    ownership.approve_numbers(rule=fresh(rule), version=rule.version, by=w.by, at=w.at)


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


@pytest.mark.parametrize("name", SCENARIOS)
def test_whatever_is_written_stands_in_the_log(world, name):
    act, models = SCENARIOS[name]
    acting = act(world)
    next(acting)

    written: set[str] = set()
    steps = iter(lambda: unlogged(LOGGED, lambda: next(acting, OVER)), None)
    for step in steps:
        written |= step.touched
        assert step.missing == []
        if step.answer is OVER:
            break
    assert written == models


def test_every_model_is_watched_or_excused():
    ours = {
        model._meta.label_lower
        for model in apps.get_models()
        if model.__module__.startswith("dakehu.")
    }

    assert ours - LOGGED == EXCUSED.keys()
    assert all(EXCUSED.values())


def test_every_watched_model_is_written_and_every_way_is_taken():
    written = frozenset().union(*(models for _act, models in SCENARIOS.values()))

    assert written == LOGGED
    assert {name.partition(":")[0] for name in SCENARIOS} == set(PATHS)
