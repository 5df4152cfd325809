"""The lines of a person's file as forms, one for each kind (M1, M4)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dakehu.people.choices import BusinessAction, Proficiency, SkillKind
from dakehu.people.forms.fields import LineInput, UnitField
from dakehu.people.models import Staff, Unit
from dakehu.people.queries import authorities_in_files, product_names, units_within, words_in_files
from dakehu.ui.filters import DayInput
from dakehu.ui.forms import VersionedForm

LONGEST_TRAINING_HOURS = 9999


class EntryForm(VersionedForm):
    """A line of a file; a new one has no version yet."""

    def __init__(self, *args: Any, actor: Staff, entry: Any = None, **options: Any) -> None:
        self.instance = entry
        if entry is not None:
            names = type(self).base_fields.keys() - {"version"}
            options["initial"] = {name: getattr(entry, name) for name in names}
        super().__init__(*args, **options)
        self.fields["version"].required = entry is not None
        self.offer(actor)

    def offer(self, actor: Staff) -> None:
        """Fill in what can be chosen by ``actor``."""

    @property
    def values(self) -> dict[str, Any]:
        """Return what was entered, without the version."""
        return {name: each for name, each in self.cleaned_data.items() if name != "version"}


class SkillForm(EntryForm):
    """A skill or a language."""

    kind = forms.ChoiceField(label=_("Kind"), choices=SkillKind.choices)
    name = forms.CharField(label=_("Skill or language"), max_length=60, widget=LineInput)
    proficiency = forms.ChoiceField(label=_("Proficiency"), choices=Proficiency.choices)

    def offer(self, actor: Staff) -> None:
        """Offer the words used before."""
        kinds = SkillKind.values
        self.fields["name"].widget.words = [
            word for kind in kinds for word in words_in_files(kind)
        ]


class TrainingForm(EntryForm):
    """One training."""

    title = forms.CharField(label=_("Training"), max_length=120)
    provider = forms.CharField(label=_("Held by"), max_length=120, required=False)
    starts_on = forms.DateField(label=_("Begins on"), widget=DayInput)
    ends_on = forms.DateField(label=_("Last day"), required=False, widget=DayInput)
    hours = forms.IntegerField(
        label=_("Hours"), min_value=0, max_value=LONGEST_TRAINING_HOURS, required=False
    )
    result = forms.CharField(label=_("Result"), max_length=60, required=False)
    certificate = forms.CharField(label=_("Certificate"), max_length=120, required=False)


class PostForm(EntryForm):
    """One post of the work history."""

    employer = forms.CharField(label=_("Employer or unit"), max_length=120)
    position = forms.CharField(label=_("Position"), max_length=80)
    starts_on = forms.DateField(label=_("Starts on"), widget=DayInput)
    ends_on = forms.DateField(
        label=_("Ends on"),
        required=False,
        widget=DayInput,
        help_text=_("The day on which the next post began; empty while it lasts."),
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)


class AuthorityForm(EntryForm):
    """What a person may do with a product."""

    product_code = forms.CharField(
        label=_("Product"),
        max_length=40,
        widget=LineInput,
        help_text=_("The code by which the city's files name the product."),
    )
    action = forms.ChoiceField(label=_("Authority"), choices=BusinessAction.choices)
    starts_on = forms.DateField(label=_("Starts on"), widget=DayInput)
    ends_on = forms.DateField(
        label=_("Ends on"),
        required=False,
        widget=DayInput,
        help_text=_("The first day on which it no longer holds; empty without end."),
    )

    def offer(self, actor: Staff) -> None:
        """Offer products by name, or a free code while nobody knows any."""
        names = product_names()
        if not names:
            self.fields["product_code"].widget.words = authorities_in_files()
            return
        present = getattr(self.instance, "product_code", None)
        if present and present not in names:
            names[present] = present
        self.fields["product_code"] = forms.ChoiceField(
            label=_("Product"), choices=sorted(names.items(), key=lambda pair: pair[1])
        )
        self.order_fields(["product_code"])


class AreaForm(EntryForm):
    """An area that a partner serves."""

    unit = UnitField(label=_("Area"), queryset=Unit.objects.none())

    def offer(self, actor: Staff) -> None:
        """Offer the units within the actor's reach."""
        self.fields["unit"].queryset = units_within(actor)  # type: ignore[attr-defined]


ENTRY_FORMS: dict[str, type[EntryForm]] = {
    "skills": SkillForm,
    "areas": AreaForm,
    "authorities": AuthorityForm,
    "trainings": TrainingForm,
    "posts": PostForm,
}
"""The form of each kind of line."""
