"""The form on which a model is proposed."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ProposeForm(forms.Form):
    """Why a model shall rank; ``version`` is the model's as it stood on the screen."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    remark = forms.CharField(
        label=_("Why it shall rank"),
        max_length=200,
        help_text=_("Whoever publishes it reads this first."),
    )
