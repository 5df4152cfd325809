"""What names of folders and files say, and which deliveries they announce."""

from datetime import date

import pytest

from dakehu.exchange.rules.dialects import DAKEHU_1, DIALECTS, VERF_DAT
from dakehu.exchange.rules.names import (
    announcements_in,
    data_name_fault,
    day_of_folder,
    is_city_folder,
    is_unsafe,
    take_name_apart,
)
from dakehu.exchange.values import Announcement, EnvelopeRefusal
from dakehu.facts.interfaces import INTERFACES

DAY = date(2026, 3, 1)
OURS = Announcement("01", DAY, 0, "", "dakehu-1", ())
THEIRS = Announcement("01", DAY, 1, "s_13100_20260301_02053", "verf-dat", ())


@pytest.mark.parametrize(
    ("name", "is_city"), [("01", True), ("1", False), ("0a", False), ("٠١", False)]
)
def test_a_city_folder_is_two_digits(name, is_city) -> None:
    assert is_city_folder(name) is is_city


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("20260301", DAY),
        ("20260230", None),
        ("2026031", None),
        ("2026-3-1", None),
        ("２０２６０３０１", None),
        ("00000101", None),
    ],
)
def test_a_day_folder_is_a_day_of_the_calendar(name, day) -> None:
    assert day_of_folder(name) == day


@pytest.mark.parametrize(
    "name",
    [
        "../etc/passwd",
        "/etc/passwd",
        "..",
        ".",
        "",
        "a/b",
        "a\\b",
        "a\0b",
        "C:x",
        "a\nb",
        "a\x1bb",
    ],
)
def test_a_name_that_leads_elsewhere_is_unsafe(name) -> None:
    assert is_unsafe(name)
    fault = data_name_fault(name, OURS, DAKEHU_1)
    assert fault is not None
    assert fault.code == EnvelopeRefusal.UNSAFE_NAME


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("usage_01_20260301_001.csv.gz", None),
        ("usage_02_20260301_001.csv.gz", EnvelopeRefusal.WRONG_CITY),
        ("usage_01_20260302_001.csv.gz", EnvelopeRefusal.WRONG_DAY),
        ("usage_01_20260301_1.csv.gz", EnvelopeRefusal.WRONG_NAME),
        ("usage_01_20260301_001.csv", EnvelopeRefusal.WRONG_NAME),
        ("Usage_01_20260301_001.csv.gz", EnvelopeRefusal.WRONG_NAME),
        ("usage_01_20260301_001.csv.gz ", EnvelopeRefusal.WRONG_NAME),
        ("secrets_01_20260301_001.csv.gz", EnvelopeRefusal.UNKNOWN_INTERFACE),
    ],
)
def test_a_name_of_the_contract_says_interface_city_and_day(name, code) -> None:
    fault = data_name_fault(name, OURS, DAKEHU_1)

    assert (fault.code if fault else None) == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("s_13100_20260301_02053_01_001.dat", None),
        ("s_13100_20260301_02053_00_001.dat", EnvelopeRefusal.WRONG_NAME),
        ("s_13101_20260301_02053_01_001.dat", EnvelopeRefusal.WRONG_NAME),
        ("s_13100_20260301_01002_01_001.dat", EnvelopeRefusal.WRONG_NAME),
        ("s_13100_20260301_99999_01_001.dat", EnvelopeRefusal.UNKNOWN_INTERFACE),
        ("x_13100_20260301_02053_01_001.dat", EnvelopeRefusal.WRONG_NAME),
    ],
)
def test_a_name_of_the_older_dialect_belongs_to_its_check_file(name, code) -> None:
    fault = data_name_fault(name, THEIRS, VERF_DAT)

    assert (fault.code if fault else None) == code


def test_the_length_of_the_period_tells_a_daily_from_a_monthly_unit() -> None:
    daily = take_name_apart("s_13100_20260301_02053_00_001.dat", VERF_DAT)
    monthly = take_name_apart("s_13100_202602_02053_00_001.dat", VERF_DAT)

    assert daily is not None
    assert monthly is not None
    assert (daily.interface, monthly.interface) == ("usage", "month")


@pytest.mark.parametrize(
    ("period", "is_right"),
    [("202603", True), ("202602", True), ("202601", False), ("202604", False), ("202613", False)],
)
def test_a_monthly_file_is_of_this_month_or_the_last(period, is_right) -> None:
    scope = f"s_13100_{period}_02053"
    announcement = Announcement("01", DAY, 0, scope, "verf-dat", ())

    fault = data_name_fault(f"{scope}_00_001.dat", announcement, VERF_DAT)

    assert (fault is None) is is_right


def test_deliveries_are_announced_by_their_check_files_lower_sends_first() -> None:
    names = [
        "usage_01_20260301_001.csv.gz",
        "manifest_01_20260301_01.csv",
        "manifest_01_20260301_00.csv",
        "s_13100_20260301_02053_00_001.dat",
        "s_13100_20260301_02053_00.verf",
        "s_13100_202602_02053_00_001.verf",
        "s_13100_202602_02053_00_002.verf",
        "a_13100_20260301_01002_00_001.dat",
        "readme.txt",
    ]

    found = announcements_in(names, city="01", day=DAY, dialects=list(DIALECTS.values()))

    assert [(one.send, one.scope, one.check_files) for one in found] == [
        (0, "", ("manifest_01_20260301_00.csv",)),
        (
            0,
            "s_13100_202602_02053",
            ("s_13100_202602_02053_00_001.verf", "s_13100_202602_02053_00_002.verf"),
        ),
        (0, "s_13100_20260301_02053", ("s_13100_20260301_02053_00.verf",)),
        (1, "", ("manifest_01_20260301_01.csv",)),
    ]


def test_the_units_of_the_older_dialect_cover_the_contract() -> None:
    assert set(VERF_DAT.units.values()) == set(INTERFACES)
