"""Target groups and their members, for those who may see them (T23)."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils.translation import gettext as _

from dakehu.customers.queries import customers_numbered
from dakehu.customers.queries.numbers import PROFILE
from dakehu.facts import measures as ms
from dakehu.people.policies import reach
from dakehu.people.queries import units_within
from dakehu.targets.choices import GroupState
from dakehu.targets.models import TargetGroup, TargetMember, TargetReading
from dakehu.targets.policies import DEFINE, VIEW
from dakehu.targets.queries.operands import UNIT, operands_for, units_below
from dakehu.targets.queries.records import PresentCustomers
from dakehu.tiering.queries.choosing import (
    Chosen,
    choosing,
    codes_in,
    named_for,
    read_condition,
)
from dakehu.tiering.queries.measures import measures_for, measures_named
from dakehu.tiering.queries.moves import standings_held
from dakehu.tiering.queries.trees import Node, node_of
from dakehu.tiering.queries.wording import condition_words, name_of
from dakehu.tiering.values import Whom

if TYPE_CHECKING:
    from dakehu.people.models import Staff, Unit

SAMPLE = 10


def groups_visible_to(actor: "Staff") -> QuerySet[TargetGroup]:
    """
    Return the groups that concern the actor.

    Those for units within their reach; once locked also those for a unit above theirs, of which
    they see their own members.
    """
    found = TargetGroup.objects.filter(removed_at__isnull=True)
    found = found.select_related("unit", "created_by", "locked_by", "closed_by", "work")
    if not actor.may(VIEW):
        return found.none()
    concerned = Q(unit__in=units_above(actor)) & ~Q(state=GroupState.DRAFT)
    if actor.may(DEFINE):
        concerned |= Q(unit__in=list(units_within(actor).values_list("pk", flat=True)))
    return found.filter(concerned)


def units_above(actor: "Staff") -> list[int]:
    """Return the actor's own unit and those above it."""
    return [int(each) for each in (actor.unit.path or "").strip("/").split("/") if each]


def groups_counted(actor: "Staff") -> QuerySet[TargetGroup]:
    """Return the groups for their list, with how many of the actor's customers each has."""
    mine = members_visible_to(actor).filter(dropped_on__isnull=True).order_by()
    counted = mine.filter(group=OuterRef("pk")).values("group").annotate(count=Count("pk"))
    return groups_visible_to(actor).annotate(
        size=Coalesce(Subquery(counted.values("count")), 0, output_field=IntegerField())
    )


def all_groups() -> QuerySet[TargetGroup]:
    """Return every group with its size, for the terminal, which sees everything."""
    mine = TargetMember.objects.filter(group=OuterRef("pk"), dropped_on__isnull=True).order_by()
    counted = mine.values("group").annotate(count=Count("pk")).values("count")
    found = TargetGroup.objects.filter(removed_at__isnull=True).select_related("unit", "work")
    size = Coalesce(Subquery(counted), 0, output_field=IntegerField())
    return found.annotate(size=size).order_by("pk")


def get_group(actor: "Staff", pk: int) -> TargetGroup:
    """
    Return one group.

    :raises Http404: if there is none with that number that concerns the actor.
    """
    found = groups_visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def part_handed_by(actor: "Staff", group: TargetGroup) -> "Unit | None":
    """
    Return the unit whose members an actor hands out of a group; None for everybody's.

    Of a group for a unit above theirs it is their own unit.
    """
    return None if units_within(actor).filter(pk=group.unit_id).exists() else actor.unit


def may_change(actor: "Staff", group: TargetGroup) -> bool:
    """Tell whether the actor may define a group: its unit lies within their reach."""
    return actor.may(DEFINE) and units_within(actor).filter(pk=group.unit_id).exists()


def members_visible_to(actor: "Staff") -> QuerySet[TargetMember]:
    """Return the members within the actor's reach, whatever became of the customers."""
    within = reach(
        actor,
        unit="customer__unit",
        owner="customer__manager",
        customer="customer",
        city="customer__city_code",
    )
    found = TargetMember.objects.filter(within)
    return found.select_related("customer__unit", "customer__manager", "group")


GONE = Q(customer__retained_at__isnull=False) | Q(customer__removed_at__isnull=False)


def members_now(actor: "Staff", group: TargetGroup) -> QuerySet[TargetMember]:
    """Return who belongs to a group now, as far as the actor sees them."""
    return members_visible_to(actor).filter(group=group, dropped_on__isnull=True)


