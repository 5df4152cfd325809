"""
How long judging everybody takes: measures, an evaluation, a simulation.

A million individuals with records, twelve months of figures and products, judged by rules that
name every measure of individuals that comes with Dakehu. The floor is DuckDB reading the same
columns into one sum. What was promised stands in the name of the work: five seconds on two cores::

    python -m bench.tiers --rows 1000000 --engine sqlite

An evaluation is the ordinary one of a month: everybody is judged, and who moves is written. Its
first one, in which everybody gets a standing, is shown beside it and has nothing to reach. "Why
this level" is what the page of one customer asks.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.installation import ENGINES, environment_on, migrate, set_up_django
from bench.measure import Measurement, best_of, peak_mb, report
from bench.records import ROWS, cities, load, write_source
from dakehu.facts.engine import EngineLimits, connect
from dakehu.facts.results import write_query
from dakehu.facts.rows import Sources, read_parquet
from dakehu.facts.store import FactStore, Partition

if TYPE_CHECKING:
    from dakehu.people.models import Staff
    from dakehu.tiering.models import RuleSet, Scheme

DAY, BEFORE = date(2026, 11, 20), date(2026, 10, 20)
AT = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
LIMITS = ("2GB", 2)
MOST_SECONDS = 5.0
MONTHS = [(2025 + (10 + back) // 12, (10 + back) % 12 + 1) for back in range(13)]
RULES = """
code: bench
name: bench
name_en: bench
kind: individual
position: 99
evaluation_day: 6
grace: {{evaluations: 2}}
period: month
levels:
  - {{rank: 3, name: a, name_en: a, when: {{all: [
      {{measure: revenue_3m, is: ">=", value: {bar}}},
      {{measure: revenue_12m_own, is: ">=", value: 20000}},
      {{measure: arrears_days_3m, is: "<=", value: 60}},
      {{measure: arrears_days_12m, is: "<=", value: 85}},
      {{measure: tenure_days, is: ">=", value: 365}},
      {{measure: own_products, is: ">=", value: 1}}, {{measure: brand, in: [全球通]}}]}}}}
  - {{rank: 2, name: b, name_en: b, when: {{any: [
      {{measure: revenue_3m_sum, is: ">=", value: 90000}},
      {{measure: contract_left, is: ">=", value: 200}},
      {{measure: delivered_level, is: ">=", value: 4}},
      {{measure: credit_limit, is: ">=", value: 20000}}]}}}}
  - {{rank: 1, name: c, name_en: c, when: {{all: [
      {{measure: arrears_fen_new, is: "<=", value: 5000}},
      {{measure: sub_status, is: "<=", value: 0}}]}}}}
  - {{rank: 0, name: d, name_en: d}}
