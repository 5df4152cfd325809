"""Filters of the lists of exports."""

import django_filters
from django.utils.translation import gettext_lazy as _

from dakehu.files.choices import ExportState
from dakehu.ui.filters import DayRangeFilter, YesNoFilter


class ExportFilter(django_filters.FilterSet):
    """What a list of exports can be narrowed by."""

    state = django_filters.ChoiceFilter(
        label=_("State"), choices=ExportState.choices, empty_label=_("All")
    )
    purpose = django_filters.CharFilter(label=_("Purpose"), lookup_expr="contains", max_length=60)
    requested = DayRangeFilter(field_name="requested_at", label=_("Asked for"))
    is_plain = YesNoFilter(label=_("In plain"))
