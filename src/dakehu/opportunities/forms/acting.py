"""What is typed while working on an opportunity: a remark, a reason, people."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dakehu.opportunities.choices import LossReason, ReturnReason
from dakehu.ui.forms import VersionedForm


class NoteForm(forms.Form):
    """A remark in the passport."""

    text = forms.CharField(
        label=pgettext_lazy("an opportunity", "Remark"),
        max_length=4000,
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="remark_%s", **options)


class ReturnForm(forms.Form):
    """Why somebody gives an opportunity back."""

    reason = forms.ChoiceField(label=_("Why"), choices=ReturnReason.choices)
    text = forms.CharField(
        label=_("What the operations center should know"),
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="return_%s", **options)


class LossForm(forms.Form):
    """Why nothing comes of an opportunity."""

    loss = forms.ChoiceField(label=_("Why"), choices=LossReason.choices)
    text = forms.CharField(
        label=_("What happened"),
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="loss_%s", **options)


class WhyForm(forms.Form):
    """Why an offer is withdrawn."""

    text = forms.CharField(label=_("Why"), max_length=200, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="why_%s", **options)


class AssignForm(forms.Form):
    """To whom something is offered: to one person or to several, of whom one can claim."""

    receivers = forms.MultipleChoiceField(choices=[])
    reason = forms.CharField(label=_("What they should know"), max_length=200, required=False)

    def __init__(self, *args: Any, people: list[Any], **options: Any) -> None:
        super().__init__(*args, auto_id="assign_%s", **options)
        self.people = {person.pk: person for person in people}
        box: Any = self.fields["receivers"]
        box.choices = [(str(person.pk), person.name) for person in people]
        box.error_messages = {
            "required": _("Choose a person."),
            "invalid_choice": _("This person cannot take it. Choose somebody of the list."),
        }

    @property
    def chosen(self) -> list[Any]:
        """Who was chosen; of a form that holds."""
        return [self.people[int(key)] for key in self.cleaned_data["receivers"]]


class CompanionsForm(VersionedForm):
    """Who watches, and who works along."""

    watcher = forms.ModelChoiceField(label=_("Who watches"), queryset=None, required=False)
    helper = forms.ModelChoiceField(label=_("Who helps"), queryset=None, required=False)

    def __init__(self, *args: Any, people: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="companions_%s", **options)
        for name in ("watcher", "helper"):
            box: Any = self.fields[name]
            box.queryset = people
            box.empty_label = _("Nobody")
