"""Asking a second person to publish."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dakehu.ui.filters import DayInput


class ProposeForm(forms.Form):
    """From which day on a version holds, and why."""

    active_from = forms.DateField(label=_("Holds from"), widget=DayInput)
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="propose_%s", **options)
