"""The rows of each interface: arrays on one side, the columns of the contract on the other (F5).

A :class:`Feed` is a set of arrays and the select list that turns them into the columns of its
interface; :mod:`dakehu.demo.rules.press` prints it. Texts that repeat stay positions until then.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from dakehu.demo.rules import words
from dakehu.demo.rules.acts import Acts
from dakehu.demo.rules.dice import Dice, Scope, Whole
from dakehu.demo.rules.groups import Group
from dakehu.demo.rules.holdings import Holdings
from dakehu.demo.rules.life import CityLife, UsageColumns
from dakehu.demo.rules.months import Bills
from dakehu.demo.rules.people import NOBODY, People
from dakehu.demo.rules.plan import ProvincePlan, StaffMember
from dakehu.facts.interfaces import GROUP

Columns = dict[str, npt.NDArray[Any]]

# The women's given names follow the men's in the printed table.
MEN = len(words.GIVEN_MALE)
PREFIXES = np.array([134, 135, 136, 137, 138, 139, 150, 151, 158, 159, 187, 188])
NUMBERS_OF_A_PREFIX = 100_000_000
PLACES_OF_A_CITY = 10_000_000
# Odd and not a multiple of five, so that stepping by it meets every number once.
NUMBER_STEP = 61_803_399


@dataclass(frozen=True)
class Feed:
    """Rows of one interface: ``select`` says how ``columns`` become the contract's columns."""

    interface: str
    columns: Columns
    select: str

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(next(iter(self.columns.values())))

    def part(self, start: int, count: int) -> "Feed":
        """Return ``count`` rows from ``start``."""
        stop = start + count
        return Feed(
            self.interface,
            {name: values[start:stop] for name, values in self.columns.items()},
            self.select,
        )


def literal(texts: tuple[str, ...] | list[str]) -> str:
    """Return ``texts`` as an SQL list, counted from 1."""
    return "[" + ", ".join("'" + text.replace("'", "''") + "'" for text in texts) + "]"


def sub_ids(people: People, places: Whole) -> Whole:
    """Return subscriber numbers: an 8, the city's two digits and seven of their own."""
    return 8_000_000_000 + int(people.city.code) * PLACES_OF_A_CITY + places + 1


def telephone_numbers(people: People, places: Whole, plan: ProvincePlan) -> Whole:
    """Return telephone numbers, each of them once in the province."""
    order = int(people.city.code) * PLACES_OF_A_CITY + places + plan.seed % 1_000_000
    return PREFIXES[order % len(PREFIXES)] * NUMBERS_OF_A_PREFIX + (
        order * NUMBER_STEP % NUMBERS_OF_A_PREFIX
    )


def usage_feed(life: CityLife, usage: UsageColumns, on: date) -> Feed:
    """Return the day's usage rows."""
    place = usage["place"]
    plans = literal([name for name, _, _ in words.PLANS])
    same = (
        "voice_onnet_s, voice_offnet_s, voice_fixed_s, voice_toll_s, voice_roam_s, out_calls, "
        "in_calls, offnet_calls, distinct_callees, hotline_calls, fwd_onnet_calls, "
        "fwd_offnet_calls, sms_out, sms_in, data_kb, recharge_cnt, recharge_fen, charge_fen, "
        "balance_fen, credit_used_fen, arrears_fen, status, event_mask, complaints, imei_changed"
    )
    return Feed(
        "usage",
        {**usage, "sub_id": sub_ids(life.people, place), "plan": life.people.plan[place]},
        f"DATE '{on}' AS day, sub_id, '{life.people.city.code}' AS city_id, "
        f"{plans}[plan + 1] AS plan_id, {same}",
    )


def subscriber_feed(life: CityLife, places: Whole, team: tuple[StaffMember, ...]) -> Feed:
    """Return the present record of those at ``places``."""
    people = life.people
    city = people.city
    given = np.where(people.female, people.given + MEN, people.given)
    columns: Columns = {
        name: values[places]
        for name, values in (
            ("surname", people.surname),
            ("given", given),
            ("female", people.female),
            ("district", people.district),
            ("brand", people.brand),
            ("plan", people.plan),
            ("born", people.born),
            ("lunar", people.lunar),
            ("opened", people.opened),
            ("contract", people.contract),
            ("contract_end", people.contract_end),
            ("credit", people.credit),
            ("level", people.level),
            ("managed", people.managed),
            ("manager", people.manager),
            ("member", people.group),
            ("status", life.status),
        )
    }
    columns["sub_id"] = sub_ids(people, places)
    columns["msisdn"] = telephone_numbers(people, places, life.plan)
    surnames = literal([*words.SURNAMES, *words.DOUBLE_SURNAMES])
    givens = literal([*words.GIVEN_MALE, *words.GIVEN_FEMALE])
    return Feed(
        "subscriber",
        columns,
        f"sub_id, msisdn, {surnames}[surname + 1] || {givens}[given + 1] AS name, "
        f"'{city.code}' AS city_id, {literal(city.districts)}[district + 1] AS district, "
        f"{literal(words.BRANDS)}[brand + 1] AS brand, "
        f"{literal([name for name, _, _ in words.PLANS])}[plan + 1] AS plan_id, "
        "CASE WHEN female THEN 'F' ELSE 'M' END AS gender, "
        # A lunar month has no 31st day.
        "CASE WHEN lunar AND date_part('day', as_date(born)) = 31 THEN as_date(born - 1) "
        "ELSE as_date(born) END AS birth_date, "
        "CASE WHEN as_date(born) IS NULL THEN NULL WHEN lunar THEN 'lunar' ELSE 'solar' END "
        "AS birth_calendar, as_date(opened) AS open_date, "
        f"{literal(words.CONTRACTS)}[nullif(contract, 0)] AS contract_name, "
        "as_date(contract_end) AS contract_end, credit AS credit_limit_fen, level, "
        f"managed::INTEGER AS managed, "
        f"{literal([one.staff_no for one in team])}[nullif(manager, {NOBODY}) + 1] AS manager_no, "
        f"CASE WHEN member >= 0 THEN 'G{city.code}' || lpad((member + 1)::VARCHAR, 6, '0') END "
        "AS group_no, status",
    )


