"""Filters of the staff list."""

from typing import Any

import django_filters
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dakehu.people.queries import units_within
from dakehu.ui.filters import YesNoFilter


class UnitFilter(django_filters.ModelChoiceFilter):
    """A unit with everything below it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=_("Unit"),
            empty_label=_("All"),
            queryset=lambda request: units_within(request.user),
            **options,
        )

    def filter(self, rows: QuerySet[Any], unit: Any) -> QuerySet[Any]:
        return rows if unit is None else rows.filter(unit__path__startswith=unit.path)


class StaffFilter(django_filters.FilterSet):
    """What the staff list can be narrowed by."""

    words = django_filters.CharFilter(
        method="with_words", label=_("Name, user name or staff number"), max_length=60
    )
    role = django_filters.ChoiceFilter(
        label=_("Role"),
        choices=[(role.code, role.name) for role in settings.ROLES],
        empty_label=_("All"),
    )
    unit = UnitFilter()
    is_active = YesNoFilter(label=_("Account enabled"))

    def with_words(self, rows: QuerySet[Any], name: str, typed: str) -> QuerySet[Any]:
        for word in typed.split():
            rows = rows.filter(
                Q(name__icontains=word) | Q(username__icontains=word) | Q(staff_no__icontains=word)
            )
        return rows
