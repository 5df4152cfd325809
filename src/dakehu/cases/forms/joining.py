"""What is typed to bring cases together, or to take one apart."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from dakehu.cases.choices import CaseKind
from dakehu.cases.queries import case_numbered
from dakehu.ui.forms import RadioChoices


class How(models.TextChoices):
    """How two cases are brought together."""

    LINK = "LINK", _("They have to do with each other")
    REPORT = "REPORT", _("This one reports the fault of the other")
    MERGE = "MERGE", _("They are the same: go on in the other alone")


class JoinForm(forms.Form):
    """Which other case, and how the two belong together."""

    other = forms.CharField(label=_("Number of the other case"), max_length=30)
    how = forms.ChoiceField(
        label=_("How they belong together"), choices=How.choices, widget=RadioChoices
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args: Any, actor: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="join_%s", **options)
        self.actor = actor

    def clean_other(self) -> Any:
        """Find the case by its number, within reach."""
        found = case_numbered(self.actor, self.cleaned_data["other"].strip())
        if found is None:
            raise forms.ValidationError(_("There is no case with this number within your reach."))
        return found


class SplitForm(forms.Form):
    """What is to be done by somebody else before this case can be closed."""

    kind = forms.ChoiceField(label=_("Kind"), choices=CaseKind.choices, initial=CaseKind.SUPPORT)
    text = forms.CharField(
        label=_("What is to be done"), max_length=4000, widget=forms.Textarea({"rows": 4})
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="split_%s", **options)
        kind: Any = self.fields["kind"]
        kind.choices = [pair for pair in CaseKind.choices if pair[0] != CaseKind.BATCH]
