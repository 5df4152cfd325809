"""Filters of the lists of people, of leave and shares, and of the logs."""

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import Any, ClassVar

import django_filters
from django import forms
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from dakehu.audit.choices import SUBJECT_CLASSES, AccessVerb, ChangeVerb
from dakehu.people.choices import ShareSubject, SkillKind
from dakehu.people.queries import (
    authorities_in_files,
    overloaded_staff,
    person_named,
    product_names,
    roles_known,
    units_within,
    words_in_files,
)
from dakehu.ui.filters import DayRangeFilter, YesNoFilter
from dakehu.ui.picking import PickFilter


class UnitFilter(django_filters.ModelChoiceFilter):
    """A unit with everything below it; ``path`` leads to the path of a row's unit."""

    def __init__(self, path: str = "unit__path", **options: Any) -> None:
        self.path = path
        super().__init__(
            label=_("Unit"),
            empty_label=_("All"),
            queryset=lambda request: units_within(request.user),
            **options,
        )

    def filter(self, rows: QuerySet[Any], unit: Any) -> QuerySet[Any]:
        return rows if unit is None else rows.filter(**{f"{self.path}__startswith": unit.path})


class EntryFilter(django_filters.ChoiceFilter):
    """People in whose file a line says what was chosen; removed lines say nothing."""

    def __init__(self, related: str, choices: Callable[[], Any], **options: Any) -> None:
        self.fixed = options.pop("fixed", {})
        self.related = related
        super().__init__(choices=choices, empty_label=_("All"), **options)

    def filter(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not value:
            return rows
        lines = rows.model._meta.get_field(self.related).related_model._default_manager
        found = lines.filter(removed_at=None, **{self.field_name: value}, **self.fixed)
        return rows.filter(pk__in=found.values("staff"))


def role_choices() -> list[tuple[str, Any]]:
    """Return all roles by code."""
    return [(role.code, role.name) for role in roles_known()]


def words_of(kind: SkillKind) -> Callable[[], list[tuple[str, str]]]:
    """Return what offers the skills or languages that people have."""
    return lambda: [(word, word) for word in words_in_files(kind)]


def authority_choices() -> list[tuple[str, str]]:
    """Return the products for which somebody has an authority."""
    names = product_names()
    return [(code, names.get(code, code)) for code in authorities_in_files()]


class RemovedStaffFilter(django_filters.FilterSet):
    """What the list of removed people can be narrowed by."""

    words = django_filters.CharFilter(
        method="with_words", label=_("Name, user name or staff number"), max_length=60
    )

    def with_words(self, rows: QuerySet[Any], name: str, typed: str) -> QuerySet[Any]:
        for word in typed.split():
            rows = rows.filter(
                Q(name__icontains=word) | Q(username__icontains=word) | Q(staff_no__icontains=word)
            )
        return rows


class StaffFilter(RemovedStaffFilter):
    """What the staff list can be narrowed by."""

    role = django_filters.ChoiceFilter(label=_("Role"), choices=role_choices, empty_label=_("All"))
    unit = UnitFilter()
    skill = EntryFilter(
        "skills",
        words_of(SkillKind.SKILL),
        field_name="name",
        label=_("Skill"),
        fixed={"kind": SkillKind.SKILL},
    )
    language = EntryFilter(
        "skills",
        words_of(SkillKind.LANGUAGE),
        field_name="name",
        label=_("Language"),
        fixed={"kind": SkillKind.LANGUAGE},
    )
    authority = EntryFilter(
        "authorities",
        authority_choices,
        field_name="product_code",
        label=_("Business authority"),
    )
    is_away = YesNoFilter(label=_("Away today"))
    can_log_in = YesNoFilter(method="with_log_in", label=_("Can log in"))
    is_overloaded = YesNoFilter(method="with_load", label=_("Over-loaded"))
    is_core_partner = YesNoFilter(label=_("Core partner"))
    is_active = YesNoFilter(label=_("Account enabled"))

    def with_log_in(self, rows: QuerySet[Any], name: str, wanted: bool) -> QuerySet[Any]:
        without = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX) | Q(is_active=False)
        return rows.exclude(without) if wanted else rows.filter(without)

    def with_load(self, rows: QuerySet[Any], name: str, wanted: bool) -> QuerySet[Any]:
        found = overloaded_staff(self.request.user)
        return rows.filter(pk__in=found) if wanted else rows.exclude(pk__in=found)


