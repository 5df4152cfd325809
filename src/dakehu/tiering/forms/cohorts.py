"""What is typed to freeze a cohort."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dakehu.tiering.forms.levels import LeafForm
from dakehu.ui.filters import DayInput


class FreezeForm(LeafForm):
    """A name, a data day, and the bar: one comparison of a measure of individuals."""

    field_order = ("name", "day", "measure", "sign", "value", "at_bar")

    name = forms.CharField(label=_("Name of the cohort"), max_length=80)
    day = forms.DateField(
        label=_("Frozen as of"),
        widget=DayInput,
        help_text=_("Figures of months are those of the whole months before this day's month."),
    )
    at_bar = forms.BooleanField(
        label=_("Only members at the bar count as retained"),
        required=False,
        help_text=_("Otherwise all that are still active."),
    )

    def __init__(self, *args: Any, newest: date | None, **options: Any) -> None:
        initial = {"day": newest, **options.pop("initial", {})}
        super().__init__(
            *args,
            kind="INDIVIDUAL",
            initial=initial,
            without=("to_confirm", "firm", "missing_met"),
            auto_id="freeze_%s",
            **options,
        )
