"""Leave as a form: whole days, and who stands in (M1, M7)."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext_lazy as _

from dakehu.people.models import Leave, Staff
from dakehu.people.queries import deputies_for
from dakehu.people.values import Absence
from dakehu.ui.filters import DayInput
from dakehu.ui.forms import PersonField, VersionedForm

DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)
LAST_YEAR = 2100


class LeaveForm(VersionedForm):
    """First and last day, the deputy and the reason."""

    starts_at = forms.DateField(label=_("Begins on"), widget=DayInput)
    ends_at = forms.DateField(label=_("Last day"), widget=DayInput)
    deputy = PersonField(
        label=_("Deputy"),
        queryset=Staff.objects.none(),
        required=False,
        empty_label=_("Nobody stands in"),
        help_text=_("Sees the customers and does the work while the person is away."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)

    def __init__(
        self, *args: Any, staff: Staff, leave: Leave | None = None, **options: Any
    ) -> None:
        self.instance = leave
        if leave is not None:
            options["initial"] = {
                "starts_at": localdate(leave.starts_at),
                "ends_at": localdate(leave.ends_at - INSTANT),
                "deputy": leave.deputy,
                "reason": leave.reason,
            }
        super().__init__(*args, **options)
        self.fields["version"].required = leave is not None
        self.fields["deputy"].queryset = deputies_for(staff)  # type: ignore[attr-defined]

    def clean_ends_at(self) -> date:
        """Refuse a day that no calendar of leave reaches."""
        day: date = self.cleaned_data["ends_at"]
        if day.year > LAST_YEAR:
            raise forms.ValidationError(_("The year cannot be right."))
        return day

    @property
    def absence(self) -> Absence:
        """Return what was entered; a day that was not touched keeps its very moment."""
        kept = self.instance
        first, last = self.cleaned_data["starts_at"], self.cleaned_data["ends_at"]
        starts_at, ends_at = morning_of(first), morning_of(last + DAY)
        if kept and localdate(kept.starts_at) == first:
            starts_at = kept.starts_at
        if kept and localdate(kept.ends_at - INSTANT) == last:
            ends_at = kept.ends_at
        return Absence(
            starts_at, ends_at, self.cleaned_data["deputy"], self.cleaned_data["reason"]
        )


def morning_of(day: date) -> datetime:
    """Return the instant at which a day begins."""
    return make_aware(datetime.combine(day, time.min))
