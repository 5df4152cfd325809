"""
How long people wait for a search, for the list of customers and for a customer's page.

A province of a million individuals, with groups and the people of groups, is loaded as the night
loads it, and the words told of them are worked out. Then three people (an administrator, the head
of a city, an account manager) search for what people type: names, parts of names, pinyin,
initials, numbers, ends of telephone numbers, groups, people of groups; they open the list, and
pages of customers. The measured time is the whole request; the floor is reading thirty customers
by their keys with the bare driver. What counts is the ninety-fifth of a hundred waits::

    python -m bench.search                                      both databases, 1 000 000
    python -m bench.search --engine sqlite --rows 100000        smaller, one database
    python -m bench.search --engine sqlite --keep DIR           keeps or uses the province in DIR
"""

import argparse
import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from bench.installation import environment_on, migrate, set_up_django
from bench.measure import Measurement, report
from bench.records import AT, DAY, ENGINES, ROWS, cities, load, write_source

MOST_SECONDS = 0.150
ROUNDS = 5
GROUPS_PER_ROW = 0.03
CONTACTS_PER_GROUP = 5
PLACES = (
    "滨海", "山城", "临江", "东湖", "南岭", "北原", "西川", "新港",
    "青石", "白塔", "长乐", "安平", "海宁", "金沙", "龙泉", "丰阳",
)  # fmt: skip
# Of two of these each, so that thirty thousand groups have as many names as in life.
HOUSES = "华泰宏远鼎盛恒信金诺天宇瑞丰博雅中联嘉禾永兴德隆凯达新锐明珠和顺卓越百川"
TRADES = (
    "港务", "重工", "纺织", "电子", "食品", "建筑", "物流", "医药",
    "化工", "机电", "农业", "旅游", "教育", "矿业", "水务", "印刷",
)  # fmt: skip
FORMS = (
    "集团有限公司", "股份有限公司", "有限责任公司", "总公司",
    "研究院", "学校", "医院", "管理局",
)  # fmt: skip
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴", "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰"
# What people type, by what it is; numbers and ends of telephone numbers are drawn per round.
WORDS = (
    "王伟平", "张芳", "伟平", "wangweiping", "zhangfang", "wwp", "zf", "李娜刚",
    "港务集团", "山城 重工集团", "bh", "donghu", "青石 水务研究院", "白塔 医院",
    "陈静 02", "01s", "12s12", "wang", "王", "军建", "nobodyatall",
)  # fmt: skip


def prepare(path: str, rows: int) -> None:
    """Load groups, individuals and people of groups; work out the words told of them."""
    from dakehu.customers.operations import apply_groups, refresh_words, scan_duplicates
    from dakehu.people.models import Staff, Unit

    for city in cities():
        apply_groups(groups_of(city, rows), city_code=city, day=DAY, at=AT)
    timed("load", lambda: load(path))
    make_contacts()
    timed("words", refresh_words)
    timed("words again", refresh_words)
    timed("duplicates", lambda: scan_duplicates(on=DAY))
    for name, role, unit in (
        ("administrator", "ADMINISTRATOR", Unit.objects.get(code="06")),
        ("supervisor", "SUPERVISOR", Unit.objects.get(code="06")),
    ):
        Staff.objects.create(username=name, name=name, role=role, unit=unit, is_active=True)
    Staff.objects.filter(staff_no="06M007").update(username="manager", is_active=True)


def timed(what: str, work: Callable[[], Any]) -> None:
    """Do something and say how long it took."""
    begun = time.perf_counter()
    work()
    print(f"  {what}: {time.perf_counter() - begun:.1f} s", file=sys.stderr, flush=True)


