"""What evaluations that were asked for can be narrowed by."""

import django_filters
from django.utils.translation import gettext_lazy as _

from dakehu.tiering.choices import SimulationState
from dakehu.tiering.filters.levels import SchemeFilter


class RunFilter(django_filters.FilterSet):
    """By scheme and by how far they are."""

    scheme = SchemeFilter()
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=SimulationState.choices, empty_label=_("All")
    )
