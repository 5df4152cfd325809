"""What nights make of late, repeated, replaced, missing and hostile deliveries."""

import csv
import fcntl
import gzip
import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection
from tests.db.exchange.conftest import (
    FIRST_NIGHT,
    SECOND_NIGHT,
    copied,
    first_days,
    people_of,
    usage_of,
)
from tests.factories import deliveries as make
from tests.factories.databases import databases
from tests.factories.installations import everything
from tests.rules.common.test_filespace import FtpPlace, SftpPlace

FOLLOWED = ("results", "standings", "evaluated", "facts", "figures", "customers", "months")


def state_of(province: Path) -> dict:
    """Return everything that a province knows."""
    return everything(province / "var", province / "outbox")


def ask(province: Path, query: str) -> list[tuple]:
    """Ask the records of a province."""
    with databases().connect(province / "var") as records:
        return records.execute(query).fetchall()


def lasting(state: dict) -> dict:
    """Return what must not depend on when a delivery came."""
    kept = {name: state[name] for name in FOLLOWED}
    kept["alerts"] = [row for row in state["alerts"] if row[9] != "WITHDRAWN"]
    return kept


def receipt(province: Path, city: str, day: date, send: int = 0) -> dict:
    """Return the receipt of a delivery."""
    name = f"{city}/{day:%Y%m%d}/receipt_{city}_{day:%Y%m%d}_{send:02d}.json"
    return json.loads((province / "outbox" / name).read_text(encoding="utf-8"))


def test_a_late_city_ends_as_if_it_had_been_on_time(nights, empty, tmp_path):
    first_days(empty / "inbox")
    on_time = copied(empty, tmp_path / "on-time")
    late = {"usage": usage_of(FIRST_NIGHT, "02", forwarding=5)}
    rest = {"usage": usage_of(SECOND_NIGHT, "02")}
    make.write_delivery(on_time / "inbox", late, city="02", day=FIRST_NIGHT)
    for province in (on_time, empty):
        assert nights.run(province, FIRST_NIGHT).code == 0
    make.write_delivery(empty / "inbox", late, city="02", day=FIRST_NIGHT)
    for province in (on_time, empty):
        make.write_delivery(province / "inbox", rest, city="02", day=SECOND_NIGHT)

    ends = [nights.run(province, SECOND_NIGHT) for province in (on_time, empty)]

    assert [end.code for end in ends] == [0, 0]
    assert ends[1].told["evaluated_days"] == ["2026-03-01", "2026-03-02"]
    assert lasting(state_of(empty)) == lasting(state_of(on_time))


def test_a_delivery_sent_again_ends_as_if_it_had_come_right_at_once(nights, empty, tmp_path):
    first_days(empty / "inbox")
    right = copied(empty, tmp_path / "right")
    shutil.rmtree(right / "inbox" / "01" / f"{FIRST_NIGHT:%Y%m%d}")
    good = {"usage": usage_of(FIRST_NIGHT, "01", forwarding=5)}
    make.write_delivery(right / "inbox", good, city="01", day=FIRST_NIGHT)
    for province in (right, empty):
        nights.run(province, FIRST_NIGHT)
    make.write_delivery(empty / "inbox", good, city="01", day=FIRST_NIGHT, send=1)

    ends = [nights.run(province, SECOND_NIGHT) for province in (right, empty)]

    assert [end.told["deliveries"]["taken"] for end in ends] == [0, 1]
    assert lasting(state_of(empty)) == lasting(state_of(right))


def test_every_row_is_accepted_or_rejected_and_every_accepted_row_did_something(nights, province):
    summary = nights.run(province, SECOND_NIGHT).told

    rows = summary["rows"]
    assert rows["delivered"] == rows["accepted"] + rows["rejected"]
    assert rows["reasons"] == {"unknown_subscriber": 1}
    assert sum(summary["records"].values()) == rows["accepted"]
    files = ask(province, "SELECT rows, accepted, rejected FROM exchange_deliveryfile")
    assert all(rows == accepted + rejected for rows, accepted, rejected in files)
    effects = ask(
        province,
        "SELECT accepted, created, updated, unchanged FROM exchange_deliveredinterface",
    )
    assert all(accepted == sum(counts) for accepted, *counts in effects)


