"""A person's file for those who may read it: the person, the lines of the file (M1, M4)."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import models
from django.http import Http404

from dakehu.people.choices import SkillKind
from dakehu.people.models import (
    BusinessAuthority,
    PartnerArea,
    Post,
    Skill,
    Staff,
    Training,
)
from dakehu.people.policies import may, require, require_file
from dakehu.people.queries.units import units_within
from dakehu.people.querysets import StaffQuerySet

ENTRY_MODELS: dict[str, type[models.Model]] = {
    "skills": Skill,
    "trainings": Training,
    "posts": Post,
    "authorities": BusinessAuthority,
    "areas": PartnerArea,
}
"""The kinds of lines in a person's file."""

ORDERS = {
    "skills": ("kind", "name"),
    "trainings": ("-starts_on", "-pk"),
    "posts": ("-starts_on", "-pk"),
    "authorities": ("product_code", "action"),
    "areas": ("unit__path",),
}

REMOVED_SHOWN = 5

ProductNames = Callable[[], Mapping[str, str]]
Overloaded = Callable[[Staff], Iterable[int]]
_product_names: list[ProductNames] = []
_overloaded: list[Overloaded] = []


def staff_listed(actor: Staff) -> StaffQuerySet:
    """Return the staff within reach for a list: with their unit, and whether they are away."""
    units = list(units_within(actor).values_list("pk", flat=True))
    staff: StaffQuerySet = Staff.objects.present()
    found = staff.filter(unit__in=units).select_related("unit").with_absence()
    return found.order_by("unit__path", "name", "pk")


def removed_staff(actor: Staff) -> StaffQuerySet:
    """Return the people who were removed, for those who may bring them back."""
    staff: StaffQuerySet = Staff.objects.filter(removed_at__isnull=False)
    if not may(actor, "people.manage"):
        return staff.none()
    units = list(units_within(actor).values_list("pk", flat=True))
    return staff.filter(unit__in=units).select_related("unit").order_by("-removed_at", "pk")


def get_staff(actor: Staff, pk: int) -> Staff:
    """
    Return a person whose file the actor may read: within reach, or the actor's own.

    :raises Http404: if there is none such; who was removed is found only by who may restore.
    """
    if pk == actor.pk:
        own: Staff = Staff.objects.select_related("unit").get(pk=pk)
        return own
    for staff in (staff_listed(actor), removed_staff(actor)):
        found: Staff | None = staff.filter(pk=pk).first()
        if found:
            return found
    raise Http404


def get_revealable(actor: Staff, pk: int) -> Staff:
    """
    Return a person whose masked values the actor may see in plain.

    :raises PermissionDenied: if the role may not, and it is not one's own file.
    :raises Http404: as :func:`get_staff`.
    """
    require_file(actor, pk)
    if pk != actor.pk:
        require(actor, "people.reveal")
    return get_staff(actor, pk)


def entries_of(staff: Staff, kind: str) -> list[Any]:
    """Return the lines of one kind in a person's file, in their own order."""
    return list(entries(staff, kind).filter(removed_at__isnull=True).order_by(*ORDERS[kind]))


def removed_entries(staff: Staff, kind: str) -> list[Any]:
    """Return the lines that were taken out of a person's file last."""
    found = entries(staff, kind).filter(removed_at__isnull=False).order_by("-removed_at", "pk")
    return list(found[:REMOVED_SHOWN])


def entries(staff: Staff, kind: str) -> models.QuerySet[Any]:
    """Return all lines of one kind, with what their words need."""
    found = ENTRY_MODELS[kind]._default_manager.filter(staff=staff)
    return found.select_related("unit") if kind == "areas" else found


def get_entry(staff: Staff, kind: str, pk: int) -> Any:
    """
    Return one line of a person's file, be it removed.

    :raises Http404: if the file has no such line.
    """
    found = ENTRY_MODELS[kind]._default_manager.filter(staff=staff, pk=pk).first()
    if found is None:
        raise Http404
    return found


def register_product_names(names: ProductNames) -> None:
    """Let an upper app say what products are called, by their code."""
    if names not in _product_names:
        _product_names.append(names)


def product_names() -> dict[str, str]:
    """Return what products are called, by their code; empty while nobody says."""
    return {code: name for names in _product_names for code, name in names().items()}


def register_overload(overloaded: Overloaded) -> None:
    """Let an upper app say who looks after more customers than they can."""
    if overloaded not in _overloaded:
        _overloaded.append(overloaded)


def overloaded_staff(actor: Staff) -> set[int]:
    """Return the numbers of those within reach who look after more than they can."""
    return {number for overloaded in _overloaded for number in overloaded(actor)}


def words_in_files(field: str) -> list[str]:
    """Return the skills or languages that people have, for a filter to choose from."""
    found = Skill.objects.filter(kind=field, removed_at__isnull=True).order_by("name")
    return list(found.values_list("name", flat=True).distinct())


def authorities_in_files() -> list[str]:
    """Return the codes of the products for which somebody has an authority."""
    found = BusinessAuthority.objects.filter(removed_at__isnull=True).order_by("product_code")
    return list(found.values_list("product_code", flat=True).distinct())


def skills_of_people(people: Any) -> dict[int, list[str]]:
    """Return the names of the skills that people have, by person; languages do not count."""
    rows = Skill.objects.filter(
        staff__in=people, kind=SkillKind.SKILL, removed_at__isnull=True
    ).order_by("name")
    found: dict[int, list[str]] = {}
    for person, name in rows.values_list("staff", "name"):
        found.setdefault(person, []).append(name)
    return found
