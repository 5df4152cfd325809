"""What is typed about solutions, contracts and talks (OP14, OP15)."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dakehu.opportunities.choices import MeetingKind
from dakehu.opportunities.rules.papers import LONGEST_TEXT, MOST_DAYS
from dakehu.opportunities.values import Parts, Stamps, Terms
from dakehu.ui.filters import DayInput
from dakehu.ui.forms import VersionedForm, YuanField

FIRST_VERSION = 0
"""What is not kept yet has this version."""


class SolutionForm(VersionedForm):
    """The technical and the commercial part of a solution, and its price."""

    technical = forms.CharField(
        label=_("Technical part"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 7}),
        help_text=_("What is set up where, with which capacity and by when."),
    )
    commercial = forms.CharField(
        label=_("Commercial part"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("Tariff, discount, term, what the customer commits to."),
    )
    price_fen = YuanField(label=_("Price, in yuan"), required=False)

    def __init__(
        self, *args: Any, paper: Any = None, parts: Parts | None = None, version: int = 0,
        **options: Any,
    ) -> None:  # fmt: skip
        begun: dict[str, Any] = {"version": version}
        if paper is not None:
            parts = Parts(paper.technical, paper.commercial, paper.price_fen)
        if parts is not None:
            begun = {**asdict(parts), **begun}
        super().__init__(*args, auto_id="solution_%s", initial=begun, **options)

    @property
    def told(self) -> Parts:
        """What was typed; of a form that holds."""
        names = ("technical", "commercial", "price_fen")
        return Parts(*(self.cleaned_data[name] for name in names))


class ContractForm(VersionedForm):
    """Number, value and term of a contract, and what else was agreed."""

    number = forms.CharField(label=_("Number of the contract"), max_length=60)
    value_fen = YuanField(label=_("Value, in yuan"))
    starts_on = forms.DateField(label=_("Begins on"), widget=DayInput)
    ends_on = forms.DateField(label=_("Ends on"), widget=DayInput)
    notice_days = forms.IntegerField(
        label=_("Days before its end on which to ask for renewal"),
        min_value=0,
        max_value=MOST_DAYS,
        initial=60,
    )
    terms = forms.CharField(
        label=_("Terms"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea({"rows": 5}),
    )

    def __init__(
        self, *args: Any, paper: Any = None, version: int = 0, value_fen: int | None = None,
        **options: Any,
    ) -> None:  # fmt: skip
        begun: dict[str, Any] = {"version": version, "value_fen": value_fen}
        if paper is not None:
            begun.update({name: getattr(paper, name) for name in Terms.__dataclass_fields__})
        super().__init__(*args, auto_id="contract_%s", initial=begun, **options)

    @property
    def told(self) -> Terms:
        """What was typed; of a form that holds."""
        return Terms(**{name: self.cleaned_data[name] for name in Terms.__dataclass_fields__})


class StampForm(forms.Form):
    """Which days the stamps of the two sides bear."""

    ours_on = forms.DateField(label=_("Stamp of the operator of"), widget=DayInput)
    theirs_on = forms.DateField(label=_("Stamp of the customer of"), widget=DayInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="stamp_%s", **options)

    @property
    def told(self) -> Stamps:
        """What was typed; of a form that holds."""
        return Stamps(**self.cleaned_data)


class ReasonForm(forms.Form):
    """Why a paper is sent back, withdrawn, or let run out."""

    text = forms.CharField(label=_("Why"), max_length=200, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="reason_%s", **options)


class MeetingForm(forms.Form):
    """A talk with the customer."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("a talk", "Kind of talk"), choices=MeetingKind.choices
    )
    held_on = forms.DateField(label=_("On which day"), widget=DayInput)
    text = forms.CharField(
        label=_("What was said and agreed"),
        max_length=4000,
        widget=forms.Textarea({"rows": 7}),
        help_text=_("Who took part, objections, terms, what follows; papers go into the files."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="meeting_%s", **options)
