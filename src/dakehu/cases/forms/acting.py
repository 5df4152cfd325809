"""What is typed while working on a case: a talk, a note, a reason, an ending."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dakehu.cases.choices import ActKind, Cause, CloseResult
from dakehu.cases.queries import callers, receivers_for
from dakehu.people.queries import units_within
from dakehu.ui.forms import PersonField, RadioChoices, VersionedForm
from dakehu.ui.picking import PickInput

TALK_KINDS = (
    (ActKind.CALL.value, ActKind.CALL.label),
    (ActKind.MESSAGE.value, ActKind.MESSAGE.label),
    (ActKind.NOTE.value, ActKind.NOTE.label),
)


class TalkForm(forms.Form):
    """What was said to the customer, or noted within."""

    kind = forms.ChoiceField(
        label=_("What it is"), choices=TALK_KINDS, widget=RadioChoices, initial=ActKind.CALL
    )
    text = forms.CharField(
        label=pgettext_lazy("of a case", "What was said"),
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
    )
    is_initial = forms.BooleanField(
        label=_("This is the initial answer: what will be done, and until when"), required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="talk_%s", **options)


class ReasonForm(VersionedForm):
    """Why something is done with a case."""

    reason = forms.CharField(label=_("Why"), max_length=200, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="reason_%s", **options)


class GiveForm(VersionedForm):
    """To whom, or into which team's queue, a case goes."""

    owner = PersonField(label=pgettext_lazy("of a case", "To whom"), queryset=None, required=False)
    unit = forms.ModelChoiceField(
        label=_("Or to the queue of"), queryset=None, required=False, empty_label=_("Same team")
    )
    reason = forms.CharField(label=_("What they should know"), max_length=200, required=False)

    def __init__(self, *args: Any, actor: Any, case: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="give_%s", **options)
        owner: Any = self.fields["owner"]
        owner.queryset = receivers_for(actor, case)
        owner.empty_label = _("Nobody yet")
        unit: Any = self.fields["unit"]
        unit.queryset = units_within(actor)


class CloseForm(VersionedForm):
    """With what a case is closed."""

    result = forms.ChoiceField(
        label=_("Result"),
        choices=[pair for pair in CloseResult.choices if pair[0] != CloseResult.MISTAKE],
    )
    cause = forms.ChoiceField(label=_("Cause"), choices=Cause.choices)
    answer = forms.CharField(
        label=_("What the customer was told"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("It is recorded as the answer that ends the clocks."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="close_%s", **options)


class WhoseForm(VersionedForm):
    """Whose a case is, and how that is known."""

    who = forms.CharField(
        label=_("Number or name"),
        max_length=120,
        required=False,
        widget=PickInput("cases:callers"),
        help_text=_("Telephone or customer number, or name. Left empty nobody knows who called."),
    )
    reason = forms.CharField(
        label=_("How it is known"), max_length=200, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, actor: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="whose_%s", **options)
        self.actor = actor
        self.customer: Any = None

    def clean_who(self) -> str:
        """Find the one customer who was meant."""
        typed: str = self.cleaned_data["who"].strip()
        self.customer = callers.caller_named(self.actor, typed)
        if typed and self.customer is None:
            raise forms.ValidationError(
                _("Nobody of this name within your reach, or several. Choose a suggestion.")
            )
        return typed