"""


def write_facts(home: Path, rows: int) -> None:
    """Write the master, thirteen months and the products of everybody."""
    source, store = home / "source", FactStore(home)
    source.mkdir()
    write_source(source, rows)
    with connect(EngineLimits(home / "work", *LIMITS)) as con:
        everybody = f"read_parquet('{source}/*.parquet')"
        columns = f"SELECT * REPLACE (1::BIGINT AS managed) FROM {everybody} ORDER BY sub_id"
        write_query(con, columns, master(store))
        for partition, query in delivered(everybody):
            write_query(con, query, store.path(partition))


def delivered(everybody: str) -> Iterator[tuple[Partition, str]]:
    """Yield what all cities delivered, and the rows of each piece."""
    for city in cities():
        people = f"FROM {everybody} WHERE city_id = '{city}' ORDER BY sub_id"
        for year, month in MONTHS:
            ym = year * 100 + month
            # Everybody keeps to what they are used to, more or less.
            figures = (
                f"SELECT sub_id, {ym} AS ym, "
                f"(hash(sub_id) % 60000 + hash(sub_id, {ym}) % 1000)::BIGINT AS revenue_fen, "
                "(hash(sub_id, 1) % 9 // 8 * 900)::BIGINT AS arrears_fen, "
                f"(hash(sub_id, 2) % 80 + hash(sub_id, {ym}) % 3)::BIGINT AS arrears_days {people}"
            )
            yield Partition("month", delivered_on(year, month), city, "d1", 1), figures
        products = (
            "SELECT 'sub' AS owner_kind, sub_id AS owner_no, printf('P%02d', p) AS product_code, "
            "DATE '2025-01-01' AS since, NULL::DATE AS until FROM (SELECT sub_id, "
            f"unnest(range((hash(sub_id) % 3)::BIGINT)) AS p {people})"
        )
        yield Partition("subscription", date(2026, 1, 3), city, "d1", 1), products


def delivered_on(year: int, month: int) -> date:
    """When the figures of a month came: the third of the next."""
    return date(year + month // 12, month % 12 + 1, 3)


def master(store: FactStore) -> Path:
    """Where the master of everybody lies."""
    return store.master_folder(DAY) / "bench.parquet"


def sources(day: date, home: Path) -> Sources:
    """What an evaluation of a data day sees."""
    found = (partition for partition, _ in delivered("nothing") if partition.day <= day)
    return Sources(day, tuple(found), master(FactStore(home)))


def floor(home: Path) -> None:
    """Read the columns that the measures read, into one sum each."""
    store, seen = FactStore(home), sources(DAY, home)
    reads = {
        "month": "sum(length(sub_id) + ym + revenue_fen + arrears_fen + arrears_days)",
        "subscription": "sum(length(owner_no) + length(product_code))",
    }
    with connect(EngineLimits(home / "work", *LIMITS)) as con:
        for name, summed in reads.items():
            files = store.files(each for each in seen.partitions if each.interface == name)
            con.execute(f"SELECT {summed} FROM {read_parquet(files)}").fetchall()
        con.execute(
            "SELECT sum(length(sub_id) + length(city_id) + length(brand) + level + status "
            f"+ credit_limit_fen + (contract_end - open_date)) FROM '{seen.master}'"
        ).fetchall()


def scheme_with(bar: int) -> "RuleSet":
    """Return rules that name every measure; of their scheme only the first ones are saved."""
    from dakehu.tiering.models import RuleSet
    from dakehu.tiering.operations.packs import take_pack
    from dakehu.tiering.queries.measures import known_to_rules
    from dakehu.tiering.queries.schemes import get_scheme, rules_in_force
    from dakehu.tiering.rules.packs import read_pack

    pack, faults = read_pack(RULES.format(bar=bar), known_to_rules("individual"), ())
    assert pack is not None, faults
    take_pack(pack=pack, on=BEFORE)
    scheme = get_scheme("bench")
    base = rules_in_force(scheme, on=DAY)
    assert base is not None
    return RuleSet(pk=base.pk, scheme=scheme, number=1, body=dict(pack.body))


def set_up(home: Path) -> None:
    """Let the rules find the facts of the bench."""
    from dakehu.tiering.queries import sources as found

    limits = EngineLimits(home / "work", *LIMITS)
    store = FactStore(home)
    found.register_provider(
        found.Provider(
            facts=lambda day: found.Facts(store, limits, sources(day, home)),
            newest_day=lambda: DAY,
            store=lambda: store,
        )
    )


def timed(work: Callable[[], Any]) -> float:
    """Return how long something takes, done once."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def measure_here(home: Path, rows: int, engine: str) -> Iterator[Measurement]:
    """Measure in this process, over a database that has everybody."""
    from dakehu.tiering.operations.running import evaluate_day
    from dakehu.tiering.queries.judging import measured
    from dakehu.tiering.queries.measures import measures_named

    def line(work: str, ours: float, most: float) -> Measurement:
        return Measurement(f"tiers: {work}, {engine}", least, ours, most / least, peak_mb())

    def measure_all() -> None:
        with measured(rules.scheme, all_measures, day=DAY):
            pass

    rules = scheme_with(30_000)
    set_up(home)
    codes = [code for code in shipped(rules.scheme)]
    all_measures = list(measures_named(codes, rules.scheme.kind).values())
    least = best_of(3, lambda: floor(home))
    promised = f"(promised: {MOST_SECONDS:.0f} s)"
    said = f"{len(codes)} measures of {rows:,} customers {promised}"
    yield line(said, best_of(2, measure_all), MOST_SECONDS)
    first = timed(lambda: evaluate_day(rules, day=BEFORE, by=None, at=AT))
    count_rows()
    yield line(f"first evaluation, {rows:,} standings", first, float("inf"))
    moved = timed(lambda: evaluate_day(rules, day=DAY, by=None, at=AT))
    yield line(f"evaluation, {moves()} move {promised}", moved, MOST_SECONDS)
    found: list[int] = []
    tried = timed(lambda: found.append(simulate(scheme_with(29_900))))
    yield line(f"simulation, {found[0]:,} differ {promised}", tried, MOST_SECONDS)
    why = best_of(3, lambda: explain(rows))
    yield line("why this level (promised: 0.05 s)", why, 0.05)


