"""What people write about cases."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils.timezone import localdate
from tests.db.change_log.scenarios import fresh, scenario
from tests.factories.cases import close, make_case
from tests.factories.orders import plan_of, serve, sign
from tests.factories.outbox import PHONE
from tests.factories.tiering import StandingFactory, level_of

from dakehu.cases import operations as cases
from dakehu.cases.models import ReplyTemplate
from dakehu.cases.values import Passing, Talk
from dakehu.clocks.queries.calendars import work_days
from dakehu.ownership.events import CustomersMoved
from dakehu.ownership.values import Passage


@scenario("form", "cases.case", "cases.coveragestage", "worklist.todo", "clocks.clock")
def a_case_is_opened_worked_on_closed_and_opened_again(w: Any) -> Iterator[None]:
    how: Any = {"version": None, "by": w.people.manager, "at": w.at}
    since = date(2026, 1, 1)
    StandingFactory(customer=w.customers.group, level=level_of("group-abc", 5), active_from=since)
    yield
    made = make_case(w.people.manager, kind="COVERAGE", customer=w.customers.group, at=w.at)
    yield
    cases.take_case(case=made, **how)
    yield
    who: Any = {"case": made, "by": w.people.manager, "at": w.at}
    engineer = w.people.engineer
    cases.assign_coverage(manager=w.people.manager, technician=engineer, **who)
    yield
    cases.reply_on_coverage(measures="加装室分", expected_on=date(2099, 1, 1), **who)
    yield
    cases.plan_coverage(plan="三月开通", **who)
    yield
    talk = Talk("CALL", "三天内答复")
    cases.talk_to_customer(case=made, talk=talk, by=w.people.manager, at=w.at)
    yield
    cases.wait_for_customer(case=made, reason="等客户回执", **how)
    yield
    cases.go_on(case=made, **how)
    yield
    cases.give_case(case=made, to=Passing(w.people.colleague), **how)
    yield
    close(made, w.people.colleague, at=w.at)
    yield
    cases.reopen_case(case=made, reason="仍无信号", **how)
    yield
    cases.put_back(case=made, reason="换人", **{**how, "by": w.people.supervisor})


@scenario("form", "cases.case", "cases.replytemplate", "outbox.message")
def a_case_is_answered_by_message_with_a_template(w: Any) -> Iterator[None]:
    how: Any = {"by": w.people.supervisor, "at": w.at}
    yield
    template = ReplyTemplate(name="回访", kind="FAULT", text="{number}已恢复")
    cases.keep_template(template=template, version=None, **how)
    yield
    template.text = "{number}已恢复，请确认"
    cases.keep_template(template=template, version=template.version, **how)
    yield
    case = make_case(w.people.manager, customer=w.customers.own, at=w.at)
    yield
    reply = cases.Reply("SMS", PHONE, template.text)
    cases.reply_to_customer(case=case, reply=reply, **how)
    yield
    cases.drop_template(template=fresh(template), **how)


@scenario("form", "cases.caselink")
def two_cases_are_linked_and_unlinked(w: Any) -> Iterator[None]:
    one, other = (make_case(w.people.manager, customer=w.customers.own, at=w.at) for _ in "ab")
    yield
    link = cases.link_cases(case=one, other=other, note="同一专线", by=w.people.manager, at=w.at)
    yield
    cases.unlink_cases(link=fresh(link), by=w.people.manager, at=w.at)
    yield
    cases.link_cases(case=other, other=one, note="", by=w.people.manager, at=w.at)


@scenario("form", "cases.case", "cases.faultnotice", "worklist.todo")
def a_fault_is_announced_joined_merged_split_closed_and_asked_about(w: Any) -> Iterator[None]:
    by, at = w.people.supervisor, w.at
    one, other, third = (
        make_case(by, kind="FAULT", customer=w.customers.own, at=at, keep=True) for _ in "abc"
    )
    yield
    for wording in ("抢修中", "已恢复"):
        cases.announce_fault(case=one, wording=wording, back_at=None, by=by, at=at)
        yield
    cases.report_fault(case=one, report="光缆被挖断", by=by, at=at)
    yield
    cases.end_notice(case=one, by=by, at=at)
    yield
    cases.join_fault(case=other, parent=one, by=by, at=at)
    yield
    cases.merge_case(case=third, into=one, by=by, at=at)
    yield
    part = cases.ask_for_support(case=one, text="换板", by=by, at=at)
    close(part, by, at=at)
    yield
    close(one, by, at=at)
    yield
    cases.record_visit(case=one, said=cases.Said(False, 1, "又断"), by=by, at=at)


@scenario("form", "cases.case", "cases.workorder", "files.attachment", "worklist.todo")
def a_work_order_is_planned_assigned_returned_assigned_again_and_signed(w: Any) -> Iterator[None]:
    people = w.people
    how: Any = {"version": None, "at": w.at}
    case = make_case(people.manager, customer=w.customers.own, at=w.at)
    yield
    cases.raise_case(
        case=case, rung="ON_SITE", record="远程无效", reason="需换件", by=people.manager, **how
    )
    begins = w.at + timedelta(hours=2)
    plan = plan_of(starts_at=begins, ends_at=begins + timedelta(hours=1))
    order = cases.plan_order(plan=plan, case=case, by=people.manager, at=w.at)
    yield
    elsewhere = plan_of(starts_at=begins, ends_at=begins + timedelta(hours=1), place="二号楼")
    cases.change_order(order=order, plan=elsewhere, by=people.manager, **how)
    yield
    cases.assign_order(order=order, engineer=people.engineer, by=people.dispatcher, **how)
    yield
    cases.take_order_back(order=order, reason="改派", by=people.dispatcher, **how)
    yield
    cases.assign_order(order=order, engineer=people.engineer, by=people.dispatcher, **how)
    yield
    cases.accept_order(order=order, by=people.engineer, **how)
    yield
    cases.set_out(order=order, by=people.engineer, **how)
    yield
    cases.return_order(order=order, reason="缺备件", by=people.engineer, **how)
    yield
    cases.assign_order(order=order, engineer=people.engineer, by=people.dispatcher, **how)
    yield
    serve(order, people.engineer, at=w.at)
    yield
    sign(order, people.engineer, at=w.at)
    yield
    again = cases.plan_order(plan=plan, case=case, by=people.manager, at=w.at)
    yield
    cases.withdraw_order(order=again, reason="不需要了", by=people.manager, **how)


@scenario("form", "cases.case", "cases.supportorder", "clocks.clock")
def support_is_ordered_until_a_day(w: Any) -> Iterator[None]:
    case = make_case(w.people.manager, customer=w.customers.own, at=w.at)
    yield
    asked: Any = {"need": "INSTALLATION", "text": "装机", "by": w.people.manager, "at": w.at}
    day = localdate(w.at)
    while not work_days([case.unit], day, day)[case.unit_id][0].is_worked:
        day += timedelta(days=1)
    part = cases.order_support(case=case, wanted_on=day, **asked)
    cases.report_progress(case=part, text="已备料", by=w.people.manager, at=w.at)


@scenario("job", "cases.case")
def a_case_follows_its_customer(w: Any) -> Iterator[None]:
    make_case(w.people.hotline_agent, customer=w.customers.own, at=w.at)
    line = Passage(w.customers.own.pk, w.people.manager.pk, w.people.colleague.pk)
    yield
    cases.follow_customers(CustomersMoved(1, (line,), w.by, w.at))
