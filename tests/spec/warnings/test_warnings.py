"""
The twelve warnings by example: just below, at and just above every number of the rule book.

Each line says what happened, whether the warning fires, and with what evidence.  They are played
on the engine and on the plain-Python evaluator.
"""

from datetime import date

import pytest
from tests.spec.warnings.stage import Example, days_ahead, days_since, play

from dakehu.alerts.values import CODES

NO = None
TODAY, WEEK_AGO, EARLIER, LONG_AGO = 0, 6, 7, 36
LAST_MONTH_SAME_DAY = 28  # 20 February
LAST_MONTH_NEXT_DAY = 27  # 21 February
LAST_YEAR_SAME_DAY = 365  # 20 March 2025


def born(day):
    return date.fromisoformat(day)


def use(k, **figures):
    return {k: figures}


def both(*days):
    return {k: figures for each in days for k, figures in each.items()}


def voice(k, seconds):
    return {k: {"voice_onnet_s": seconds}}


def talk(k, *, off, on):
    return {k: {"voice_offnet_s": off, "voice_onnet_s": on}}


def pays(k, times):
    return {k: {"recharge_cnt": times}}


W01 = [
    Example("two calls to the hotline within 7 days", NO, use(0, hotline_calls=2)),
    Example("three calls to the hotline", (3, 3), use(0, hotline_calls=3)),
    Example("three calls on the first of the 7 days", (3, 3), use(WEEK_AGO, hotline_calls=3)),
    Example("three calls one day too early", NO, use(EARLIER, hotline_calls=3)),
    Example(
        "calls of two days add up", (4, 3), both(use(1, hotline_calls=2), use(5, hotline_calls=2))
    ),
    Example(
        "calls unknown on one day count 0",
        (3, 3),
        both(use(1, hotline_calls=None), use(2, hotline_calls=3)),
    ),
    Example("newest row says pre-deregistered", NO, use(0, hotline_calls=3, status=4)),
    Example("stopped numbers are still alive", (3, 3), use(0, hotline_calls=3, status=1)),
    Example(
        "status unknown is not pre-deregistered", (3, 3), use(0, hotline_calls=3, status=None)
    ),
    Example("not a managed subscriber", NO, use(0, hotline_calls=3), who={"managed": 0}),
    Example("managed unknown", NO, use(0, hotline_calls=3), who={"managed": None}),
    Example(
        "pre-deregistered before, active again",
        (3, 3),
        both(use(1, status=4), use(0, hotline_calls=3)),
    ),
    Example("no row for a week", NO, use(EARLIER, hotline_calls=9), today=False),
    Example(
        "the newest row is 7 days old at most", (3, 3), use(WEEK_AGO, hotline_calls=3), today=False
    ),
]

W02 = [
    Example("two calls forwarded to another network", NO, use(0, fwd_offnet_calls=2)),
    Example("three calls forwarded to another network", (3, 3), use(0, fwd_offnet_calls=3)),
    Example("forwarding on the own network", NO, use(0, fwd_onnet_calls=3)),
]

W03 = [
    Example("four payments before, two now", (2, 4), both(pays(3, 2), pays(40, 4))),
    Example("four payments before, three now", NO, both(pays(3, 3), pays(40, 4))),
    Example("three payments before, none now", NO, pays(40, 3)),
    Example(
        "payments on the edges of both windows",
        (1, 4),
        both(pays(29, 1), pays(30, 2), pays(59, 2)),
    ),
    Example("payments before both windows", NO, both(pays(3, 0), pays(60, 4))),
    Example("customer for 60 days", NO, pays(40, 4), who={"open_date": days_since(60)}),
    Example("customer for 61 days", (0, 4), pays(40, 4), who={"open_date": days_since(61)}),
    Example("opening date unknown", NO, pays(40, 4), who={"open_date": None}),
    # City 02 delivered 27 of the last 30 days: 3 · 2 · 30 = 180, and 6 · 27 = 162, 7 · 27 = 189.
    Example(
        "late city: 3 payments are not half of 6", NO, both(pays(3, 3), pays(40, 6)), city="02"
    ),
    Example(
        "late city: 3 payments are half of 7", (3, 7), both(pays(3, 3), pays(40, 7)), city="02"
    ),
]

