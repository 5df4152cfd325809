"""What people type about rules of levels, measures, levels by hand and assessments."""

from collections.abc import Mapping
from dataclasses import fields as fields_of
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dakehu.facts.measures import Gaps, Subject
from dakehu.facts.measures.values import columns_for
from dakehu.tiering.choices import MeasureUnit, Period, SchemeKind
from dakehu.tiering.queries.comparing import comparables_of
from dakehu.tiering.queries.measures import measures_for
from dakehu.tiering.queries.wording import CARD_LABELS, FOLDS, name_of
from dakehu.tiering.values import CARD_NUMBERS, CardNumbers, Grace
from dakehu.tiering.values.terms import Term
from dakehu.ui import conditions
from dakehu.ui.filters import DayInput

FEN = 100


class LeafForm(conditions.LeafForm):
    """One comparison of a measure of a kind of scheme; amounts are typed in yuan."""

    def __init__(self, *args: Any, kind: str, **options: Any) -> None:
        super().__init__(*args, comparables=comparables_of(measures_for(kind)), **options)


class GraceForm(forms.Form):
    """What keeps a level, and the period with whose start a lower one begins."""

    evaluations = forms.IntegerField(
        label=_("Falls after so many evaluations in a row"), min_value=1, max_value=12
    )
    keep_percent = forms.IntegerField(
        label=_("Kept down to (per cent of the limits)"), min_value=1, max_value=100
    )
    valid_months = forms.IntegerField(
        label=_("Holds at least (months)"), min_value=0, max_value=60
    )
    period = forms.ChoiceField(label=_("A lower level begins"), choices=Period.choices)

    def grace(self) -> dict[str, int]:
        """Return what keeps a level, as rules keep it."""
        return {each.name: self.cleaned_data[each.name] for each in fields_of(Grace)}


