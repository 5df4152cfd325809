"""Filters of the list of calendars."""

import django_filters
from django.utils.translation import gettext_lazy as _

from dakehu.people.choices import UnitKind


class CalendarFilter(django_filters.FilterSet):
    """Units by name and kind."""

    name = django_filters.CharFilter(lookup_expr="contains", label=_("Unit"), max_length=40)
    kind = django_filters.ChoiceFilter(choices=UnitKind.choices, label=_("Kind"))
