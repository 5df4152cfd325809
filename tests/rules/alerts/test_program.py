"""The program of the warnings: complete, adjustable, and able to explain itself."""

from dataclasses import fields, replace
from datetime import date

import pytest

from dakehu.alerts.rules import explain, program_for
from dakehu.alerts.rules.inputs import features_for
from dakehu.alerts.rules.program import warning
from dakehu.alerts.values import CODES, WarningNumbers
from dakehu.facts.features import UsageSum
from dakehu.rulekit.walking import named_in

D = date(2026, 3, 20)
NUMBERS = WarningNumbers()
NOTHING = dict.fromkeys(feature.name for feature in features_for(D, NUMBERS))
CALLED = NOTHING | {"newest_age": 0, "newest_status": 0, "hotline_recent": 4}

WINDOWS = {"version", "alive_days", "recent_days", "earlier_days", "payment_days", "idle_days"}
WINDOWS |= {"leaving_complaint_days", "funds_charge_days"}


def test_the_program_has_every_warning_once_and_in_order():
    assert tuple(rule.code for rule in program_for(D, NUMBERS).signals) == CODES


def test_every_input_of_a_rule_is_a_feature_and_every_feature_is_read():
    program = program_for(D, NUMBERS)
    named = {leaf.name for part in program.expressions() for leaf in named_in(part)}

    features = {feature.name for feature in program.features}

    assert features <= named
    assert named - features <= {field.name for field in fields(WarningNumbers)}


def test_every_number_is_read_by_a_rule_or_makes_a_window():
    program = program_for(D, NUMBERS)
    named = {leaf.name for part in program.expressions() for leaf in named_in(part)}

    assert {field.name for field in fields(WarningNumbers)} - named == WINDOWS


def test_windows_follow_their_numbers():
    numbers = replace(NUMBERS, recent_days=5, earlier_days=10)

    sums = {f.name: f for f in features_for(D, numbers) if isinstance(f, UsageSum)}

    assert len(list(sums["voice_recent"].window.span(D))) == 5
    assert len(list(sums["voice_earlier"].window.span(D))) == 10
    assert sums["voice_earlier"].window.span(D).last == date(2026, 3, 15)


def test_an_explanation_shows_evidence_comparison_and_version():
    explanation = explain("W01", inputs=CALLED, numbers=replace(NUMBERS, version=4))

    assert (explanation.fired, explanation.a, explanation.b) == (True, 4, 3)
    assert explanation.version == 4
    compared = explanation.finding.parts[-1]
    assert (compared.operator, compared.left, compared.right) == (">=", 4, 3)
    assert {seen.name: seen.value for seen in compared.seen} == {
        "hotline_recent": 4,
        "hotline_calls": 3,
    }


def test_an_explanation_says_why_nothing_fired():
    explanation = explain("W01", inputs=CALLED | {"newest_status": 4}, numbers=NUMBERS)

    assert not explanation.fired
    assert [part.held for part in explanation.finding.parts] == [False, True]


def test_the_leaving_score_is_explained_part_by_part():
    inputs = CALLED | {"today_status": 0, "complaints": 1, "zero_call_rows": 3}

    explanation = explain("W10", inputs=inputs, numbers=NUMBERS)

    points = {part.name: part.points for part in explanation.parts if part.points}
    assert points == {"hotline": 10, "complaints": 5, "zero_calls": 15}
    assert explanation.a == sum(points.values())
    hotline = next(part for part in explanation.parts if part.name == "hotline")
    assert hotline.findings[0].held
    assert any(seen.name == "hotline_recent" and seen.value == 4 for seen in hotline.seen)


def test_there_is_no_thirteenth_warning():
    with pytest.raises(KeyError):
        warning("W13")
