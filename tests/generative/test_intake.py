"""The intake agrees with a row-by-row reading of the contract, on random good and bad rows."""

import csv
import gzip
import io
import re
from collections import Counter
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.factories.deliveries import DAY, month, subscriber, usage
from tests.factories.intakes import CITY, Bench

from dakehu.facts.intake import Layout
from dakehu.facts.interfaces import INTERFACES

KNOWN = [f"S{number:04d}" for number in range(12)]
SECONDS = {"voice_onnet_s", "voice_offnet_s", "voice_fixed_s", "voice_toll_s", "voice_roam_s"}
DATES = {"day", "birth_date", "open_date", "contract_end"}
TEXTS = {
    "sub_id", "city_id", "plan_id", "msisdn", "name", "district", "brand", "gender",
    "birth_calendar", "contract_name", "manager_no", "group_no",
}  # fmt: skip
KEYS = {"usage": ("sub_id", "day"), "subscriber": ("sub_id",), "month": ("sub_id", "ym")}


# The oracle: the contract read aloud, without a thought of speed.


def is_well_formed(name: str, text: str, key: tuple[str, ...]) -> bool:
    if text == "":
        return name not in key
    if name in TEXTS:
        return "\0" not in text and not re.search("[\ud800-\udfff]", text)
    if name in DATES:
        try:
            return date.fromisoformat(text).isoformat() == text
        except ValueError:
            return False
    if name == "ym":
        return bool(re.fullmatch("[0-9]{6}", text)) and 1 <= int(text[4:]) <= 12 <= int(text)
    if not re.fullmatch("-?[0-9]+", text):
        return False
    return name in SECONDS or int(text) < 2**63


def reason_of(interface: str, row: list[str]) -> str | None:
    names, key = INTERFACES[interface].names, KEYS[interface]
    if len(row) != len(names):
        return "columns"
    named = dict(zip(names, row, strict=True))
    if not all(is_well_formed(name, text, key) for name, text in named.items()):
        return "type"
    if interface == "usage" and named["day"] != DAY.isoformat():
        return "wrong_day"
    if "city_id" in named and named["city_id"] != CITY:
        return "wrong_city"
    numbers = {
        name: int(text) for name, text in named.items()
        if text and name not in TEXTS | DATES | {"ym"}
    }  # fmt: skip
    if any(number < 0 for number in numbers.values()):
        return "negative"
    if any(number > 86400 for name, number in numbers.items() if name in SECONDS):
        return "too_large"
    if numbers.get("status", 0) not in (0, 1, 3, 4):
        return "bad_status"
    if interface != "subscriber" and named["sub_id"] not in KNOWN:
        return "unknown_subscriber"
    return None


def expected(interface: str, rows: list[list[str]]) -> list[str | None]:
    seen, reasons = set(), []
    at = [INTERFACES[interface].names.index(name) for name in KEYS[interface]]
    for row in rows:
        reason = reason_of(interface, row)
        if reason is None:
            key = tuple(row[index] for index in at)
            reason = "duplicate" if key in seen else None
            seen.add(key)
        reasons.append(reason)
    return reasons


# Rows: mostly good, with nasty fields here and there.

NASTY = st.sampled_from([
    "", "1.5", " 7", "7 ", "+7", "1e3", "1E3", "1_000", "0x1F", "0b1", "-", "--1", "-1", "-0",
    "007",
    "٣", "７", "NULL", "abc", "86400", "86401", "9223372036854775807", "9223372036854775808",
    "-9223372036854775809", "1" * 40, "5-3", "2026-03-01", "2026-3-1", "2026-02-30",
    "02026-03-01",
    "2026/03/01", "2026-03-02", "20260301", "-2026-03-01", "infinity", "epoch",
    "2026-03-01 00:00:00",
    "202603", "202613", "202600", "0202603", "2026-03", "01", "02", "1", "2", "3", "4",
    "𠮷", "客户",
    "a b", "a.b", "P_1", "S0E1", "S0001", "S9999", "a|b", "a$b", "00",
])  # fmt: skip
SPECIAL = st.sampled_from(["a,b", 'say "no"', "two\nlines", "two\r\nlines", '"', ",", '""'])
MAKERS = {
    "usage": usage,
    "subscriber": subscriber,
    "month": lambda sub_id: month(sub_id, 202602),
}