class CardForm(forms.Form):
    """The numbers of the card level; limits are typed in yuan."""

    def __init__(self, *args: Any, kept: CardNumbers, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, label in CARD_LABELS.items():
            self.fields[name] = card_field(name, label=label, initial=getattr(kept, name))
        self.kept = kept

    def numbers(self) -> CardNumbers:
        """Return the numbers with those typed."""
        return replace(self.kept, **card_numbers_typed(self.cleaned_data))


def card_field(name: str, *, initial: int | None, **options: Any) -> forms.Field:
    """Return the field of one number of the card level."""
    if name.startswith("limit_"):
        shown = None if initial is None else Decimal(initial) / FEN
        return forms.DecimalField(
            min_value=0, max_digits=13, decimal_places=2, initial=shown, **options
        )
    return forms.IntegerField(min_value=0, initial=initial, **options)


def card_numbers_typed(typed: Mapping[str, Any]) -> dict[str, int]:
    """Return the numbers of the card level that were typed, as rules keep them."""
    return {
        name: int(typed[name] * FEN) if name.startswith("limit_") else typed[name]
        for name in CARD_NUMBERS
        if typed.get(name) is not None
    }


class ProposeForm(forms.Form):
    """From when rules are to hold, and why."""

    active_from = forms.DateField(label=_("Holds from"), widget=DayInput)
    reason = forms.CharField(label=_("Reason"), max_length=200)
    confirmed = forms.BooleanField(
        label=_("Yes, move more than 20 % of the customers"), required=False
    )


class EvaluateForm(forms.Form):
    """As of which data day a scheme is evaluated."""

    day = forms.DateField(label=_("Data day"), widget=DayInput, required=False)


class GrantForm(forms.Form):
    """A level by hand: which, for how long, why."""

    level = forms.ChoiceField(label=_("Level"))
    starts_on = forms.DateField(label=_("Holds from"), widget=DayInput)
    ends_on = forms.DateField(
        label=_("Ends on"),
        widget=DayInput,
        help_text=_("From this day the level by evaluation holds again."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, *args: Any, levels: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["level"].choices = levels  # type: ignore[attr-defined]

    def term(self) -> Term:
        """Return the term typed."""
        typed = self.cleaned_data
        return Term(typed["starts_on"], typed["ends_on"], typed["reason"])


class AssessForm(forms.Form):
    """What a manager thinks of a customer."""

    measure = forms.ChoiceField(label=_("Measure"))
    value = forms.TypedChoiceField(
        label=_("Assessment"), choices=[(n, str(n)) for n in range(4)], coerce=int
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, measures: list[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(each.code, name_of(each)) for each in measures]
        self.fields["measure"].choices = choices  # type: ignore[attr-defined]


FORMS = (
    ("newest", _("Newest value of a column")),
    ("monthly", _("Months, folded")),
    ("daily", _("Days of usage, folded")),
    ("age", _("Days since a date")),
    ("held", _("Products in use")),
    ("served", _("Acts of service")),
    ("silence", _("Days since the last service")),
    ("recorded", _("Assessment by the manager")),
    ("share", _("Share of two measures")),
    ("difference", _("Difference of two measures")),
)


class MeasureForm(forms.Form):
    """A measure from delivered columns."""

    code = forms.CharField(
        label=_("Code"), max_length=40, help_text=_("Lower-case letters, digits, underscores.")
    )
    name = forms.CharField(label=_("Name (Chinese)"), max_length=80)
    name_en = forms.CharField(label=_("Name (English)"), max_length=80)
    kind = forms.ChoiceField(
        label=_("About"),
        choices=[each for each in SchemeKind.choices if each[0] != SchemeKind.MEMBER],
    )
    unit = forms.ChoiceField(label=_("Unit"), choices=MeasureUnit.choices)
    form = forms.ChoiceField(label=_("Comes from"), choices=FORMS)
    column = forms.ChoiceField(label=_("Delivered column"), required=False)
    fold = forms.ChoiceField(label=_("Folded to"), choices=list(FOLDS.items()), required=False)
    months = forms.IntegerField(label=_("Months"), required=False, min_value=1, max_value=36)
    least = forms.IntegerField(
        label=_("Months that must be known"), required=False, min_value=1, max_value=36
    )
    gaps = forms.ChoiceField(
        label=_("Months nobody told of"),
        choices=[(Gaps.SKIP, _("are left out")), (Gaps.ZERO, _("count 0"))],
        required=False,
    )
    days = forms.IntegerField(
        label=_("Number of days"), required=False, min_value=1, max_value=366
    )
    products = forms.CharField(
        label=_("Products"), required=False, help_text=_("Codes with commas; empty: all.")
    )
    top = forms.ChoiceField(label=_("Of"), required=False)
    base = forms.ChoiceField(label=_("By"), required=False)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        columns = {
            name
            for subject in Subject
            for form in ("newest", "monthly", "daily", "age")
            for name in columns_for(subject, form)
        }
        listed = [("", "---------"), *((name, name) for name in sorted(columns))]
        self.fields["column"].choices = listed  # type: ignore[attr-defined]
        measures = [
            ("", "---------"),
            *(
                (each.code, name_of(each))
                for kind in (SchemeKind.GROUP, SchemeKind.INDIVIDUAL)
                for each in measures_for(kind)
            ),
        ]
        for name in ("top", "base"):
            self.fields[name].choices = measures  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """Return the measure as it is defined."""
        typed = self.cleaned_data
        kept = {name: typed[name] for name in ("code", "name", "name_en", "kind", "unit", "note")}
        return {**kept, "source": {typed["form"]: self.source(typed)}}

    @staticmethod
    def source(typed: dict[str, Any]) -> dict[str, Any]:
        """Return what the form of the source needs of what was typed."""
        form = typed["form"]
        is_number = typed["unit"] != MeasureUnit.TEXT
        is_text_column = typed["column"] in {"tax_rank"}
        wanted: dict[str, dict[str, Any]] = {
            "newest": {"column": typed["column"], "as_number": is_number and is_text_column},
            "age": {"column": typed["column"]},
            "monthly": {
                "column": typed["column"],
                "fold": typed["fold"],
                "months": typed["months"] or 12,
                "least": typed["least"] or 1,
                "gaps": typed["gaps"] or Gaps.SKIP.value,
            },
            "daily": {
                "column": typed["column"],
                "fold": typed["fold"],
                "days": typed["days"] or 30,
            },
            "held": {"products": [e.strip() for e in typed["products"].split(",") if e.strip()]},
            "served": {"days": typed["days"] or 365},
            "share": {"top": typed["top"], "base": typed["base"]},
            "difference": {"from": typed["top"], "less": typed["base"]},
        }
        return wanted.get(form, {})
