"""What is typed after the claim: a stage with its notes, what was signed (OP14, OP15)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dakehu.opportunities.choices import SalesStage
from dakehu.opportunities.rules.stages import stages_from
from dakehu.ui.forms import VersionedForm, YuanField


class StageForm(VersionedForm):
    """To which stage it goes, what was done, and when it is expected to be signed."""

    stage = forms.ChoiceField(label=pgettext_lazy("an opportunity", "Stage"))
    text = forms.CharField(
        label=_("What was done"),
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Notes of a meeting, reference cases, terms; papers go into the files."),
    )
    expected_on = forms.DateField(
        label=_("Expected to be signed on"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, opportunity: Any, **options: Any) -> None:
        begun = {"version": opportunity.version, "expected_on": opportunity.expected_on}
        super().__init__(*args, auto_id="stage_%s", initial=begun, **options)
        allowed = stages_from(opportunity.state, opportunity.stage)
        box: Any = self.fields["stage"]
        box.choices = [(each.value, SalesStage(each).label) for each in allowed]


class WinForm(forms.Form):
    """What was signed."""

    contract_no = forms.CharField(label=_("Number of the contract"), max_length=60)
    won_fen = YuanField(label=_("Value signed, in yuan"))
    text = forms.CharField(
        label=_("What else is to be known"),
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, opportunity: Any, **options: Any) -> None:
        begun = {"won_fen": opportunity.expected_fen}
        super().__init__(*args, auto_id="win_%s", initial=begun, **options)