@st.composite
def rows_of(draw: st.DrawFn, interface: str, fields: st.SearchStrategy[str]) -> list[list[str]]:
    rows = []
    for _ in range(draw(st.integers(0, 12))):
        made = MAKERS[interface](draw(st.sampled_from([*KNOWN, *KNOWN[:3]])))
        row = [str(made[name]) for name in INTERFACES[interface].names]
        for _ in range(draw(st.sampled_from([0, 0, 0, 1, 1, 2]))):
            row[draw(st.integers(0, len(row) - 1))] = draw(fields)
        kind = draw(st.sampled_from(["whole"] * 12 + ["short", "long"]))
        rows.append(row[:-1] if kind == "short" else [*row, "1"] if kind == "long" else row)
    return rows


@st.composite
def csv_files(draw: st.DrawFn) -> tuple[str, str]:
    interface = draw(st.sampled_from(["usage", "usage", "subscriber", "month"]))
    rows = draw(rows_of(interface, st.one_of(NASTY, SPECIAL)))
    text = io.StringIO(newline="")
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    writer = csv.writer(text, lineterminator=end, quoting=quoting)
    writer.writerow(INTERFACES[interface].names)
    writer.writerows(rows)
    return interface, draw(st.sampled_from(["", "\ufeff"])) + text.getvalue()


@settings(max_examples=25)
@given(file=csv_files(), encoding=st.sampled_from(["utf-8", "gb18030"]))
@example(file=("usage", ",".join(INTERFACES["usage"].names) + "\n\n\n"), encoding="utf-8")
def test_the_intake_agrees_with_the_contract_on_csv(file: tuple[str, str], encoding: str) -> None:
    interface, text = file
    records = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))[1:]
    reasons = expected(interface, records)

    with TemporaryDirectory() as folder:
        bench = Bench(Path(folder), interface)
        content = gzip.compress(text.encode(encoding), 1)
        delivered = bench.file(content, rows=len(records), encoding=encoding)
        outcome = bench.take_in(delivered, known=bench.known(others=KNOWN))
        stored = outcome.stored("rest" if interface == "usage" else "data", "sub_id")

    compare(outcome, reasons)
    at = INTERFACES[interface].names.index("sub_id")
    good = [row[at] for row, reason in zip(records, reasons, strict=True) if reason is None]
    assert [sub_id for (sub_id,) in stored] == sorted(good)


@settings(max_examples=25)
@given(
    rows=rows_of("usage", NASTY),
    dialect=st.sampled_from([
        (b"\x80", "gb18030"), (b"\t", "gb18030"), (b"|", "gb18030"), (b"|", "utf-8"),
        (b"$", "utf-8"), (b"\xe2\x82\xac", "utf-8"),
    ]),
    raw=st.lists(st.binary(max_size=8).filter(lambda one: b"\n" not in one), max_size=2),
)  # fmt: skip
@example(rows=[], dialect=(b"\x80", "gb18030"), raw=[b"\r\x00"])
def test_the_intake_agrees_with_the_contract_on_bare_rows(
    rows: list[list[str]], dialect: tuple[bytes, str], raw: list[bytes]
) -> None:
    separator, encoding = dialect
    lines = [separator.join(field.encode(encoding) for field in row) for row in rows] + raw
    # The line's own end is not part of it.
    lines = [line.removesuffix(b"\r") for line in lines]
    records = [
        [piece.decode(encoding, "surrogateescape") for piece in line.split(separator)]
        for line in lines
    ]
    reasons = expected("usage", records)

    with TemporaryDirectory() as folder:
        names = INTERFACES["usage"].names
        layout = Layout(names, separator, quoting=False, header=False, compressed=False)
        bench = Bench(Path(folder), layout=layout)
        content = b"".join(line + b"\n" for line in lines)
        delivered = bench.file(
            content, rows=len(lines), name="f.dat", encoding=encoding, sha256=None
        )
        outcome = bench.take_in(delivered, known=bench.known(others=KNOWN))

    compare(outcome, reasons)


def compare(outcome, reasons: list[str | None]) -> None:
    (verdict,) = outcome.verdict.files
    assert verdict.refusal is None, verdict.refusal
    wrong = [reason for reason in reasons if reason is not None]
    assert verdict.reasons == Counter(wrong)
    assert verdict.accepted == len(reasons) - len(wrong)
    assert verdict.accepted + verdict.rejected == verdict.rows
    assert [row["reason"] for row in outcome.rejected] == wrong
