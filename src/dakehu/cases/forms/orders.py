"""What is typed about work orders: the plan, whom to send, the record, the signature, the rung."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.timezone import localtime, make_aware
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dakehu.cases.choices import OrderPurpose, OrderResult, Rung, SignedBy, SupportNeed
from dakehu.cases.rules.ladder import rungs_above
from dakehu.cases.values import Plan
from dakehu.common.masking import Masked
from dakehu.customers.queries import customer_named
from dakehu.people.queries import units_within
from dakehu.ui.filters import DayInput
from dakehu.ui.forms import MaskedField, RadioChoices, TickBoxes, VersionedForm

SKILLS_KNOWN = 80


class TimeInput(forms.TimeInput):
    """A time of day as the browser asks for it."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class PlanForm(VersionedForm):
    """Where, when and for what somebody goes to a customer, and what they have to know."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    subject = forms.CharField(
        label=pgettext_lazy("a work order", "What is to be done"), max_length=120
    )
    place = forms.CharField(label=_("Place"), max_length=200)
    day = forms.DateField(label=pgettext_lazy("a work order", "Day"), widget=DayInput)
    starts = forms.TimeField(label=pgettext_lazy("a time of day", "From"), widget=TimeInput)
    ends = forms.TimeField(label=pgettext_lazy("a time of day", "Until"), widget=TimeInput)
    contact = forms.CharField(label=_("Who receives the engineer"), max_length=60, required=False)
    phone = MaskedField(label=_("Their telephone number"), max_length=20, required=False)
    skills = forms.MultipleChoiceField(label=_("Skills needed"), required=False, widget=TickBoxes)
    afterwards = forms.CharField(
        label=_("If it has begun already: why it is entered afterwards"),
        max_length=200,
        required=False,
        help_text=_("Enter it beforehand. What is entered afterwards stays marked."),
    )

    def __init__(self, *args: Any, skills: list[str], order: Any = None, **options: Any) -> None:
        begun = {**(begun_of(order) if order else {}), **(options.pop("initial", None) or {})}
        super().__init__(*args, auto_id="plan_%s", initial=begun, **options)
        ticks: Any = self.fields["skills"]
        known = sorted({*skills, *(order.skills if order else [])})[:SKILLS_KNOWN]
        ticks.choices = [(name, name) for name in known]

    def plan(self) -> Plan:
        """Return the plan of a form that holds."""
        typed = self.cleaned_data
        phone = typed["phone"]
        return Plan(
            subject=typed["subject"],
            place=typed["place"],
            starts_at=make_aware(datetime.combine(typed["day"], typed["starts"])),
            ends_at=make_aware(datetime.combine(typed["day"], typed["ends"])),
            skills=tuple(typed["skills"]),
            contact=typed["contact"],
            phone=phone.plain if isinstance(phone, Masked) else phone,
            afterwards=typed["afterwards"],
        )


def begun_of(order: Any) -> dict[str, Any]:
    """Return what the form of a known order begins with."""
    start, end = localtime(order.starts_at), localtime(order.ends_at)
    return {
        "version": order.version,
        "subject": order.subject,
        "place": order.place,
        "day": start.date(),
        "starts": start.time(),
        "ends": end.time(),
        "contact": order.contact,
        "phone": order.contact_phone,
        "skills": order.skills,
        "afterwards": order.afterwards,
    }


class EntryForm(PlanForm):
    """A visit or a talk, entered beforehand (R7)."""

    purpose = forms.ChoiceField(
        label=_("What for"),
        choices=[pair for pair in OrderPurpose.choices if pair[0] != OrderPurpose.CASE],
        widget=RadioChoices,
        initial=OrderPurpose.VISIT,
    )
    customer = forms.CharField(
        label=_("Customer"),
        max_length=120,
        help_text=_("Number or telephone number of the customer."),
    )
    field_order = ("purpose", "customer")

    def __init__(self, *args: Any, actor: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.actor = actor

    def clean_customer(self) -> Any:
        """Find the customer."""
        found = customer_named(self.actor, self.cleaned_data["customer"])
        if found is None:
            raise forms.ValidationError(
                _("No customer within your reach has this number. Check it.")
            )
        return found


class SendForm(VersionedForm):
    """Whom to send: one of those who can be sent at all, with what speaks for and against them."""

    engineer = forms.TypedChoiceField(
        label=_("Engineer"), coerce=int, widget=forms.RadioSelect, choices=()
    )

    def __init__(self, *args: Any, people: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="send_%s", **options)
        field: Any = self.fields["engineer"]
        field.choices = [(person.pk, person.name) for person in people]
        self.people = {person.pk: person for person in people}

    @property
    def chosen(self) -> Any:
        """The engineer who was chosen; of a form that holds."""
        return self.people[self.cleaned_data["engineer"]]


class RecordForm(VersionedForm):
    """The service record: what was done, and what came of it (R8)."""

    text = forms.CharField(
        label=_("What was done"), max_length=2000, widget=forms.Textarea({"rows": 5})
    )
    result = forms.ChoiceField(
        label=_("What came of it"), choices=OrderResult.choices, widget=RadioChoices
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="record_%s", **options)


class SignForm(VersionedForm):
    """The customer's signature: a name, and the picture of it (R9)."""

    name = forms.CharField(label=_("Name of whoever signs"), max_length=60)
    how = forms.ChoiceField(
        choices=SignedBy.choices, initial=SignedBy.SHEET, widget=forms.HiddenInput
    )
    picture = forms.FileField(
        label=_("Photograph of the signed sheet"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": "image/png,image/jpeg"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="sign_%s", **options)


class RaiseForm(VersionedForm):
    """To which rung a case is raised, what was done so far, and why that is not enough (R5)."""

    rung = forms.ChoiceField(label=_("To which rung"), choices=(), widget=RadioChoices)
    record = forms.CharField(
        label=_("What was done so far"), max_length=500, widget=forms.Textarea({"rows": 3})
    )
    reason = forms.CharField(
        label=_("Why that is not enough"), max_length=200, widget=forms.Textarea({"rows": 2})
    )
    unit = forms.ModelChoiceField(
        label=_("Into the queue of"), queryset=None, required=False, empty_label=_("Same team")
    )

    def __init__(self, *args: Any, actor: Any, now: str, **options: Any) -> None:
        super().__init__(*args, auto_id="raise_%s", **options)
        rung: Any = self.fields["rung"]
        rung.choices = [(each.value, Rung(each).label) for each in rungs_above(now)]
        if rung.choices:
            self.initial.setdefault("rung", rung.choices[0][0])
        unit: Any = self.fields["unit"]
        unit.queryset = units_within(actor)


class SupportForm(forms.Form):
    """What support is ordered from the operations centre, and until when (CH11)."""

    need = forms.ChoiceField(
        label=_("What support"), choices=SupportNeed.choices, widget=RadioChoices
    )
    text = forms.CharField(
        label=_("What is to be done"), max_length=4000, widget=forms.Textarea({"rows": 4})
    )
    wanted_on = forms.DateField(
        label=_("Wanted until"),
        widget=DayInput,
        help_text=_("A clock runs until that day closes."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="support_%s", **options)


class ProgressForm(forms.Form):
    """How far a support request order is (CH11)."""

    text = forms.CharField(
        label=_("How far it is"),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("It is written on the case that ordered the support, too."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="progress_%s", **options)
