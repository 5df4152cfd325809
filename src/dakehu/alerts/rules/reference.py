"""
The twelve warnings a second time: one subscriber, plain loops over raw rows, straight from the
rule book.

Nothing here is shared with the expressions, windows or SQL of the engine, so an error in either
shows as a difference between them.  Slow, and only meant to be right.
"""

import calendar
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from lunar_python import Lunar, LunarMonth

from dakehu.alerts.values import WarningNumbers

Fired = tuple[str, int | None, int | None]
UsageRow = Mapping[str, Any]


@dataclass(frozen=True)
class Outcome:
    """The warnings that fire as (code, a, b), and the parts of the leaving score."""

    fired: frozenset[Fired]
    parts: Mapping[str, int]


@dataclass(frozen=True)
class Case:
    """One subscriber on data day ``day``: raw rows, master row, the city's delivered days."""

    day: date
    rows: Sequence[UsageRow]
    master: Mapping[str, Any]
    delivered: Collection[date]
    numbers: WarningNumbers

    @property
    def run_day(self) -> date:
        return self.day + timedelta(days=1)

    @property
    def tenure(self) -> int | None:
        opened = self.master["open_date"]
        return None if opened is None else (self.run_day - opened).days

    def stayed(self, days: int) -> bool:
        """The tenure is known and longer than ``days``."""
        return self.tenure is not None and self.tenure > days

    def sum(self, first: date, last: date, *columns: str) -> int:
        total = 0
        for row in self.rows:
            if first <= row["day"] <= last:
                for column in columns:
                    total += row[column] or 0
        return total

    def sum_k(self, newest: int, oldest: int, *columns: str) -> int:
        return self.sum(self.back(oldest), self.back(newest), *columns)

    def count(self, first: date, last: date) -> int:
        return sum(1 for day in set(self.delivered) if first <= day <= last)

    def n(self, newest: int, oldest: int) -> int:
        return self.count(self.back(oldest), self.back(newest))

    def back(self, k: int) -> date:
        return self.day - timedelta(days=k)

    def newest(self) -> UsageRow | None:
        """The newest row of the last days; on one day the own city's, else the first city's."""
        oldest, own = self.back(self.numbers.alive_days - 1), self.master["city_id"]
        rows = [row for row in self.rows if oldest <= row["day"] <= self.day]
        if not rows:
            return None
        of_newest_day = [row for row in rows if row["day"] == max(row["day"] for row in rows)]
        return min(of_newest_day, key=lambda row: (row["city_id"] != own, row["city_id"]))

    def today(self) -> UsageRow | None:
        row = self.newest()
        return row if row is not None and row["day"] == self.day else None


def calls_of(row: UsageRow) -> int | None:
    """Calls made and received; unknown when neither is known."""
    if row["out_calls"] is None and row["in_calls"] is None:
        return None
    return (row["out_calls"] or 0) + (row["in_calls"] or 0)


VOICE = ("voice_onnet_s", "voice_offnet_s", "voice_fixed_s")
TALK = ("voice_onnet_s", "voice_offnet_s")


def evaluate(case: Case) -> Outcome:
    """Apply all warnings to one subscriber."""
    if case.master["managed"] != 1:
        return Outcome(frozenset(), {})
    fired: list[Fired] = []
    newest, today = case.newest(), case.today()
    if newest is not None and newest["status"] != 4:
        fired += _calling(case) + _paying(case) + _talking(case) + _by_month(case)
        fired += _dates(case)
    parts = leaving_parts(case)
    if today is not None:
        if today["status"] == 0:
            fired += _silent(case, today) + _leaving(case, parts) + _funds(case, today)
        events = today["event_mask"]
        if events is not None and events & case.numbers.event_mask:
            fired.append(("W12", events, today["status"]))
    return Outcome(frozenset(fired), parts)


def _calling(case: Case) -> list[Fired]:
    n = case.numbers
    fired: list[Fired] = []
    hotline = case.sum_k(0, n.recent_days - 1, "hotline_calls")
    if hotline >= n.hotline_calls:
        fired.append(("W01", hotline, n.hotline_calls))
    forwarded = case.sum_k(0, n.recent_days - 1, "fwd_offnet_calls")
    if forwarded >= n.forwarded_calls:
        fired.append(("W02", forwarded, n.forwarded_calls))
    return fired


