"""Writes small deliveries as cities send them, and rows with sensible values to put into them."""

import csv
import gzip
import hashlib
import io
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from dakehu.facts.interfaces import INTERFACES

Row = Mapping[str, Any]

DAY = date(2026, 3, 1)


def subscriber(sub_id: str, city: str = "01", **values: Any) -> dict[str, Any]:
    """A managed subscriber of ten years, active, without a contract."""
    return {
        "sub_id": sub_id,
        "msisdn": "139" + sub_id.removeprefix("S").rjust(8, "0")[-8:],
        "name": f"客户{sub_id}",
        "city_id": city,
        "district": "东区",
        "brand": "G",
        "plan_id": "P1",
        "gender": "male",
        "birth_date": "1980-07-15",
        "birth_calendar": "solar",
        "open_date": "2016-01-01",
        "contract_name": "",
        "contract_end": "",
        "credit_limit_fen": 100000,
        "level": 0,
        "managed": 1,
        "manager_no": f"M{city}01",
        "group_no": "",
        "status": 0,
    } | values


def usage(sub_id: str, day: date = DAY, city: str = "01", **values: Any) -> dict[str, Any]:
    """An ordinary day of an active subscriber: some calls, enough money."""
    numbers = dict.fromkeys(INTERFACES["usage"].names[4:], 0)
    ordinary = {
        "voice_onnet_s": 600,
        "voice_offnet_s": 300,
        "out_calls": 5,
        "in_calls": 4,
        "offnet_calls": 2,
        "data_kb": 2048,
        "charge_fen": 300,
        "balance_fen": 500000,
    }
    key = {"day": day.isoformat(), "sub_id": sub_id, "city_id": city, "plan_id": "P1"}
    return key | numbers | ordinary | values


def month(sub_id: str, ym: int, **values: Any) -> dict[str, Any]:
    """A paid month of 120 yuan."""
    return {
        "sub_id": sub_id,
        "ym": ym,
        "revenue_fen": 12000,
        "arrears_fen": 0,
        "arrears_days": 0,
    } | values


def write_delivery(
    inbox: Path,
    interfaces: Mapping[str, Iterable[Row]],
    *,
    city: str = "01",
    day: date = DAY,
    send: int = 0,
    encoding: str = "utf-8",
) -> Path:
    """Write one complete delivery of dialect ``dakehu-1`` and return its folder."""
    folder = inbox / city / f"{day:%Y%m%d}"
    folder.mkdir(parents=True, exist_ok=True)
    entries = [
        write_file(
            folder, name, rows, stem=f"{city}_{day:%Y%m%d}_{send + 1:03d}", encoding=encoding
        )
        for name, rows in interfaces.items()
    ]
    write_manifest(folder, entries, city=city, day=day, send=send)
    return folder


def write_file(
    folder: Path, interface: str, rows: Iterable[Row], *, stem: str, encoding: str = "utf-8"
) -> dict[str, Any]:
    """Write one data file and return its line of the manifest."""
    rows = list(rows)
    name = f"{interface}_{stem}.csv.gz"
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, INTERFACES[interface].names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    content = gzip.compress(text.getvalue().encode(encoding), mtime=0)
    (folder / name).write_bytes(content)
    return {
        "file": name,
        "interface": interface,
        "rows": len(rows),
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "encoding": encoding,
    }


def write_manifest(
    folder: Path, entries: Iterable[Row], *, city: str = "01", day: date = DAY, send: int = 0
) -> Path:
    """Write the manifest that makes a delivery complete."""
    path = folder / f"manifest_{city}_{day:%Y%m%d}_{send:02d}.csv"
    with open(path, "w", encoding="utf-8", newline="") as file:
        columns = ("file", "interface", "rows", "bytes", "sha256", "encoding")
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(entries)
    return path


def group(group_no: str, city: str = "01", **values: Any) -> dict[str, Any]:
    """A government office of fifty people."""
    return {
        "group_no": group_no,
        "name": f"单位{group_no}",
        "city_id": city,
        "district": "东区",
        "industry": "政府",
        "org_kind": "government",
        "admin_level": "prefecture",
        "tax_rank": "",
        "strategic": "none",
        "employees": 50,
        "address": "人民路1号",
        "manager_no": f"M{city}01",
    } | values


def subscription(sub_id: str, **values: Any) -> dict[str, Any]:
    """A ring-back tone held since last year."""
    return {
        "owner_kind": "subscriber",
        "owner_no": sub_id,
        "product_code": "CRBT",
        "since": "2025-05-01",
        "until": "",
    } | values


def service_log(log_no: str, sub_id: str, manager_no: str, **values: Any) -> dict[str, Any]:
    """A visit on the morning of the first of March."""
    return {
        "log_no": log_no,
        "manager_no": manager_no,
        "at": "2026-03-01T10:00:00+08:00",
        "customer_kind": "subscriber",
        "customer_no": sub_id,
        "category": "visit",
        "content": "上门拜访",
    } | values


def sha256_of(content: bytes) -> str:
    """The checksum that a manifest names."""
    return hashlib.sha256(content).hexdigest()


def write_verf(folder: Path, letter: str, unit: str, interface: str, rows: Iterable[Row]) -> Path:
    """Write one unit of dialect ``verf-dat`` and return its check file."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = list(rows)
    stem = f"{letter}_13100_{folder.name}_{unit}_00"
    lines = ("\x80".join(str(row[name]) for name in INTERFACES[interface].names) for row in rows)
    content = b"".join(
        b"\x80".join(part.encode("gb18030") for part in line.split("\x80")) + b"\n"
        for line in lines
    )
    (folder / f"{stem}_001.dat").write_bytes(content)
    check = folder / f"{stem}.verf"
    told = (f"{stem}_001.dat", str(len(content)), str(len(rows)), folder.name, "20260302010000")
    check.write_bytes(b"\x80".join(part.encode("ascii") for part in told) + b"\n")
    return check