def shipped(scheme: "Scheme") -> list[str]:
    """Return the codes of all measures of individuals."""
    from dakehu.tiering.models import Measure

    return list(
        Measure.objects.filter(kind=scheme.kind).order_by("pk").values_list("code", flat=True)
    )


def moves() -> str:
    """Return how many customers the last evaluation moved, as text."""
    from dakehu.tiering.models import TierMove

    return f"{TierMove.objects.count():,}"


def simulate(draft: "RuleSet") -> int:
    """Try rules out beside those in force as the page does; return how many differ."""
    from dakehu.tiering.operations.simulating import ask_simulation, carry_out
    from dakehu.tiering.queries.trying import Tried

    tried = Tried(draft.scheme, draft.body)
    asked = ask_simulation(tried=tried, day=DAY, by=actor(), at=AT)
    carry_out(asked, now=lambda: AT)
    return int(asked.moves.count())


def actor() -> "Staff":
    """Return somebody of headquarters."""
    from dakehu.people.models import Staff, Unit

    top = Unit.objects.filter(parent__isnull=True).first()
    known = {"name": "bench", "role": "ADMINISTRATOR", "unit": top, "is_active": True}
    return Staff.objects.get_or_create(username="bench", defaults=known)[0]


def explain(rows: int) -> None:
    """Explain the levels of one customer as their page does."""
    from dakehu.customers.models import Customer
    from dakehu.tiering.pages.reasons import scheme_panels

    number = f"01S{10_000_000 + rows // 50:08d}"
    customer = Customer.objects.get(kind="INDIVIDUAL", number=number)
    panels = scheme_panels(actor(), customer.pk, on=AT.date())
    assert any(each.code == "bench" and each.reasons for each in panels)


def run_part(part: str, home: Path, rows: int, engine: str) -> None:
    """Fill, or measure, in this process."""
    set_up_django()
    if part == "fill":
        write_facts(home, rows)
        load(str(home / "source"))
        count_rows()
    else:
        report(measure_here(home, rows, engine))


def count_rows() -> None:
    """Let PostgreSQL know how many there are of what, which it else finds out within a minute."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def measure_on(engine: str, rows: int) -> None:
    """Fill a fresh database of an engine, and measure over it."""
    with environment_on(engine) as environment:
        migrate(environment)
        home = environment["DAKEHU_HOME"]
        told = ["--engine", engine, "--rows", str(rows), "--home", home]
        for part in ("fill", "measure"):
            command = [sys.executable, "-m", "bench.tiers", "--part", part, *told]
            subprocess.run(command, env=environment, check=True)


def main() -> None:
    """Measure, or be the process of one part."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--rows", type=int, default=ROWS)
    reader.add_argument("--engine", choices=ENGINES, action="append")
    reader.add_argument("--part", choices=("fill", "measure"), help=argparse.SUPPRESS)
    reader.add_argument("--home", type=Path, help=argparse.SUPPRESS)
    asked = reader.parse_args()
    if asked.part:
        run_part(asked.part, asked.home, asked.rows, asked.engine[0])
        return
    for engine in asked.engine or ENGINES:
        measure_on(engine, asked.rows)


if __name__ == "__main__":
    main()
