"""Forms of obligations: waiving, providing, trials, launches."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dakehu.obligations.choices import JOINT, SPARED, JointMode, Occasion, StationMode
from dakehu.people.choices import ServiceCode
from dakehu.people.queries import person_named, receiver_named
from dakehu.ui.filters import DayInput
from dakehu.ui.forms import RadioChoices, YuanField
from dakehu.ui.picking import PickField

NOTE = 200


class WaiveForm(forms.Form):
    """Why something is not owed after all."""

    reason = forms.CharField(label=_("Why it is waived"), max_length=NOTE)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="waive_%s", **options)


class MoveForm(forms.Form):
    """For which other day something that is owed is planned."""

    was = forms.TypedChoiceField(label=_("Planned for"), coerce=date.fromisoformat)
    day = forms.DateField(label=_("To be done on"), widget=DayInput)

    def __init__(self, *args: Any, planned: Sequence[str], **options: Any) -> None:
        super().__init__(*args, auto_id="move_%s", **options)
        self.fields["was"].choices = [(day, day) for day in dict.fromkeys(planned)]  # type: ignore[attr-defined]
        if planned:
            self.fields["was"].initial = self.fields["day"].initial = planned[0]


class WhoseForm(forms.Form):
    """Whose planned days are shown."""

    def __init__(self, *args: Any, actor: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="whose_%s", **options)
        self.fields["staff"] = PickField(
            label=_("Whose days"),
            options="people:staff_options",
            find=partial(person_named, actor),
            required=False,
        )


def colleague_named(actor: Any, typed: str) -> Any:
    """Return who was meant: somebody among one's own people, or anybody by number or name."""
    return person_named(actor, typed) or receiver_named(actor, typed)


class ProvideForm(forms.Form):
    """Who provides a service to a customer, from when on."""

    starts_on = forms.DateField(label=_("From"), widget=DayInput)
    note = forms.CharField(label=_("Note"), max_length=NOTE, required=False)

    def __init__(self, *args: Any, actor: Any, service: str, **options: Any) -> None:
        super().__init__(*args, auto_id="provide_%s", **options)
        is_represented = service == ServiceCode.REPRESENTATIVE
        self.fields["staff"] = PickField(
            label=_("Leader who represents the company") if is_represented else _("Person"),
            options="people:staff_options",
            find=partial(colleague_named, actor),
            required=is_represented,
            help_text=_("By name or number; leaders of other units by their whole name."),
        )
        if service == ServiceCode.ON_SITE:
            self.fields["mode"] = forms.ChoiceField(
                label=_("Mode of the station"), choices=StationMode.choices
            )
        if service == JOINT:
            self.ask_for_the_joint()
        if service == SPARED:
            del self.fields["staff"]
            self.fields["note"].label, self.fields["note"].required = _("Grounds"), True
        self.order_fields(["mode", "staff", "starts_on", "goal_fen", "due_on", "note"])

    def ask_for_the_joint(self) -> None:
        """Ask what is done together, at what it aims and until when (C27)."""
        self.fields["mode"] = forms.ChoiceField(
            label=_("What is done jointly"), choices=JointMode.choices
        )
        self.fields["goal_fen"] = YuanField(
            label=_("Joint target (yuan)"),
            required=False,
            help_text=_("What both sides aim at; needed for a joint sales target."),
        )
        self.fields["due_on"] = forms.DateField(
            label=_("Due on"),
            widget=DayInput,
            required=False,
            help_text=_("On this day the manager is asked what came of it."),
        )


class JointEndForm(forms.Form):
    """What came of something done jointly with a customer."""

    reached_fen = YuanField(label=_("Reached (yuan)"), required=False)
    outcome = forms.CharField(label=_("What came of it"), max_length=NOTE)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="joint_%s", **options)


class RewardForm(forms.Form):
    """What a customer is rewarded with, and why."""

    occasion = forms.ChoiceField(label=_("Rewarded for"), choices=Occasion.choices)
    what = forms.CharField(label=_("Reward"), max_length=80)
    worth_fen = YuanField(label=_("Worth (yuan)"))
    reason = forms.CharField(label=_("Reason"), max_length=NOTE)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="reward_%s", **options)


class DecideForm(forms.Form):
    """What the second person says about a reward."""

    decision = forms.ChoiceField(
        label=_("Your decision"),
        choices=[("yes", _("Approve")), ("no", _("Do not approve"))],
        widget=RadioChoices,
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=NOTE,
        required=False,
        help_text=_("Needed when it is not approved."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="decide_%s", **options)


class HandForm(forms.Form):
    """To whom a reward was handed over, and when."""

    on = forms.DateField(label=_("Handed over on"), widget=DayInput)
    received_by = forms.CharField(label=_("Received by"), max_length=60)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="hand_%s", **options)


class TrialForm(forms.Form):
    """A trial of a new product."""

    product = forms.CharField(label=_("Product tried"), max_length=80)
    starts_on = forms.DateField(label=_("First day"), widget=DayInput)
    ends_on = forms.DateField(label=_("Last day"), widget=DayInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="trial_%s", **options)


class OutcomeForm(forms.Form):
    """What came of a trial."""

    outcome = forms.CharField(label=_("What came of it"), max_length=NOTE)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="outcome_%s", **options)


class LaunchForm(forms.Form):
    """A club event, new service or promotion."""

    title = forms.CharField(label=_("What is launched"), max_length=80)
    launches_on = forms.DateField(label=_("Launched on"), widget=DayInput)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="launch_%s", **options)


class MarkForm(forms.Form):
    """On which day channels were told, or trained."""

    on = forms.DateField(label=_("Day"), widget=DayInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="mark_%s", **options)
