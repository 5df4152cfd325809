"""
How many cases another system opens a second, and how long the queue page takes.

Cases are opened through the HTTP interface of a served installation on PostgreSQL, with customer
look-up, clocks and routing; by one client and by eight. The floor is the bare driver inserting
the same rows on the same server. Then open and closed cases are drawn straight into the tables,
and the queue page is asked for by people of three widths; the floor is reading thirty cases by
their keys::

    python -m bench.cases                                       1 000 000 closed, 20 000 open
    python -m bench.cases --closed 50000 --open 2000 --seconds 5   smaller
"""

import http.client
import json
import random
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from bench.installation import Installation, look_at, pages_told, run
from bench.measure import Measurement
from bench.records import AT

CLIENTS = 8
GROUPS = 5_000
WANTED = {1: 60, CLIENTS: 200}
MOST_WAIT = 0.200
PAGES = 60
PATH = "/api/v1/cases"
CLOSED, OPEN, SECONDS = 1_000_000, 20_000, 20.0
Send = Callable[[http.client.HTTPConnection, str, str], None]
TABLES = ("cases_case", "audit_change", "clocks_clock")


def prepare(_options: Any) -> None:
    """Make a province with groups at levels, teams that lead services, and eight clients."""
    from dakehu.customers.models import Customer
    from dakehu.people.models import Staff, Unit
    from dakehu.signin.operations import create_client
    from dakehu.signin.values import ClientDraft
    from dakehu.tiering.models import Level, Standing

    at = AT
    province = made_unit("省公司", "PROVINCE", "province", None)
    city = made_unit("滨海", "CITY", "01", province)
    districts = [made_unit(f"{n}区", "DISTRICT", f"01/{n}", city) for n in range(10)]
    network = made_unit("网维中心", "TEAM", "01/net", city)
    network.duties.create(service="C19", part="LEAD")
    chief = Staff.objects.create(
        username="admin", name="马超", role="ADMINISTRATOR", unit=province, is_active=True
    )
    for name, role, unit in (
        ("supervisor", "SUPERVISOR", city), ("manager", "ACCOUNT_MANAGER", districts[0])
    ):  # fmt: skip
        Staff.objects.create(username=name, name=name, role=role, unit=unit, is_active=True)
    groups = Customer.objects.bulk_create(
        Customer(
            kind="GROUP", number=f"01G{n:06d}", name=f"滨海集团{n}", city_code="01",
            unit=districts[n % 10],
        )
        for n in range(GROUPS)
    )  # fmt: skip
    levels = list(Level.objects.filter(scheme__code="group-abc", rank__gt=0))
    Standing.objects.bulk_create(
        Standing(
            customer=group, level=levels[n % len(levels)], scheme_id=levels[0].scheme_id,
            active_from=date(2026, 1, 1),
        )
        for n, group in enumerate(groups)
    )  # fmt: skip
    keys = [
        create_client(
            ClientDraft(
                name=f"系统{n}", unit=Unit.objects.get(code="province"), per_minute=10**6,
                rights=frozenset({"requests.open"}),
            ),
            by=chief, at=at,
        )[1]
        for n in range(CLIENTS)
    ]  # fmt: skip
    print(json.dumps(keys))


def made_unit(name: str, kind: str, code: str, parent: Any) -> Any:
    """Make a unit in its place in the tree."""
    from dakehu.people.models import Unit

    unit = Unit.objects.create(name=name, kind=kind, code=code, parent=parent)
    unit.path = f"{parent.path if parent else ''}{unit.pk}/"
    unit.save()
    return unit


def floor(options: Any) -> None:
    """Insert the rows of cases with the bare driver, each case in a transaction of its own."""
    from django.db import connection

    copies = [prepared_copy(connection, table) for table in TABLES]
    opened = last_opened(connection)
    begun = time.perf_counter()
    done = 0
    while done < opened and time.perf_counter() - begun < options.seconds:
        done += 1
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            for sql, source in copies:
                cursor.execute(sql, [source])
            cursor.execute("COMMIT")
    print(json.dumps({"per_second": done / (time.perf_counter() - begun)}))


def last_opened(connection: Any) -> int:
    """Return how many cases were opened before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_case")
        return int(cursor.fetchone()[0])


def prepared_copy(connection: Any, table: str) -> tuple[str, int]:
    """Return what inserts a copy of a table's last row, and the number of that row."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max(id) FROM {table}")
        source = cursor.fetchone()[0]
        columns = connection.introspection.get_table_description(cursor, table)
        names = [column.name for column in columns if column.name != "id"]
    unique = {
        "request_id": "gen_random_uuid()::text",
        "subject_id": "-nextval('cases_case_id_seq')",
    }
    taken = [unique.get(name, name) if table != "audit_change" else name for name in names]
    sql = f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(taken)} FROM {table}"
    return f"{sql} WHERE id = %s", source