W04 = [
    # v7 · 30 · 100 < p30 · 7 · 70: with p30 = 3000 the limit is 490.
    Example("489 s against 3000 s", (489, 3000), both(voice(0, 489), voice(7, 3000))),
    Example("490 s against 3000 s", NO, both(voice(0, 490), voice(7, 3000))),
    Example("1799 s earlier are too few", NO, voice(LONG_AGO, 1799)),
    Example("1800 s earlier are enough", (0, 1800), voice(LONG_AGO, 1800)),
    Example("voice before k = 36 does not count", NO, voice(37, 1800)),
    Example("fixed-line seconds count", (0, 1800), use(7, voice_fixed_s=1800)),
    Example("customer for 37 days", NO, voice(7, 1800), who={"open_date": days_since(37)}),
    Example("customer for 38 days", (0, 1800), voice(7, 1800), who={"open_date": days_since(38)}),
    # City 02 delivered 4 of the last 7 days: v7 · 30 · 100 < 3000 · 4 · 70, the limit is 280.
    Example("late city: 300 s in 4 days", NO, both(voice(3, 300), voice(7, 3000)), city="02"),
    Example(
        "late city: 279 s in 4 days", (279, 3000), both(voice(3, 279), voice(7, 3000)), city="02"
    ),
    Example("nothing delivered since February", NO, voice(25, 3000), city="03"),
]

W05M = [
    # Both windows have 20 delivered days: mtd · 100 < lm · 70.
    Example(
        "month to date 2099 s against 3000 s",
        (2099, 3000),
        both(voice(0, 2099), voice(LAST_MONTH_SAME_DAY, 3000)),
    ),
    Example(
        "month to date 2100 s against 3000 s",
        NO,
        both(voice(0, 2100), voice(LAST_MONTH_SAME_DAY, 3000)),
    ),
    Example("last month 1799 s", NO, voice(LAST_MONTH_SAME_DAY, 1799)),
    Example("last month 1800 s", (0, 1800), voice(LAST_MONTH_SAME_DAY, 1800)),
    Example("later days of last month do not count", NO, voice(LAST_MONTH_NEXT_DAY, 9000)),
    Example("voice on the first of March counts", NO, both(voice(19, 1800), voice(47, 1800))),
    Example(
        "opened on 1 February",
        NO,
        voice(LAST_MONTH_SAME_DAY, 1800),
        who={"open_date": days_since(48)},
    ),
    Example(
        "opened on 31 January",
        (0, 1800),
        voice(LAST_MONTH_SAME_DAY, 1800),
        who={"open_date": days_since(49)},
    ),
    # City 02: 17 days of March against 20 of February; mtd · 20 · 100 < 2000 · 17 · 70: 1190.
    Example(
        "late city: 1190 s in 17 days",
        NO,
        both(voice(5, 1190), voice(LAST_MONTH_SAME_DAY, 2000)),
        city="02",
    ),
    Example(
        "late city: 1189 s in 17 days",
        (1189, 2000),
        both(voice(5, 1189), voice(LAST_MONTH_SAME_DAY, 2000)),
        city="02",
    ),
]

W05Y = [
    Example(
        "1199 s against 2000 s last year",
        (1199, 2000),
        both(voice(0, 1199), voice(LAST_YEAR_SAME_DAY, 2000)),
    ),
    Example(
        "1200 s against 2000 s last year",
        NO,
        both(voice(0, 1200), voice(LAST_YEAR_SAME_DAY, 2000)),
    ),
    Example("last year 1799 s", NO, voice(LAST_YEAR_SAME_DAY, 1799)),
    Example("last year 1800 s", (0, 1800), voice(LAST_YEAR_SAME_DAY, 1800)),
    Example("last year's first of March", (0, 1800), voice(LAST_YEAR_SAME_DAY + 19, 1800)),
    Example("last year one day later", NO, voice(LAST_YEAR_SAME_DAY - 1, 9000)),
]

