"""What people type when customers change hands, and when the numbers for that are set."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dakehu.customers.choices import CardLevel
from dakehu.ownership.queries import owner_choices
from dakehu.ownership.values import RANKS, OwnerNumbers, Terms
from dakehu.people.queries import staff_visible_to, units_within
from dakehu.ui.filters import DayInput
from dakehu.ui.forms import PersonField

NOBODY = ("", "---------")


class OwnerField(PersonField):
    """Somebody who may own customers, offered with unit and load.

    Whoever else is within sight is understood too, so that the operation can say why not.
    """

    default_error_messages = {
        "invalid_choice": _("This person is outside your reach, or does not exist."),
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=None, **options)

    def offer(self, actor: Any, choices: list[tuple[int, str]]) -> None:
        """Take whom ``actor`` sees, and show ``choices``."""
        self.queryset = staff_visible_to(actor)
        self.widget.choices = [NOBODY, *choices]


class TermsForm(forms.Form):
    """When customers change hands, and why."""

    successor = ""
    """The field of who gets the customers; a deputy who is offered instead is put there."""

    effective_on = forms.DateField(
        label=_("Takes effect on"),
        widget=DayInput,
        help_text=_("Today at once; a later day in the night before it."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, actor: Any, today: date, **options: Any) -> None:
        initial = {"effective_on": today, **options.pop("initial", {})}
        super().__init__(*args, auto_id="move_%s", initial=initial, **options)
        people = [field for field in self.fields.values() if isinstance(field, OwnerField)]
        choices = owner_choices(actor, on=today) if people else []
        for field in people:
            field.offer(actor, choices)

    def terms(self, chosen: str) -> Terms:
        """Return the terms of the change; of a form that holds."""
        typed = self.cleaned_data
        return Terms(
            effective_on=typed["effective_on"],
            reason=typed["reason"],
            chosen=chosen,
            ends_on=typed.get("ends_on"),
        )


class AssignForm(TermsForm):
    """To whom customers go."""

    successor = "to"
    to = OwnerField(label=_("New owner"))
    field_order = ("to", "effective_on", "reason")


class RecallForm(TermsForm):
    """Customers go into the pools of their units."""


class SwapForm(TermsForm):
    """Who exchanges customers with whom."""

    one = OwnerField(label=_("One manager"))
    other = OwnerField(label=_("The other manager"))
    field_order = ("one", "other", "effective_on", "reason")


class CoverForm(TermsForm):
    """Who stands in for whom, from when until when."""

    successor = "deputy"
    absent = OwnerField(label=_("Who is away"))
    deputy = OwnerField(label=_("Who stands in"))
    ends_on = forms.DateField(
        label=_("Back on"),
        widget=DayInput,
        help_text=_("On this day the customers are back with their manager, by themselves."),
    )
    field_order = ("absent", "deputy", "effective_on", "ends_on", "reason")


class PlaceForm(TermsForm):
    """When proposals are carried out, and why."""


class UndoForm(forms.Form):
    """Why a change is undone."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class ReceiptForm(forms.Form):
    """The successor's word."""

    remark = forms.CharField(
        label=_("Remark"),
        required=False,
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class UnitForm(forms.Form):
    """For which unit owners are proposed."""

    unit = forms.ModelChoiceField(label=_("Unit"), queryset=None, empty_label=None)

    def __init__(self, *args: Any, actor: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].queryset = units_within(actor)  # type: ignore[attr-defined]


POINTS = {
    "area_unit": _("Same unit"),
    "area_city": _("Same city"),
    "tier": _("Face to face or by telephone, as the level wants"),
    "load": _("All capacity still free"),
    "language": _("Speaks the language of the place"),
}
LIMITS = {
    "capacity_account": _("Capacity of an account manager"),
    "capacity_telephone": _("Capacity of a telephone manager"),
    "over_percent": _("Overloaded above, per cent"),
    "under_percent": _("Room to spare below, per cent"),
    "claims_day": _("Claims per person and day"),
    "claims_total": _("Claimed customers per person in all"),
}
MOST_POINTS = 1_000
MOST = 1_000_000


class NumbersForm(forms.Form):
    """The numbers for owners, from a day on."""

    active_from = forms.DateField(label=_("In force from"), widget=DayInput)
    reason = forms.CharField(label=_("Reason"), max_length=200)
    face_rank = forms.TypedChoiceField(
        label=_("From this level on a customer wants an account manager"),
        coerce=int,
        choices=CardLevel.choices,
    )
    load_group = forms.IntegerField(label=_("A group weighs"), min_value=1, max_value=MOST_POINTS)
    load_prospect = forms.IntegerField(
        label=_("A prospect weighs"), min_value=0, max_value=MOST_POINTS
    )
    languages = forms.CharField(
        label=_("Languages by place"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One place per line: the code of a unit, “=”, the language."),
    )

    def __init__(self, *args: Any, numbers: OwnerNumbers, today: date, **options: Any) -> None:
        initial = {"active_from": today, **typed_from(numbers)}
        super().__init__(*args, auto_id="numbers_%s", initial=initial, **options)
        for name, words in POINTS.items():
            self.fields[name] = whole(words, low=0, high=MOST_POINTS)
        for rank in range(RANKS):
            words = _("%(level)s weighs") % {"level": CardLevel(rank).label}
            self.fields[f"level_{rank}"] = whole(words, low=0, high=MOST_POINTS)
        for name, words in LIMITS.items():
            self.fields[name] = whole(words, low=0, high=MOST)

    def clean_languages(self) -> tuple[tuple[str, str], ...]:
        pairs = []
        for line in self.cleaned_data["languages"].splitlines():
            if not line.strip():
                continue
            code, separator, language = (part.strip() for part in line.partition("="))
            if not (code and separator and language):
                raise forms.ValidationError(
                    _("“%(line)s” is not a code, “=” and a language.") % {"line": line.strip()}
                )
            pairs.append((code, language))
        return tuple(pairs)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        over, under = typed.get("over_percent"), typed.get("under_percent")
        if over is not None and under is not None and under >= over:
            self.add_error("under_percent", _("This must be less than what counts as overloaded."))
        return typed

    @property
    def numbers(self) -> OwnerNumbers:
        """The numbers typed; of a form that holds."""
        typed = self.cleaned_data
        return OwnerNumbers(
            **{name: typed[name] for name in (*POINTS, *LIMITS)},
            face_rank=typed["face_rank"],
            load_levels=tuple(typed[f"level_{rank}"] for rank in range(RANKS)),
            load_group=typed["load_group"],
            load_prospect=typed["load_prospect"],
            languages=typed["languages"],
        )

    @property
    def points(self) -> list[Any]:
        """The fields of what each sign is worth."""
        return [self[name] for name in (*POINTS, "face_rank")]

    @property
    def weights(self) -> list[Any]:
        """The fields of what customers weigh."""
        levels = [self[f"level_{rank}"] for rank in range(RANKS)]
        return [*levels, self["load_group"], self["load_prospect"]]

    @property
    def limits(self) -> list[Any]:
        """The fields of capacities and limits."""
        return [self[name] for name in LIMITS]


def whole(label: Any, *, low: int, high: int) -> forms.IntegerField:
    """Return a field for a whole number."""
    return forms.IntegerField(label=label, min_value=low, max_value=high)


def typed_from(numbers: OwnerNumbers) -> dict[str, Any]:
    """Return numbers as the fields show them."""
    return {
        **{name: getattr(numbers, name) for name in (*POINTS, *LIMITS)},
        **{f"level_{rank}": weight for rank, weight in enumerate(numbers.load_levels)},
        "face_rank": numbers.face_rank,
        "load_group": numbers.load_group,
        "load_prospect": numbers.load_prospect,
        "languages": "\n".join(f"{code} = {language}" for code, language in numbers.languages),
    }


def differences(before: OwnerNumbers, after: OwnerNumbers) -> list[tuple[str, Any, Any]]:
    """Return which numbers differ: their words, the old value and the new one."""
    form = NumbersForm(numbers=after, today=date.min)
    old, new = typed_from(before), typed_from(after)
    levels = dict(CardLevel.choices)
    return [
        (
            str(form.fields[name].label),
            levels[old[name]] if name == "face_rank" else old[name],
            levels[new[name]] if name == "face_rank" else new[name],
        )
        for name in form.fields
        if name in new and old[name] != new[name]
    ]


def stated(numbers: OwnerNumbers) -> list[tuple[str, Any]]:
    """Return all numbers with their words."""
    form = NumbersForm(numbers=numbers, today=date.min)
    values = {**typed_from(numbers), "face_rank": CardLevel(numbers.face_rank).label}
    fields = (*form.points, *form.weights, *form.limits, form["languages"])
    return [(str(bound.label), values[bound.name]) for bound in fields if values[bound.name] != ""]
