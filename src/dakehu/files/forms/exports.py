"""What people type about exports of personal data."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

SHORTEST_PURPOSE = 4
LONGEST_QUERY = 4000
MASKED, PLAIN = "masked", "plain"


class ExportForm(forms.Form):
    """Which columns of a list are wanted, in plain or masked, and what for."""

    screen = forms.CharField(max_length=80, widget=forms.HiddenInput)
    query = forms.CharField(max_length=LONGEST_QUERY, required=False, widget=forms.HiddenInput)
    columns = forms.MultipleChoiceField(
        label=_("Columns wanted"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one column.")},
    )
    values = forms.ChoiceField(
        label=_("Personal values"),
        choices=((MASKED, _("Masked")), (PLAIN, _("In plain"))),
        initial=MASKED,
        widget=forms.RadioSelect,
    )
    purpose = forms.CharField(
        label=_("Purpose"),
        min_length=SHORTEST_PURPOSE,
        max_length=200,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("For whom and for what. It stands in the file and in the log."),
    )

    def __init__(
        self, *args: Any, columns: Iterable[tuple[str, str]], may_plain: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["columns"].choices = tuple(columns)
        if not may_plain:
            self.fields["values"].choices = ((MASKED, _("Masked")),)

    @property
    def is_plain(self) -> bool:
        """Tell whether personal values are wanted in plain."""
        return bool(self.cleaned_data["values"] == PLAIN)


class DecisionForm(forms.Form):
    """Whether an export is released, and why not."""

    note = forms.CharField(
        label=_("Note"),
        max_length=200,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Needed when you refuse; the requester reads it."),
    )