class ShareFilter(django_filters.FilterSet):
    """What the list of shares can be narrowed by."""

    when = django_filters.ChoiceFilter(
        label=_("When"),
        choices=[("now", _("In force")), ("over", _("Over")), ("withdrawn", _("Withdrawn"))],
        empty_label=_("All"),
        method="with_time",
    )
    subject = django_filters.ChoiceFilter(
        label=_("Of what"), choices=ShareSubject.choices, empty_label=_("All")
    )
    whose = django_filters.ChoiceFilter(
        label=_("Whose"),
        choices=[("to", _("Shared with me")), ("by", _("Shared by me"))],
        empty_label=_("All"),
        method="with_side",
    )
    words = django_filters.CharFilter(
        method="with_words", label=_("What, with whom or why"), max_length=60
    )
    expires_at = DayRangeFilter(label=_("Ends"))

    def with_time(self, rows: QuerySet[Any], name: str, when: str) -> QuerySet[Any]:
        if when == "withdrawn":
            return rows.filter(removed_at__isnull=False)
        present = rows.filter(removed_at__isnull=True)
        over = Q(expires_at__lte=Now())
        return present.filter(over) if when == "over" else present.exclude(over)

    def with_side(self, rows: QuerySet[Any], name: str, side: str) -> QuerySet[Any]:
        return rows.filter(**{"staff" if side == "to" else "by": self.request.user})

    def with_words(self, rows: QuerySet[Any], name: str, typed: str) -> QuerySet[Any]:
        for word in typed.split():
            rows = rows.filter(
                Q(subject_name__icontains=word)
                | Q(staff__name__icontains=word)
                | Q(reason__icontains=word)
            )
        return rows


class LeaveFilter(django_filters.FilterSet):
    """What the list of leaves can be narrowed by."""

    when = django_filters.ChoiceFilter(
        label=_("When"),
        choices=[("now", _("Away now")), ("coming", _("To come")), ("over", _("Over"))],
        empty_label=_("All"),
        method="with_time",
    )
    unit = UnitFilter(path="staff__unit__path")
    deputy = PickFilter(label=_("Deputy"), find=person_named, options="people:staff_options")
    starts_at = DayRangeFilter(label=_("Begins on"))

    def with_time(self, rows: QuerySet[Any], name: str, when: str) -> QuerySet[Any]:
        if when == "now":
            return rows.filter(starts_at__lte=Now(), ends_at__gt=Now())
        if when == "coming":
            return rows.filter(starts_at__gt=Now())
        return rows.filter(ends_at__lte=Now())


class ActorFilter(PickFilter):
    """Rows of the log of one person, who is known there by number."""

    def filter(self, rows: QuerySet[Any], picked: Any) -> QuerySet[Any]:
        return rows.filter(actor_id=picked.pk) if picked else rows


class SubjectFilter(django_filters.FilterSet):
    """What both logs can be narrowed by: when, and which record."""

    at = DayRangeFilter(label=_("When"))
    about = django_filters.ChoiceFilter(
        label=_("Class"),
        choices=list(SUBJECT_CLASSES.items()),
        empty_label=_("All"),
        method="in_class",
    )
    words = django_filters.CharFilter(method="with_words", label=_("Words"), max_length=60)
    subject = django_filters.CharFilter(field_name="subject_type", widget=forms.HiddenInput)
    number = django_filters.NumberFilter(field_name="subject_id", widget=forms.HiddenInput)
    searched: ClassVar[tuple[str, ...]] = ("subject_name",)

    def in_class(self, rows: QuerySet[Any], name: str, app: str) -> QuerySet[Any]:
        return rows.filter(subject_type__startswith=f"{app}.")

    def with_words(self, rows: QuerySet[Any], name: str, typed: str) -> QuerySet[Any]:
        for word in typed.split():
            told = (Q(**{f"{each}__icontains": word}) for each in self.searched)
            rows = rows.filter(reduce(or_, told))
        return rows


class AccessFilter(SubjectFilter):
    """What the access log can be narrowed by."""

    actor = ActorFilter(label=_("Who"), find=person_named, options="people:staff_options")
    verb = django_filters.ChoiceFilter(
        label=_("Operation"), choices=AccessVerb.choices, empty_label=_("All")
    )
    searched = ("subject_name", "detail")


class ChangeFilter(SubjectFilter):
    """What the change log can be narrowed by."""

    actor = ActorFilter(label=_("Who"), find=person_named, options="people:staff_options")
    verb = django_filters.ChoiceFilter(
        label=_("Operation"), choices=ChangeVerb.choices, empty_label=_("All")
    )
    searched = ("subject_name", "reason")


class OwnLogFilter(SubjectFilter):
    """What one's own log can be narrowed by."""

    verb = django_filters.ChoiceFilter(
        label=_("Operation"), choices=ChangeVerb.choices, empty_label=_("All")
    )
    searched = ("subject_name", "reason")
