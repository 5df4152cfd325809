"""What is typed after the claim: a stage with its notes (OP14)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dakehu.opportunities.choices import SalesStage
from dakehu.opportunities.rules.stages import stages_from
from dakehu.ui.forms import VersionedForm


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
