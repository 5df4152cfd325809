"""The forms of service reports: which days, what to add, how it was sent (R1 to R4)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dakehu.care.choices import ReportCycle, SentBy

LONGEST = 2000
ENDED, RUNNING = "ended", "running"


class ReportForm(forms.Form):
    """What a report is about; what is not typed is gathered."""

    cycle = forms.ChoiceField(label=_("Kind of report"), choices=ReportCycle.choices)
    which = forms.ChoiceField(
        label=_("Period of the report"),
        choices=((ENDED, _("the newest that has ended")), (RUNNING, _("the running one"))),
    )
    open_points = forms.CharField(
        label=_("Open points"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Added to the open requests, which are gathered."),
    )
    next_plan = forms.CharField(
        label=_("Next plan"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Added to the planned visits, which are gathered."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="report_%s", **options)


class SentForm(forms.Form):
    """How a report reached the customer."""

    how = forms.ChoiceField(label=_("How it was sent"), choices=SentBy.choices)
    note = forms.CharField(
        label=_("Note"), max_length=200, required=False, help_text=_("To whom, if you know.")
    )
