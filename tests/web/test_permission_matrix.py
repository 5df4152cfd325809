"""
Who may open which address: every address of the site, for every person and for nobody.

Each address states who holds the permission and whose reach the object lies in. Without the
permission the answer is 403, out of reach 404, without a log-in the way to it. An address that
is not in the table fails the suite, so that nobody forgets to think about it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLResolver

MANAGERS = frozenset({"manager", "colleague", "stranger", "telephone_manager"})
SERVANTS = frozenset({"hotline_agent", "hall_clerk"})
LEADERS = frozenset({"dispatcher", "supervisor"})
ANALYSTS = frozenset({"province_analyst", "headquarters_analyst"})
ADMIN = frozenset({"administrator"})
ALL = MANAGERS | SERVANTS | LEADERS | ANALYSTS | ADMIN

WITH_ALERTS = ALL - {"hall_clerk"}
WITH_SHEETS = ALL - SERVANTS
WITH_EXCHANGE = LEADERS | ANALYSTS | ADMIN
WITH_HANDLING = MANAGERS | LEADERS | ADMIN
ACTIVE = ALL - ANALYSTS

# The manager's customer and alert, in the first district of city 01.
NEAR_MANAGER = {"manager"} | SERVANTS | LEADERS | ANALYSTS | ADMIN


@dataclass(frozen=True)
class Address:
    """Who may open an address, who can reach its object, and what the others are told."""

    allowed: frozenset[str] = ALL
    reached: frozenset[str] | set[str] = ALL
    ok: int = 200
    post: dict[str, Any] | None = None
    arguments: Callable[[Any], list[Any]] = field(default=lambda things: [])

    def expected(self, part: str) -> int:
        """Return the status for a person."""
        if part not in self.allowed:
            return 403
        return self.ok if part in self.reached else 404


def of_customer(things: Any) -> list[Any]:
    return [things.customer.pk]


def of_alert(things: Any) -> list[Any]:
    return [things.alert.pk]


CUSTOMER = Address(reached=NEAR_MANAGER, arguments=of_customer)

ADDRESSES = {
    "desk:home": Address(),
    "desk:trends": Address(allowed=WITH_ALERTS),
    "desk:search": Address(),
    "desk:customer": CUSTOMER,
    "desk:customer_alerts": Address(WITH_ALERTS, NEAR_MANAGER, arguments=of_customer),
    "desk:customer_usage": CUSTOMER,
    "desk:customer_timeline": CUSTOMER,
    "desk:alert_facts": Address(WITH_ALERTS, NEAR_MANAGER, arguments=of_alert),
    "desk:alert_reasons": Address(WITH_ALERTS, NEAR_MANAGER, arguments=of_alert),
    "ui:login": Address(ok=302),
    "ui:logout": Address(post={}, ok=302),
    "ui:language": Address(post={"language": "en"}, ok=302),
    "ui:theme": Address(post={"theme": "dark"}, ok=302),
    "ui:view_save": Address(post={"screen": "customers:list", "name": "x", "query": ""}, ok=302),
    "ui:view_delete": Address(post={}, ok=302, arguments=lambda things: [0]),
    "ui:columns_save": Address(post={"screen": "customers:list", "columns": "name"}, ok=302),
    "ui:gallery": Address(ADMIN),
    "ui:gallery_drawer": Address(ADMIN),
    "ui:gallery_act": Address(ADMIN, post={}, ok=302),
    "customers:list": Address(),
    "customers:profile_panel": CUSTOMER,
    "customers:group_panel": CUSTOMER,
    "customers:products_panel": CUSTOMER,
    "customers:months_panel": CUSTOMER,
    "customers:logs_panel": CUSTOMER,
    "customers:changes_panel": CUSTOMER,
    "customers:reveal": Address(
        ACTIVE | ADMIN,
        NEAR_MANAGER,
        post={"value": "phone", "purpose": "CONTACT"},
        arguments=of_customer,
    ),
    "tiering:customer_panel": CUSTOMER,
    "alerts:list": Address(WITH_ALERTS),
    "alerts:detail": Address(WITH_ALERTS, NEAR_MANAGER, arguments=of_alert),
    "alerts:handle": Address(WITH_HANDLING, NEAR_MANAGER, ok=422, post={}, arguments=of_alert),
    "alerts:assign": Address(LEADERS | ADMIN, ok=400, post={}),
    "alerts:rules": Address(WITH_ALERTS),
    "alerts:rule": Address(WITH_ALERTS, arguments=lambda things: ["W04"]),
    # Sheets and to-dos lead on to what is of interest first: the day, the open ones.
    "alerts:abnormal_sheet": Address(WITH_SHEETS, ok=302),
    "alerts:visit_sheet": Address(WITH_SHEETS, ok=302),
    "worklist:list": Address(ok=302),
    "worklist:badge": Address(),
    "worklist:close": Address(ACTIVE, ok=400, post={}),
    "worklist:hand_over": Address(ACTIVE, ok=400, post={}),
    # Shows the to-dos within one's own reach, whoever the customer is.
    "worklist:customer_panel": Address(arguments=of_customer),
    "exchange:monitor": Address(WITH_EXCHANGE),
    "exchange:delivery_list": Address(WITH_EXCHANGE),
    "exchange:delivery": Address(WITH_EXCHANGE, arguments=lambda things: [things.delivery.pk]),
    "exchange:receipt": Address(WITH_EXCHANGE, arguments=lambda things: [things.delivery.pk]),
    "exchange:rejected": Address(
        ANALYSTS | ADMIN, set(), arguments=lambda things: [things.delivery.pk, "usage"]
    ),
    "exchange:run_list": Address(WITH_EXCHANGE),
    "exchange:run": Address(WITH_EXCHANGE, arguments=lambda things: [things.run.pk]),
    "people:unit_list": Address(WITH_EXCHANGE),
    "people:staff_list": Address(WITH_EXCHANGE),
}
# Addresses that answer before somebody has signed in.
PUBLIC = {"ui:login": 200, "ui:language": 302, "ui:theme": 302}


def names_of(resolver: URLResolver, spaces: tuple[str, ...] = ()) -> set[str]:
    """Return the names of all addresses below a resolver."""
    names = set()
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            names |= names_of(entry, (*spaces, entry.namespace) if entry.namespace else spaces)
        else:
            names.add(":".join((*spaces, entry.name or str(entry.pattern))))
    return names


@dataclass
class Things:
    """What the addresses are about."""

    customer: Any
    alert: Any
    delivery: Any
    run: Any


@pytest.fixture
def things(people, customers, home) -> Things:
    """The manager's customer and alert, a run and a delivery of city 01."""
    from dakehu.alerts.models import Alert
    from dakehu.exchange.models import Delivery, Run

    day = date(2026, 3, 1)
    instant = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
    run = Run.objects.create(
        kind="NIGHTLY", first_day=day, last_day=day, started_at=instant, host="h", pid=1
    )
    return Things(
        customer=customers.own,
        alert=Alert.objects.create(
            rule="W04",
            customer=customers.own,
            city_code="01",
            unit=customers.own.unit,
            owner=people.manager,
            opened_day=day,
            last_day=day,
            a=1,
            b=2,
        ),
        delivery=Delivery.objects.create(
            dialect="dakehu-1",
            city_code="01",
            day=day,
            send=0,
            fingerprint="f" * 64,
            state="ACCEPTED",
            taken_at=instant,
            run=run,
            receipt={"send": 0, "scope": "", "dialect": "dakehu-1", "refusal": None},
        ),
        run=run,
    )


def ask(client, name: str, things: Things):
    """Send the request of the table."""
    address = ADDRESSES[name]
    url = reverse(name, args=address.arguments(things))
    return client.get(url) if address.post is None else client.post(url, address.post)


def test_every_address_is_in_the_table():
    assert names_of(get_resolver()) == ADDRESSES.keys()


def test_every_person_is_in_the_table(people):
    assert people.everybody.keys() == ALL


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_address_answers_each_person_as_the_table_says(sign_in, people, things, name):
    found = {
        part: ask(sign_in(person), name, things).status_code
        for part, person in people.everybody.items()
    }

    assert found == {part: ADDRESSES[name].expected(part) for part in found}


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_address_leads_nobody_past_the_log_in(client, things, name):
    response = ask(client, name, things)

    if name in PUBLIC:
        assert response.status_code == PUBLIC[name]
    else:
        assert response.status_code == 302
        assert response.url.startswith(reverse("ui:login"))
