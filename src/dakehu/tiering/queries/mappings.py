"""Which levels of two schemes mean much the same, and who stands where in both (T24)."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, F, FilteredRelation, IntegerField, QuerySet, When
from django.http import Http404
from django.utils.translation import gettext as _

from dakehu.tiering.choices import RulePlace, RuleState
from dakehu.tiering.models import Level, LevelMapping, Scheme, Standing
from dakehu.tiering.queries.kinds import kinds_of
from dakehu.tiering.queries.moves import holding, within
from dakehu.tiering.queries.schemes import get_scheme, schemes_known
from dakehu.tiering.queries.wording import name_of
from dakehu.tiering.rules.matching import Match, Pair, by_rank, matches_from

if TYPE_CHECKING:
    from dakehu.customers.models import Customer
    from dakehu.people.models import Staff


def pairs_of_schemes() -> list[tuple[Scheme, Scheme]]:
    """Return every two schemes once, as their mapping reads where there is one."""
    turned = set(LevelMapping.objects.order_by().values_list("scheme", "other").distinct())
    return [
        (right, left) if (right.pk, left.pk) in turned else (left, right)
        for left, right in combinations(schemes_known(), 2)
    ]


def get_pair(code: str, other: str) -> tuple[Scheme, Scheme]:
    """
    Return two schemes, as their mapping reads where there is one.

    :raises Http404: if one of them is unknown, or both are the same.
    """
    left, right = get_scheme(code), get_scheme(other)
    found = {frozenset((a.pk, b.pk)): (a, b) for a, b in pairs_of_schemes()}
    pair = found.get(frozenset((left.pk, right.pk)))
    if pair is None:
        raise Http404
    return pair


def versions_of_pair(scheme: Scheme, other: Scheme) -> QuerySet[LevelMapping]:
    """Return all versions of the matches of two schemes, the newest first."""
    found = LevelMapping.objects.filter(scheme=scheme, other=other)
    return found.select_related("proposed_by", "published_by").order_by("-number")


def get_mapping(scheme: Scheme, other: Scheme, number: int) -> LevelMapping:
    """
    Return one version of the matches of two schemes.

    :raises Http404: if there is none.
    """
    found = versions_of_pair(scheme, other).filter(number=number).first()
    if found is None:
        raise Http404
    return found


def mappings_in_force(*, on: date) -> list[LevelMapping]:
    """Return the matches that hold on a day, one version for each two schemes."""
    published = LevelMapping.objects.filter(state=RuleState.PUBLISHED, active_from__lte=on)
    newest: dict[tuple[int, int], LevelMapping] = {}
    for each in published.select_related("scheme", "other").order_by("active_from"):
        newest[each.scheme_id, each.other_id] = each
    return sorted(newest.values(), key=lambda each: (each.scheme.position, each.other.position))


def mapping_in_force(scheme: Scheme, other: Scheme, *, on: date) -> LevelMapping | None:
    """Return the matches of two schemes that hold on a day."""
    published = versions_of_pair(scheme, other).filter(
        state=RuleState.PUBLISHED, active_from__lte=on
    )
    return published.order_by("-active_from").first()


def place_of_mapping(
    mapping: LevelMapping, *, on: date, in_force: LevelMapping | None
) -> RulePlace:
    """Return where a version of matches stands on a day, given the one in force."""
    if mapping.state != RuleState.PUBLISHED:
        return RulePlace(mapping.state)
    if mapping.active_from > on:
        return RulePlace.COMING
    is_it = in_force is not None and in_force.pk == mapping.pk
    return RulePlace.IN_FORCE if is_it else RulePlace.SUPERSEDED


def mappings_to_look_at() -> QuerySet[LevelMapping]:
    """Return all versions of matches that hold, held, or wait, the newest first."""
    found = LevelMapping.objects.exclude(state=RuleState.WITHDRAWN)
    return found.select_related("scheme", "other").order_by(
        "scheme__position", "other__position", "-number"
    )


def mapping_numbered(pk: int | None) -> LevelMapping | None:
    """Return a version of matches by its record number, if there is one."""
    return None if pk is None else mappings_to_look_at().filter(pk=pk).first()


def pair_words(mapping: LevelMapping) -> str:
    """Return what matches are called: "Group tiers → IT service tiers, version 2"."""
    facts = {
        "scheme": name_of(mapping.scheme),
        "other": name_of(mapping.other),
        "number": mapping.number,
    }
    return _("%(scheme)s → %(other)s, version %(number)s") % facts


def matches_in(mapping: LevelMapping | None) -> tuple[Match, ...]:
    """Return the matches of a version; none without one."""
    return () if mapping is None else matches_from(mapping.pairs)


def are_about_same(scheme: Scheme, other: Scheme) -> bool:
    """Tell whether a customer can stand in both schemes."""
    return bool(set(kinds_of(scheme)) & set(kinds_of(other)))


def standings_beside(actor: "Staff", *, on: date) -> QuerySet[Any]:
    """
    Return the standings of a day within the actor's reach, ready to be put beside others.

    ``twin`` is any standing of the same customer on that day; see :func:`beside`.
    """
    held = Standing.objects.filter(holding(on), within(actor))
    twin = FilteredRelation("customer__standings", condition=holding(on, "customer__standings__"))
    return held.alias(twin=twin).select_related("level", "customer__unit", "customer__manager")


def beside(rows: QuerySet[Any], scheme_id: int, other_id: int) -> QuerySet[Any]:
    """Keep who stands in both schemes, with ``own``: the rank in the second one."""
    kept = rows.filter(scheme=scheme_id, twin__scheme=other_id)
    own: QuerySet[Any] = kept.annotate(own=F("twin__level__rank"), other_id=F("twin__scheme"))
    return own


def with_meant(rows: QuerySet[Any], matches: Iterable[Match]) -> QuerySet[Any]:
    """Add ``meant``: the rank in the second scheme that the level of the first one means."""
    cases = [When(level__rank=rank, then=to) for rank, to in by_rank(matches).items()]
    rank = Case(*cases, default=None, output_field=IntegerField())
    told: QuerySet[Any] = rows.annotate(meant=rank)
    return told


def agreeing(rows: QuerySet[Any], *, agree: bool) -> QuerySet[Any]:
    """Keep who stands as the matches say, or who does not; without a match nobody is judged."""
    judged = rows.filter(meant__isnull=False)
    return judged.filter(own=F("meant")) if agree else judged.exclude(own=F("meant"))


def pair_counts(actor: "Staff", scheme: Scheme, other: Scheme, *, on: date) -> dict[Pair, int]:
    """Count the customers within the actor's reach by their ranks in both schemes on a day."""
    rows: QuerySet[Any] = beside(standings_beside(actor, on=on), scheme.pk, other.pk)
    counted = rows.order_by().values("level__rank", "own").annotate(count=Count("pk"))
    told = counted.values_list("level__rank", "own", "count")
    return {(was, own): count for was, own, count in told}


def levels_by_scheme() -> dict[int, dict[int, Level]]:
    """Return all levels by scheme and rank, from the top."""
    found: dict[int, dict[int, Level]] = {}
    for level in Level.objects.filter(removed_at__isnull=True).order_by("scheme", "-rank"):
        found.setdefault(level.scheme_id, {})[level.rank] = level
    return found


def ranks_in_schemes(customer: "Customer", *, on: date) -> Mapping[int, int]:
    """Return where a customer stands on a day: the rank by scheme. From a query."""
    held = Standing.objects.filter(holding(on), customer=customer)
    return dict(held.values_list("scheme", "level__rank"))
