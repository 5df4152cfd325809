"""Filters of the list of imports."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from dakehu.files.choices import ImportState
from dakehu.ui import imports
from dakehu.ui.filters import DayRangeFilter


class ImportFilter(django_filters.FilterSet):
    """What the list of imports can be narrowed by."""

    file = django_filters.CharFilter(
        field_name="file_name", lookup_expr="icontains", label=_("File"), max_length=60
    )
    name = django_filters.ChoiceFilter(label=_("Import"), empty_label=_("All"))
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=ImportState.choices, empty_label=_("All")
    )
    day = DayRangeFilter(field_name="at__date", label=_("Uploaded"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(screen.name, screen.title) for screen in imports.known()]
        self.filters["name"].extra["choices"] = choices
