"""What people and the sender write about messages to customers."""

from collections.abc import Iterator
from typing import Any

from tests.db.change_log.scenarios import fresh, scenario
from tests.factories.outbox import refuse, write

from dakehu.outbox.operations import (
    drop_limit,
    keep_limit,
    lift_refusal,
    send_due,
    withdraw_message,
)
from dakehu.outbox.queries.contacts import limit_to_edit


@scenario("form", "outbox.message", "outbox.refusal")
def a_message_is_written_sent_and_another_withdrawn(w: Any) -> Iterator[None]:
    from django.test import override_settings

    by, at = w.people.supervisor, w.at
    yield
    write(w.customers.own, by, at=at)
    with override_settings(SMS_URL=str(w.home)):
        send_due(at=at)
    yield
    other = write(w.customers.own, by, at=at)
    withdraw_message(message=fresh(other), by=by, at=at)
    yield
    refusal = refuse(by, at=at)
    lift_refusal(refusal=refusal, by=by, at=at)
    refuse(by, at=at)


@scenario("form", "outbox.contactlimit")
def the_limits_of_a_grade_are_written_dropped_and_written_again(w: Any) -> Iterator[None]:
    told: Any = {"by": w.people.administrator, "at": w.at}
    limit = limit_to_edit("TOP")
    keep_limit(limit=limit, version=None, **told)
    yield
    drop_limit(grade="TOP", **told)
    yield
    again = limit_to_edit("TOP")
    again.marketing = 1
    keep_limit(limit=again, version=again.version, **told)
