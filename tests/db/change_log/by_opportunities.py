"""What people write about opportunities."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tests.db.change_log.scenarios import fresh, scenario
from tests.factories.opportunities import claimed, group_of, ordered, signed, take_in

from dakehu.common.filespace import open_filespace
from dakehu.opportunities import operations as opportunities
from dakehu.opportunities.values import Parts, Wording


@scenario("form", "opportunities.opportunity", "worklist.todo", "clocks.clock")
def an_opportunity_is_taken_in_returned_assigned_claimed_and_given_up(w: Any) -> Iterator[None]:
    people = w.people
    group = group_of(people, "B1", manager=people.manager)
    yield
    made = take_in(people.hotline_agent, customer=group, at=w.at)
    yield
    known = {"opportunity": made, "at": w.at}
    opportunities.give_back(reason="BUSY", text="", by=people.manager, **known)
    yield
    opportunities.assign(receivers=[people.colleague], by=people.supervisor, **known)
    yield
    opportunities.take_back(reason="换人", by=people.supervisor, **known)
    yield
    opportunities.assign(receivers=[people.manager], by=people.supervisor, **known)
    yield
    opportunities.set_companions(
        watcher=people.telephone_manager,
        helper=people.colleague,
        version=fresh(made).version,
        by=people.supervisor,
        **known,
    )
    yield
    opportunities.claim(by=people.manager, **known)
    yield
    opportunities.add_note(text="已约周三上门", by=people.manager, **known)
    yield
    opportunities.move_stage(stage="NEGOTIATION", by=people.manager, **known)
    yield
    opportunities.give_up(loss="PRICE", text="", by=people.manager, **known)


@scenario("form", "opportunities.solution")
def a_solution_is_written_changed_and_released(w: Any) -> Iterator[None]:
    people, at = w.people, w.at
    made = claimed(people, at=at)
    yield
    paper = opportunities.write_solution(
        opportunity=made, parts=Parts("光纤"), by=people.manager, at=at
    )
    yield
    opportunities.change_paper(
        paper=paper, told=Parts("双路由", "八折", 100), version=1, by=people.manager, at=at
    )
    yield
    opportunities.propose_paper(paper=paper, by=people.manager, at=at)
    yield
    opportunities.send_back(paper=paper, reason="缺报价", by=people.supervisor, at=at)
    yield
    opportunities.withdraw_paper(paper=paper, reason="改方案", by=people.manager, at=at)


@scenario("job", "opportunities.contract", "opportunities.opportunity", "files.attachment")
def a_contract_is_signed_and_renewed(w: Any) -> Iterator[None]:
    people, at = w.people, w.at
    made = claimed(people, at=at)
    yield
    contract = signed(made, people, at=at)
    yield
    opportunities.renew_contract(contract=contract, by=people.manager, at=at)


@scenario(
    "job",
    "opportunities.opportunity",
    "opportunities.orderrow",
    "opportunities.papercheck",
    "opportunities.salesorder",
    "worklist.todo",
)
def what_was_sold_is_checked_ordered_sent_and_answered(w: Any) -> Iterator[None]:
    people, at = w.people, w.at
    made = claimed(people, at=at)
    signed(made, people, at=at)
    yield
    order = ordered(made, people, at=at)
    yield
    opportunities.check_points(opportunity=made, ticked=(), by=people.manager, at=at)
    yield
    with open_filespace(str(w.home / "outbox")) as outbox:
        opportunities.send_orders(outbox, at=at)
    yield
    who = opportunities.Answerer(staff=people.supervisor)
    opportunities.answer_order(order=order, answers={1: ("DONE", "")}, who=who, at=at)


@scenario("form", "opportunities.solutiontemplate")
def words_of_solutions_are_written_changed_released_and_followed(w: Any) -> Iterator[None]:
    known = {"by": w.people.operations_center, "at": w.at}
    wording = Wording("专线", "LEASED_LINE", "为 {customer} 建设专线")
    yield
    first = opportunities.write_template(wording=wording, **known)
    yield
    other = replace(wording, commercial="三年")
    opportunities.change_template(template=fresh(first), wording=other, version=1, **known)
    yield
    opportunities.release_template(template=fresh(first), by=w.people.supervisor, at=w.at)
    yield
    second = opportunities.write_template(wording=other, **known)
    opportunities.release_template(template=fresh(second), by=w.people.supervisor, at=w.at)
    yield
    opportunities.withdraw_template(template=fresh(second), **known)
