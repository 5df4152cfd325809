"""A city's life from day to day: who is in which state, and the day's usage of everyone (F5).

Days are drawn one after the other, because money, states and journeys carry over; the chance of a
day is keyed by city and date alone.
"""

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from dakehu.demo.rules import ledger, stories
from dakehu.demo.rules.dice import Dice, Real, Scope, Truth, Whole, whole_around
from dakehu.demo.rules.ledger import Habits, Ledger, Payments
from dakehu.demo.rules.people import NEVER, NOBODY, People
from dakehu.demo.rules.plan import ProvincePlan, day_number
from dakehu.demo.rules.rhythm import Rhythm, rhythm_of
from dakehu.demo.rules.stories import Stories

ACTIVE, STOPPED, LOST, PRE_DEREGISTERED = 0, 1, 3, 4
STOPPED_FOR_DEBT = 8
# A pre-deregistered number is reported for this long, then the city's system forgets it.
DAYS_REPORTED_AFTER_LEAVING = 20
ROW_MISSING = 0.0005
STOPPED_AT_FIRST = 0.005
SILENT = 0.0035

UsageColumns = dict[str, Whole]


@dataclass
class CityLife:
    """The present state of one city: everyone's status, debts, journeys and what changed today."""

    plan: ProvincePlan
    people: People
    stories: Stories
    ledger: Ledger
    status: Whole
    back: Whole
    left: Whole
    in_debt: Truth
    away_until: Whole
    changed: Truth
    mask: Whole = field(default_factory=lambda: np.zeros(0, dtype=np.int64))


def begin_life(people: People, plan: ProvincePlan) -> CityLife:
    """Return the city as it is on the evening before the first day."""
    count = len(people)
    dice = Dice(plan.seed, Scope.START, int(people.city.code), 1)
    stopped = dice.chance(count, STOPPED_AT_FIRST)
    first = day_number(plan.first)
    return CityLife(
        plan=plan,
        people=people,
        stories=stories.stories_of(people, plan),
        ledger=ledger.open_ledger(people, plan),
        status=np.where(stopped, STOPPED, ACTIVE),
        back=np.where(stopped, first + dice.whole(count, 1, 60), NEVER),
        left=np.full(count, NEVER, dtype=np.int64),
        in_debt=np.zeros(count, dtype=np.bool_),
        away_until=np.zeros(count, dtype=np.int64),
        changed=np.zeros(count, dtype=np.bool_),
    )


def live_day(life: CityLife, on: date) -> UsageColumns:
    """
    Move the city on by the day ``on``; return the usage of everyone present.

    The columns are those of the ``usage`` interface that differ between people, and ``place``,
    the position in the city's people.
    """
    today, people = day_number(on), life.people
    dice = Dice(life.plan.seed, Scope.DAY, int(people.city.code), today)
    change_states(life, today, dice)
    rhythm = rhythm_of(on)
    columns, use = talk(life, today=today, dice=dice, rhythm=rhythm)
    columns |= signs(life, today=today, dice=dice, talking=columns["calls"] > 0)
    columns |= data_and_messages(life, use=use, dice=dice, rhythm=rhythm)
    columns |= money_columns(life, pay(life, today=today, dice=dice, use=use))
    columns |= {"status": life.status, "event_mask": life.mask}
    present = is_present(life, today) & ~dice.chance(len(people), ROW_MISSING)
    places = np.flatnonzero(present)
    return {"place": places, **{name: values[places] for name, values in columns.items()}}


def is_present(life: CityLife, today: int) -> Truth:
    """Tell of whom the city's systems know on ``today``."""
    return (life.people.opened <= today) & (today < life.left + DAYS_REPORTED_AFTER_LEAVING)


def change_states(life: CityLife, today: int, dice: Dice) -> None:
    """Set status, event mask and ``changed`` for the morning of ``today``."""
    before, tale = life.status, life.stories
    present = is_present(life, today)
    broke = ledger.is_exhausted(life.ledger, life.people) & (before == ACTIVE) & present
    paid_up = life.in_debt & (ledger.available(life.ledger, life.people) > 0)
    happens = (tale.event == today) & (before == ACTIVE) & present
    told = (tale.gone == today) | (happens & (tale.event_bit == stories.PRE_CANCEL))
    leaves = told & (before != PRE_DEREGISTERED) & present
    lost = happens & (tale.event_bit == stories.LOSS)
    stops = happens & (tale.event_bit == stories.STOP)

    status = np.where((life.back == today) | paid_up, ACTIVE, before)
    status = np.where(broke | stops, STOPPED, status)
    status = np.where(lost, LOST, status)
    life.status = np.where(leaves | (before == PRE_DEREGISTERED), PRE_DEREGISTERED, status)
    life.in_debt = (life.in_debt & ~paid_up) | broke
    days_off = np.where(lost, 2, 8) + dice.whole(len(before), 0, 4)
    life.back = np.where(lost | stops, today + days_off, life.back)
    life.left = np.where(leaves, today, life.left)
    life.mask = np.where(happens, tale.event_bit, 0)
    life.mask |= np.where(leaves, stories.PRE_CANCEL, 0) | np.where(broke, STOPPED_FOR_DEBT, 0)
    life.changed = (life.status != before) | (life.people.opened == today)