def groups_of(city: str, rows: int) -> Iterator[tuple[Any, ...]]:
    """Yield the groups of a city as its file has them."""
    dice = random.Random(f"groups {city}")
    for number in range(int(rows * GROUPS_PER_ROW) // len(cities())):
        house = "".join(dice.choices(HOUSES, k=2))
        name = dice.choice(PLACES) + house + dice.choice(TRADES) + dice.choice(FORMS)
        district, manager = f"第{1 + number % 10}区", f"{city}M{number % 60:03d}"
        yield (
            f"{city}G{number:06d}", name, city, district, "工业", "enterprise", "county", "12",
            "none", 300, f"{name}路{number}号", manager,
        )  # fmt: skip


def make_contacts() -> None:
    """Give every group its people."""
    from dakehu.common.chinese import search_text
    from dakehu.customers.models import Contact, Customer

    dice = random.Random("contacts")
    groups = Customer.objects.filter(kind="GROUP").values_list("pk", flat=True)
    Contact.objects.bulk_create(
        (
            Contact(
                customer_id=group, role="CONTACT", name=name, search=search_text("", name),
                phone=f"139{dice.randrange(10**8):08d}",
            )
            for group in groups
            for _number in range(CONTACTS_PER_GROUP)
            for name in ["".join(map(dice.choice, (SURNAMES, GIVEN, GIVEN)))]
        ),
        batch_size=2_000,
    )  # fmt: skip


def take(path: str, rows: int) -> None:
    """Measure every kind of wait and print the seconds as JSON."""
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    floor = bare_reading()
    found = {
        name: [wait for person in people() for wait in waits(person)]
        for name, waits in (("search", search_waits), ("list", list_waits), ("page", page_waits))
    }
    print(json.dumps({"floor": floor, **found}))


def people() -> Iterator[Any]:
    """Yield a signed-in browser for each person, with the customers that they may see."""
    from django.test import Client

    from dakehu.people.models import Staff

    for name in ("administrator", "supervisor", "manager"):
        client = Client()
        client.force_login(
            Staff.objects.get(username=name), backend="django.contrib.auth.backends.ModelBackend"
        )
        client.get("/customers/")
        yield client


def bare_reading() -> float:
    """Return the seconds for reading thirty customers by their keys with the bare driver."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM customers_customer")
        last = cursor.fetchone()[0]
        waits = []
        for _round in range(100):
            keys = ", ".join(str(random.randrange(last)) for _ in range(30))
            begun = time.perf_counter()
            cursor.execute(f"SELECT * FROM customers_customer WHERE id IN ({keys})")
            cursor.fetchall()
            waits.append(time.perf_counter() - begun)
    return statistics.median(waits)


def search_waits(client: Any) -> Iterator[float]:
    """Yield how long each search takes, on the page and while typing."""
    dice = random.Random("searches")
    for _round in range(ROUNDS):
        drawn = (f"{dice.randrange(10**4):04d}", f"138{dice.randrange(10**8):08d}")
        for typed in (*WORDS, *drawn):
            yield waited(client, "/search/", {"q": typed}, typed)
            yield waited(client, "/search/suggestions/", {"q": typed}, typed)


def list_waits(client: Any) -> Iterator[float]:
    """Yield how long each list takes: as it opens, and filtered by a word."""
    for _round in range(ROUNDS):
        yield waited(client, "/customers/", {}, "list")
        for typed in WORDS:
            yield waited(client, "/customers/", {"words": typed}, f"list {typed}")


def page_waits(client: Any) -> Iterator[float]:
    """Yield how long pages of customers take."""
    from dakehu.customers.queries import customers_visible_to
    from dakehu.people.models import Staff

    staff = Staff.objects.get(pk=client.session["_auth_user_id"])
    visible = customers_visible_to(staff).order_by("pk").values_list("pk", flat=True)
    for pk in visible[: ROUNDS * 20]:
        yield waited(client, f"/customer/{pk}/", {}, "page")


def waited(client: Any, path: str, query: dict[str, str], what: str) -> float:
    """Send a request; return its seconds, and say so if it took too long."""
    begun = time.perf_counter()
    response = client.get(path, query)
    seconds = time.perf_counter() - begun
    if response.status_code not in {200, 302}:
        raise SystemExit(f"{path} {query}: {response.status_code}")
    if seconds > MOST_SECONDS:
        who = client.session["_auth_user_id"]
        print(f"  slow: {what} {path} ({who}) {seconds * 1000:.0f} ms", file=sys.stderr)
    return seconds


PARTS: dict[str, Callable[[str, int], None]] = {"prepare": prepare, "take": take}


def run_part(part: str, path: str, rows: int) -> None:
    """Run one part in this process."""
    set_up_django()
    PARTS[part](path, rows)


def measure(
    rows: int = ROWS, engines: Sequence[str] = ENGINES, keep: Path | None = None
) -> Iterator[Measurement]:
    """Measure on a province of each engine."""
    for engine in engines:
        waits = waits_on(engine, rows, keep)
        floor = float(waits.pop("floor"))
        for name, seconds in waits.items():
            cuts = statistics.quantiles(seconds, n=100)
            print(f"  {engine} {name}: p50 {cuts[49] * 1000:.0f} ms, p95 {cuts[94] * 1000:.0f} ms")
            yield Measurement(
                work=f"{name}: p95 of {len(seconds)} requests over {rows:,} customers, {engine}",
                floor_s=floor,
                ours_s=cuts[94],
                to_reach=MOST_SECONDS / floor,
                peak_mb=0,
            )


def waits_on(engine: str, rows: int, keep: Path | None) -> dict[str, Any]:
    """Prepare a province on an engine unless it is there, and return its waits."""
    with environment_on(engine, keep) as environment:
        folder = Path(environment["DAKEHU_HOME"])
        if engine == "postgresql" or not (folder / "source").exists():
            fill(folder, rows, environment)
        return json.loads(part_apart("take", folder, rows, environment))


def fill(folder: Path, rows: int, environment: dict[str, str]) -> None:
    """Make the province."""
    migrate(environment)
    source = folder / "source"
    source.mkdir(parents=True, exist_ok=True)
    write_source(source, rows)
    part_apart("prepare", folder, rows, environment)


def part_apart(part: str, folder: Path, rows: int, environment: dict[str, str]) -> str:
    """Run one part in a process of its own, with the environment's database."""
    command = [sys.executable, "-m", "bench.search", "--part", part, "--rows", str(rows)]
    command += ["--source", str(folder / "source")]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


def main() -> None:
    """Measure, or be the process of one part."""
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    reader.add_argument("--rows", type=int, default=ROWS)
    reader.add_argument("--engine", choices=ENGINES, action="append")
    reader.add_argument("--keep", type=Path)
    reader.add_argument("--part", choices=tuple(PARTS), help=argparse.SUPPRESS)
    reader.add_argument("--source", help=argparse.SUPPRESS)
    asked = reader.parse_args()
    if asked.part:
        run_part(asked.part, asked.source, asked.rows)
    else:
        report(measure(asked.rows, asked.engine or ENGINES, asked.keep))


if __name__ == "__main__":
    main()
