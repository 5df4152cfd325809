"""What is typed about subscriptions."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dakehu.hooks.choices import EventKind
from dakehu.hooks.values import Period, SubscriptionDraft
from dakehu.people.queries import units_within
from dakehu.ui.forms import VersionedForm

if TYPE_CHECKING:
    from dakehu.hooks.models import EventSubscription
    from dakehu.people.models import Staff

INSTANT = "%Y-%m-%dT%H:%M"


class InstantInput(forms.DateTimeInput):
    """The browser's own picker of a day and a time."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format=INSTANT)


class ReachField(forms.ModelChoiceField):
    """A unit by its name, indented by how deep it stands."""

    def label_from_instance(self, unit: Any) -> str:
        return "\N{IDEOGRAPHIC SPACE}" * ((unit.path or "/").count("/") - 1) + str(unit.name)


class SubscriptionForm(VersionedForm):
    """Another system: where it listens, what it is told, of which units, and of whom."""

    name = forms.CharField(
        label=_("Name of the system"), max_length=80, help_text=_("For example: CRM")
    )
    url = forms.CharField(
        label=_("Address that listens"),
        max_length=500,
        widget=forms.URLInput({"placeholder": "https://"}),
        help_text=_("Events are sent there by POST, signed. Redirects are not followed."),
    )
    kinds = forms.MultipleChoiceField(
        label=_("Is told of"), choices=EventKind.choices, widget=forms.CheckboxSelectMultiple
    )
    unit = ReachField(
        label=_("Of the unit"),
        queryset=None,
        help_text=_("And all below: what happens elsewhere does not exist for it."),
    )
    with_people = forms.BooleanField(
        label=_("Tell also who it is: customer, contact and telephone number"),
        required=False,
        help_text=_("A second administrator has to release this, and every later change."),
    )
    is_partner = forms.BooleanField(
        label=_("The system belongs to a partner"),
        required=False,
        help_text=_("Key persons of A and B customers, and callers, are then left out."),
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=200,
        required=False,
        help_text=_("Who keeps that system, and whom to call."),
    )

    def __init__(
        self, *args: Any, subscription: "EventSubscription | None" = None, actor: "Staff"
    ) -> None:
        self.instance = subscription
        names = ("name", "url", "kinds", "unit", "with_people", "is_partner", "note", "version")
        initial: dict[str, Any] = {"version": 0, "unit": actor.unit_id}
        if subscription is not None:
            initial = {name: getattr(subscription, name) for name in names}
        super().__init__(*args, initial=initial)
        self.fields["unit"].queryset = units_within(actor)  # type: ignore[attr-defined]

    @property
    def draft(self) -> SubscriptionDraft:
        """What was sent, of a form that holds."""
        typed = self.cleaned_data
        return SubscriptionDraft(
            name=typed["name"],
            url=typed["url"],
            kinds=frozenset(typed["kinds"]),
            unit=typed["unit"],
            with_people=typed["with_people"],
            is_partner=typed["is_partner"],
            note=typed["note"],
        )


class PeriodForm(forms.Form):
    """From when until when events are sent again."""

    since = forms.DateTimeField(label=_("Happened from"), widget=InstantInput)
    until = forms.DateTimeField(label=_("Happened before"), widget=InstantInput)

    def __init__(self, *args: Any, at: datetime) -> None:
        start = at - timedelta(days=1)
        super().__init__(*args, initial={"since": start, "until": at}, auto_id="period_%s")

    @property
    def period(self) -> Period:
        """The period, of a form that holds."""
        return Period(self.cleaned_data["since"], self.cleaned_data["until"])