W06 = [
    Example(
        "share up from 20 % to 35 %",
        (350, 200),
        both(talk(0, off=350, on=650), talk(7, off=400, on=1600)),
    ),
    Example(
        "share up from 20 % to 34.9 %",
        NO,
        both(talk(0, off=349, on=651), talk(7, off=400, on=1600)),
    ),
    Example("599 s recently", NO, both(talk(0, off=599, on=0), talk(7, off=0, on=2000))),
    Example("600 s recently", (1000, 0), both(talk(0, off=600, on=0), talk(7, off=0, on=2000))),
    Example("1799 s earlier", NO, both(talk(0, off=600, on=0), talk(7, off=0, on=1799))),
    Example("1800 s earlier", (1000, 0), both(talk(0, off=600, on=0), talk(7, off=0, on=1800))),
    Example(
        "fixed-line seconds are no talk",
        NO,
        both(talk(0, off=599, on=0), use(1, voice_fixed_s=900), talk(7, off=0, on=2000)),
    ),
    Example(
        "shares are rounded down",
        (666, 333),
        both(talk(0, off=600, on=300), talk(7, off=700, on=1400)),
    ),
    Example(
        "talk for 37 days",
        NO,
        both(talk(0, off=600, on=0), talk(7, off=0, on=2000)),
        who={"open_date": days_since(37)},
    ),
]

W07 = [
    Example("birthday on R", (0, 7), who={"birth_date": born("1980-03-21")}),
    Example("birthday on D", NO, who={"birth_date": born("1980-03-20")}),
    Example("birthday in 7 days", (7, 7), who={"birth_date": born("1980-03-28")}),
    Example("birthday in 8 days", NO, who={"birth_date": born("1980-03-29")}),
    Example("birth date unknown", NO, who={"birth_date": None}),
    # 21 March 2026 is the 3rd day of the 2nd lunar month.
    Example(
        "lunar birthday on R",
        (0, 7),
        who={"birth_date": born("1980-02-03"), "birth_calendar": "lunar"},
    ),
    Example(
        "lunar birthday in 7 days",
        (7, 7),
        who={"birth_date": born("1980-02-10"), "birth_calendar": "lunar"},
    ),
    Example(
        "lunar birthday in 8 days",
        NO,
        who={"birth_date": born("1980-02-11"), "birth_calendar": "lunar"},
    ),
    Example(
        "solar date of a lunar birthday",
        NO,
        who={"birth_date": born("1980-03-21"), "birth_calendar": "lunar"},
    ),
    Example(
        "calendar unknown means solar",
        (0, 7),
        who={"birth_date": born("1980-03-21"), "birth_calendar": None},
    ),
    Example(
        "birthday of a number not alive",
        NO,
        use(0, status=4),
        who={"birth_date": born("1980-03-21")},
    ),
]

W08 = [
    Example("contract ends on R", (0, 30), who={"contract_end": days_ahead(0)}),
    Example("contract ended on D", NO, who={"contract_end": days_ahead(-1)}),
    Example("contract ends in 30 days", (30, 30), who={"contract_end": days_ahead(30)}),
    Example("contract ends in 31 days", NO, who={"contract_end": days_ahead(31)}),
    Example("contract end unknown", NO, who={"contract_end": None}),
]

W09 = [
    Example("five calls in the week before, none on D", (0, 5), use(7, out_calls=5)),
    Example("four calls in the week before", NO, use(7, in_calls=4)),
    Example("calls 8 days before do not count", NO, use(8, in_calls=5)),
    Example("incoming calls count", (0, 5), use(1, in_calls=5)),
    Example("one call on D", NO, both(use(0, in_calls=1), use(1, in_calls=5))),
    Example("no row on D", NO, use(1, in_calls=5), today=False),
    Example("stopped on D", NO, both(use(0, status=1), use(1, in_calls=5))),
    Example(
        "calls on D unknown", NO, both(use(0, in_calls=None, out_calls=None), use(1, in_calls=5))
    ),
]

FORWARDED = use(0, fwd_offnet_calls=1)  # 15 points
SILENT_DAYS = {k: {} for k in (1, 2)}  # with the row of D three without a call: 15 points
NEW = {"open_date": days_since(179)}  # 10 points
ENDING = {"contract_end": days_ahead(60)}  # 10 points