def talk(life: CityLife, *, today: int, dice: Dice, rhythm: Rhythm) -> tuple[UsageColumns, Real]:
    """Return the day's calls and seconds, and everyone's use against a usual day."""
    people, count = life.people, len(life.people)
    usual = stories.use_factor(life.stories, today)
    usual = usual * np.where(people.group == NOBODY, rhythm.private, rhythm.business)
    drifting = stories.is_drifting(life.stories, today)
    silent = dice.unit(count) < np.where(drifting, 0.12, SILENT)
    open_today = (life.status == ACTIVE) & ~silent
    mean = (people.calls * usual * dice.spread(count, 0.14)).astype(np.float32)
    calls = np.where(open_today, whole_around(mean, dice.unit(count)), 0).astype(np.int64)
    use = np.where(life.status == ACTIVE, usual, 0).astype(np.float32)
    seconds = (calls * people.seconds * dice.spread(count, 0.12)).astype(np.int64)
    seconds = np.minimum(seconds, 40_000)
    share = people.away + stories.switch_share(life.stories, today) + dice.bell(count, 0.05)
    share = np.clip(share, 0, 0.9).astype(np.float32)
    offnet = (seconds * share).astype(np.int64)
    fixed = ((seconds - offnet) * np.float32(0.1)).astype(np.int64)
    out = np.minimum(calls, whole_around(calls * people.outgoing, dice.unit(count)))
    voice = {
        "calls": calls,
        "voice_onnet_s": seconds - offnet - fixed,
        "voice_offnet_s": offnet,
        "voice_fixed_s": fixed,
        "voice_toll_s": np.minimum(seconds, (seconds * people.toll).astype(np.int64)),
        "voice_roam_s": roaming(life, today=today, dice=dice, rhythm=rhythm, seconds=seconds),
        "out_calls": out,
        "in_calls": calls - out,
        "offnet_calls": np.minimum(calls, whole_around(calls * share, dice.unit(count))),
        "distinct_callees": -(-out * 7 // 10),
    }
    return voice, use


def roaming(life: CityLife, *, today: int, dice: Dice, rhythm: Rhythm, seconds: Whole) -> Whole:
    """Send some people on a journey, and return the seconds spoken away from home."""
    count = len(life.people)
    departs = (life.away_until < today) & dice.chance(count, rhythm.travel)
    life.away_until = np.where(departs, today + dice.whole(count, 0, 5), life.away_until)
    return np.where(life.away_until >= today, seconds * 9 // 10, 0)


def signs(life: CityLife, *, today: int, dice: Dice, talking: Truth) -> UsageColumns:
    """Return calls to the hotline, forwarding, complaints and changed telephones."""
    tale, count = life.stories, len(life.people)
    open_today = life.status == ACTIVE
    drifting = stories.is_drifting(tale, today)
    asking = stories.is_within_days(tale.hotline, today, 5) | (drifting & tale.with_hotline)
    diverted = stories.is_within_days(tale.forward, today, 6) | (drifting & tale.with_forward)
    annoyed = (drifting & tale.with_complaint) | stories.is_within_days(tale.hotline, today, 3)
    hotline = dice.chance(count, 0.006) + np.where(asking, dice.whole(count, 0, 2), 0)
    forwards = np.where(diverted, dice.whole(count, 0, 3), 0)
    at_office = (life.people.group % 11 == 0) & dice.chance(count, 0.3)
    return {
        "hotline_calls": np.where(open_today & talking, hotline, 0).astype(np.int64),
        "fwd_offnet_calls": np.where(open_today, forwards, 0),
        "fwd_onnet_calls": (open_today & at_office).astype(np.int64),
        "complaints": (dice.unit(count) < np.where(annoyed, 0.12, 0.0004)).astype(np.int64),
        "imei_changed": (open_today & dice.chance(count, 0.0012)).astype(np.int64),
    }


def data_and_messages(life: CityLife, *, use: Real, dice: Dice, rhythm: Rhythm) -> UsageColumns:
    """Return kilobytes and short messages; ``use`` is everyone's use against a usual day."""
    people, count = life.people, len(life.people)
    kilobytes = people.data * use * dice.spread(count, 0.3) * np.float32(rhythm.data)
    mean = people.messages * use * np.float32(rhythm.messages)
    sent = whole_around(mean.astype(np.float32), dice.unit(count)).astype(np.int64)
    return {
        "sms_out": sent,
        "sms_in": np.where(use > 0, sent + dice.whole(count, 0, 4), 0),
        "data_kb": kilobytes.astype(np.int64),
    }


def pay(life: CityLife, *, today: int, dice: Dice, use: Real) -> Payments:
    """Let everyone present charge and pay for the day."""
    habits = Habits(
        use=np.where(life.people.opened <= today, use, 0).astype(np.float32),
        can_pay=is_present(life, today) & (life.status != PRE_DEREGISTERED),
        rarer=life.stories.rarer <= today,
        reluctant=stories.is_drifting(life.stories, today),
    )
    return ledger.live_a_day(life.ledger, people=life.people, dice=dice, habits=habits)


def money_columns(life: CityLife, payments: Payments) -> UsageColumns:
    """Return the day's money as columns of the ``usage`` interface."""
    balance, credit_used, arrears = ledger.balances(life.ledger, life.people)
    return {
        "recharge_cnt": payments.count,
        "recharge_fen": payments.paid,
        "charge_fen": payments.charged,
        "balance_fen": balance,
        "credit_used_fen": credit_used,
        "arrears_fen": arrears,
    }
