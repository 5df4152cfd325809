"""What people write one by one, on forms."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from tests.db.change_log.scenarios import fresh, scenario
from tests.factories.alerts import AlertFactory, TodoFactory
from tests.factories.archive import ContactFactory, CustomFieldFactory
from tests.factories.attachments import upload
from tests.factories.catalogue import own_service
from tests.factories.exports import order
from tests.factories.models import make_model
from tests.factories.obligations import make_owed
from tests.factories.people import StaffFactory
from tests.factories.reports import make_client
from tests.factories.work import unsaved_work

from dakehu.alerts import operations as alerts
from dakehu.alerts.models import AskingRule
from dakehu.alerts.operations.handling import Contact as Act
from dakehu.alerts.values import NewReport, NumberBook, WarningNumbers
from dakehu.catalogue import operations as catalogue
from dakehu.catalogue.models import ServiceVersion
from dakehu.catalogue.values import Terms
from dakehu.customers import operations as customers
from dakehu.customers.models import (
    Address,
    Anniversary,
    Contact,
    Customer,
    Gift,
    MarketNote,
    Opinion,
    PersonProfile,
    Product,
)
from dakehu.customers.operations.sharing import share_customer
from dakehu.customers.values import ProspectFacts
from dakehu.files.operations import attachments, exports
from dakehu.obligations import operations as obligations
from dakehu.obligations.models import Provision
from dakehu.ownership import operations as ownership
from dakehu.ownership.values import OwnerNumbers
from dakehu.people import operations as people
from dakehu.people.values import Absence, Duty, NewShare, NewStaff, NewUnit, RoleDraft
from dakehu.ranking import operations as ranking
from dakehu.signin import operations as signin
from dakehu.signin.values import ClientDraft
from dakehu.worklist import operations as worklist
from dakehu.worklist.models import WorkCategory

DAY = date(2026, 3, 1)


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


@scenario("form", "worklist.workcategory", "worklist.workentry")
def work_is_written_down_corrected_taken_out_and_put_back(w: Any) -> Iterator[None]:
    yield
    one = worklist.add_category(category=WorkCategory(name="驻点"), by=w.by, at=w.at)
    yield
    one = fresh(one)
    one.name_en = "On site"
    worklist.edit_category(category=one, version=one.version, by=w.by, at=w.at)
    yield
    entry = unsaved_work(category=one, at=w.at, customer=w.customers.own)
    worklist.record_work(entry=entry, by=w.by, at=w.at)
    yield
    entry = fresh(entry)
    entry.minutes = 90
    worklist.edit_work(entry=entry, version=entry.version, by=w.by, at=w.at)
    yield
    worklist.remove_work(entry=fresh(entry), by=w.by, at=w.at)
    yield
    worklist.restore_work(entry=fresh(entry), by=w.by, at=w.at)
    yield
    worklist.retire_category(category=fresh(one), by=w.by, at=w.at)
    yield
    worklist.restore_category(category=fresh(one), by=w.by, at=w.at)


@scenario("form", "catalogue.service", "catalogue.serviceversion")
def a_service_is_added(w: Any) -> Iterator[None]:
    yield
    own_service(w.by, at=w.at)


@scenario("form", "catalogue.serviceversion")
def a_standard_is_drafted_changed_proposed_published_and_withdrawn(w: Any) -> Iterator[None]:
    second, first = (
        StaffFactory(unit=w.by.unit, role=w.by.role),
        ServiceVersion.objects.get(service__code="C1"),
    )
    yield
    row = catalogue.draft_version(based_on=first, by=w.by, at=w.at)
    yield
    catalogue.save_terms(
        draft=row,
        places=[("group-abc", 5)],
        terms=Terms(text="当天"),
        version=row.version,
        by=w.by,
        at=w.at,
    )
    yield
    catalogue.propose_version(
        draft=fresh(row), active_from=date(2099, 1, 1), reason="试行", by=w.by, at=w.at
    )
    yield
    waiting = fresh(row)
    catalogue.publish_version(proposed=waiting, version=waiting.version, by=second, at=w.at)
    yield
    catalogue.withdraw_version(held=fresh(row), by=w.by, at=w.at)


@scenario(
    "form",
    "obligations.obligation",
    "obligations.provision",
    "obligations.reward",
    "obligations.trial",
    "obligations.launch",
)
def what_is_owed_is_waived_and_what_is_provided_begins_and_ends(w: Any) -> Iterator[None]:
    by = {"by": w.by, "at": w.at}
    kept = make_owed(w.people, w.customers.own)
    yield
    obligations.waive(obligation=kept.obligation, reason="客户搬迁", **by)
    yield
    obligations.end_provision(provision=kept.provision, **by)
    yield
    obligations.close_trial(trial=kept.trial, outcome="转为订购", **by)
    yield
    row = Provision(customer=w.customers.own, service="C8", starts_on=date(2026, 3, 1))
    obligations.provide(provision=row, **by)
    yield
    made = obligations.enter_launch(title="专线优惠", launches_on=date(2099, 1, 1), note="", **by)
    yield
    obligations.mark_launch(launch=made, step="told_on", on=DAY, **by)
    yield
    obligations.decide_reward(reward=kept.reward, approve=False, note="额度已用完", **by)


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


@scenario("form", "ranking.rankingmodel")
def a_ranking_model_is_decided_upon(w: Any) -> Iterator[None]:
    model = make_model(Path(settings.HOME), at=w.at)
    yield
    other = make_model(Path(settings.HOME), at=w.at)
    yield
    ranking.discard_model(model=other, version=1, by=w.by, at=w.at)
    yield
    terms = {"remark": "胜过规则", "by": w.people.operations_center, "at": w.at}
    ranking.propose_model(model=model, version=1, **terms)
    yield
    ranking.decline_model(model=model, version=2, by=w.by, at=w.at)
    yield
    ranking.propose_model(model=model, version=3, **terms)
    ranking.publish_model(model=model, version=4, by=w.by, at=w.at)
    yield
    ranking.retire_model(model=model, version=5, by=w.by, at=w.at)


@scenario("form", "alerts.numberset")
def numbers_of_the_warnings_are_drafted_kept_proposed_published_and_withdrawn(
    w: Any,
) -> Iterator[None]:
    yield
    made = alerts.draft_numbers(based_on=1, reason="试", by=w.people.operations_center, at=w.at)
    yield
    alerts.save_numbers(
        draft=made,
        book=NumberBook(WarningNumbers(hotline_calls=2)),
        reason="更严",
        version=1,
        by=w.people.operations_center,
        at=w.at,
    )
    yield
    day = timezone.localdate(w.at) + timedelta(days=2)
    alerts.propose_numbers(
        draft=fresh(made), active_from=day, by=w.people.operations_center, at=w.at
    )
    yield
    alerts.publish_numbers(proposed=fresh(made), version=fresh(made).version, by=w.by, at=w.at)
    yield
    alerts.withdraw_numbers(kept=fresh(made), by=w.by, at=w.at)


@scenario("form", "alerts.askingrule")
def how_alerts_ask_is_set_and_set_again(w: Any) -> Iterator[None]:
    yield
    alerts.set_asking(rule=AskingRule(most_cards=9), version=0, by=w.by, at=w.at)
    yield
    alerts.set_asking(rule=AskingRule(merges=False), version=1, by=w.by, at=w.at)


@scenario("form", "signin.apiclient")
def another_system_is_let_in_changed_given_a_key_and_revoked(w: Any) -> Iterator[None]:
    yield
    draft = ClientDraft("CRM", w.people.units.city, frozenset({"leaving.report"}), 60)
    made, _key = signin.create_client(draft, by=w.by, at=w.at)
    yield
    wider = replace(draft, unit=w.people.units.province, expires_at=w.at + timedelta(days=9))
    signin.change_client(fresh(made), wider, version=1, by=w.by, at=w.at)
    yield
    signin.renew_key(fresh(made), by=w.by, at=w.at)
    yield
    signin.revoke_client(fresh(made), by=w.by, at=w.at)


@scenario("form", "alerts.alert", "worklist.todo")
def another_system_reports_that_a_customer_leaves(w: Any) -> Iterator[None]:
    crm, _key = make_client(w.people, w.people.units.city, at=w.at)
    yield
    for number, kind in enumerate(("port_out", "stop_request")):
        report = NewReport(f"E-{number}", w.customers.own.number, "", kind, w.at, "CRM")
        alerts.take_report(report, client=crm, at=w.at + timedelta(days=number))
        yield
