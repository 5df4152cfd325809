"""
Random facts and random rules of levels: the engine and two plain evaluators must agree.

The facts are small but mean: months told twice and by two cities, months missing and figures
missing, negative revenue, prospects and customers left out, words nobody looks for.
"""

import tempfile
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories.facts import Facts, master_row, usage_row

from dakehu.facts import measures as ms
from dakehu.facts.engine import connect
from dakehu.facts.interfaces import GROUP, GROUP_MONTH, MONTH, SERVICE_LOG, SUBSCRIPTION
from dakehu.facts.judging import Before, Judgement
from dakehu.facts.measures.reference import Dossier, values_of
from dakehu.tiering.choices import TURN_NUMBERS, Period
from dakehu.tiering.rules.bodies import body_from_data, body_to_data
from dakehu.tiering.rules.compiling import CITY, compiled
from dakehu.tiering.rules.deciding import decide
from dakehu.tiering.rules.localizing import cities_of, rules_at
from dakehu.tiering.rules.tier_reference import reference_decision
from dakehu.tiering.values import (
    Either,
    Every,
    Grace,
    IsKnown,
    LevelRule,
    Limit,
    OneOf,
    Opposite,
    Prior,
    TierRules,
)

CITIES = ("01", "02")
DAYS = (date(2026, 3, 2), date(2026, 1, 1), date(2024, 2, 29), date(2025, 12, 31))
GROUPS = tuple(f"G{number:03d}" for number in range(10))
PEOPLE = tuple(f"{number:04d}" for number in range(10))
FOLDS = tuple(ms.Fold)


def month_measures(subject: ms.Subject, columns: tuple[str, ...]) -> list[ms.Measure]:
    """Every fold, with gaps left out and counted 0, over short and long windows."""
    return [
        ms.Measure(
            f"{fold}_{gaps}_{n}", subject, ms.Monthly(columns[n % len(columns)], fold, *span, gaps)
        )
        for fold in FOLDS
        for gaps in ms.Gaps
        for n, span in enumerate(((3, 1), (12, 4)))
    ]


GROUP_MEASURES = [
    *month_measures(ms.Subject.GROUP, ("revenue_fen", "it_products")),
    ms.Measure("employees", ms.Subject.GROUP, ms.Newest("employees")),
    ms.Measure("industry", ms.Subject.GROUP, ms.Newest("industry")),
    ms.Measure("tax_rank", ms.Subject.GROUP, ms.Newest("tax_rank", as_number=True)),
    ms.Measure("products", ms.Subject.GROUP, ms.Held()),
    ms.Measure("lines", ms.Subject.GROUP, ms.Held(("LINE", "MAS"))),
    ms.Measure("served", ms.Subject.GROUP, ms.Served(30)),
    ms.Measure("silence", ms.Subject.GROUP, ms.Silence()),
    ms.Measure("potential", ms.Subject.GROUP, ms.Recorded()),
    ms.Measure("part", ms.Subject.GROUP, ms.Share("sum_skip_0", "employees", 1000)),
    ms.Measure("rest", ms.Subject.GROUP, ms.Difference("sum_skip_0", "employees")),
]
OWN_MEASURES = [
    *month_measures(ms.Subject.INDIVIDUAL, ("revenue_fen", "arrears_days")),
    ms.Measure("tenure", ms.Subject.INDIVIDUAL, ms.Age("open_date")),
    ms.Measure("left", ms.Subject.INDIVIDUAL, ms.Age("contract_end", ahead=True)),
    ms.Measure("level", ms.Subject.INDIVIDUAL, ms.Newest("level")),
    ms.Measure("used", ms.Subject.INDIVIDUAL, ms.Daily("data_kb", ms.Fold.SUM, 5)),
    ms.Measure("peak", ms.Subject.INDIVIDUAL, ms.Daily("data_kb", ms.Fold.MAX, 3)),
    ms.Measure("days_used", ms.Subject.INDIVIDUAL, ms.Daily("data_kb", ms.Fold.COUNT, 4)),
]


