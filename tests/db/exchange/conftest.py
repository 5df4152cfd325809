"""A small province whose nights run in processes of their own."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.factories import deliveries as make
from tests.factories.databases import databases
from tests.factories.installations import everything

ROOT = Path(__file__).parents[3]
FIRST_NIGHT = date(2026, 3, 1)
SECOND_NIGHT = date(2026, 3, 2)
QUIET, FORWARDING, SILENT = "S1", "S2", "S3"


@dataclass(frozen=True)
class Told:
    """How a run ended: its exit code, and its summary or the words of its failure."""

    code: int
    told: Any


@dataclass
class NightProcess:
    """The process that runs nights (tests.factories.night_driver)."""

    process: subprocess.Popen

    def run(self, province: Path, day: date, **disturbance: Any) -> Told:
        """Run a night over the installation in ``province``."""
        order = {
            "home": str(province / "var"),
            "records": databases().name(province / "var"),
            "inbox": str(province / "inbox"),
            "outbox": str(province / "outbox"),
            "day": day.isoformat(),
            **disturbance,
        }
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        return Told(**json.loads(self.process.stdout.readline()))


@pytest.fixture(scope="session")
def nights(tmp_path_factory):
    """A process that runs nights."""
    home = tmp_path_factory.mktemp("driver")
    environment = {**os.environ, "DAKEHU_HOME": str(home)}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.factories.night_driver"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=environment,
    ) as process:
        yield NightProcess(process)
        process.stdin.close()


def usage_of(day: date, city: str, *, forwarding: int = 0) -> list[dict[str, Any]]:
    """Three managed subscribers and one who is not, on one day."""
    return [
        make.usage(f"{city}{QUIET}", day, city),
        make.usage(f"{city}{FORWARDING}", day, city, fwd_offnet_calls=forwarding),
        make.usage(f"{city}{SILENT}", day, city, event_mask=4),
        make.usage(f"{city}S9", day, city),
    ]


def people_of(city: str) -> list[dict[str, Any]]:
    """The subscribers of a city."""
    return [
        make.subscriber(f"{city}{QUIET}", city, contract_end="2026-03-20"),
        make.subscriber(f"{city}{FORWARDING}", city, manager_no=f"M{city}02", group_no=f"G{city}"),
        make.subscriber(f"{city}{SILENT}", city, district="西区"),
        make.subscriber(f"{city}S9", city, managed=0),
    ]


def first_days(inbox: Path) -> None:
    """Write what three cities deliver up to the first night; the second one is late."""
    for city in ("01", "02", "03"):
        for back in range(5, -1, -1):
            day = FIRST_NIGHT - timedelta(days=back)
            parts = {"usage": usage_of(day, city)}
            if back == 5:
                parts = {
                    "group": [make.group(f"G{city}", city)],
                    "subscriber": people_of(city),
                    "month": [make.month(f"{city}{QUIET}", ym) for ym in (202512, 202601, 202602)],
                    **parts,
                }
            if (city, back) != ("02", 0):
                make.write_delivery(inbox, parts, city=city, day=day)


def last_days(inbox: Path) -> None:
    """Write what comes for the second night: new, late, sent again, and partly wrong."""
    make.write_delivery(
        inbox, {"usage": usage_of(SECOND_NIGHT, "03")}, city="03", day=SECOND_NIGHT
    )
    late = {"usage": usage_of(FIRST_NIGHT, "02", forwarding=4)}
    make.write_delivery(inbox, late, city="02", day=FIRST_NIGHT)
    again = {"usage": usage_of(FIRST_NIGHT, "01", forwarding=2)}
    make.write_delivery(inbox, again, city="01", day=FIRST_NIGHT, send=1)
    for city in ("01", "02"):
        changed = make.subscriber(f"{city}{QUIET}", city, level=2, manager_no=f"M{city}03")
        rows = usage_of(SECOND_NIGHT, city, forwarding=1)
        if city == "01":
            rows[2]["event_mask"] = 0
            rows += [make.usage(f"X{number}", SECOND_NIGHT, city) for number in range(96)]
        parts = {
            "subscriber": [changed, *(make.subscriber(f"X{number}", city) for number in range(95))]
            if city == "01"
            else [changed],
            "usage": rows,
            "subscription": [make.subscription(f"{city}{QUIET}")],
            "service_log": [make.service_log(f"L{city}", f"{city}{QUIET}", f"M{city}01")],
            "city_stat": [{"stat_code": "subscribers", "dimension": "", "value": 4}],
        }
        make.write_delivery(inbox, parts, city=city, day=SECOND_NIGHT)


def copied(province: Path, target: Path) -> Path:
    """Copy a province, its records included."""
    shutil.copytree(province, target)
    databases().copy(province / "var", target / "var")
    return target


@pytest.fixture(scope="session")
def prepared(preparation, django_db_setup) -> Path:
    """The records of an installation in which nothing has happened."""
    return preparation.copy


@pytest.fixture(scope="session")
def installed(nights, prepared, tmp_path_factory) -> Path:
    """A province that has been set up."""
    province = tmp_path_factory.mktemp("installed")
    for name in ("var", "inbox"):
        (province / name).mkdir()
    databases().create(province / "var", prepared)
    assert nights.run(province, FIRST_NIGHT, setup=True).code == 0
    return province


@pytest.fixture
def empty(installed, tmp_path) -> Path:
    """A province in which nothing has happened yet."""
    return copied(installed, tmp_path / "empty")


@pytest.fixture(scope="session")
def after_first_night(nights, prepared, tmp_path_factory) -> Path:
    """An installation after its first night, with the second night's deliveries waiting."""
    home = tmp_path_factory.mktemp("province")
    (home / "var").mkdir()
    databases().create(home / "var", prepared)
    first_days(home / "inbox")
    assert nights.run(home, FIRST_NIGHT).code == 0
    last_days(home / "inbox")
    return home


@pytest.fixture
def province(after_first_night, tmp_path) -> Path:
    """A copy of it that a test may ruin."""
    return copied(after_first_night, tmp_path / "province")


@pytest.fixture(scope="session")
def undisturbed(nights, after_first_night, tmp_path_factory) -> dict[str, Any]:
    """Everything that is known after a second night that nothing disturbed."""
    home = copied(after_first_night, tmp_path_factory.mktemp("calm") / "province")
    assert nights.run(home, SECOND_NIGHT).code == 0
    return everything(home / "var", home / "outbox")