def fill(options: Any) -> None:
    """Draw closed and open cases straight into the table."""
    from django.db import connection

    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, "cases_case")
        names = [column.name for column in columns if column.name != "id"]
        for count, is_closed in ((options.closed, True), (options.open, False)):
            cursor.execute(drawing(names, is_closed=is_closed), [count])
        cursor.execute("ANALYZE")


def drawing(names: list[str], *, is_closed: bool) -> str:
    """Return what draws cases of all days, teams and turns from one that was opened."""
    values = {
        "request_id": "'x' || gen_random_uuid()::text",
        "kind": "(ARRAY['FAULT','COMPLAINT','CONSULTATION','INSTALLATION'])[1 + n %% 4]",
        "opened_at": "now() - (n %% 700) * interval '1 day' - n * interval '1 second'",
        "unit_id": "(SELECT array_agg(id ORDER BY id) FROM people_unit)[3 + n %% 11]",
        "customer_id": "(SELECT min(id) FROM customers_customer) + n %% 5000",
        "turn": "(1 + n %% 4) * 10000000000::bigint + 1700000000 + n",
        "priority": "1 + n %% 4",
        "state": "'CLOSED'" if is_closed else "'NEW'",
        "closed_at": "now()" if is_closed else "NULL",
        "closed_by_id": "(SELECT min(id) FROM people_staff)" if is_closed else "NULL",
    }
    told = ", ".join(values.get(name, f"one.{name}") for name in names)
    return (
        f"INSERT INTO cases_case ({', '.join(names)}) SELECT {told} FROM "
        "(SELECT * FROM cases_case ORDER BY id LIMIT 1) one, generate_series(1, %s) n"
    )


def look(options: Any) -> None:
    """Ask for the queue page as three people, and for thirty cases by their keys."""
    pages = {"queue": "/cases/queue/", "list": "/cases/"}
    look_at(pages, rounds=PAGES, table="cases_case", most=options.closed)


PARTS: dict[str, Callable[[Any], None]] = {
    "prepare": prepare, "floor": floor, "fill": fill, "look": look
}  # fmt: skip


def measure(home: Installation) -> Iterator[Measurement]:
    """Open cases by one client and by eight; then ask for the queue page."""
    keys = home.part("prepare")
    with home.served() as port:
        rates = {
            clients: sent_by(keys[:clients], port, home.sizes["seconds"], opened)
            for clients in WANTED
        }
    bare = home.part("floor")["per_second"]
    for clients, rate in rates.items():
        wanted = WANTED[clients]
        print(f"  {clients} clients: {rate:.0f} cases a second; bare INSERTs {bare:.0f}")
        work = f"cases: one opened, {clients} clients (at least {wanted} a second)"
        yield Measurement(work, 1 / bare, 1 / rate, bare / wanted, 0)
    home.part("fill")
    stored = f"{home.sizes['closed']:,} closed, {home.sizes['open']:,} open"
    work = f"cases: {{}} page, p95 over {stored}"
    yield from pages_told(home.part("look"), work=work, most=MOST_WAIT)


def sent_by(keys: list[str], port: int, seconds: float, send: Send) -> float:
    """Return how many requests clients sent a second, each with a key and a line of its own."""
    counts = [0] * len(keys)
    warm = threading.Barrier(len(keys) + 1)
    until = [0.0]

    def work(place: int) -> None:
        line = http.client.HTTPConnection("127.0.0.1", port)
        for number in range(20):
            send(line, keys[place], f"warm-{len(keys)}-{place}-{number}")
        warm.wait()
        warm.wait()
        while time.perf_counter() < until[0]:
            send(line, keys[place], f"{len(keys)}-{place}-{counts[place]}")
            counts[place] += 1

    threads = [threading.Thread(target=work, args=(place,)) for place in range(len(keys))]
    for thread in threads:
        thread.start()
    warm.wait()
    begun = time.perf_counter()
    until[0] = begun + seconds
    warm.wait()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - begun)


def opened(line: http.client.HTTPConnection, key: str, request_id: str) -> None:
    """Open one case."""
    number = random.randrange(GROUPS)
    asked = {
        "request_id": request_id, "kind": "CONSULTATION", "channel": "WEBSITE",
        "text": "专线升速要多久？", "customer": f"01G{number:06d}",
    }  # fmt: skip
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    line.request("POST", PATH, json.dumps(asked), headers)
    answer = line.getresponse()
    told = answer.read()
    if answer.status not in {200, 201}:
        raise SystemExit(f"{answer.status}: {told[:300]!r}")


if __name__ == "__main__":
    run(
        "bench.cases",
        __doc__,
        parts=PARTS,
        measure=measure,
        sizes={"closed": CLOSED, "open": OPEN, "seconds": SECONDS},
    )
