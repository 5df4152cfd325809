"""The forms of events: the plan, whom to invite, an answer, what came of it (C8, C10, C12)."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dakehu.care.choices import Guests, InvitationState
from dakehu.care.forms.visits import MinutesField, TimeInput, WhomForm
from dakehu.care.models import Event
from dakehu.care.queries.events import open_events
from dakehu.care.values import Answer
from dakehu.people.queries import units_within
from dakehu.ui.filters import DayInput
from dakehu.ui.forms import VersionedForm, YuanField

if TYPE_CHECKING:
    from dakehu.people.models import Staff

MOST_SEATS = 200
ANSWERS = (
    (InvitationState.ACCEPTED, _("Comes")),
    (InvitationState.DECLINED, _("Does not come")),
    (InvitationState.INVITED, _("Not decided yet")),
)


class EventForm(VersionedForm, forms.ModelForm):
    """The plan of an event."""

    minutes = MinutesField(label=_("Minutes planned"))
    cost_planned_fen = YuanField(label=_("Cost planned (yuan)"), required=False)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        required=False,
        help_text=_("Needed when guests were invited and the event is moved."),
    )

    class Meta:
        model = Event
        fields = (
            "title", "kind", "day", "time", "minutes", "place", "capacity", "cost_planned_fen",
            "unit", "about",
        )  # fmt: skip
        labels = {
            "title": _("Title of the event"),
            "kind": _("Kind of event"),
            "day": _("Day"),
            "time": _("Begins at"),
            "place": _("Place"),
            "capacity": _("Seats"),
            "unit": _("For the customers of"),
            "about": _("What it is about"),
        }
        help_texts = {
            "kind": _(
                "Coming to a training, a fellowship, a lecture or club event counts as service."
            ),
            "unit": _("The unit and all below it see the event and may invite."),
        }
        widgets = {
            "day": DayInput(),
            "time": TimeInput(),
            "about": forms.Textarea({"rows": 3}),
        }

    def __init__(self, *args: Any, actor: "Staff", **options: Any) -> None:
        super().__init__(*args, auto_id="event_%s", **options)
        unit: Any = self.fields["unit"]
        unit.queryset, unit.empty_label = units_within(actor), None
        capacity: Any = self.fields["capacity"]
        capacity.min_value, capacity.widget.attrs["min"] = 1, 1
        if self.instance.pk is None:
            del self.fields["reason"]

    def clean_capacity(self) -> int:
        """Take at least one seat."""
        capacity = int(self.cleaned_data["capacity"])
        if capacity < 1:
            raise forms.ValidationError(_("An event has at least one seat."))
        return capacity

    @property
    def told_reason(self) -> str:
        """Why the event is changed."""
        return str(self.cleaned_data.get("reason") or "")


class CloseForm(forms.Form):
    """What came of an event."""

    cost_spent_fen = YuanField(label=_("Cost spent (yuan)"), required=False)
    report = forms.CharField(
        label=_("What came of it"), max_length=2000, widget=forms.Textarea({"rows": 4})
    )


class InviteForm(forms.Form):
    """To which event chosen customers are invited, and who of them."""

    event = forms.ModelChoiceField(label=_("The event"), queryset=None, empty_label=None)
    guests = forms.ChoiceField(label=_("Who is invited"), choices=Guests.choices)

    def __init__(self, *args: Any, actor: "Staff", **options: Any) -> None:
        super().__init__(*args, auto_id="invite_%s", **options)
        event: Any = self.fields["event"]
        event.queryset = open_events(actor)
        event.label_from_instance = lambda each: f"{each.day:%Y-%m-%d} · {each.title}"


class GuestForm(WhomForm):
    """The number of one more guest, and who of the customer comes."""

    guests = forms.ChoiceField(label=_("Who is invited"), choices=Guests.choices)


class AnswerForm(forms.Form):
    """What a guest said."""

    state = forms.ChoiceField(label=_("Answer"), choices=ANSWERS)
    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=MOST_SEATS, initial=1)
    may_wait = forms.BooleanField(
        label=_("Waiting list if it is full"), required=False, initial=False
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    @property
    def told(self) -> Answer:
        """What was answered; of a form that holds."""
        return Answer(**self.cleaned_data)


class EventFollowUpForm(forms.Form):
    """What an event left to do at a guest."""

    follow_up = forms.CharField(
        label=_("What is to follow"), max_length=200, help_text=_("Becomes a to-do.")
    )
    follow_up_day = forms.DateField(label=_("Until"), widget=DayInput())