W10 = [
    Example(
        "forwarded, silent, new, contract ending: 50 points",
        (50, 50),
        both(FORWARDED, SILENT_DAYS),
        who=NEW | ENDING,
    ),
    Example(
        "the same with two silent days: 35 points",
        NO,
        both(FORWARDED, use(1)),
        who=NEW | ENDING,
    ),
    Example(
        "the same one day longer here: 40 points",
        NO,
        both(FORWARDED, SILENT_DAYS),
        who=ENDING | {"open_date": days_since(180)},
    ),
    Example(
        "the same without a contract, with two complaints: 50 points",
        (50, 50),
        both(FORWARDED, SILENT_DAYS, use(20, complaints=2)),
        who=NEW,
    ),
    Example(
        "the same without a contract, with data gone: 50 points",
        (50, 50),
        both(FORWARDED, SILENT_DAYS, use(20, data_kb=10_240)),
        who=NEW,
    ),
    Example(
        "the same with too little data before: 40 points",
        NO,
        both(FORWARDED, SILENT_DAYS, use(20, data_kb=10_239)),
        who=NEW,
    ),
    Example(
        "voice gone, silent, payments stopped: 55 points",
        (55, 50),
        both(SILENT_DAYS, voice(20, 1800), pays(40, 4)),
    ),
    Example(
        "the same while stopped",
        NO,
        both(use(0, status=1), SILENT_DAYS, voice(20, 1800), pays(40, 4)),
    ),
    Example(
        "the same without a row on D",
        NO,
        both(use(3), SILENT_DAYS, voice(20, 1800), pays(40, 4)),
        today=False,
    ),
    Example(
        "everything at once stops at 100 points",
        (100, 50),
        both(
            {k: {"hotline_calls": 1} for k in (1, 2, 3)},
            FORWARDED,
            {20: {"voice_onnet_s": 1800, "data_kb": 10_240, "complaints": 3}},
            pays(40, 4),
        ),
        who=NEW | ENDING,
    ),
]

W11 = [
    Example("nothing available", (0, 0), who={"credit_limit_fen": 0}),
    Example("one fen available and no charges", NO, who={"credit_limit_fen": 1}),
    Example(
        "used credit and arrears are taken off",
        (-1, 0),
        use(0, balance_fen=100, credit_used_fen=60, arrears_fen=41),
        who={"credit_limit_fen": 0},
    ),
    # avail · 30 < 3 · charge: 300 fen of charges, so 30 fen last for exactly 3 days.
    Example(
        "enough for 3 days",
        NO,
        both(use(0, balance_fen=30), use(29, charge_fen=300)),
        who={"credit_limit_fen": 0},
    ),
    Example(
        "not enough for 3 days",
        (29, 300),
        both(use(0, balance_fen=29), use(29, charge_fen=300)),
        who={"credit_limit_fen": 0},
    ),
    Example(
        "charges 30 days ago do not count",
        NO,
        both(use(0, balance_fen=1), use(30, charge_fen=300)),
        who={"credit_limit_fen": 0},
    ),
    Example("credit limit unknown", NO, who={"credit_limit_fen": None}),
    Example("balance unknown", NO, use(0, balance_fen=None), who={"credit_limit_fen": 0}),
    Example("already stopped", NO, use(0, status=1), who={"credit_limit_fen": 0}),
]

W12 = [
    Example("pre-deregistration", (1, 4), use(0, event_mask=1, status=4)),
    Example("loss report", (2, 3), use(0, event_mask=2, status=3)),
    Example("stop request", (4, 1), use(0, event_mask=4, status=1)),
    Example("stopped for debt", (8, 1), use(0, event_mask=8, status=1)),
    Example("another event", NO, use(0, event_mask=16)),
    Example("another event together with a loss report", (18, 0), use(0, event_mask=18)),
    Example("event the day before", NO, use(1, event_mask=1)),
    Example("event while the status is unknown", (1, None), use(0, event_mask=1, status=None)),
    Example("event unknown", NO, use(0, event_mask=None)),
]

BOOK = {
    "W01": W01, "W02": W02, "W03": W03, "W04": W04, "W05M": W05M, "W05Y": W05Y, "W06": W06,
    "W07": W07, "W08": W08, "W09": W09, "W10": W10, "W11": W11, "W12": W12,
}  # fmt: skip


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    return play(
        [example for examples in BOOK.values() for example in examples],
        tmp_path_factory.mktemp("stage"),
    )


@pytest.mark.parametrize(
    ("code", "example"),
    [(code, example) for code, examples in BOOK.items() for example in examples],
    ids=lambda value: value.says if isinstance(value, Example) else value,
)
def test_the_warning_fires_as_the_book_says(played, code, example):
    by_engine, by_reference = played

    assert by_engine[example.says].get(code) == example.fires
    assert by_reference[example.says].get(code) == example.fires


def test_every_warning_has_examples():
    assert set(BOOK) == set(CODES)
