"""
How many opportunities another system takes in a second, routed and offered, each on record.

They are sent through the HTTP interface of a served installation on PostgreSQL by one client and
by eight; the floor is the bare driver inserting the same rows on the same server. Before, the
decision alone is measured: which of ten partners gets a contact, in less than 50 microseconds;
its floor is counting those who have room. Last the sales board and the list are asked for among
200,000 opportunities of 200 managers, half of them open; the floor is the bare driver reading
thirty by their keys::

    python -m bench.opportunities
    python -m bench.opportunities --seconds 5      shorter
"""

import http.client
import json
import random
import time
from collections.abc import Callable, Iterator
from typing import Any

from bench import cases
from bench.cases import CLIENTS, GROUPS, sent_by
from bench.installation import Installation, look_at, pages_told, run
from bench.measure import Measurement, best_of

WANTED = {1: 60, CLIENTS: 200}
PATH = "/api/v1/opportunities"
SECONDS = 20.0
PARTNERS, DECISIONS, PROMISED = 10, 7_000, 50e-6
STORED, MANAGERS, PAGES, MOST_WAIT = 200_000, 200, 30, 0.2
TABLES = (
    "opportunities_opportunity", "audit_change", "opportunities_hop", "opportunities_hop",
    "opportunities_hop", "opportunities_hop",
)  # fmt: skip


def prepare(options: Any) -> None:
    """Make the province of the cases, with managers of the groups and the rights to send."""
    from dakehu.customers.models import Customer
    from dakehu.people.models import Staff
    from dakehu.signin.models import ApiClient

    cases.prepare(options)
    Customer.objects.update(manager=Staff.objects.get(username="manager"))
    ApiClient.objects.update(rights=["contacts.take"])


def floor(options: Any) -> None:
    """Insert the rows of opportunities with the bare driver, each in a transaction of its own."""
    from django.db import connection

    copies = [cases.prepared_copy(connection, table) for table in TABLES]
    begun = time.perf_counter()
    done = 0
    while time.perf_counter() - begun < options.seconds:
        done += 1
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            for sql, source in copies:
                cursor.execute(sql, [source])
            cursor.execute("COMMIT")
    print(json.dumps({"per_second": done / (time.perf_counter() - begun)}))