def month_feed(people: People, months: Sequence[Bills]) -> Feed:
    """Return the bills of one or more months."""
    lengths = [len(bills.place) for bills in months]
    return Feed(
        "month",
        {
            "sub_id": sub_ids(people, np.concatenate([bills.place for bills in months])),
            "ym": np.repeat([bills.ym for bills in months], lengths),
            "revenue": np.concatenate([bills.revenue for bills in months]),
            "arrears": np.concatenate([bills.arrears for bills in months]),
            "owing": np.concatenate([bills.owing for bills in months]),
        },
        "sub_id, ym, revenue AS revenue_fen, arrears AS arrears_fen, owing AS arrears_days",
    )


def group_feed(groups: tuple[Group, ...]) -> Feed:
    """Return the records of ``groups``."""
    columns: Columns = {
        name: np.array([getattr(group, name) for group in groups], dtype=object)
        for name in GROUP.names
        if name != "tax_rank"
    }
    columns["tax_rank"] = np.array([group.tax_rank or 0 for group in groups], dtype=np.int64)
    return Feed(
        "group",
        columns,
        ", ".join(GROUP.names).replace("tax_rank", "nullif(tax_rank, 0) AS tax_rank"),
    )


def group_month_feed(groups: tuple[Group, ...], months: Sequence[int], plan: ProvincePlan) -> Feed:
    """Return the revenue of ``groups`` in each of ``months``, with its informatization part."""
    city, count = int(groups[0].city_id), len(groups)
    dice = [Dice(plan.seed, Scope.GROUP_MONTH, city, ym) for ym in months]
    usual = np.array([group.monthly_fen for group in groups], dtype=np.int64)
    noise = np.concatenate([one.spread(count, 0.1) for one in dice])
    revenue = (np.tile(usual, len(months)) * noise).astype(np.int64)
    products = np.tile([group.products for group in groups], len(months))
    share = 8 + 6 * products + np.concatenate([one.whole(count, 0, 5) for one in dice])
    numbers = np.array([group.group_no for group in groups], dtype=object)
    return Feed(
        "group_month",
        {
            "group_no": np.tile(numbers, len(months)),
            "ym": np.repeat(months, count),
            "revenue": revenue,
            "informatization": revenue * share // 100,
            "products": products,
        },
        "group_no, ym, revenue AS revenue_fen, informatization AS it_revenue_fen, "
        "products AS it_products",
    )


def subscription_feed(people: People, holdings: Holdings) -> Feed:
    """Return what is held."""
    city = people.city.code
    personal = literal([code for code, _ in words.PERSONAL_PRODUCTS])
    collective = literal([code for code, _ in words.GROUP_PRODUCTS])
    return Feed(
        "subscription",
        {
            "by_group": holdings.by_group,
            "owner": holdings.owner,
            "sub_id": sub_ids(people, holdings.owner),
            "product": holdings.product,
            "since": holdings.since,
            "until": holdings.until,
        },
        "CASE WHEN by_group THEN 'group' ELSE 'subscriber' END AS owner_kind, "
        f"CASE WHEN by_group THEN 'G{city}' || lpad((owner + 1)::VARCHAR, 6, '0') "
        "ELSE sub_id::VARCHAR END AS owner_no, "
        f"CASE WHEN by_group THEN {collective}[product + 1] ELSE {personal}[product + 1] END "
        "AS product_code, as_date(since) AS since, as_date(until) AS until",
    )


def service_log_feed(
    life: CityLife, acts: Acts, *, team: tuple[StaffMember, ...], on: date
) -> Feed:
    """Return the day's acts of managers."""
    city = life.people.city.code
    return Feed(
        "service_log",
        {
            "number": np.arange(1, len(acts.manager) + 1),
            "manager": acts.manager,
            "minute": acts.minute,
            "for_group": acts.for_group,
            "customer": acts.customer,
            "sub_id": sub_ids(life.people, acts.customer),
            "act": acts.act,
        },
        f"'L{city}{on:%Y%m%d}' || lpad(number::VARCHAR, 5, '0') AS log_no, "
        f"{literal([one.staff_no for one in team])}[manager + 1] AS manager_no, "
        f"strftime(TIMESTAMP '{on} 00:00:00' + to_minutes(minute), '%Y-%m-%dT%H:%M:%S+08:00') "
        "AS \"at\", CASE WHEN for_group = 1 THEN 'group' ELSE 'subscriber' END AS customer_kind, "
        f"CASE WHEN for_group = 1 THEN 'G{city}' || lpad((customer + 1)::VARCHAR, 6, '0') "
        "ELSE sub_id::VARCHAR END AS customer_no, "
        f"{literal([kind for kind, _ in words.ACTS])}[act + 1] AS category, "
        f"{literal([text for _, text in words.ACTS])}[act + 1] AS content",
    )


def city_stat_feed(figures: list[tuple[str, str, int]]) -> Feed:
    """Return the day's figures."""
    codes, dimensions, values = zip(*figures, strict=True)
    return Feed(
        "city_stat",
        {
            "code": np.array(codes, dtype=object),
            "dimension": np.array(dimensions, dtype=object),
            "figure": np.array(values, dtype=np.int64),
        },
        "code AS stat_code, nullif(dimension, '') AS dimension, figure AS \"value\"",
    )
