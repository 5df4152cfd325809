"""Everything that an installation knows, as plain values: for comparing two of them.

Numbers of rows, tokens of files and instants of writing are left out or replaced by what they
stand for; whatever else differs, differs in meaning.
"""

from pathlib import Path
from typing import Any

import duckdb
from tests.factories.databases import databases

RECORDS = {
    "units": """
        SELECT u.kind, u.code, u.name, p.code FROM people_unit u
        LEFT JOIN people_unit p ON p.id = u.parent_id""",
    "staff": """
        SELECT s.username, s.staff_no, s.name, s.role, s.is_active, u.code
        FROM people_staff s JOIN people_unit u ON u.id = s.unit_id""",
    "customers": """
        SELECT c.kind, c.number, c.name, c.search, c.city_code, c.managed, c.status, c.phone,
            c.gender, c.birth_date, c.birth_calendar, c.brand, c.plan_id, c.open_date,
            c.contract_name, c.contract_end, c.credit_limit_fen, c.delivered_level, c.source_day,
            m.staff_no, u.code, g.number
        FROM customers_customer c JOIN people_unit u ON u.id = c.unit_id
        LEFT JOIN people_staff m ON m.id = c.manager_id
        LEFT JOIN customers_customer g ON g.id = c.group_id""",
    "profiles": """
        SELECT c.number, p.industry, p.org_kind, p.admin_level, p.tax_rank, p.strategic,
            p.employees, p.address
        FROM customers_groupprofile p JOIN customers_customer c ON c.id = p.customer_id""",
    "months": """
        SELECT c.number, m.ym, m.revenue_fen, m.arrears_fen, m.arrears_days, m.it_revenue_fen,
            m.it_products, m.source_day
        FROM customers_customermonth m JOIN customers_customer c ON c.id = m.customer_id""",
    "subscriptions": """
        SELECT c.number, s.product_code, s.since, s.until, s.source_day
        FROM customers_subscription s JOIN customers_customer c ON c.id = s.customer_id""",
    "service logs": """
        SELECT l.city_code, l.log_no, l.manager_no, c.number, l.at, l.category, l.content
        FROM customers_servicelog l LEFT JOIN customers_customer c ON c.id = l.customer_id""",
    "standings": """
        SELECT c.number, sc.code, l.rank, s.active_from, s.active_to, s.kind, s.evidence
        FROM tiering_standing s JOIN customers_customer c ON c.id = s.customer_id
        JOIN tiering_level l ON l.id = s.level_id JOIN tiering_scheme sc ON sc.id = s.scheme_id""",
    "alerts": """
        SELECT c.number, a.rule, a.city_code, a.opened_day, a.last_day, a.cleared_day, a.a, a.b,
            a.parts, a.state, a.is_unsupported, a.version, u.code, o.staff_no
        FROM alerts_alert a JOIN customers_customer c ON c.id = a.customer_id
        JOIN people_unit u ON u.id = a.unit_id LEFT JOIN people_staff o ON o.id = a.owner_id""",
    "to-dos": """
        SELECT t.source, a.rule, c.number, a.opened_day, t.facts, t.urgency, t.due_date, t.state,
            o.staff_no, u.code
        FROM worklist_todo t JOIN people_unit u ON u.id = t.unit_id
        LEFT JOIN alerts_alert a ON t.source = 'alert' AND a.id = t.source_id
        LEFT JOIN customers_customer c ON c.id = a.customer_id
        LEFT JOIN people_staff o ON o.id = t.owner_id""",
    "deliveries": """
        SELECT dialect, city_code, day, scope, send, fingerprint, state, refusal, rows, accepted,
            rejected, receipt, receipt_at IS NULL FROM exchange_delivery""",
    "files": """
        SELECT d.city_code, d.day, d.scope, d.send, f.name, f.interface, f.state, f.refusal,
            f.rows, f.accepted, f.rejected, f.reasons
        FROM exchange_deliveryfile f JOIN exchange_delivery d ON d.id = f.delivery_id""",
    "effects": """
        SELECT d.city_code, d.day, d.scope, d.send, i.interface, i.accepted, i.rejected,
            i.created, i.updated, i.unchanged
        FROM exchange_deliveredinterface i JOIN exchange_delivery d ON d.id = i.delivery_id""",
    "partitions": "SELECT interface, day, city_code, rows FROM exchange_livepartition",
    "pending": "SELECT city_code, day FROM exchange_pendingday",
    "evaluated": """
        SELECT day, evaluated, signals, by_rule, alerts_at IS NULL FROM exchange_evaluatedday""",
    "city stats": "SELECT city_code, day, stat_code, dimension, value FROM exchange_citystat",
    "figures": """
        SELECT u.code, f.day, f.code, f.value
        FROM exchange_unitfigure f JOIN people_unit u ON u.id = f.unit_id""",
    "changes": "SELECT actor_name, subject_type, verb, fields, reason FROM audit_change",
}
RESULTS = ("signals", "leaving", "card_level", "evidence")


def everything(home: Path, outbox: Path) -> dict[str, Any]:
    """Return the records, the facts, the results and the files of an installation."""
    with databases().connect(home) as records:
        known: dict[str, Any] = {
            name: sorted(records.execute(query).fetchall(), key=repr)
            for name, query in RECORDS.items()
        }
        known["facts"] = facts(home, records)
        known["results"] = results(home, records)
        known["files at rest"] = files_at_rest(home, records)
    known["outbox"] = contents(outbox)
    known["rejected"] = contents(home / "rejected")
    known["work"] = sorted(str(path) for path in (home / "work" / "run").glob("*"))
    return known


def facts(home: Path, records: Any) -> dict[str, list[Any]]:
    """Return the rows of every live partition."""
    live = records.execute(
        "SELECT interface, day, city_code, version FROM exchange_livepartition"
    ).fetchall()
    return {
        f"{interface} {day} {city}": rows_of(
            sorted(
                (home / "facts" / interface / f"day={day}" / f"city={city}").glob(
                    f"{version}-*.parquet"
                )
            )
        )
        for interface, day, city, version in live
    }


def results(home: Path, records: Any) -> dict[str, list[Any]]:
    """Return the rows of every result that counts."""
    days = records.execute("SELECT day, token FROM exchange_evaluatedday").fetchall()
    return {
        f"{name} {day}": rows_of([home / "results" / name / f"day={day}" / f"{token}.parquet"])
        for day, token in days
        for name in RESULTS
        if token
    }


def rows_of(paths: list[Path]) -> list[Any]:
    """Return the rows of Parquet files, sorted."""
    found = [
        duckdb.sql(f"SELECT * FROM read_parquet('{path}', hive_partitioning = false)").fetchall()
        for path in paths
    ]
    return sorted((row for rows in found for row in rows), key=repr)


def files_at_rest(home: Path, records: Any) -> list[str]:
    """Return the names of all files of facts and results, versions replaced by their meaning."""
    live = {row[0] for row in records.execute("SELECT version FROM exchange_livepartition")}
    valid = {row[0] for row in records.execute("SELECT token FROM exchange_evaluatedday")}
    names = []
    for root in ("facts", "results"):
        for path in (home / root).rglob("*"):
            if not path.is_file() or "strays" in path.parts:
                continue
            name = path.name
            if {"snapshots", "master", "known"} & set(path.parts):
                # Their names are digests of versions.
                name = path.suffix
            version = path.stem.partition("-")[0]
            if version in live | valid:
                name = name.replace(version, "live")
            names.append(f"{path.parent.relative_to(home)}/{name}")
    return sorted(names)


def contents(folder: Path) -> dict[str, str]:
    """Return every file below a folder with its text."""
    return {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
