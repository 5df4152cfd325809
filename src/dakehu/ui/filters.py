"""Filter fields that lists share, with widgets that work without scripts."""

from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from django_filters import widgets


class DayInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DayRangeInput(widgets.DateRangeWidget):
    """Two date pickers: from and to, both included."""

    template_name = "ui/widgets/range.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        forms.MultiWidget.__init__(
            self,
            (
                DayInput({"aria-label": _("From"), **(attrs or {})}),
                DayInput({"aria-label": _("To"), **(attrs or {})}),
            ),
        )


class NumberRangeInput(widgets.RangeWidget):
    """Two number boxes: from and to, both included."""

    template_name = "ui/widgets/range.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        forms.MultiWidget.__init__(
            self,
            (
                forms.NumberInput({"aria-label": _("From"), "placeholder": _("From")}),
                forms.NumberInput({"aria-label": _("To"), "placeholder": _("To")}),
            ),
        )


class DayFilter(django_filters.DateFilter):
    """One calendar date."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"widget": DayInput, **options})


class DayRangeFilter(django_filters.DateFromToRangeFilter):
    """Calendar dates from … to; the address has ``name_after`` and ``name_before``."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"widget": DayRangeInput, **options})


class NumberRangeFilter(django_filters.RangeFilter):
    """Numbers from … to; the address has ``name_min`` and ``name_max``."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"widget": NumberRangeInput, **options})


class YesNoFilter(django_filters.BooleanFilter):
    """Yes, no, or either."""

    def __init__(self, *args: Any, **options: Any) -> None:
        choices = (("", _("All")), ("true", _("Yes")), ("false", _("No")))
        widget = forms.Select(choices=choices)
        super().__init__(*args, **{"widget": widget, **options})
