"""With whom something is shared, until when and why (promise 3)."""

from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from django import forms
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from dakehu.people.queries import receiver_named
from dakehu.people.values import NewShare
from dakehu.ui.filters import DayInput
from dakehu.ui.picking import PickField

USUAL_DAYS = 30


class ShareForm(forms.Form):
    """A share of something the page around it names; ``today`` is the first day that counts."""

    staff = PickField(
        label=_("With whom"),
        options="people:receiver_options",
        find=lambda typed: None,
        help_text=_("Anybody with an open account, in whatever unit."),
    )
    until = forms.DateField(
        label=_("Last day"), widget=DayInput, help_text=_("From the day after, nothing is seen.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *args: Any, actor: Any, today: date) -> None:
        initial = {"until": today + timedelta(days=USUAL_DAYS)}
        super().__init__(*args, initial=initial, auto_id="share_%s")
        self.fields["staff"].find = partial(receiver_named, actor)  # type: ignore[attr-defined]

    @property
    def share(self) -> NewShare:
        """What was sent, of a form that holds; the last day counts in full."""
        sent = self.cleaned_data
        until: datetime = make_aware(datetime.combine(sent["until"] + timedelta(days=1), time.min))
        return NewShare(staff=sent["staff"], until=until, reason=sent["reason"])
