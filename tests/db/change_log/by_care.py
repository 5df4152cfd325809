"""What people write about care."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from tests.db.change_log.scenarios import fresh, scenario
from tests.factories.care import (
    make_event,
    make_greeting,
    make_invitation,
    make_report,
    report_of,
    unsaved_visit,
)

from dakehu.care.models import Festival, Wording
from dakehu.care.operations import events, greetings, invitations, reports, visits
from dakehu.care.values import Answer


@scenario("form", "care.visit", "worklist.todo", "worklist.workentry", "customers.opinion")
def a_visit_is_planned_changed_cancelled_and_another_recorded(w: Any) -> Iterator[None]:
    by, at = w.people.manager, w.at
    planned, other = (unsaved_visit(w.customers.own, at=at) for _ in range(2))
    yield
    visits.plan_visit(visit=planned, by=by, at=at)
    visits.plan_visit(visit=other, by=by, at=at)
    yield
    planned.meeting_place = "三楼会议室"
    visits.change_visit(visit=planned, version=planned.version, by=by, at=at)
    yield
    visits.cancel_visit(visit=planned, reason="客户出差", by=by, at=at)
    yield
    report = report_of(at=at, opinion="满意", satisfaction=5)
    visits.record_visit(visit=fresh(other), report=report, by=by, at=at)


@scenario("form", "care.greeting", "care.unwanted", "worklist.todo")
def a_greeting_is_worded_approved_and_recorded(w: Any) -> Iterator[None]:
    by, at = w.people.manager, w.at
    greeting = make_greeting(w.customers.own, by, day=at.date(), at=at)
    yield
    greeting.text = "新春快乐"
    greetings.word_greeting(greeting=greeting, version=greeting.version, by=by, at=at)
    yield
    greetings.decide_greetings(greetings=[greeting], approve=True, by=w.people.supervisor, at=at)
    yield
    told = {"result": "UNWANTED", "note": "", "by": by, "at": at}
    greetings.record_greeting(greeting=fresh(greeting), **told)
    yield
    greetings.want_greetings_again(customer=w.customers.own, by=by, at=at)


@scenario("form", "care.festival", "care.wording")
def a_festival_and_its_words_are_kept(w: Any) -> Iterator[None]:
    by, at = w.people.administrator, w.at
    festival = Festival(name="腊八节", calendar="LUNAR", month=12, day=8)
    yield
    greetings.keep_festival(festival=festival, version=0, by=by, at=at)
    yield
    wording = Wording(kind="FESTIVAL", festival=festival, text="{customer}腊八安康")
    greetings.keep_wording(wording=wording, version=0, by=by, at=at)
    yield
    greetings.drop_festival(festival=fresh(festival), by=by, at=at)


@scenario("form", "care.report", "files.attachment", "worklist.todo")
def a_service_report_is_built_reviewed_and_sent(w: Any) -> Iterator[None]:
    by, at = w.people.manager, w.at
    yield
    report = make_report(w.customers.group, by, at=at)
    yield
    reports.build_report(report, at=at)
    yield
    reports.review_report(report=report, by=w.people.supervisor, at=at)
    yield
    reports.send_report(report=report, how="MAIL", note="", by=by, at=at)


@scenario("form", "care.event", "care.invitation", "worklist.todo")
def an_event_is_planned_guests_answer_and_come(w: Any) -> Iterator[None]:
    by, at = w.people.manager, w.at
    yield
    event = make_event(by, at=at)
    yield
    event.place = "会议中心"
    events.change_event(event=event, version=event.version, by=by, at=at)
    yield
    invitation = make_invitation(event, w.customers.own, by, at=at)
    yield
    invitations.answer_invitation(invitation=invitation, answer=Answer("ACCEPTED"), by=by, at=at)
    yield
    invitations.ask_follow_up(
        invitation=fresh(invitation), text="回访", day=at.date(), by=by, at=at
    )
    yield
    late = at + timedelta(hours=12)
    events.close_event(event=event, cost_spent_fen=100, report="顺利", by=by, at=late)
    yield
    invitations.mark_attendance(invitations=[invitation], came=True, by=by, at=late)


@scenario("form", "care.event", "care.invitation", "worklist.todo")
def an_invitation_is_withdrawn_and_an_event_cancelled(w: Any) -> Iterator[None]:
    by, at = w.people.manager, w.at
    event = make_event(by, at=at)
    invitation = make_invitation(event, w.customers.own, by, at=at)
    yield
    invitations.withdraw_invitation(invitation=invitation, by=by, at=at)
    yield
    events.cancel_event(event=event, reason="场地", by=by, at=at)
