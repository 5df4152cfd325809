"""Schemes, their levels and the versions of their rules; they are the same for everybody."""

from collections.abc import Mapping
from datetime import date

from django.db.models import QuerySet
from django.http import Http404

from dakehu.tiering.choices import RulePlace, RuleState
from dakehu.tiering.models import Level, RuleSet, Scheme
from dakehu.tiering.queries.wording import name_of
from dakehu.tiering.rules.bodies import body_from_data
from dakehu.tiering.values import Body


def schemes_known() -> QuerySet[Scheme]:
    """Return all schemes in their order."""
    return Scheme.objects.filter(removed_at__isnull=True).order_by("position", "pk")


def get_scheme(code: str) -> Scheme:
    """
    Return one scheme by its code.

    :raises Http404: if there is none.
    """
    found = schemes_known().filter(code=code).first()
    if found is None:
        raise Http404
    return found


def levels_of(scheme: Scheme) -> list[Level]:
    """Return the levels of a scheme from the top."""
    return list(scheme.levels.filter(removed_at__isnull=True).order_by("-rank"))


def versions_of(scheme: Scheme) -> QuerySet[RuleSet]:
    """Return all versions of the rules of a scheme, the newest first."""
    found = scheme.rule_sets.select_related("scheme", "created_by", "proposed_by", "published_by")
    return found.order_by("-number")


def get_version(scheme: Scheme, number: int) -> RuleSet:
    """
    Return one version of the rules of a scheme.

    :raises Http404: if there is none.
    """
    found = versions_of(scheme).filter(number=number).first()
    if found is None:
        raise Http404
    return found


def rules_in_force(scheme: Scheme, *, on: date) -> RuleSet | None:
    """Return the published version that holds on a day; nothing before the first one."""
    return versions_published(scheme.code, on=on).first()


def versions_published(code: str, *, on: date) -> QuerySet[RuleSet]:
    """Return what was published for a scheme up to a day, the one in force on it first."""
    found = RuleSet.objects.filter(scheme__code=code, state=RuleState.PUBLISHED)
    return found.filter(active_from__lte=on).order_by("-active_from")


def body_of(rule_set: RuleSet) -> Body:
    """Return the rules of a version as a value."""
    return body_from_data(rule_set.body)


def place_of(rule_set: RuleSet, *, on: date, in_force: RuleSet | None) -> RulePlace:
    """Return where a version stands on a day, given the one in force."""
    if rule_set.state != RuleState.PUBLISHED:
        return RulePlace(rule_set.state)
    if rule_set.active_from is not None and rule_set.active_from > on:
        return RulePlace.COMING
    is_it = in_force is not None and in_force.pk == rule_set.pk
    return RulePlace.IN_FORCE if is_it else RulePlace.SUPERSEDED


def level_names(scheme: Scheme) -> Mapping[int, Level]:
    """Return the levels of a scheme by rank."""
    return {level.rank: level for level in levels_of(scheme)}


def level_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the levels of all schemes, by scheme, for choosing one of them."""
    return [
        (name_of(scheme), [(str(level.pk), name_of(level)) for level in levels_of(scheme)])
        for scheme in schemes_known()
    ]
