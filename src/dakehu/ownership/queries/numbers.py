"""The numbers for owners: versions by date, proposed by one person and approved by another."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from dakehu.ownership.choices import RuleState
from dakehu.ownership.models import OwnerRule
from dakehu.ownership.values import OwnerNumbers

KNOWN = frozenset(field.name for field in fields(OwnerNumbers))


def numbers_from(kept: Mapping[str, Any]) -> OwnerNumbers:
    """Return the numbers that a row keeps; what it does not name is as it is by default."""
    named: dict[str, Any] = {name: kept[name] for name in KNOWN if name in kept}
    if "load_levels" in named:
        named["load_levels"] = tuple(named["load_levels"])
    if "languages" in named:
        named["languages"] = tuple((code, language) for code, language in named["languages"])
    return OwnerNumbers(**named)


def numbers_to_json(numbers: OwnerNumbers) -> dict[str, Any]:
    """Return the numbers as a row keeps them."""
    return {
        **asdict(numbers),
        "load_levels": list(numbers.load_levels),
        "languages": [list(pair) for pair in numbers.languages],
    }


def rules_known() -> QuerySet[OwnerRule]:
    """Return all versions of the numbers, the latest first; they are the same for everybody."""
    return OwnerRule.objects.select_related("proposed_by", "approved_by").order_by("-active_from")


def get_rule(pk: int) -> OwnerRule:
    """
    Return one version of the numbers.

    :raises Http404: if there is none with that number.
    """
    found = rules_known().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def rule_in_force(*, on: date) -> OwnerRule | None:
    """Return the approved version that holds on a day; nothing while the defaults hold."""
    approved = rules_known().filter(approved_at__isnull=False, removed_at__isnull=True)
    return approved.filter(active_from__lte=on).first()


def numbers_in_force(*, on: date) -> OwnerNumbers:
    """Return the numbers that hold on a day; the defaults until somebody sets others."""
    rule = rule_in_force(on=on)
    return numbers_from(rule.numbers) if rule else OwnerNumbers()


def state_of(rule: OwnerRule, *, on: date) -> RuleState:
    """Return where a version stands on a day."""
    if rule.removed_at is not None:
        return RuleState.REMOVED
    if rule.approved_at is None:
        return RuleState.PROPOSED
    if rule.active_from > on:
        return RuleState.COMING
    holding = rule_in_force(on=on)
    return RuleState.IN_FORCE if holding and holding.pk == rule.pk else RuleState.PAST
