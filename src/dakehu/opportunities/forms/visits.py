"""What is typed about a return visit after a sale (OP14)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dakehu.cases.choices import SupportNeed
from dakehu.opportunities.choices import SATISFACTION, Remedy, VisitForm
from dakehu.opportunities.values import Visited
from dakehu.ui.filters import DayInput


class SaleVisitForm(forms.Form):
    """How the customer was asked, what they said, what is left, what comes next."""

    form = forms.ChoiceField(label=_("How they were asked"), choices=VisitForm.choices)
    is_unreached = forms.BooleanField(label=_("Nobody was reached"), required=False)
    satisfaction = forms.TypedChoiceField(
        label=_("How content the customer is"),
        choices=[("", "–"), *SATISFACTION],
        coerce=int,
        empty_value=None,
        required=False,
    )
    opinion = forms.CharField(
        label=_("Opinion of the customer"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    left_open = forms.CharField(
        label=_("What is still to be done"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    remedy = forms.ChoiceField(label=_("It becomes"), choices=Remedy.choices)
    need = forms.ChoiceField(label=_("What support"), choices=SupportNeed.choices, required=False)
    wanted_on = forms.DateField(label=_("Wanted until"), widget=DayInput, required=False)
    next_need = forms.CharField(
        label=pgettext_lazy("a return visit", "What the customer may need next"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("It is taken in as an opportunity of its own."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="visit_%s", **options)

    @property
    def told(self) -> Visited:
        """What was typed; of a form that holds."""
        typed = dict(self.cleaned_data)
        is_unreached = typed.pop("is_unreached")
        return Visited(is_reached=not is_unreached, **typed)
