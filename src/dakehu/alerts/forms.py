"""Forms with which people handle alerts and hand them out."""

from datetime import date
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from dakehu.alerts.choices import ASK_AGAIN, Outcome
from dakehu.ownership.queries import load_words
from dakehu.people.queries import colleagues_of
from dakehu.ui.filters import DayInput
from dakehu.ui.forms import PersonField


class HandlingForm(forms.Form):
    """What came of a contact; ``version`` is the alert's as it stood on the screen."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    contacted = forms.BooleanField(label=_("The customer was reached"), required=False)
    follow_up_date = forms.DateField(
        label=_("Follow up on"),
        required=False,
        widget=DayInput,
        help_text=_("Leave empty when nothing more has to be done."),
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        # The form lies in the drawer beside a list whose filter has fields of the same names.
        super().__init__(*args, auto_id="handling_%s", **options)
        self.today = today

    def clean_follow_up_date(self) -> date | None:
        day: date | None = self.cleaned_data["follow_up_date"]
        if day and day < self.today:
            raise forms.ValidationError(_("Name today or a later day."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        lacks_day = not cleaned.get("follow_up_date") and "follow_up_date" not in self.errors
        if cleaned.get("outcome") in ASK_AGAIN and lacks_day:
            self.add_error("follow_up_date", _("Say when the customer is called again."))
        return cleaned


class AssignForm(forms.Form):
    """To whom alerts are handed out."""

    owner = PersonField(label=_("Hand out to"), queryset=None)

    def __init__(self, *args: Any, actor: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="assign_%s", **options)
        colleagues = colleagues_of(actor, permission="alerts.handle")
        field: Any = self.fields["owner"]
        field.loads = load_words(actor, colleagues, on=localdate())
        field.queryset = colleagues
