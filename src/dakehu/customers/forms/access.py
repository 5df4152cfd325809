"""What people type about customers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dakehu.customers.choices import PersonalValue, Purpose


class RevealForm(forms.Form):
    """Which masked value is wanted, and why."""

    value = forms.ChoiceField(choices=PersonalValue.choices, widget=forms.HiddenInput)
    purpose = forms.ChoiceField(label=_("Purpose"), choices=Purpose.choices)
