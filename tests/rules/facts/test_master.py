"""The subscriber master as of a day: the newest row wins, by whatever way it was reached."""

import random
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
from tests.factories.deliveries import subscriber

from dakehu.facts.engine import EngineLimits
from dakehu.facts.interfaces import SUBSCRIBER
from dakehu.facts.master import advance_master, build_master, known_subscribers
from dakehu.facts.store import FactStore, Partition

FIRST = date(2026, 3, 1)


class Archive:
    """Subscriber partitions at rest, written straight from rows."""

    def __init__(self, home: Path) -> None:
        self.store = FactStore(home)
        self.limits = EngineLimits(home / "spill")
        self.partitions: list[Partition] = []

    def add(self, day: date, *rows: dict[str, object], city: str = "01") -> Partition:
        version = f"d{len(self.partitions)}"
        partition = Partition("subscriber", day, city, version, len(rows))
        path = self.store.path(partition)
        path.parent.mkdir(parents=True, exist_ok=True)
        columns = ", ".join(f'"{one.name}" {one.sql_type}' for one in SUBSCRIBER.columns)
        connection = duckdb.connect()
        connection.execute(f"CREATE TABLE rows ({columns})")
        if rows:
            connection.executemany(
                f"INSERT INTO rows VALUES ({', '.join('?' * len(SUBSCRIBER.columns))})",
                [
                    [None if row[name] == "" else row[name] for name in SUBSCRIBER.names]
                    for row in rows
                ],
            )
            connection.execute(f"COPY rows TO '{path}' (FORMAT parquet)")
        self.partitions.append(partition)
        return partition

    def build(self, day: date, token: str = "built") -> Path:
        return build_master(self.store, self.partitions, day=day, token=token, limits=self.limits)

    def rows(self, path: Path, columns: str = "*") -> list[tuple[object, ...]]:
        scan = f"read_parquet('{path}', hive_partitioning=false)"
        return duckdb.connect().execute(f"SELECT {columns} FROM {scan}").fetchall()


@pytest.fixture
def archive(tmp_path) -> Archive:
    return Archive(tmp_path)


def test_the_newest_row_up_to_the_day_wins(archive) -> None:
    archive.add(FIRST, subscriber("S2", brand="A"), subscriber("S1", brand="A"))
    archive.add(FIRST + timedelta(1), subscriber("S1", brand="B"))
    archive.add(FIRST + timedelta(2), subscriber("S1", brand="C"))

    path = archive.build(FIRST + timedelta(1))

    assert archive.rows(path, "sub_id, brand, src_day") == [
        ("S1", "B", FIRST + timedelta(1)),
        ("S2", "A", FIRST),
    ]
    assert path == archive.store.master_folder(FIRST + timedelta(1)) / "built.parquet"


def test_on_one_day_the_higher_city_wins(archive) -> None:
    archive.add(FIRST, subscriber("S1", "02"), city="02")
    archive.add(FIRST, subscriber("S1", "01"), city="01")

    assert archive.rows(archive.build(FIRST), "city_id") == [("02",)]


def test_nothing_delivered_gives_an_empty_master_with_all_columns(archive) -> None:
    path = archive.build(FIRST)

    names = duckdb.connect().execute(f"DESCRIBE SELECT * FROM '{path}'").fetchall()
    assert archive.rows(path) == []
    assert {name for name, *_ in names} >= {*SUBSCRIBER.names, "src_day"}


def test_advancing_gives_what_building_gives(archive) -> None:
    dice = random.Random(7)
    names = [f"S{number:02d}" for number in range(30)]
    for offset in range(8):
        for city in ("01", "02"):
            chosen = dice.sample(names, dice.choice([0, 1, 9]))
            rows = [subscriber(name, city, brand=f"{offset}") for name in chosen]
            archive.add(FIRST + timedelta(offset), *rows, city=city)
    master, day = archive.build(FIRST), FIRST

    for offset in (1, 2, 5, 7):
        until = FIRST + timedelta(offset)
        master = advance_master(
            archive.store,
            master,
            archive.partitions,
            days=(day, until),
            token="advanced",
            limits=archive.limits,
        )
        assert archive.rows(master) == archive.rows(archive.build(until))
        day = until


def test_known_are_all_whom_the_city_ever_named_managed_by_the_newest_word(archive) -> None:
    archive.add(FIRST, subscriber("S1", managed=1), subscriber("S2", managed=1))
    archive.add(FIRST + timedelta(1), subscriber("S2", managed=0), subscriber("S3", managed=0))
    path = archive.store.home / "known.parquet"

    count = known_subscribers(archive.store, archive.partitions, into=path, limits=archive.limits)

    assert count == 3
    assert archive.rows(path, "sub_id, managed") == [("S1", 1), ("S2", 0), ("S3", 0)]


def test_whoever_is_no_longer_said_to_be_managed_is_not(archive) -> None:
    archive.add(FIRST, subscriber("S1", managed=1))
    archive.add(FIRST + timedelta(1), subscriber("S1", managed=""))
    path = archive.store.home / "known.parquet"

    known_subscribers(archive.store, archive.partitions, into=path, limits=archive.limits)

    assert archive.rows(path, "sub_id, managed") == [("S1", None)]


def test_known_builds_on_an_earlier_answer(archive) -> None:
    base, path = archive.store.home / "base.parquet", archive.store.home / "known.parquet"
    late = archive.add(FIRST, subscriber("S1", managed=0), subscriber("S4", managed=1))
    archive.add(FIRST + timedelta(1), subscriber("S1", managed=1))
    known_subscribers(archive.store, archive.partitions[1:], into=base, limits=archive.limits)

    known_subscribers(archive.store, [late], into=path, limits=archive.limits, base=base)

    assert archive.rows(path, "sub_id, managed") == [("S1", 1), ("S4", 1)]


def test_nobody_known_is_an_empty_file_with_its_columns(archive) -> None:
    path = archive.store.home / "known.parquet"

    assert known_subscribers(archive.store, [], into=path, limits=archive.limits) == 0
    assert archive.rows(path, "sub_id, managed") == []


def test_files_lists_the_parts_that_exist(archive) -> None:
    usage = Partition("usage", FIRST, "01", "d9", 5)
    for part in ("managed", "rest"):
        path = archive.store.path(usage, part)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()

    assert [path.name for path in archive.store.files([usage])] == [
        "d9-managed.parquet",
        "d9-rest.parquet",
    ]
    assert len(archive.store.files([usage], "managed")) == 1
    assert archive.store.files([Partition("usage", FIRST, "02", "d9", 0)]) == []
