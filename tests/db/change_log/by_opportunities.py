"""What people write about opportunities."""

from collections.abc import Iterator
from typing import Any

from tests.db.change_log.scenarios import fresh, scenario
from tests.factories.opportunities import group_of, take_in

from dakehu.opportunities import operations as opportunities


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
