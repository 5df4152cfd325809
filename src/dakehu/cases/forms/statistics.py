"""What figures of requests are asked for: days, steps, kind, product, unit."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dakehu.cases.choices import CaseKind
from dakehu.cases.queries.statistics import units_offered
from dakehu.cases.rules.statistics import DAYS, MONTHS, WEEKS, period_of, step_that_fits
from dakehu.cases.values import Asked
from dakehu.people.queries import product_names

DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class StatisticsForm(forms.Form):
    """Of what figures are wanted; whatever is not understood counts as not asked for."""

    first = forms.DateField(label=_("From"), required=False, widget=DAY)
    last = forms.DateField(label=_("To"), required=False, widget=DAY)
    step = forms.ChoiceField(
        label=_("In steps of"),
        required=False,
        choices=(
            ("", _("What fits")),
            (DAYS, _("Every day")),
            (WEEKS, _("Week by week")),
            (MONTHS, _("Month by month")),
        ),
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=(("", _("All")), *CaseKind.choices)
    )
    product = forms.ChoiceField(label=_("Product"), required=False)
    unit = forms.ModelChoiceField(
        label=_("Unit of the customer"), queryset=None, required=False, empty_label=_("All")
    )

    def __init__(self, *args: Any, actor: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="statistics_%s", **options)
        product: Any = self.fields["product"]
        names = sorted(product_names().items(), key=lambda pair: pair[1])
        product.choices = [("", _("All")), *names]
        unit: Any = self.fields["unit"]
        unit.queryset = units_offered(actor)

    def asked(self, *, today: date) -> Asked:
        """Return what is asked for."""
        self.is_valid()
        typed = self.cleaned_data
        first, last = period_of(typed.get("first"), typed.get("last"), today=today)
        return Asked(
            first=first,
            last=last,
            step=typed.get("step") or step_that_fits(first, last),
            kind=typed.get("kind") or "",
            product=typed.get("product") or "",
            unit=typed.get("unit"),
        )