def test_a_receipt_says_what_became_of_a_delivery_and_its_rejected_rows_lie_beside_it(
    nights, province
):
    nights.run(province, SECOND_NIGHT)

    told = receipt(province, "01", SECOND_NIGHT)
    name = "rejected_usage_01_20260302_00.csv"
    with open(province / "outbox" / "01" / "20260302" / name, encoding="utf-8") as file:
        rejected = list(csv.DictReader(file))
    assert (told["state"], told["rejected"]) == ("accepted", 1)
    assert [(row["reason"], row["raw"].split(",")[1]) for row in rejected] == [
        ("unknown_subscriber", "X95")
    ]


def test_the_same_delivery_twice_has_no_effect_and_is_said(nights, province):
    nights.run(province, SECOND_NIGHT)
    before = state_of(province)

    again = nights.run(province, SECOND_NIGHT).told

    assert again["deliveries"]["taken"] == 0
    assert again["deliveries"]["already_taken"] == 22
    assert state_of(province) == before


def test_another_content_under_a_used_number_is_refused_once(nights, province):
    nights.run(province, SECOND_NIGHT)
    before = receipt(province, "02", SECOND_NIGHT)
    other = {"usage": usage_of(SECOND_NIGHT, "02", forwarding=9)}
    make.write_delivery(province / "inbox", other, city="02", day=SECOND_NIGHT)

    refused = nights.run(province, SECOND_NIGHT).told
    again = nights.run(province, SECOND_NIGHT).told

    assert [entry["code"] for entry in refused["refusals"]] == ["send_reused"]
    assert "01" in refused["refusals"][0]["words"]
    assert (again["deliveries"]["refused"], again["deliveries"]["refused_before"]) == (0, 1)
    assert receipt(province, "02", SECOND_NIGHT) == before


def test_a_first_delivery_that_comes_after_its_replacement_is_refused(nights, empty):
    right = {"subscriber": people_of("37"), "usage": usage_of(FIRST_NIGHT, "37")}
    make.write_delivery(empty / "inbox", right, city="37", day=FIRST_NIGHT, send=1)
    nights.run(empty, FIRST_NIGHT)
    wrong = {"usage": usage_of(FIRST_NIGHT, "37", forwarding=9)}
    make.write_delivery(empty / "inbox", wrong, city="37", day=FIRST_NIGHT)

    told = nights.run(empty, FIRST_NIGHT).told

    assert [entry["code"] for entry in told["refusals"]] == ["superseded"]
    assert told["signals"].get("W02") is None


def test_a_new_installation_takes_any_cities(nights, empty):
    for city in ("00", "37", "99"):
        parts = {"subscriber": people_of(city), "usage": usage_of(FIRST_NIGHT, city)}
        make.write_delivery(empty / "inbox", parts, city=city, day=FIRST_NIGHT)

    told = nights.run(empty, FIRST_NIGHT)

    assert (told.code, told.told["evaluated"]) == (0, 9)
    cities = ask(empty, "SELECT code FROM people_unit WHERE kind = 'CITY' ORDER BY code")
    assert [code for (code,) in cities] == ["00", "37", "99"]


def test_a_day_without_deliveries_is_evaluated_and_names_who_is_missing(nights, province):
    nights.run(province, SECOND_NIGHT)

    told = nights.run(province, SECOND_NIGHT + timedelta(days=1))

    assert told.code == 0
    assert told.told["missing_cities"] == ["01", "02", "03"]
    assert told.told["evaluated_days"] == ["2026-03-03"]


