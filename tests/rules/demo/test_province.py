"""What a drawn province delivers keeps the exchange contract, read by a reader of its own."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.rules.demo.inbox import (
    HEADERS,
    Delivered,
    Row,
    delivered,
    is_well_typed,
    rows_of,
    why_rejected,
)

from dakehu.demo.errors import FolderInUse
from dakehu.demo.rules.plan import CityDay, ProvincePlan, ProvinceSummary
from dakehu.demo.rules.province import held_folder, simulate

LATE = CityDay("03", date(2026, 11, 2))
SPOILED = CityDay("02", date(2026, 11, 3))
PLAN = ProvincePlan(
    until=date(2026, 11, 4),
    subscribers=1500,
    days=6,
    managed_percent=40,
    late=(LATE,),
    spoil=(SPOILED,),
    gb18030=("02",),
    rows_per_file=400,
)


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("province") / "inbox"


@pytest.fixture(scope="module")
def steps() -> list[tuple[str, int, int]]:
    return []


@pytest.fixture(scope="module", autouse=True)
def summary(inbox: Path, steps: list[tuple[str, int, int]]) -> ProvinceSummary:
    return simulate(PLAN, inbox, lambda *step: steps.append(step))


def folder_of(root: Path, city: str, day: date) -> Path:
    return root / city / f"{day:%Y%m%d}"


def sound_deliveries(inbox: Path) -> Iterator[tuple[CityDay, Path]]:
    for city in PLAN.city_codes:
        for day in PLAN.every_day:
            if CityDay(city, day) not in (*PLAN.late, *PLAN.spoil):
                yield CityDay(city, day), folder_of(inbox, city, day)


def sound_files(inbox: Path) -> list[Delivered]:
    return [file for _, folder in sound_deliveries(inbox) for file in delivered(folder)]


def every_row(inbox: Path, interface: str) -> list[Row]:
    return [row for _, folder in sound_deliveries(inbox) for row in rows_of(folder, interface)]


def test_every_file_is_as_its_manifest_says(inbox: Path) -> None:
    files = sound_files(inbox)

    assert len(files) > 100
    assert all(file.is_sound for file in files)
    assert all(len(file.table) == file.rows for file in files)


def test_every_file_of_a_folder_is_in_its_manifest(inbox: Path) -> None:
    for city_day, folder in sound_deliveries(inbox):
        names = {path.name for path in folder.iterdir()}
        manifest = f"manifest_{city_day.city}_{city_day.day:%Y%m%d}_00.csv"
        assert names == {file.file for file in delivered(folder)} | {manifest}


def test_every_file_is_named_after_interface_city_day_and_part(inbox: Path) -> None:
    for city_day, folder in sound_deliveries(inbox):
        parts: Counter[str] = Counter()
        for file in delivered(folder):
            parts[file.interface] += 1
            stem = f"{file.interface}_{city_day.city}_{city_day.day:%Y%m%d}"
            assert file.file == f"{stem}_{parts[file.interface]:03d}.csv.gz"


def test_every_header_is_the_contracts(inbox: Path) -> None:
    for file in sound_files(inbox):
        assert file.text.partition("\n")[0] == HEADERS[file.interface]


def test_every_value_is_of_its_columns_type(inbox: Path) -> None:
    for file in sound_files(inbox):
        assert all(is_well_typed(row) for row in file.table), file.file


def test_every_interface_is_delivered(summary: ProvinceSummary) -> None:
    assert set(summary.rows) == set(HEADERS)
    assert all(summary.rows.values())


def test_big_interfaces_are_split(inbox: Path) -> None:
    files = delivered(folder_of(inbox, "01", PLAN.until))

    rows = [file.rows for file in files if file.interface == "usage"]

    assert len(rows) == 2
    assert rows[0] == PLAN.rows_per_file


def test_one_city_sends_gb18030(inbox: Path) -> None:
    files = delivered(folder_of(inbox, "02", PLAN.first))

    names = [row["name"] for file in files if file.interface == "group" for row in file.table]

    assert {file.encoding for file in files} == {"gb18030"}
    assert "云泽市人民政府" in names


def test_usage_is_of_its_day_and_city_and_of_known_subscribers(inbox: Path) -> None:
    known: set[str] = set()
    for city_day, folder in sound_deliveries(inbox):
        known |= {row["sub_id"] for row in rows_of(folder, "subscriber")}
        usage = rows_of(folder, "usage")
        assert {row["day"] for row in usage} == {city_day.day.isoformat()}
        assert {row["city_id"] for row in usage} == {city_day.city}
        assert len({row["sub_id"] for row in usage}) == len(usage)
        if city_day.city != LATE.city:
            assert {row["sub_id"] for row in usage} <= known


def test_bills_are_of_known_subscribers(inbox: Path) -> None:
    known = {row["sub_id"] for row in every_row(inbox, "subscriber")}

    billed = {row["sub_id"] for row in every_row(inbox, "month")}

    assert billed
    assert billed <= known


def test_usage_agrees_with_itself(inbox: Path) -> None:
    for row in every_row(inbox, "usage"):
        value = {name: int(text) for name, text in row.items() if text.isdigit()}
        voice = value["voice_onnet_s"] + value["voice_offnet_s"] + value["voice_fixed_s"]
        calls = value["out_calls"] + value["in_calls"]
        assert max(voice, value["voice_toll_s"], value["voice_roam_s"]) <= 86400
        assert value["offnet_calls"] <= calls
        assert value["distinct_callees"] <= value["out_calls"]
        assert (voice > 0) == (calls > 0)
        assert value["balance_fen"] == 0 or value["credit_used_fen"] == value["arrears_fen"] == 0
        assert (value["recharge_cnt"] > 0) == (value["recharge_fen"] > 0)
        assert value["status"] in {0, 1, 3, 4}


def test_money_carries_over_from_day_to_day(inbox: Path) -> None:
    kept: dict[str, tuple[date, int]] = {}
    checked = 0
    for city_day, folder in sound_deliveries(inbox):
        for row in rows_of(folder, "usage"):
            value = {name: int(row[name]) for name in row if name.endswith("_fen")}
            now = value["balance_fen"] - value["credit_used_fen"] - value["arrears_fen"]
            before = kept.get(row["sub_id"])
            if before and (city_day.day - before[0]).days == 1:
                assert now == before[1] + value["recharge_fen"] - value["charge_fen"]
                checked += 1
            kept[row["sub_id"]] = (city_day.day, now)
    assert checked > 5000


def test_subscribers_come_whole_first_and_then_only_changes(inbox: Path) -> None:
    first = rows_of(folder_of(inbox, "01", PLAN.first), "subscriber")
    later = [
        row
        for day in PLAN.every_day[1:]
        for row in rows_of(folder_of(inbox, "01", day), "subscriber")
    ]

    assert len(first) > 600
    assert 0 < len(later) < len(first) // 10


def test_every_telephone_number_belongs_to_one(inbox: Path) -> None:
    numbers = {(row["sub_id"], row["msisdn"]) for row in every_row(inbox, "subscriber")}

    assert len({number for _, number in numbers}) == len(numbers)
    assert all(len(number) == 11 and number[0] == "1" for _, number in numbers)


def test_bills_come_as_history_then_on_the_first_then_corrected(inbox: Path) -> None:
    months = {
        day.day: sorted({row["ym"] for row in rows_of(folder_of(inbox, "01", day), "month")})
        for day in PLAN.every_day
    }

    assert len(months.pop(30)) == PLAN.history_months
    assert months == {31: [], 1: ["202610"], 2: [], 3: ["202610"], 4: []}


def test_a_month_is_what_was_charged_on_its_days_and_before(inbox: Path) -> None:
    days = (date(2026, 10, 30), date(2026, 10, 31))
    charged: Counter[str] = Counter()
    for day in days:
        for row in rows_of(folder_of(inbox, "01", day), "usage"):
            charged[row["sub_id"]] += int(row["charge_fen"])

    bills = rows_of(folder_of(inbox, "01", date(2026, 11, 1)), "month")

    assert len(bills) > 600
    assert all(int(row["revenue_fen"]) >= charged[row["sub_id"]] for row in bills)


def test_managers_are_staff_of_the_same_city(inbox: Path, summary: ProvinceSummary) -> None:
    staff = {(one.city, one.staff_no): one.role for one in summary.staff}

    rows = [row for row in every_row(inbox, "subscriber") if row["manager_no"]]
    roles = {staff[row["city_id"], row["manager_no"]] for row in rows}

    assert roles == {"ACCOUNT_MANAGER", "TELEPHONE_MANAGER"}
    assert all(row["managed"] == "1" for row in rows)


def test_groups_and_members_agree(inbox: Path) -> None:
    groups = {row["group_no"] for row in every_row(inbox, "group")}

    members = {row["group_no"] for row in every_row(inbox, "subscriber")} - {""}

    assert members
    assert members <= groups
    assert len({row["name"] for row in every_row(inbox, "group")}) == len(groups)


def test_the_citys_figures_can_be_counted_again(inbox: Path) -> None:
    for _, folder in sound_deliveries(inbox):
        usage = rows_of(folder, "usage")
        figures = {
            (row["stat_code"], row["dimension"]): int(row["value"])
            for row in rows_of(folder, "city_stat")
        }
        assert figures["SUBSCRIBERS", ""] == len(usage)
        assert figures["DATA_KB", ""] == sum(int(row["data_kb"]) for row in usage)


def test_the_summary_counts_what_was_written(
    summary: ProvinceSummary, steps: list[tuple[str, int, int]]
) -> None:
    total = PLAN.cities * PLAN.days

    assert [done for _, done, _ in steps] == list(range(1, total + 1))
    assert {all_of_them for _, _, all_of_them in steps} == {total}
    assert summary.subscribers >= PLAN.subscribers
    assert [city.name for city in summary.cities] == ["岚州市", "云泽市", "青屏市"]


def test_a_late_delivery_is_held_back_whole(inbox: Path, summary: ProvinceSummary) -> None:
    held = folder_of(held_folder(inbox), LATE.city, LATE.day)

    assert not folder_of(inbox, LATE.city, LATE.day).exists()
    assert all(file.is_sound for file in delivered(held))
    assert {file.interface for file in delivered(held)} >= {"usage", "subscriber"}
    assert (LATE.city, LATE.day, held, "late") in {
        (one.city, one.day, one.folder, one.reason) for one in summary.held
    }


def test_records_of_a_late_delivery_come_again_with_the_next(inbox: Path) -> None:
    held = folder_of(held_folder(inbox), LATE.city, LATE.day)
    after = folder_of(inbox, LATE.city, date(2026, 11, 3))

    late = {row["sub_id"] for row in rows_of(held, "subscriber")}
    again = {row["sub_id"] for row in rows_of(after, "subscriber")}

    assert late
    assert late <= again


def test_a_spoiled_usage_file_has_every_kind_of_bad_row_below_the_limit(inbox: Path) -> None:
    folder = folder_of(inbox, SPOILED.city, SPOILED.day)
    known = {
        row["sub_id"]
        for day in PLAN.every_day
        for row in rows_of(folder_of(inbox, SPOILED.city, day), "subscriber")
    }
    reasons: Counter[str] = Counter()
    seen: set[str] = set()
    rows = 0
    for file in delivered(folder):
        if file.interface != "usage":
            continue
        assert file.is_sound
        lines = file.text.splitlines()[1:]
        assert len(lines) == file.rows
        verdicts = [
            why_rejected(line, day=SPOILED.day, city=SPOILED.city, known=known, seen=seen)
            for line in lines
        ]
        assert sum(map(bool, verdicts)) < 0.05 * len(lines)
        reasons.update(filter(None, verdicts))
        rows += len(lines)

    assert set(reasons) == {
        "columns",
        "type",
        "wrong_day",
        "wrong_city",
        "negative",
        "too_large",
        "bad_status",
        "unknown_subscriber",
        "duplicate",
    }


def test_three_spoiled_files_must_be_refused(inbox: Path) -> None:
    files = {
        file.interface: file for file in delivered(folder_of(inbox, SPOILED.city, SPOILED.day))
    }

    bad = [row for row in files["subscription"].table if not is_well_typed(row)]

    assert len(bad) > 0.05 * files["subscription"].rows
    assert not files["service_log"].is_sound
    assert files["city_stat"].is_sound
    with pytest.raises(EOFError):
        _ = files["city_stat"].table


def test_the_repaired_resend_is_whole_and_hides_no_file_of_the_first(inbox: Path) -> None:
    held = folder_of(held_folder(inbox), SPOILED.city, SPOILED.day)
    first = folder_of(inbox, SPOILED.city, SPOILED.day)

    files = delivered(held, send=1)

    assert all(file.is_sound and len(file.table) == file.rows for file in files)
    assert {file.interface for file in files} == {
        "usage",
        "subscription",
        "service_log",
        "city_stat",
    }
    assert not {path.name for path in held.iterdir()} & {path.name for path in first.iterdir()}


def test_a_used_folder_is_refused(inbox: Path) -> None:
    with pytest.raises(FolderInUse):
        simulate(PLAN, inbox, lambda *_: None)


def test_the_same_plan_gives_the_same_content(tmp_path: Path) -> None:
    plan = ProvincePlan(until=date(2026, 3, 2), subscribers=200, days=3, cities=2)

    for name in ("one", "two"):
        simulate(plan, tmp_path / name, lambda *_: None)

    assert texts(tmp_path / "one") == texts(tmp_path / "two")


def test_another_seed_gives_another_province(tmp_path: Path) -> None:
    for seed in (7, 8):
        plan = ProvincePlan(until=date(2026, 3, 2), subscribers=40, days=1, cities=1, seed=seed)
        simulate(plan, tmp_path / str(seed), lambda *_: None)

    assert texts(tmp_path / "7").keys() == texts(tmp_path / "8").keys()
    assert texts(tmp_path / "7") != texts(tmp_path / "8")


def texts(root: Path) -> dict[str, str]:
    return {
        file.file: file.text for folder in sorted(root.glob("*/*")) for file in delivered(folder)
    }
