"""What people type to see a masked value."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dakehu.customers.choices import DetailKind, PersonalValue, Purpose

PERSON = "person"


class RevealForm(forms.Form):
    """Which masked value is wanted, whose it is, and why."""

    value = forms.ChoiceField(choices=PersonalValue.choices, widget=forms.HiddenInput)
    purpose = forms.ChoiceField(label=_("Purpose"), choices=Purpose.choices)
    kind = forms.ChoiceField(
        choices=[*DetailKind.choices, (PERSON, PERSON)], required=False, widget=forms.HiddenInput
    )
    number = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    @property
    def place(self) -> str:
        """What tells the value from others on the page; nothing that was not understood."""
        told: dict[str, Any] = getattr(self, "cleaned_data", {})
        parts = (told.get(name) for name in ("value", "kind", "number"))
        return "-".join(str(part) for part in parts if part)