def test_a_clock_set_back_changes_nothing_that_was_right(nights, province, undisturbed):
    nights.run(province, SECOND_NIGHT)

    told = nights.run(province, FIRST_NIGHT)

    assert told.code == 0
    assert state_of(province) == undisturbed


def test_a_night_that_died_is_done_by_the_night_of_the_next_day(nights, province):
    nights.run(province, SECOND_NIGHT, acts=[("dakehu.facts.intake", "take_in", "before", 1)])

    told = nights.run(province, SECOND_NIGHT + timedelta(days=1)).told

    assert told["evaluated_days"] == ["2026-03-01", "2026-03-02", "2026-03-03"]
    states = ask(province, "SELECT state FROM exchange_run ORDER BY id")
    assert [state for (state,) in states] == ["DONE", "INTERRUPTED", "DONE"]
    assert ask(province, "SELECT count(*) FROM exchange_runstep WHERE state = 'RUNNING'") == [(0,)]


def test_history_is_loaded_without_warnings_and_alerts(nights, empty):
    first_days(empty / "inbox")

    told = nights.run(empty, FIRST_NIGHT, first="2026-02-01")

    assert (told.code, told.told["deliveries"]["taken"]) == (0, 17)
    state = state_of(empty)
    assert (state["alerts"], state["evaluated"], state["pending"]) == ([], [], [])
    assert len(state["customers"]) == 15


def test_history_loaded_later_is_followed_by_the_next_night(nights, empty, tmp_path):
    first_days(empty / "inbox")
    whole = copied(empty, tmp_path / "whole")
    nights.run(whole, FIRST_NIGHT)
    nights.run(whole, SECOND_NIGHT)
    for day in range(24, 29):
        shutil.rmtree(empty / "inbox" / "03" / f"202602{day}", ignore_errors=True)
    nights.run(empty, FIRST_NIGHT)
    shutil.copytree(whole / "inbox" / "03", empty / "inbox" / "03", dirs_exist_ok=True)
    # A refused delivery is mended under the next number.
    shutil.rmtree(empty / "inbox" / "03" / f"{FIRST_NIGHT:%Y%m%d}")
    again = {"usage": usage_of(FIRST_NIGHT, "03")}
    make.write_delivery(empty / "inbox", again, city="03", day=FIRST_NIGHT, send=1)
    nights.run(empty, FIRST_NIGHT, first="2026-02-01")

    nights.run(empty, SECOND_NIGHT)

    assert lasting(state_of(empty)) == lasting(state_of(whole))


