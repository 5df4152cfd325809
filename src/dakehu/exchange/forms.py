"""The form on which a training is asked for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dakehu.ui.filters import DayInput


class TrainingForm(forms.Form):
    """Which days to learn from and examine on, and who counts as leaving."""

    first = forms.DateField(label=_("First day to learn from"), widget=DayInput)
    last = forms.DateField(label=_("Last day to examine on"), widget=DayInput)
    horizon = forms.IntegerField(
        label=_("Days ahead"),
        min_value=1,
        max_value=180,
        help_text=_("Who leaves within so many days after a day counts as leaving."),
    )
    every = forms.IntegerField(
        label=_("Take every so many days"),
        min_value=1,
        max_value=31,
        help_text=_("Fewer days train quicker; neighbouring days tell nearly the same."),
    )