class World:
    """A random province of groups and individuals, all drawn from one seed."""

    def __init__(self, facts: Facts, day: date, seed: int) -> None:
        self.random, self.facts, self.day = Random(seed), facts, day
        self.told: dict[str, dict[str, list]] = defaultdict(lambda: defaultdict(list))
        self.potential = {
            g: self.random.randint(0, 3) for g in GROUPS if self.random.random() < 0.4
        }
        self.left_out = frozenset(self.random.sample(GROUPS, 1))
        self.added = [{"number": "P1", "city_id": "01", "employees": 9, "industry": "金融"}]
        self.profiles: dict[str, tuple[tuple[date, str], dict[str, Any]]] = {}
        for age in (400, 200, 40, 3, 0, -1):
            for city in CITIES:
                self._deliver(day - timedelta(days=age), city)
        self.master = [self._person(sub_id) for sub_id in PEOPLE]
        for age in range(6):
            self._use(day - timedelta(days=age))

    def _months(self, on: date) -> list[int]:
        first = on.year * 12 + on.month - 1
        picked = self.random.sample(range(first - 13, first + 1), 6)
        return [each // 12 * 100 + each % 12 + 1 for each in picked]

    def _figure(self, *values: int) -> int | None:
        return self.random.choice([None, *values])

    def _deliver(self, on: date, city: str) -> None:
        r = self.random
        rows: dict[str, list] = defaultdict(list)
        for number in GROUPS:
            if r.random() < 0.6:
                rows["group"].append(self._group(number, city))
            if r.random() < 0.7:
                rows["group_month"] += [self._group_month(number, ym) for ym in self._months(on)]
            kinds = {(r.choice(["LINE", "MAS", "MAIL"]), r.choice([None, on])) for _ in "12"}
            rows["subscription"] += [
                self._product(number, on, *kind) for kind in sorted(kinds, key=str)
            ]
            if r.random() < 0.5:
                rows["service_log"].append(self._act(number, on))
        for sub_id in PEOPLE:
            if r.random() < 0.7:
                rows["month"] += [self._own_month(sub_id, ym) for ym in self._months(on)]
        self._keep(on, city, rows)

    def _group(self, number: str, city: str) -> dict[str, Any]:
        return dict.fromkeys(GROUP.names) | {
            "group_no": number,
            "city_id": city,
            "industry": self.random.choice([None, "", "金融", "教育", "o'clock"]),
            "tax_rank": self.random.choice([None, "7", "99", "unknown"]),
            "employees": self._figure(0, 5, 10, 200),
        }

    def _group_month(self, number: str, ym: int) -> dict[str, Any]:
        return {
            "group_no": number,
            "ym": ym,
            "revenue_fen": self._figure(-7, 0, 100, 1001),
            "it_revenue_fen": self._figure(0, 50),
            "it_products": self._figure(0, 1, 3),
        }

    def _own_month(self, sub_id: str, ym: int) -> dict[str, Any]:
        return {
            "sub_id": sub_id,
            "ym": ym,
            "revenue_fen": self._figure(-7, 0, 100, 1001),
            "arrears_fen": 0,
            "arrears_days": self._figure(0, 5, 70),
        }

    def _product(self, number: str, on: date, code: str, since: date | None) -> dict[str, Any]:
        r = self.random
        return {
            "owner_kind": r.choice(["group", "group", "subscriber"]),
            "owner_no": number,
            "product_code": code,
            "since": since,
            "until": r.choice([None, on - timedelta(days=1), on + timedelta(days=90)]),
        }

    def _act(self, number: str, on: date) -> dict[str, Any]:
        r = self.random
        at = on - timedelta(days=r.randint(-1, 40))
        return dict.fromkeys(SERVICE_LOG.names) | {
            "log_no": f"L{r.randint(1, 20)}{number}",
            "at": f"{at}T10:00:00+08:00",
            "customer_kind": r.choice(["group", "subscriber"]),
            "customer_no": number,
        }

    def _keep(self, on: date, city: str, rows: dict[str, list]) -> None:
        by_name = {
            each.name: each for each in (GROUP, GROUP_MONTH, MONTH, SUBSCRIPTION, SERVICE_LOG)
        }
        owner = {
            "group_month": "group_no",
            "month": "sub_id",
            "subscription": "owner_no",
            "service_log": "customer_no",
        }
        for name, found in rows.items():
            self.facts._deliver(by_name[name], on, city, {"data": found})
            for row in found:
                if name == "group":
                    if on <= self.day and self.profiles.get(row["group_no"], ((date.min, ""),))[
                        0
                    ] < (on, city):
                        self.profiles[row["group_no"]] = ((on, city), row)
                    continue
                if name in {"subscription", "service_log"}:
                    kind = row.get("owner_kind") or row.get("customer_kind")
                    if kind != "group":
                        continue
                self.told[name][row[owner[name]]].append((on, city, row))

    def _person(self, sub_id: str) -> dict[str, Any]:
        r = self.random
        return master_row(
            sub_id,
            managed=r.choice([1, 1, 1, 0, None]),
            open_date=r.choice([None, date(2015, 5, 5), self.day - timedelta(days=30)]),
            contract_end=r.choice([None, self.day + timedelta(days=r.randint(-9, 99))]),
            level=r.choice([None, 0, 1, 4]),
        )

    def _use(self, on: date) -> None:
        found = []
        for sub_id in PEOPLE:
            if self.random.random() < 0.7:
                row = usage_row(sub_id, on, data_kb=self._figure(0, 10, 500))
                found.append(row)
                self.told["usage"][sub_id].append((on, "01", row))
        self.facts.deliver_usage(on, "01", found, managed=PEOPLE[:5])

    def frame(self, subject: ms.Subject) -> ms.Frame:
        known = ms.Known({"potential": self.potential}, self.added, self.left_out)
        sources = self.facts.sources(self.day, self.master)
        return ms.Frame(
            self.facts.store,
            sources,
            subject,
            known if subject is ms.Subject.GROUP else ms.Known(),
        )

    def dossiers(self, subject: ms.Subject) -> dict[str, Dossier]:
        """What a plain evaluator is told of everybody."""
        if subject is ms.Subject.INDIVIDUAL:
            return {
                row["sub_id"]: Dossier(
                    self.day,
                    row,
                    self.told["month"][row["sub_id"]],
                    self.told["usage"][row["sub_id"]],
                )
                for row in self.master
                if row["managed"] == 1
            }
        profiles = {number: row for number, (_, row) in self.profiles.items()}
        profiles |= {row["number"]: row for row in self.added}
        return {
            number: Dossier(
                self.day,
                row,
                self.told["group_month"][number],
                (),
                self.told["subscription"][number],
                self.told["service_log"][number],
                {"potential": self.potential[number]} if number in self.potential else {},
            )
            for number, row in profiles.items()
            if number not in self.left_out
        }

    def condition(self, depth: int = 0) -> Any:
        """A random condition over some measures of groups."""
        r = self.random
        pick = r.randrange(7 if depth < 2 else 4)
        if pick == 0:
            return OneOf(
                "industry",
                tuple(r.sample(["金融", "教育", "o'clock", "无"], 2)),
                missing_met=r.random() < 0.3,
            )
        if pick == 1:
            return IsKnown(r.choice(["tax_rank", "industry", "silence"]))
        if pick in {2, 3}:
            name = r.choice(
                [
                    "employees",
                    "sum_skip_0",
                    "mean_skip_1",
                    "max_zero_0",
                    "products",
                    "potential",
                    "part",
                    "rest",
                    "tax_rank",
                ]
            )
            value = r.choice([-1, 0, 1, 3, 10, 100, 1001])
            return Limit(
                name,
                r.choice([">=", ">", "<=", "<", "=", "!="]),
                value,
                firm=r.random() < 0.2,
                missing_met=r.random() < 0.2,
                local=self.own_limits(value),
            )
        if pick == 4:
            return Opposite(self.condition(depth + 1))
        parts = tuple(self.condition(depth + 1) for _ in range(r.randint(1, 3)))
        return Every(parts) if pick == 5 else Either(parts)

    def own_limits(self, value: int) -> tuple[tuple[str, int], ...]:
        """Numbers of some cities, one of which nobody belongs to; none that is the province's."""
        r = self.random
        return tuple(
            (city, own)
            for city in ("01", "02", "09")
            if r.random() < 0.3 and (own := r.choice([-1, 0, 2, 10, 99, 1001])) != value
        )

    def cities(self) -> dict[str, str]:
        """The city of every group: of its newest row."""
        return {number: row["city_id"] for number, (_, row) in self.profiles.items()} | {
            row["number"]: row["city_id"] for row in self.added
        }

    def rules(self) -> TierRules:
        r = self.random
        levels = tuple(LevelRule(rank, self.condition()) for rank in (5, 3, 2))
        grace = Grace(r.choice([1, 2, 3]), r.choice([100, 90, 50]), r.choice([0, 1, 12]))
        return TierRules((*levels, LevelRule(0, None)), grace, Period.QUARTER)

    def priors(self, numbers: list[str]) -> dict[str, Prior]:
        r = self.random
        return {
            number: Prior(
                r.choice([0, 2, 3, 4, 5]),
                r.choice([None, self.day - timedelta(days=r.choice([1, 29, 31, 365, 400]))]),
                0,
            )
            for number in numbers
            if r.random() < 0.8
        }


def rows_of(con, table: str) -> dict[str, dict[str, Any]]:
    con.execute(f"SELECT * FROM {table}")
    names = [column[0] for column in con.description]
    return {row[0]: dict(zip(names, row, strict=True)) for row in con.fetchall()}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32), day=st.sampled_from(DAYS))
