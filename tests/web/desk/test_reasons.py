"""Why an alert was raised, from the inputs kept with it (promise 1)."""

from datetime import date
from types import SimpleNamespace

import duckdb
import pytest
from django.urls import reverse
from tests.factories.alerts import AlertFactory
from tests.factories.numbers import publish
from tests.factories.tiering import StandingFactory, level_of
from tests.web.desk.test_data_state import night, run  # noqa: F401 - fixtures

from dakehu.alerts.queries.reasons import INPUTS, reasons_for
from dakehu.alerts.rules import inputs as rule_inputs
from dakehu.alerts.values import CODES, NumberBook, Override, Place
from dakehu.facts.store import FactStore
from dakehu.rulekit.expressions import Input

DAY = date(2026, 3, 1)
NOTHING = dict.fromkeys(INPUTS, 0)
FALLEN = {
    **NOTHING,
    "tenure": 400,
    "voice_recent": 2_100,
    "voice_earlier": 47_000,
    "days_recent": 7,
    "days_earlier": 30,
}


def keep(home, number, inputs):
    """Write the inputs of one subscriber as a night does."""
    path = FactStore(home).result_folder("evidence", DAY) / "t1.parquet"
    path.parent.mkdir(parents=True)
    columns = ", ".join(f"{value}::BIGINT AS {name}" for name, value in inputs.items())
    duckdb.sql(f"COPY (SELECT '{number}' AS sub_id, {columns}) TO '{path}'")


def test_every_input_of_the_rules_has_words():
    names = {one.name for one in vars(rule_inputs).values() if isinstance(one, Input)}

    assert names - {"status", "event_mask"} <= set(INPUTS)


def judged(rule, version=1):
    """An alert of a warning, judged by the numbers of a version."""
    return SimpleNamespace(rule=rule, numbers_version=version)


@pytest.mark.parametrize("rule", CODES)
def test_every_warning_can_be_explained(rule):
    reasons = reasons_for(judged(rule), NOTHING)

    assert reasons.comparisons
    assert all(one.seen or one.compared for one in reasons.comparisons)


def test_a_comparison_tells_inputs_from_numbers(english):
    fall = reasons_for(judged("W04"), FALLEN).comparisons[-1]

    assert fall.held
    assert ("Voice, last days", "35.0 min") in fall.seen
    assert ("Delivered days of the days before", "30") in fall.seen
    assert [value for _, value in fall.numbers] == ["70"]


def test_a_name_that_input_and_number_share_is_told_apart(english):
    enough = reasons_for(judged("W03"), {**NOTHING, "payments_before": 6}).comparisons[3]

    assert enough.seen == (("Payments, days before", "6"),)
    assert enough.numbers == (("Payments before, at least", "4"),)


def test_a_score_is_told_part_by_part(english):
    reasons = reasons_for(judged("W10"), FALLEN)

    points = {part.words: part.points for part in reasons.parts}
    assert points["Voice fell"] == 30
    assert reasons.comparisons[-1].compared == "40 >= 50"
    assert not reasons.comparisons[-1].held


@pytest.mark.django_db
def test_the_alert_shows_why_it_was_raised(sign_in, manager, customers, home, night):  # noqa: F811
    keep(home, customers.own.number, FALLEN)
    alert = AlertFactory(customer=customers.own, rule="W04")

    text = sign_in(manager).get(f"/alert/{alert.pk}/reasons/").content.decode()

    assert "参数版本1" in text
    assert "近期通话 <b>35.0分钟</b>" in text


@pytest.mark.django_db
def test_an_alert_whose_inputs_are_gone_says_so(sign_in, manager, customers, home):
    alert = AlertFactory(customer=customers.own, rule="W04")

    text = sign_in(manager).get(f"/alert/{alert.pk}/reasons/").content.decode()

    assert "不再保留" in text


@pytest.mark.django_db
def test_an_explanation_names_the_version_and_the_place_whose_numbers_judged(people, english):
    publish(
        NumberBook(overrides=(Override(Place("", 4), {"fall_percent": 90}),)),
        people,
        active_from=DAY,
    )

    reasons = reasons_for(judged("W04", version=2), {**FALLEN, "variant": 1})

    assert (reasons.version, reasons.place) == (2, "Diamond")
    assert "90" in dict(reasons.comparisons[-1].numbers).values()


@pytest.mark.parametrize(
    ("rule", "rank", "words"),
    [
        ("W11", 4, "Excellent since 2026-03-01. Of the highest standing: not to be suspended"),
        ("W11", 2, "Fair since 2026-03-01. Only the highest standing spares"),
        ("W04", 4, ""),
    ],
)
def test_before_a_suspension_the_credit_standing_is_told(people, sign_in, rule, rank, words):
    alert = AlertFactory(rule=rule, customer__manager=people.manager)
    StandingFactory(customer=alert.customer, level=level_of("credit", rank))
    browser = sign_in(people.manager, headers={"accept-language": "en"})

    page = browser.get(reverse("desk:alert_reasons", args=[alert.pk])).content.decode()

    assert words in page
    assert ("Credit standing" in page) is bool(words)
