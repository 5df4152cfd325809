"""A small reader of deliveries, written from the contract alone, to check the generator with."""

import csv
import gzip
import hashlib
import io
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

HEADERS = {
    "usage": (
        "day,sub_id,city_id,plan_id,voice_onnet_s,voice_offnet_s,voice_fixed_s,voice_toll_s,"
        "voice_roam_s,out_calls,in_calls,offnet_calls,distinct_callees,hotline_calls,"
        "fwd_onnet_calls,fwd_offnet_calls,sms_out,sms_in,data_kb,recharge_cnt,recharge_fen,"
        "charge_fen,balance_fen,credit_used_fen,arrears_fen,status,event_mask,complaints,"
        "imei_changed"
    ),
    "subscriber": (
        "sub_id,msisdn,name,city_id,district,brand,plan_id,gender,birth_date,birth_calendar,"
        "open_date,contract_name,contract_end,credit_limit_fen,level,managed,manager_no,group_no,"
        "status"
    ),
    "month": "sub_id,ym,revenue_fen,arrears_fen,arrears_days",
    "group": (
        "group_no,name,city_id,district,industry,org_kind,admin_level,tax_rank,strategic,"
        "employees,address,manager_no"
    ),
    "group_month": "group_no,ym,revenue_fen,it_revenue_fen,it_products",
    "subscription": "owner_kind,owner_no,product_code,since,until",
    "service_log": "log_no,manager_no,at,customer_kind,customer_no,category,content",
    "city_stat": "stat_code,dimension,value",
}
WORDS = (
    "sub_id city_id plan_id msisdn name district brand gender birth_calendar contract_name "
    "manager_no group_no industry org_kind admin_level tax_rank strategic address owner_kind "
    "owner_no product_code log_no customer_kind customer_no category content stat_code dimension"
)
TEXTS = frozenset(WORDS.split())
DATES = {"day", "birth_date", "open_date", "contract_end", "since", "until"}

Row = dict[str, str]


@dataclass(frozen=True)
class Delivered:
    """One file of a delivery: its line in the manifest and what is in it."""

    folder: Path
    file: str
    interface: str
    rows: int
    bytes: int
    sha256: str
    encoding: str

    @property
    def content(self) -> bytes:
        return (self.folder / self.file).read_bytes()

    @property
    def text(self) -> str:
        return gzip.decompress(self.content).decode(self.encoding)

    @property
    def table(self) -> list[Row]:
        return list(csv.DictReader(io.StringIO(self.text, newline="")))

    @property
    def is_sound(self) -> bool:
        agrees = hashlib.sha256(self.content).hexdigest() == self.sha256
        return agrees and len(self.content) == self.bytes


def delivered(folder: Path, send: int = 0) -> list[Delivered]:
    """Read the manifest of a folder; nothing without one."""
    found = []
    for manifest in folder.glob(f"manifest_*_{send:02d}.csv"):
        with manifest.open(encoding="utf-8", newline="") as lines:
            for line in csv.DictReader(lines):
                numbers = {name: int(line.pop(name)) for name in ("rows", "bytes")}
                found.append(Delivered(folder, **line, **numbers))
    return found


def rows_of(folder: Path, interface: str, send: int = 0) -> list[Row]:
    """Return the rows of one interface in a delivery, over all its files."""
    return [
        row
        for file in delivered(folder, send)
        if file.interface == interface
        for row in file.table
    ]


def is_well_typed(row: Row) -> bool:
    """Tell whether every value of ``row`` has the type that its column's name stands for."""
    for name, value in row.items():
        if name in TEXTS or value == "":
            continue
        try:
            if name in DATES:
                date.fromisoformat(value)
            elif name == "at":
                assert datetime.fromisoformat(value).tzinfo is not None
            elif int(value) < 0:
                return False
        except ValueError:
            return False
    return True


def why_rejected(line: str, *, day: date, city: str, known: set[str], seen: set[str]) -> str:
    """Return the first reason for which a usage line is rejected, or nothing."""
    names, fields = HEADERS["usage"].split(","), line.split(",")
    if len(fields) != len(names):
        return "columns"
    row = dict(zip(names, fields, strict=True))
    numbers = [value for name, value in row.items() if name not in TEXTS | DATES and value]
    if not all(value.removeprefix("-").isdigit() for value in numbers):
        return "type"
    checks = {
        "wrong_day": row["day"] != day.isoformat(),
        "wrong_city": row["city_id"] != city,
        "negative": any(int(value) < 0 for value in numbers),
        "too_large": any(int(row[name]) > 86400 for name in names if name.endswith("_s")),
        "bad_status": row["status"] not in {"0", "1", "3", "4"},
        "unknown_subscriber": row["sub_id"] not in known,
        "duplicate": row["sub_id"] in seen,
    }
    seen.add(row["sub_id"])
    return next((reason for reason, applies in checks.items() if applies), "")
