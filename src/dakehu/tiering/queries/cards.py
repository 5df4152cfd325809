"""The numbers of the individual card level: those in force on a day, and those once used (T18)."""

from dataclasses import replace
from datetime import date

from dakehu.facts.features import Program
from dakehu.tiering.choices import CARD_LEVEL
from dakehu.tiering.models import RuleSet
from dakehu.tiering.queries.schemes import body_of, versions_published
from dakehu.tiering.rules.card import card_program
from dakehu.tiering.values import CardNumbers


def card_level_program(day: date) -> Program:
    """Return the card level of individuals with the numbers in force on a data day (T18)."""
    return card_program(card_numbers(day))


def card_numbers(day: date) -> CardNumbers:
    """Return the numbers in force on a data day; those shipped before any were published."""
    in_force = versions_published(CARD_LEVEL, on=day).first()
    return numbers_of(in_force) if in_force else CardNumbers()


def card_numbers_numbered(version: int) -> CardNumbers:
    """Return the numbers of one version; those shipped for a version that is not known."""
    found = RuleSet.objects.filter(scheme__code=CARD_LEVEL, number=version).first()
    return numbers_of(found) if found else CardNumbers()


def own_since(numbers: CardNumbers, city: str) -> date | None:
    """Return from when on a city has had its own numbers of a version without a break (T21)."""
    found = None
    held = RuleSet.objects.filter(scheme__code=CARD_LEVEL, number=numbers.version).first()
    for each in versions_published(CARD_LEVEL, on=(held and held.active_from) or date.max):
        if numbers_of(each).own_of(city) != numbers.own_of(city):
            break
        found = each.active_from
    return found


def numbers_of(rule_set: RuleSet) -> CardNumbers:
    """Return the numbers of a version as a value that knows its version."""
    body = body_of(rule_set)
    if not isinstance(body, CardNumbers):
        raise TypeError(f"version {rule_set.number} of the card level has no numbers of cards")
    return replace(body, version=rule_set.number)
