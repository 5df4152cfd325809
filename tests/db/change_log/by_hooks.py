"""What people and the sender write about systems that are told of events."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tests.db.change_log.scenarios import fresh, scenario
from tests.factories.hooks import draft
from tests.factories.people import StaffFactory

from dakehu.hooks import operations


@scenario("form", "hooks.eventsubscription")
def a_subscription_is_made_changed_paused_renewed_and_ended(w: Any) -> Iterator[None]:
    second = StaffFactory(role="ADMINISTRATOR", unit=w.by.unit)
    yield
    wanted = draft(w.people.units.city)
    made, _secret = operations.create_subscription(wanted, by=w.people.administrator, at=w.at)
    yield
    known = {"by": w.by, "at": w.at}
    wider = replace(wanted, note="CRM", kinds=frozenset({"case.closed"}), with_people=True)
    operations.change_subscription(fresh(made), wider, version=1, **known)
    yield
    operations.release_subscription(fresh(made), by=second, at=w.at)
    yield
    operations.pause_subscription(fresh(made), **known)
    operations.resume_subscription(fresh(made), **known)
    yield
    operations.renew_secret(fresh(made), **known)
    yield
    operations.end_subscription(fresh(made), **known)