def members_below(group: TargetGroup, units: Collection[int]) -> QuerySet[TargetMember]:
    """Return who belongs to a group now among the customers of some units, whoever asks."""
    rows = TargetMember.objects.filter(group=group, dropped_on__isnull=True)
    return rows.filter(customer__unit__in=list(units)).order_by("pk")


Part = tuple[int, int | None, int]
"""Unit, manager, and how many members."""


def parts_of(actor: "Staff", group: TargetGroup) -> list[Part]:
    """Count the members by unit and manager."""
    names = ("customer__unit", "customer__manager")
    counted = members_now(actor, group).order_by().values(*names).annotate(count=Count("pk"))
    return list(counted.values_list(*names, "count"))


def levels_within(actor: "Staff", group: TargetGroup, scheme: Any) -> dict[int | None, int]:
    """Count the members by their rank in a scheme; those without stand under None."""
    held = standings_held(scheme)
    counted = (
        members_now(actor, group)
        .order_by()
        .annotate(rank=Subquery(held.filter(customer=OuterRef("customer")).values("level__rank")))
        .values("rank")
        .annotate(count=Count("pk"))
    )
    return dict(counted.values_list("rank", "count"))


def readings_of(group: TargetGroup) -> list[TargetReading]:
    """Return how large a group was by every reading, in the order of days."""
    return list(group.readings.order_by("day"))


@dataclass(frozen=True)
class Told:
    """The condition of a group in words: as a tree, in one sentence, and what is wrong with it."""

    tree: Node | None = None
    words: str = ""
    problems: tuple[str, ...] = ()


def told_of(group: TargetGroup) -> Told:
    """Return the condition of a group in words; an empty one has no fault."""
    if not group.condition:
        return Told()
    operands = operands_for(group.kind)
    condition, problems = read_condition(group.condition, group.kind, operands)
    named = named_for(group.kind, operands)
    return Told(node_of(condition, named), condition_words(condition, named), tuple(problems))


def problems_of(group: TargetGroup) -> tuple[str, ...]:
    """Return what is wrong with the condition of a group, in words."""
    if not group.condition:
        return ()
    return tuple(read_condition(group.condition, group.kind, operands_for(group.kind))[1])


def unknown_of_prospects(group: TargetGroup) -> tuple[str, ...]:
    """Return the measures of a group's condition that no prospect has, by name."""
    if not group.with_prospects or not group.condition:
        return ()
    named = codes_in(group.condition)
    return tuple(
        name_of(each)
        for each in measures_for(group.kind)
        if each.code in named
        and any(map(is_of_files, measures_named([each.code], group.kind).values()))
    )


def is_of_files(measure: ms.Measure) -> bool:
    """Tell whether only the cities' files say something of a measure; they know no prospects."""
    source = measure.source
    if isinstance(source, ms.Newest):
        return source.column not in PROFILE
    return isinstance(source, (ms.Age, ms.Monthly, ms.Daily, ms.Silence))


@contextmanager
def chosen_by(group: TargetGroup, *, day: date) -> Iterator[Chosen]:
    """Choose the customers of a group's unit by its condition, which has no fault."""
    below = units_below()
    operands = operands_for(group.kind)
    condition, _problems = read_condition(group.condition, group.kind, operands)
    whole = group.unit.parent_id is None
    units = None if whole else below.get(group.unit_id, ())
    records = PresentCustomers(group.kind, units, group.with_prospects)
    with choosing(
        condition,
        whom=Whom(group.kind, group.with_prospects),
        operands=operands,
        records=records,
        day=day,
        wider={UNIT: below},
    ) as found:
        yield found


def sample_of(actor: "Staff", keys: list[int]) -> list[Any]:
    """Return those of some customers that the actor may see, to look at."""
    found = customers_numbered(actor, keys).select_related("unit", "manager")
    return sorted(found, key=lambda each: each.number)


def groups_of_customer(actor: "Staff", customer_id: int) -> list[TargetMember]:
    """Return to which locked or closed groups a customer belongs or belonged."""
    found = members_visible_to(actor).filter(customer=customer_id)
    known = groups_visible_to(actor).exclude(state=GroupState.DRAFT)
    return list(found.filter(group__in=known.values("pk")).order_by("-joined_on", "-pk"))


def groups_naming(code: str) -> list[str]:
    """Return in words which groups that are not closed name a measure; everybody's."""
    found = TargetGroup.objects.filter(removed_at__isnull=True).exclude(state=GroupState.CLOSED)
    return [
        _("the target group %(name)s") % {"name": group.name}
        for group in found.order_by("pk")
        if group.condition and code in codes_in(group.condition)
    ]
