"""What people write about care."""

from collections.abc import Iterator
from typing import Any

from tests.db.change_log.scenarios import fresh, scenario
from tests.factories.care import report_of, unsaved_visit

from dakehu.care.operations import visits


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
