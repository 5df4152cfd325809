"""The forms of visits: for whom, the plan, why it is cancelled, what came of it (G6)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from dakehu.care.choices import VisitResult
from dakehu.care.models import Visit
from dakehu.care.queries.visits import companions_for, people_of
from dakehu.care.values import Party, VisitReport
from dakehu.customers.choices import Satisfaction
from dakehu.customers.queries import customer_named
from dakehu.obligations.queries.owing import services_told_by_visits
from dakehu.obligations.queries.wording import service_names
from dakehu.ui.filters import DayInput
from dakehu.ui.forms import TickBoxes, VersionedForm

if TYPE_CHECKING:
    from dakehu.people.models import Staff

MINUTES_OF_DAY = 24 * 60
PHOTOS = "image/*"


class WhomForm(forms.Form):
    """The number of whoever is to be visited."""

    number = forms.CharField(
        label=_("Customer"),
        max_length=64,
        help_text=_("Number or telephone number of the customer."),
    )

    def __init__(self, *args: Any, actor: "Staff", **options: Any) -> None:
        super().__init__(*args, **options)
        self.actor = actor

    def clean_number(self) -> Any:
        found = customer_named(self.actor, self.cleaned_data["number"])
        if found is None:
            raise forms.ValidationError(
                _("No customer within your reach has this number. Check it.")
            )
        return found


class TimeInput(forms.TimeInput):
    """The browser's own picker of the time of day."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class MomentInput(forms.DateTimeInput):
    """The browser's own picker of day and time."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class PeopleField(forms.ModelMultipleChoiceField):
    """People of the customer, each to tick."""

    widget = TickBoxes

    def label_from_instance(self, person: Any) -> str:
        return " · ".join(filter(None, [person.name, person.position, person.get_role_display()]))


class ColleaguesField(forms.ModelMultipleChoiceField):
    """Colleagues with their units, several to choose."""

    def label_from_instance(self, staff: Any) -> str:
        return f"{staff.name} · {staff.unit}"


class MinutesField(forms.IntegerField):
    """How long something takes, within a day."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            validators=[MinValueValidator(1), MaxValueValidator(MINUTES_OF_DAY)], **options
        )
        self.widget.attrs.update(min=1, max=MINUTES_OF_DAY, step=5)


class VisitForm(VersionedForm, forms.ModelForm):
    """The plan of a visit at a customer who is known."""

    minutes = MinutesField(label=_("Minutes planned"))
    people = PeopleField(label=_("Whom to meet"), queryset=None, required=False)
    companions = ColleaguesField(
        label=_("Who comes along"),
        queryset=None,
        required=False,
        help_text=_("Hold Ctrl or ⌘ to choose several. They see the visit in their agenda."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        required=False,
        help_text=_("Needed when the visit is moved to another day."),
    )

    class Meta:
        model = Visit
        fields = (
            "day", "time", "minutes", "purpose", "about", "meeting_place", "people", "companions",
            "afterwards",
        )  # fmt: skip
        labels = {
            "day": _("Day"),
            "time": _("Agreed time"),
            "purpose": _("Purpose of the visit"),
            "about": _("What it is about"),
            "meeting_place": _("Meeting place"),
            "afterwards": _("If it has begun already: why it is entered afterwards"),
        }
        help_texts = {
            "time": _("Leave it empty where any time of the day will do."),
            "meeting_place": _("Building, floor, room; the customer's address is known."),
            "afterwards": _("Enter it beforehand. What is entered afterwards stays marked."),
        }
        widgets = {"day": DayInput(), "time": TimeInput()}

    def __init__(self, *args: Any, actor: "Staff", **options: Any) -> None:
        super().__init__(*args, auto_id="visit_%s", **options)
        self.customer = self.instance.customer
        people: Any = self.fields["people"]
        people.queryset = people_of(self.customer)
        if not people.queryset:
            del self.fields["people"]
        companions: Any = self.fields["companions"]
        companions.queryset = companions_for(actor)
        if not companions.queryset.exists():
            del self.fields["companions"]
        del self.fields["reason" if self.instance.pk is None else "afterwards"]

    @property
    def party(self) -> Party:
        """Whom one meets and who comes along; nothing where the form does not ask."""
        return Party(
            **{
                name: list(self.cleaned_data[name])
                for name in ("people", "companions")
                if name in self.fields
            }
        )

    @property
    def told_reason(self) -> str:
        """Why the visit is changed."""
        return str(self.cleaned_data.get("reason") or "")


class CancelForm(forms.Form):
    """Why a visit is cancelled."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class RecordForm(forms.Form):
    """What came of a visit, as it is written on a phone at the customer's door."""

    happened_at = forms.DateTimeField(label=_("Visited at"), widget=MomentInput())
    minutes = MinutesField(label=_("Minutes spent"))
    place = forms.CharField(
        label=_("Where it was"),
        max_length=120,
        help_text=_("Time and place make the record evidence."),
    )
    result = forms.ChoiceField(label=_("Result"), choices=VisitResult.choices)
    report = forms.CharField(
        label=_("What came of it"), max_length=2000, widget=forms.Textarea({"rows": 4})
    )
    opinion = forms.CharField(
        label=_("What the customer said"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Kept among the customer's opinions."),
    )
    satisfaction = forms.TypedChoiceField(
        label=_("Satisfaction"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("Not asked")), *reversed(Satisfaction.choices)],
    )
    running_state = forms.CharField(
        label=_("How the customer runs now"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Systems, load, troubles: what there is today."),
    )
    plans = forms.CharField(
        label=_("What the customer plans"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("From the page of the visit it becomes an opportunity."),
    )
    counts_for = forms.ChoiceField(
        label=_("Counts for"),
        required=False,
        help_text=_("A service of the operator's own that this visit was made for."),
    )
    photo = forms.FileField(
        label=_("Photo"), required=False, widget=forms.FileInput({"accept": PHOTOS})
    )
    follow_up = forms.CharField(
        label=_("What is to follow"),
        max_length=200,
        required=False,
        help_text=_("Becomes a to-do."),
    )
    follow_up_day = forms.DateField(label=_("Until"), required=False, widget=DayInput())

    def __init__(self, *args: Any, visit: Visit, now: datetime, **options: Any) -> None:
        super().__init__(*args, auto_id="record_%s", **options)
        owed = services_told_by_visits(visit.customer_id, on=localdate(now))
        if owed:
            names = service_names()
            told: Any = self.fields["counts_for"]
            told.choices = [("", _("None")), *((each, f"{each} {names[each]}") for each in owed)]
        else:
            del self.fields["counts_for"]
        self.initial.update(
            happened_at=now, minutes=visit.minutes, place=visit.meeting_place, result="REACHED"
        )

    @property
    def told(self) -> VisitReport:
        """What was told of the visit; of a form that holds."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "photo"}
        return VisitReport(text=values.pop("report"), **values)