def test_the_second_of_two_runs_says_who_runs(nights, province):
    with open(province / "var" / "nightly.lock", "w", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        json.dump({"who": "zhang", "host": "h1", "pid": 7, "kind": "NIGHTLY"}, file)
        file.flush()

        told = nights.run(province, SECOND_NIGHT)

    assert told.code == 3
    assert "zhang" in told.told
    assert "h1" in told.told


def test_a_database_that_may_only_be_read_is_told_with_its_place(nights, province):
    told = nights.run(province, SECOND_NIGHT, database=databases().read_only)

    assert told.code == 5
    assert databases().name(province / "var") in told.told


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a server's disk cannot be filled here")
def test_a_full_database_is_told_and_the_next_night_goes_on(nights, province, undisturbed):
    pages = ask(province, "PRAGMA page_count")[0][0]
    limit = {"init_command": f"PRAGMA max_page_count={pages + 3}"}

    told = nights.run(province, SECOND_NIGHT, database=limit)
    finished = nights.run(province, SECOND_NIGHT)

    assert (told.code, finished.code) == (5, 0)
    assert state_of(province) == undisturbed


def test_an_inbox_that_vanishes_while_it_is_read_keeps_what_was_taken(
    nights, province, undisturbed, tmp_path
):
    kept = shutil.copytree(province / "inbox", tmp_path / "inbox")
    acts = [("dakehu.common.filespace.local", "LocalFilespace.fetch", "vanish", 3)]

    told = nights.run(province, SECOND_NIGHT, acts=acts)
    taken = ask(province, "SELECT count(*) FROM exchange_delivery WHERE run_id > 1")
    shutil.copytree(kept, province / "inbox", dirs_exist_ok=True)
    finished = nights.run(province, SECOND_NIGHT)

    assert (told.code, taken, finished.code) == (4, [(2,)], 0)
    assert state_of(province) == undisturbed


def test_an_inbox_that_is_not_there_is_told(nights, province):
    told = nights.run(province, SECOND_NIGHT, inbox=str(province / "nowhere"))

    assert told.code == 4
    assert str(province / "nowhere") in told.told


def test_alerts_do_not_wait_for_an_outbox_and_receipts_are_sent_later(
    nights, province, undisturbed
):
    told = nights.run(province, SECOND_NIGHT, outbox=str(province / "no" / "where"))
    evaluated = ask(
        province, "SELECT count(*) FROM exchange_evaluatedday WHERE alerts_at IS NOT NULL"
    )

    finished = nights.run(province, SECOND_NIGHT)

    assert (told.code, evaluated, finished.code) == (4, [(2,)], 0)
    assert finished.told["receipts"] == 5
    assert state_of(province) == undisturbed


def test_rare_characters_survive_in_both_encodings(nights, empty):
    names = {"37": "𠮷野䶮", "38": "㐱·Ünal😀"}
    for city, encoding in (("37", "gb18030"), ("38", "utf-8")):
        people = [make.subscriber(f"{city}S1", city, name=names[city])]
        parts = {"subscriber": people}
        make.write_delivery(empty / "inbox", parts, city=city, day=FIRST_NIGHT, encoding=encoding)

    nights.run(empty, FIRST_NIGHT)

    found = ask(empty, "SELECT city_code, name FROM customers_customer ORDER BY number")
    assert dict(found) == names


def test_a_manifest_that_points_out_of_its_folder_is_refused(nights, empty):
    folder = make.write_delivery(
        empty / "inbox", {"subscriber": people_of("37")}, city="37", day=FIRST_NIGHT
    )
    secret = empty / "secret.csv.gz"
    secret.write_bytes(gzip.compress(b"sub_id\n"))
    entry = {"interface": "usage", "rows": 1, "bytes": 9, "sha256": "0" * 64, "encoding": "utf-8"}
    names = ("../../../secret.csv.gz", str(secret), "..\\secret.csv.gz", "usage_37\0.csv.gz")
    make.write_manifest(
        folder, [{**entry, "file": name} for name in names], city="37", day=FIRST_NIGHT
    )

    told = nights.run(empty, FIRST_NIGHT)

    assert told.code == 0
    assert {entry["code"] for entry in told.told["refusals"]} == {"unsafe_name"}


def test_a_zip_bomb_is_refused_and_the_rest_is_taken(nights, empty):
    folder = empty / "inbox" / "37" / f"{FIRST_NIGHT:%Y%m%d}"
    folder.mkdir(parents=True)
    good = make.write_file(folder, "subscriber", people_of("37"), stem="37_20260301_001")
    bomb = make.write_file(folder, "usage", usage_of(FIRST_NIGHT, "37"), stem="37_20260301_001")
    content = gzip.compress(b"0" * 64 * 1024 * 1024)
    (folder / bomb["file"]).write_bytes(content)
    said = {**bomb, "bytes": len(content), "sha256": make.sha256_of(content)}
    make.write_manifest(folder, [good, said], city="37", day=FIRST_NIGHT)

    told = nights.run(empty, FIRST_NIGHT).told

    assert told["deliveries"]["partly"] == 1
    assert [entry["code"] for entry in told["refusals"]] == ["too_large"]
    assert told["rows"]["accepted"] == 4


def test_a_data_file_without_its_check_file_is_waited_for(nights, empty):
    folder = make.write_delivery(
        empty / "inbox", {"subscriber": people_of("37")}, city="37", day=FIRST_NIGHT
    )
    manifest = next(folder.glob("manifest*"))
    content = manifest.read_bytes()
    manifest.unlink()

    waiting = nights.run(empty, FIRST_NIGHT).told
    manifest.write_bytes(content)
    taken = nights.run(empty, FIRST_NIGHT).told

    assert waiting["deliveries"]["incomplete"] == 1
    assert "37" in waiting["incomplete"][0]["words"]
    assert (taken["deliveries"]["incomplete"], taken["deliveries"]["taken"]) == (0, 1)


def test_the_older_dialect_is_taken_with_its_subscribers_first(nights, empty):
    folder = empty / "inbox" / "37" / f"{FIRST_NIGHT:%Y%m%d}"
    make.write_verf(folder, "a", "02053", "usage", usage_of(FIRST_NIGHT, "37"))
    make.write_verf(folder, "i", "01002", "subscriber", people_of("37"))
    late = make.write_verf(folder, "s", "05001", "city_stat", [])
    late.unlink()

    told = nights.run(empty, FIRST_NIGHT).told

    assert told["deliveries"]["taken"] == 2
    assert told["rows"]["accepted"] == 8
    assert [entry["lacking"] for entry in told["incomplete"]] == [[late.name]]
    answers = sorted(path.name for path in (empty / "outbox" / "37" / "20260301").iterdir())
    assert answers == [
        "receipt_37_20260301_a_13100_20260301_02053_00.json",
        "receipt_37_20260301_i_13100_20260301_01002_00.json",
    ]


@pytest.mark.parametrize("place", [SftpPlace, FtpPlace])
def test_inbox_and_outbox_may_be_on_a_server(nights, province, undisturbed, place):
    server = place(province)
    try:
        told = nights.run(
            province, SECOND_NIGHT, inbox=server.url("inbox"), outbox=server.url("outbox")
        )
    finally:
        server.close()

    assert told.code == 0, told.told
    assert state_of(province) == undisturbed


def test_facts_past_their_retention_are_forgotten_but_no_subscriber_is(nights, empty):
    old = FIRST_NIGHT - timedelta(days=500)
    parts = {"subscriber": people_of("37"), "usage": usage_of(old, "37")}
    make.write_delivery(empty / "inbox", parts, city="37", day=old)
    new = {"usage": usage_of(FIRST_NIGHT, "37")}
    make.write_delivery(empty / "inbox", new, city="37", day=FIRST_NIGHT)

    told = nights.run(empty, FIRST_NIGHT).told

    assert (told["tidied"]["partitions"], told["evaluated"]) == (1, 3)
    live = ask(empty, "SELECT interface, day FROM exchange_livepartition ORDER BY 1")
    assert [(interface, str(day)) for interface, day in live] == [
        ("subscriber", old.isoformat()),
        ("usage", FIRST_NIGHT.isoformat()),
    ]


def test_months_that_came_before_a_customer_was_managed_are_there_once_somebody_manages(
    nights, empty
):
    months = [make.month(name, ym) for name in ("37S1", "37S2") for ym in (202601, 202602)]
    parts = {
        "subscriber": [make.subscriber(name, "37", managed=0) for name in ("37S1", "37S2")],
        "month": months,
    }
    make.write_delivery(empty / "inbox", parts, city="37", day=FIRST_NIGHT)
    nights.run(empty, FIRST_NIGHT)
    kept = "SELECT c.number, m.ym FROM customers_customermonth m JOIN customers_customer c "
    before = ask(empty, f"{kept} ON c.id = m.customer_id")
    changed = {"subscriber": [make.subscriber("37S1", "37", managed=1)]}
    make.write_delivery(empty / "inbox", changed, city="37", day=SECOND_NIGHT)

    nights.run(empty, SECOND_NIGHT)

    after = ask(empty, f"{kept} ON c.id = m.customer_id ORDER BY m.ym")
    assert (before, after) == ([], [("37S1", 202601), ("37S1", 202602)])