def decide_alone(_options: Any) -> None:
    """Decide for every channel about a prospect in an area with ten partners."""
    from dakehu.channels.choices import Channel
    from dakehu.channels.jobs.packs import shipped_matrix
    from dakehu.channels.rules.routing import decide
    from dakehu.channels.values import Candidate, Facts, Named

    body = shipped_matrix()
    partners = tuple(
        Candidate(n, f"代理商{n}", is_full=n % 3 == 2, open_count=n % 7) for n in range(PARTNERS)
    )
    facts = [
        Facts(channel, (Named("MAS"),), plans=True, partners=partners)
        for channel in list(Channel)[:-1] * (DECISIONS // 7)
    ]
    floor = best_of(3, lambda: [sum(not each.is_full for each in one.partners) for one in facts])
    ours = best_of(3, lambda: [decide(body, one) for one in facts])
    print(json.dumps({"floor": floor, "ours": ours, "number": len(facts)}))


def decisions(told: dict[str, float]) -> Measurement:
    """Return what decisions took beside what is promised of as many."""
    number, promised = int(told["number"]), told["number"] * PROMISED
    print(f"  a decision: {told['ours'] / number * 10**6:.1f} microseconds")
    work = f"opportunities: {number:,} decisions among {PARTNERS} (promised: {promised:.2f} s)"
    return Measurement(work, told["floor"], told["ours"], promised / told["floor"], 0)


def fill(options: Any) -> None:
    """Draw opportunities of all stages and ends of 200 managers straight into the table."""
    from django.db import connection

    from dakehu.people.models import Staff

    unit = Staff.objects.get(username="manager").unit
    Staff.objects.bulk_create(
        Staff(username=f"m{n}", name=f"m{n}", role="ACCOUNT_MANAGER", unit=unit, is_active=True)
        for n in range(1, MANAGERS)
    )
    managers = (
        "(SELECT array_agg(id ORDER BY id) FROM people_staff WHERE role = 'ACCOUNT_MANAGER')"
    )
    values = {
        "state": "(ARRAY['CLAIMED','NEGOTIATING','WON','LOST'])[1 + n %% 4]",
        "stage": "(ARRAY['DIGGING','SOLUTION','VISIT','NEGOTIATION'])[1 + n %% 4]",
        "closed_at": "CASE WHEN n %% 4 > 1 THEN now() END",
        "loss": "CASE WHEN n %% 4 = 3 THEN 'PRICE' ELSE '' END",
        "claimed_at": "now() - n * interval '1 minute'",
        "stage_at": "now() - n * interval '1 minute'",
        "captured_at": "now() - n * interval '2 minutes'",
        "expected_on": "current_date + n %% 200",
        "expected_fen": "1000000 + n",
        "won_fen": "CASE WHEN n %% 4 = 2 THEN 1000000 + n END",
        "unit_id": "(SELECT array_agg(id ORDER BY id) FROM people_unit)[3 + n %% 10]",
        "receiver_id": f"{managers}[1 + n %% {MANAGERS}]",
        "customer_id": "(SELECT min(id) FROM customers_customer) + n %% 5000",
        "request_id": "'x' || n",
        "due_at": "NULL",
    }
    with connection.cursor() as cursor:
        place = f"1 + id % {MANAGERS}"
        cursor.execute(f"UPDATE customers_customer SET manager_id = {managers}[{place}]")
        columns = connection.introspection.get_table_description(
            cursor, "opportunities_opportunity"
        )
        names = [column.name for column in columns if column.name != "id"]
        told = ", ".join(values.get(name, f"one.{name}") for name in names)
        cursor.execute(
            f"INSERT INTO opportunities_opportunity ({', '.join(names)}) SELECT {told} FROM "
            "(SELECT * FROM opportunities_opportunity ORDER BY id LIMIT 1) one, "
            "generate_series(1, %s) n",
            [options.stored],
        )
        cursor.execute("ANALYZE")


def look(options: Any) -> None:
    """Ask for the board and the list as three people, and for thirty rows by their keys."""
    pages = {"board": "/opportunities/board/", "list": "/opportunities/"}
    look_at(pages, rounds=PAGES, table="opportunities_opportunity", most=options.stored)


PARTS: dict[str, Callable[[Any], None]] = {
    "prepare": prepare,
    "floor": floor,
    "decide": decide_alone,
    "fill": fill,
    "look": look,
}


def measure(home: Installation) -> Iterator[Measurement]:
    """Decide, take opportunities in by one client and by eight, and ask for the board."""
    yield decisions(home.part("decide"))
    keys = home.part("prepare")
    with home.served() as port:
        rates = {
            clients: sent_by(keys[:clients], port, home.sizes["seconds"], send)
            for clients in WANTED
        }
    bare = home.part("floor")["per_second"]
    for clients, rate in rates.items():
        wanted = WANTED[clients]
        print(f"  {clients} clients: {rate:.0f} a second; bare INSERTs {bare:.0f}")
        work = f"opportunities: one taken in, {clients} clients (at least {wanted} a second)"
        yield Measurement(work, 1 / bare, 1 / rate, bare / wanted, 0)
    home.part("fill")
    work = f"opportunities: {{}} page, p95 over {home.sizes['stored']:,}"
    yield from pages_told(home.part("look"), work=work, most=MOST_WAIT)


def send(line: http.client.HTTPConnection, key: str, request_id: str) -> None:
    """Send one contact."""
    number = random.randrange(GROUPS)
    asked = {
        "request_id": request_id, "channel": "WEBSITE", "customer": f"01G{number:06d}",
        "named": [{"product": "LEASED_LINE"}], "plans": True, "text": "要一条 100M 专线",
    }  # fmt: skip
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    line.request("POST", PATH, json.dumps(asked), headers)
    answer = line.getresponse()
    told = answer.read()
    if answer.status not in {200, 201}:
        raise SystemExit(f"{answer.status}: {told[:300]!r}")


if __name__ == "__main__":
    run(
        "bench.opportunities",
        __doc__,
        parts=PARTS,
        measure=measure,
        sizes={"seconds": SECONDS, "stored": STORED},
    )