def test_measures_and_levels_are_the_same_for_one_and_for_all(seed, day):
    with tempfile.TemporaryDirectory() as folder:
        facts = Facts(Path(folder))
        world = World(facts, day, seed)
        for subject, measures in (
            (ms.Subject.INDIVIDUAL, OWN_MEASURES),
            (ms.Subject.GROUP, GROUP_MEASURES),
        ):
            with connect(facts.engine.limits) as con:
                ms.measured(con, world.frame(subject), measures)
                found = rows_of(con, ms.MEASURED)
                expected = {n: values_of(measures, d) for n, d in world.dossiers(subject).items()}
                told = {n: {m.code: row[m.code] for m in measures} for n, row in found.items()}
                assert told == expected
                if subject is ms.Subject.GROUP:
                    judge(con, world, expected, day)


def judge(con, world: World, values: dict[str, dict], day: date) -> None:
    """Hold the engine's levels against both plain evaluators, over several random rules."""
    for _ in range(4):
        rules = world.rules()
        assert body_from_data(body_to_data(rules)) == rules
        priors = world.priors(list(values))
        rows = [(number, prior.level, prior.since) for number, prior in priors.items()]
        Before(rows=rows).create(con)
        program = compiled(rules)
        term = rules.grace.valid_months
        judgement = Judgement(day, program.columns, program.words, term)
        judgement.create(con, "judged", GROUP_MEASURES)
        found, cities = rows_of(con, "judged"), world.cities()
        assert set(found) == set(values)
        for number, row in found.items():
            prior = priors.get(number)
            seen = values[number] | {CITY: cities[number]}
            decision = decide(rules, seen, prior=prior, day=day)
            engine = (row["due"], row["level"], row["streak"], TURN_NUMBERS[row["turn"]])
            assert engine == (decision.due, decision.level, decision.streak, decision.turn)
            assert engine == reference_decision(rules, seen, prior, day)
            own = rules_at(rules, cities[number])
            assert not cities_of(own)
            assert decide(own, values[number], prior=prior, day=day) == decision
            assert (row["since"], row["before"]) == (decision.since, decision.before)
