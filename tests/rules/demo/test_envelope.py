"""A city that speaks the older dialect: rows parted by one byte, check files told of last."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from tests.rules.demo.inbox import HEADERS

from dakehu.demo.rules.envelope import MONTHLY, UNITS
from dakehu.demo.rules.plan import CityDay, ProvincePlan
from dakehu.demo.rules.province import held_folder, simulate
from dakehu.exchange.rules.dialects import VERF_DAT

LAST = date(2026, 11, 1)
SPOILED = CityDay("01", date(2026, 10, 31))
PLAN = ProvincePlan(
    until=LAST, cities=1, subscribers=700, days=3, verf_dat=("01",), spoil=(SPOILED,)
)


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("province") / "inbox"
    simulate(PLAN, root, lambda *_: None)
    return root


def checks_in(folder: Path) -> dict[str, list[bytes]]:
    """Return the lines of the check files of a folder, split, by the name that each tells of."""
    lines = [
        line.split(b"\x80")
        for check in folder.glob("*.verf")
        for line in check.read_bytes().splitlines()
    ]
    return {line[0].decode(): line[1:] for line in lines}


def test_every_data_file_is_told_of_with_its_bytes_and_rows(inbox: Path) -> None:
    for day in (PLAN.first, LAST):
        folder = inbox / "01" / f"{day:%Y%m%d}"
        told = checks_in(folder)
        assert told.keys() == {path.name for path in folder.glob("*.dat")}
        for name, (size, rows, period, finished) in told.items():
            content = (folder / name).read_bytes()
            assert int(size) == len(content)
            assert int(rows) == content.count(b"\n")
            assert period.decode() == name.split("_")[2]
            assert len(finished) == 14


def test_names_are_of_units_that_the_intake_knows(inbox: Path) -> None:
    found = Counter()
    for path in inbox.glob("01/*/*.dat"):
        name = re.fullmatch(VERF_DAT.data_name, path.name)
        assert name is not None
        found[VERF_DAT.units[name["unit"], len(name["period"])]] += 1

    assert set(found) == set(HEADERS)
    assert VERF_DAT.units == {
        (unit, 6 if interface in MONTHLY else 8): interface for interface, unit in UNITS.items()
    }


def test_rows_have_the_contracts_columns_and_nothing_is_quoted(inbox: Path) -> None:
    folder = inbox / "01" / f"{PLAN.first:%Y%m%d}"
    (subscribers,) = folder.glob("i_13100_20261030_01002_00_001.dat")

    rows = [line.split(b"\x80") for line in subscribers.read_bytes().splitlines()]

    assert {len(row) for row in rows} == {len(HEADERS["subscriber"].split(","))}
    assert rows[0][0] == b"8010000001"
    assert rows[0][3] == b"01"
    assert "城" in "".join(row[4].decode("gb18030") for row in rows)


def test_nothing_to_tell_is_an_empty_file(inbox: Path) -> None:
    folder = inbox / "01" / f"{LAST:%Y%m%d}"

    groups = {name: line for name, line in checks_in(folder).items() if "_01006_" in name}

    assert len(groups) == 1
    assert all(line[:2] == [b"0", b"0"] for line in groups.values())


def test_a_whole_picture_changes_and_flows_are_told_apart_by_their_letter(inbox: Path) -> None:
    first = {path.name[0] for path in (inbox / "01" / "20261030").glob("*_01002_*.dat")}
    later = {path.name[0] for path in (inbox / "01" / "20261101").glob("*_01002_*.dat")}
    usage = {path.name[0] for path in inbox.glob("01/*/*_02053_*.dat")}

    assert (first, later, usage) == ({"i"}, {"a"}, {"s"})


def test_a_spoiled_day_disagrees_with_its_check_files_and_is_sent_again(inbox: Path) -> None:
    folder = inbox / "01" / f"{SPOILED.day:%Y%m%d}"
    told = checks_in(folder)

    wrong = {
        name.split("_")[3]
        for name, (size, rows, *_) in told.items()
        for content in [(folder / name).read_bytes()]
        if (int(size), int(rows)) != (len(content), content.count(b"\n"))
    }
    again = checks_in(held_folder(inbox) / "01" / f"{SPOILED.day:%Y%m%d}")

    assert wrong == {UNITS["service_log"], UNITS["city_stat"]}
    assert {name.split("_")[4] for name in again} == {"01"}
    assert {name.split("_")[3] for name in again} == {"01011", "02053", "03007", "05001"}


def test_spoiled_rows_lose_a_field_or_hold_a_bad_value(inbox: Path) -> None:
    folder = inbox / "01" / f"{SPOILED.day:%Y%m%d}"
    (usage,) = folder.glob("*_02053_00_001.dat")

    rows = [line.split(b"\x80") for line in usage.read_bytes().splitlines()]
    lengths = Counter(map(len, rows))
    days = Counter(row[0] for row in rows)

    assert lengths.keys() == {28, 29}
    assert lengths[28] < 0.05 * len(rows)
    assert days.keys() == {b"2026-10-31", b"2019-02-28"}
