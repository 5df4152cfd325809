"""What people write about cases."""

from collections.abc import Iterator
from typing import Any

from tests.db.change_log.scenarios import fresh, scenario
from tests.factories.cases import close, make_case

from dakehu.cases import operations as cases
from dakehu.cases.values import Passing, Talk
from dakehu.ownership.events import CustomersMoved
from dakehu.ownership.values import Passage


@scenario("form", "cases.case", "cases.coveragestage", "worklist.todo")
def a_case_is_opened_worked_on_closed_and_opened_again(w: Any) -> Iterator[None]:
    how: Any = {"version": None, "by": w.people.manager, "at": w.at}
    yield
    made = make_case(w.people.manager, kind="COVERAGE", customer=w.customers.own, at=w.at)
    yield
    cases.take_case(case=made, **how)
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


@scenario("form", "cases.caselink")
def two_cases_are_linked_and_unlinked(w: Any) -> Iterator[None]:
    one, other = (make_case(w.people.manager, customer=w.customers.own, at=w.at) for _ in "ab")
    yield
    link = cases.link_cases(case=one, other=other, note="同一专线", by=w.people.manager, at=w.at)
    yield
    cases.unlink_cases(link=fresh(link), by=w.people.manager, at=w.at)
    yield
    cases.link_cases(case=other, other=one, note="", by=w.people.manager, at=w.at)


@scenario("job", "cases.case")
def a_case_follows_its_customer(w: Any) -> Iterator[None]:
    make_case(w.people.hotline_agent, customer=w.customers.own, at=w.at)
    line = Passage(w.customers.own.pk, w.people.manager.pk, w.people.colleague.pk)
    yield
    cases.follow_customers(CustomersMoved(1, (line,), w.by, w.at))
