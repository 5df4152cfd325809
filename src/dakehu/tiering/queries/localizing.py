"""Since when a city has a limit of its own, in words (T21)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from dakehu.people.queries import cities
from dakehu.tiering.models import RuleSet
from dakehu.tiering.queries.schemes import body_of, versions_published
from dakehu.tiering.queries.wording import city_words
from dakehu.tiering.rules.deciding import Met
from dakehu.tiering.rules.localizing import limits_in
from dakehu.tiering.values import Limit, TierRules


class OwnLimits:
    """The limits of cities in one version of the rules; what they need is read once, if at all."""

    def __init__(self, rule_set: RuleSet) -> None:
        self.rule_set = rule_set

    @cached_property
    def names(self) -> Mapping[str, Any]:
        """The cities by code."""
        return cities()

    @cached_property
    def versions(self) -> list[tuple[date, TierRules]]:
        """The published versions up to this one, the newest first: from when, and the rules."""
        on = self.rule_set.active_from or date.max
        found = versions_published(self.rule_set.scheme.code, on=on)
        told = [(each.active_from or date.min, body_of(each)) for each in found]
        return [(day, body) for day, body in told if isinstance(body, TierRules)]

    def plain(self, met: Met) -> tuple[Limit | Any, str]:
        """Return a comparison as everybody has them, and words for a city's own limit in it."""
        leaf = met.leaf
        if not isinstance(leaf, Limit) or not leaf.of_city:
            return leaf, ""
        facts = {"city": city_words(leaf.of_city, self.names), "day": self.since(leaf)}
        return replace(leaf, of_city=""), _("limit of %(city)s since %(day)s") % facts

    def since(self, limit: Limit) -> date | None:
        """Return from when on the city has had this limit without a break."""
        found = self.rule_set.active_from
        for day, rules in self.versions:
            if not any(is_same(each.limit, limit) for each in limits_in(rules)):
                break
            found = day
        return found


def is_same(limit: Limit, own: Limit) -> bool:
    """Tell whether a limit of a version is where a city's own number comes from."""
    number = limit.own_numbers.get(own.of_city)
    return (limit.measure, limit.operator, number) == (own.measure, own.operator, own.value)
