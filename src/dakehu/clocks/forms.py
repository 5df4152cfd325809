"""Forms of calendars: the hours of a week, and one day."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dakehu.clocks import rules
from dakehu.clocks.choices import WEEK
from dakehu.clocks.errors import DaysUnreadable, HoursUnreadable
from dakehu.clocks.values import Announced, Hours, Intervals, PublicDays
from dakehu.ui.filters import DayInput


class IntervalsField(forms.CharField):
    """Hours of a day as text; nothing is a day off."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=120, **options)
        self.widget.attrs["placeholder"] = "09:00-12:00 13:30-18:00"

    def clean(self, value: Any) -> Intervals:
        text = super().clean(value)
        try:
            return rules.intervals_from(text)
        except HoursUnreadable as unreadable:
            raise forms.ValidationError(
                _("“%(part)s”: write hours as 09:00-12:00 13:30-18:00, ascending and apart.")
                % {"part": unreadable.part}
            ) from unreadable


class HoursForm(forms.Form):
    """The hours of a week from a day on."""

    active_from = forms.DateField(label=_("Holds from"), widget=DayInput)
    ordinary = IntervalsField(
        label=_("A usual working day"),
        help_text=_("Make-up days have these hours; half of them is half a working day."),
    )
    follows_holidays = forms.BooleanField(
        label=_("Closed on public holidays, open on make-up days"), required=False
    )
    reason = forms.CharField(label=_("Reason"), max_length=200)
    field_order = (
        "active_from",
        "ordinary",
        *(name for name, _label in WEEK),
        "follows_holidays",
        "reason",
    )

    def __init__(self, *args: Any, hours: Hours | None = None, **options: Any) -> None:
        super().__init__(*args, auto_id="hours_%s", **options)
        for name, label in WEEK:
            self.fields[name] = IntervalsField(label=label, required=False)
        self.order_fields(self.field_order)
        if hours is not None:
            self.initial.update(
                ordinary=rules.text_of(hours.ordinary),
                follows_holidays=hours.follows_holidays,
                **{
                    name: rules.text_of(each)
                    for (name, _label), each in zip(WEEK, hours.week, strict=True)
                },
            )

    @property
    def hours(self) -> Hours:
        """The hours that were entered; of a form that holds."""
        sent = self.cleaned_data
        week = tuple(sent[name] for name, _label in WEEK)
        return Hours(sent["ordinary"], week, sent["follows_holidays"])


class DayForm(forms.Form):
    """Other hours of one day."""

    day = forms.DateField(label=_("Day"), widget=DayInput)
    intervals = IntervalsField(
        label=_("Hours of the day"), required=False, help_text=_("Leave it empty for a day off.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="day_%s", **options)


class DaysField(forms.CharField):
    """Days as people write them, a line each: ``2027-02-06 - 2027-02-12 春节``."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=2000, widget=forms.Textarea({"rows": 6}), **options)

    def clean(self, value: Any) -> dict[date, str]:
        try:
            return rules.days_from(super().clean(value))
        except DaysUnreadable as unreadable:
            raise forms.ValidationError(
                _("“%(part)s”: write a day or from – to in every line, and its name behind it.")
                % {"part": unreadable.part}
            ) from unreadable


class YearForm(forms.Form):
    """The public days of a year as the state has announced them."""

    free = DaysField(
        label=_("Holidays"),
        help_text=_("A line each: 2027-02-06 - 2027-02-12 Spring Festival."),
    )
    make_up = DaysField(
        label=_("Make-up working days"),
        required=False,
        help_text=_("A line each; Saturdays and Sundays that are worked."),
    )
    source = forms.CharField(
        label=_("Announcement"), max_length=200, help_text=_("Which notice says so.")
    )

    def __init__(self, *args: Any, year: int, public: PublicDays, **options: Any) -> None:
        super().__init__(*args, auto_id="year_%s", **options)
        self.year = year
        for name, days in (("free", public.free), ("make_up", public.make_up)):
            of_year = {day: said for day, said in days.items() if day.year == year}
            self.initial.setdefault(name, rules.text_of_days(of_year))

    @property
    def announced(self) -> Announced:
        """The days that were entered; of a form that holds."""
        sent = self.cleaned_data
        return Announced(self.year, sent["free"], frozenset(sent["make_up"]))


class InstantField(forms.DateTimeField):
    """A moment of the installation's time zone, by the browser's own picker."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **options)


class ReasonForm(forms.Form):
    """Why something of a clock is corrected."""

    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="clock_%s", **options)
        self.order_fields(["started_at", "paused_at", "resumed_at", "reason"])


class MoveStartForm(ReasonForm):
    """When a promise really began."""

    started_at = InstantField(label=_("Started at"))


class PauseForm(ReasonForm):
    """From when until when a clock stood still."""

    paused_at = InstantField(label=_("Paused at"))
    resumed_at = InstantField(
        label=_("Resumed at"), required=False, help_text=_("Leave it empty while it lasts.")
    )
