"""Checking delivery folders before they are sent, in both dialects and without any records."""

from datetime import date
from pathlib import Path

import pytest
from tests.factories.deliveries import DAY, month, subscriber, usage, write_delivery

from dakehu.exchange.rules.checking import CheckOptions, check_delivery
from dakehu.exchange.rules.dialects import VERF_DAT_UTF8
from dakehu.facts.intake import IntakeLimits
from dakehu.facts.interfaces import INTERFACES


@pytest.fixture
def limits(tmp_path) -> IntakeLimits:
    return IntakeLimits(scratch=tmp_path / "scratch")


def test_a_good_delivery_is_flawless(tmp_path, limits) -> None:
    folder = write_delivery(
        tmp_path, {"usage": [usage("S1")], "subscriber": [subscriber("S1")], "month": []}
    )
    before = sorted((path.name, path.stat().st_mtime_ns) for path in folder.iterdir())

    (checked,) = check_delivery(folder, limits=limits)

    (delivery,) = checked.deliveries
    assert (checked.city, checked.day, checked.unannounced) == ("01", DAY, ())
    assert delivery.is_flawless
    assert delivery.knows_subscribers
    assert [interface for interface, _ in delivery.verdicts] == ["subscriber", "usage", "month"]
    assert sorted((path.name, path.stat().st_mtime_ns) for path in folder.iterdir()) == before


def test_unknown_subscribers_are_found_against_the_folders_own(tmp_path, limits) -> None:
    rows = [usage(f"S{number:03d}") for number in range(40)]
    known = [subscriber(f"S{number:03d}") for number in range(39)]
    folder = write_delivery(tmp_path, {"usage": rows, "subscriber": known})
    options = CheckOptions(rejected=tmp_path / "rejected")

    (checked,) = check_delivery(folder, limits=limits, options=options)

    (delivery,) = checked.deliveries
    assert delivery.is_good
    assert not delivery.is_flawless
    assert dict(delivery.verdicts)["usage"].reasons == {"unknown_subscriber": 1}
    written = (tmp_path / "rejected" / "rejected_usage_01_20260301_00.csv").read_text()
    assert "unknown_subscriber" in written


def test_without_subscribers_the_check_is_left_out_and_said_so(tmp_path, limits) -> None:
    folder = write_delivery(tmp_path, {"usage": [usage("S1")]})

    (checked,) = check_delivery(folder, limits=limits)

    (delivery,) = checked.deliveries
    assert delivery.is_flawless
    assert not delivery.knows_subscribers


def test_all_folders_below_a_folder_are_checked(tmp_path, limits) -> None:
    inbox = tmp_path / "inbox"
    write_delivery(inbox, {"month": [month("S1", 202602)]}, city="01")
    write_delivery(inbox, {"month": [month("S1", 202613)]}, city="02", day=date(2026, 3, 2))

    checked = check_delivery(inbox, limits=limits)

    assert [(one.city, one.day, one.deliveries[0].is_good) for one in checked] == [
        ("01", DAY, True),
        ("02", date(2026, 3, 2), False),
    ]


def test_files_without_a_manifest_are_not_there_yet(tmp_path, limits) -> None:
    folder = write_delivery(tmp_path, {"usage": [usage("S1")]})
    (folder / "manifest_01_20260301_00.csv").unlink()

    (checked,) = check_delivery(folder, limits=limits)

    assert checked.deliveries == ()
    assert checked.unannounced == ("usage_01_20260301_001.csv.gz",)


def test_city_and_day_are_read_from_the_manifest_where_the_folder_does_not_say(
    tmp_path, limits
) -> None:
    folder = write_delivery(tmp_path, {"usage": [usage("S1")]}).rename(tmp_path / "tonight")

    (checked,) = check_delivery(folder, limits=limits)

    assert (checked.city, checked.day) == ("01", DAY)
    assert checked.deliveries[0].is_flawless


def test_a_listed_file_that_is_not_there_is_refused(tmp_path, limits) -> None:
    folder = write_delivery(tmp_path, {"usage": [usage("S1")], "subscriber": [subscriber("S1")]})
    (folder / "usage_01_20260301_001.csv.gz").unlink()

    (checked,) = check_delivery(folder, limits=limits)

    refusal = dict(checked.deliveries[0].verdicts)["usage"].refusal
    assert refusal is not None
    assert refusal.code == "missing"


def test_no_folder_is_an_error(tmp_path, limits) -> None:
    with pytest.raises(NotADirectoryError):
        check_delivery(tmp_path / "nowhere", limits=limits)


def write_unit(folder: Path, stem: str, interface: str, rows: list, encoding="gb18030") -> None:
    """Write one unit of the older dialect: one part and its check file."""
    separator = b"\x80" if encoding == "gb18030" else b"|"
    content = b"".join(
        separator.join(str(row[name]).encode(encoding) for name in INTERFACES[interface].names)
        + b"\n"
        for row in rows
    )
    (folder / f"{stem}_001.dat").write_bytes(content)
    period = stem.split("_")[2]
    fields = (f"{stem}_001.dat", str(len(content)), str(len(rows)), period, "20260302043000")
    check = separator.join(field.encode() for field in fields) + b"\n"
    (folder / f"{stem}.verf").write_bytes(check)


def test_the_older_dialect_is_recognised_unit_by_unit(tmp_path, limits) -> None:
    folder = tmp_path / "01" / "20260301"
    folder.mkdir(parents=True)
    write_unit(folder, "a_13100_20260301_01002_00", "subscriber", [subscriber("S1", name="𠮷")])
    write_unit(folder, "s_13100_20260301_02053_00", "usage", [usage("S1"), usage("S2")])
    write_unit(folder, "s_13100_202602_02053_00", "month", [])
    (folder / "a_13100_20260301_01006_00_001.dat").touch()

    (checked,) = check_delivery(folder, limits=limits)

    judged = [entry for delivery in checked.deliveries for entry in delivery.verdicts]
    counts = [(interface, one.accepted, dict(one.reasons)) for interface, one in judged]
    assert counts == [
        ("subscriber", 1, {}),
        ("month", 0, {}),
        ("usage", 0, {"unknown_subscriber": 1}),
    ]
    assert checked.unannounced == ("a_13100_20260301_01006_00_001.dat",)


def test_an_incomplete_unit_is_not_read(tmp_path, limits) -> None:
    folder = tmp_path / "01" / "20260301"
    folder.mkdir(parents=True)
    write_unit(folder, "s_13100_20260301_02053_00", "usage", [usage("S1")])
    (folder / "s_13100_20260301_02053_00_001.dat").unlink()

    (checked,) = check_delivery(folder, limits=limits)

    (delivery,) = checked.deliveries
    assert delivery.lacking == ("s_13100_20260301_02053_00_001.dat",)
    assert not delivery.is_good


def test_the_older_dialect_outside_its_folders_needs_to_be_told_the_city(tmp_path, limits) -> None:
    write_unit(
        tmp_path, "s_13100_20260301_02053_00", "usage", [usage("S1", plan_id="全")], "utf-8"
    )
    dialects = (VERF_DAT_UTF8,)

    (untold,) = check_delivery(tmp_path, limits=limits, options=CheckOptions(dialects))
    (told,) = check_delivery(tmp_path, limits=limits, options=CheckOptions(dialects, city="01"))

    assert (untold.city, untold.deliveries) == ("", ())
    assert told.deliveries[0].is_flawless
