"""The sentence that says when a warning fires follows the numbers, in both languages."""

from dataclasses import replace

import pytest
from django.utils import translation

from dakehu.alerts.choices import Rule
from dakehu.alerts.queries.firing import fires_elsewhere, fires_when, only_alive
from dakehu.alerts.queries.numbers import OF_RULE
from dakehu.alerts.values import NumberBook, Override, Place, WarningNumbers

SHIPPED = WarningNumbers()
# The sentence of the score says the bar; the points of each sign stand below it.
SAID = [
    (rule, name)
    for rule, names in OF_RULE.items()
    for name in names
    if rule != "W10" or name in {"leaving_score", "leaving_cap"}
]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(("rule", "name"), SAID)
def test_each_number_of_a_warning_is_in_its_sentence(rule, name, language):
    value = 120 if name.endswith("_s") else 5 if name == "event_mask" else 97
    other = replace(SHIPPED, **{name: value})

    with translation.override(language):
        assert fires_when(rule, other) != fires_when(rule, SHIPPED)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("rule", Rule.values)
def test_every_warning_says_in_one_sentence_when_it_fires(rule, language):
    with translation.override(language):
        said = fires_when(rule, SHIPPED)

    assert said.startswith("Fires ") == (language == "en")
    assert said.count("." if language == "en" else "。") == 1
    assert "%(" not in said


def test_the_sentence_of_a_fall_names_share_days_and_guards():
    with translation.override("en"):
        assert fires_when("W04", replace(SHIPPED, fall_percent=60)) == (
            "Fires when voice of the last 7 days falls below 60 % of that of the 30 days before, "
            "compared per delivered day; only with at least 30 minutes before, and for customers "
            "of more than 37 days."
        )


def test_the_numbers_of_a_city_are_told_only_where_they_differ(monkeypatch):
    monkeypatch.setattr("dakehu.alerts.queries.firing.place_words", lambda place: place.key)
    book = NumberBook(
        overrides=(
            Override(Place("02"), {"fall_percent": 50}),
            Override(Place("", 4), {"hotline_calls": 2}),
        )
    )

    told = dict(fires_elsewhere("W04", book))

    assert sorted(told) == ["02-4", "02-all"]
    assert all("50" in words for words in told.values())
    assert fires_elsewhere("W08", book) == []


def test_only_warnings_of_use_say_which_numbers_count():
    assert "9" in only_alive("W01", replace(SHIPPED, alive_days=9))
    assert [only_alive(rule, SHIPPED) for rule in ("W09", "W12", "W14")] == [""] * 3