def payments_fell(case: Case) -> tuple[bool, int, int]:
    """W03's condition and its two counts."""
    n, days = case.numbers, case.numbers.payment_days
    cur = case.sum_k(0, days - 1, "recharge_cnt")
    prev = case.sum_k(days, 2 * days - 1, "recharge_cnt")
    fell = (
        case.stayed(n.payment_tenure_days)
        and prev >= n.payments_before
        and cur * 100 * case.n(days, 2 * days - 1)
        <= prev * n.payment_percent * case.n(0, days - 1)
    )
    return fell, cur, prev


def _paying(case: Case) -> list[Fired]:
    fell, cur, prev = payments_fell(case)
    return [("W03", cur, prev)] if fell else []


def _talking(case: Case) -> list[Fired]:
    n, r = case.numbers, case.numbers.recent_days
    old = r + n.earlier_days - 1
    fired: list[Fired] = []
    v7, p30 = case.sum_k(0, r - 1, *VOICE), case.sum_k(r, old, *VOICE)
    fell = v7 * case.n(r, old) * 100 < p30 * case.n(0, r - 1) * n.fall_percent
    if case.stayed(n.fall_tenure_days) and p30 >= n.fall_voice_s and fell:
        fired.append(("W04", v7, p30))
    if offnet_rose(case, n.offnet_points):
        t7, tp30 = case.sum_k(0, r - 1, *TALK), case.sum_k(r, old, *TALK)
        off7 = case.sum_k(0, r - 1, "voice_offnet_s")
        offp30 = case.sum_k(r, old, "voice_offnet_s")
        fired.append(("W06", 1000 * off7 // t7, 1000 * offp30 // tp30))
    return fired


def offnet_rose(case: Case, points: int) -> bool:
    """W06's guards, and the off-net share up by so many points."""
    n, r = case.numbers, case.numbers.recent_days
    old = r + n.earlier_days - 1
    t7, tp30 = case.sum_k(0, r - 1, *TALK), case.sum_k(r, old, *TALK)
    off7 = case.sum_k(0, r - 1, "voice_offnet_s")
    offp30 = case.sum_k(r, old, "voice_offnet_s")
    if not case.stayed(n.fall_tenure_days) or t7 < n.offnet_recent_s or tp30 < n.offnet_earlier_s:
        return False
    return 100 * (off7 * tp30 - offp30 * t7) >= points * t7 * tp30


def _by_month(case: Case) -> list[Fired]:
    n = case.numbers
    fired: list[Fired] = []
    first = case.day.replace(day=1)
    mtd, n_mtd = case.sum(first, case.day, *VOICE), case.count(first, case.day)

    last_end = first - timedelta(days=1)
    last_first = last_end.replace(day=1)
    same = last_first + timedelta(days=min(case.day.day, last_end.day) - 1)
    lm = case.sum(last_first, same, *VOICE)
    opened = case.master["open_date"]
    was_there = opened is not None and opened < last_first
    fell = mtd * case.count(last_first, same) * 100 < lm * n_mtd * n.last_month_percent
    if was_there and lm >= n.last_month_voice_s and fell:
        fired.append(("W05M", mtd, lm))

    year = case.day.year - 1
    length = calendar.monthrange(year, case.day.month)[1]
    year_first = date(year, case.day.month, 1)
    year_same = date(year, case.day.month, min(case.day.day, length))
    ly = case.sum(year_first, year_same, *VOICE)
    fell = mtd * case.count(year_first, year_same) * 100 < ly * n_mtd * n.last_year_percent
    if ly >= n.last_year_voice_s and fell:
        fired.append(("W05Y", mtd, ly))
    return fired


def _dates(case: Case) -> list[Fired]:
    n = case.numbers
    fired: list[Fired] = []
    days = days_to_birthday(case)
    if days is not None and days <= n.birthday_days:
        fired.append(("W07", days, n.birthday_days))
    ends = case.master["contract_end"]
    if ends is not None and 0 <= (ends - case.run_day).days <= n.contract_days:
        fired.append(("W08", (ends - case.run_day).days, n.contract_days))
    return fired


def days_to_birthday(case: Case) -> int | None:
    """Days from R to the next birthday by the subscriber's calendar."""
    born = case.master["birth_date"]
    if born is None:
        return None
    lunar = case.master["birth_calendar"] == "lunar"
    candidates = []
    for year in range(case.run_day.year - 1, case.run_day.year + 2):
        if lunar:
            candidates.append(lunar_birthday(year, born.month, born.day))
        else:
            day = (
                28 if (born.month, born.day) == (2, 29) and not calendar.isleap(year) else born.day
            )
            candidates.append(date(year, born.month, day))
    return min((each - case.run_day).days for each in candidates if each >= case.run_day)


@lru_cache(maxsize=4096)
def lunar_birthday(year: int, month: int, day: int) -> date:
    """The solar day of a lunar date, a missing last day of the month moved to the one before."""
    length = LunarMonth.fromYm(year, month).getDayCount()
    solar = Lunar.fromYmd(year, month, min(day, length)).getSolar()
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


def _silent(case: Case, today: UsageRow) -> list[Fired]:
    before = case.sum_k(1, case.numbers.idle_days, "out_calls", "in_calls")
    if calls_of(today) == 0 and before >= case.numbers.idle_calls:
        return [("W09", 0, before)]
    return []


def _leaving(case: Case, parts: Mapping[str, int]) -> list[Fired]:
    score = min(sum(parts.values()), case.numbers.leaving_cap)
    if score >= case.numbers.leaving_score:
        return [("W10", score, case.numbers.leaving_score)]
    return []


def leaving_parts(case: Case) -> dict[str, int]:
    """The points of each sign of leaving."""
    n, r = case.numbers, case.numbers.recent_days
    hotline = case.sum_k(0, r - 1, "hotline_calls") >= n.leaving_hotline_calls
    forwarded = case.sum_k(0, r - 1, "fwd_offnet_calls") >= n.leaving_forwarded_calls
    complaints = case.sum_k(0, n.leaving_complaint_days - 1, "complaints")
    offnet = offnet_rose(case, n.leaving_offnet_rise)
    fell, _, _ = payments_fell(case)
    new = case.tenure is not None and case.tenure < n.leaving_new_days
    silent = [r for r in _recent_rows(case) if calls_of(r) == 0]
    return {
        "voice": _voice_points(case),
        "hotline": n.leaving_hotline_points if hotline else 0,
        "forwarding": n.leaving_forwarded_points if forwarded else 0,
        "offnet": n.leaving_offnet_points if offnet else 0,
        "payments": n.leaving_payment_points if fell else 0,
        "contract": n.leaving_contract_points if _contract_near(case) else 0,
        "complaints": min(
            n.leaving_complaint_points_each * complaints, n.leaving_complaint_points
        ),
        "new_customer": n.leaving_new_points if new else 0,
        "data": n.leaving_data_points if _data_fell(case) else 0,
        "zero_calls": (
            n.leaving_zero_call_points if len(silent) >= n.leaving_zero_call_rows else 0
        ),
    }


def _recent_rows(case: Case) -> list[UsageRow]:
    oldest = case.back(case.numbers.recent_days - 1)
    return [row for row in case.rows if oldest <= row["day"] <= case.day]


def _voice_points(case: Case) -> int:
    n, r = case.numbers, case.numbers.recent_days
    old = r + n.earlier_days - 1
    v7, p30 = case.sum_k(0, r - 1, *VOICE), case.sum_k(r, old, *VOICE)
    if not case.stayed(n.fall_tenure_days) or p30 < n.fall_voice_s:
        return 0
    for percent, points in (
        (n.leaving_fall_percent_deep, n.leaving_fall_points_deep),
        (n.leaving_fall_percent_strong, n.leaving_fall_points_strong),
        (n.leaving_fall_percent_mild, n.leaving_fall_points_mild),
    ):
        if v7 * case.n(r, old) * 100 < p30 * case.n(0, r - 1) * percent:
            return points
    return 0


def _contract_near(case: Case) -> bool:
    ends = case.master["contract_end"]
    if ends is None:
        return False
    past, ahead = case.numbers.leaving_contract_days_past, case.numbers.leaving_contract_days_ahead
    return bool(-past <= (ends - case.run_day).days <= ahead)


def _data_fell(case: Case) -> bool:
    n, r = case.numbers, case.numbers.recent_days
    old = r + n.earlier_days - 1
    d7, dp30 = case.sum_k(0, r - 1, "data_kb"), case.sum_k(r, old, "data_kb")
    if not case.stayed(n.fall_tenure_days) or dp30 < n.leaving_data_kb:
        return False
    return d7 * case.n(r, old) * 100 < dp30 * case.n(0, r - 1) * n.leaving_data_percent


def _funds(case: Case, today: UsageRow) -> list[Fired]:
    n = case.numbers
    amounts = [
        today["balance_fen"],
        today["credit_used_fen"],
        today["arrears_fen"],
        case.master["credit_limit_fen"],
    ]
    if None in amounts:
        return []
    avail = amounts[0] - amounts[1] - amounts[2] + amounts[3]
    charge = case.sum_k(0, n.funds_charge_days - 1, "charge_fen")
    if avail <= 0 or avail * case.n(0, n.funds_charge_days - 1) < n.funds_days * charge:
        return [("W11", avail, charge)]
    return []
