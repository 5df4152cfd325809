"""What is typed about the check list and the answers of the billing system (OP14)."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dakehu.cases.choices import SupportNeed
from dakehu.opportunities.choices import RowState
from dakehu.opportunities.queries.orders import point_words
from dakehu.ui.filters import DayInput
from dakehu.ui.forms import TickBoxes

BETWEEN = "|"


class CheckForm(forms.Form):
    """Which points of the check list are in order."""

    points = forms.MultipleChoiceField(
        label=_("In order"), required=False, widget=TickBoxes, choices=[]
    )

    def __init__(self, *args: Any, points: Iterable[tuple[str, str, str]], **options: Any) -> None:
        super().__init__(*args, auto_id="check_%s", **options)
        box: Any = self.fields["points"]
        box.choices = [
            (f"{code}{BETWEEN}{point}", f"{name}: {point_words(point)}")
            for code, name, point in points
        ]

    @property
    def ticked(self) -> list[tuple[str, str]]:
        """The points that were ticked; of a form that holds."""
        parts = (each.partition(BETWEEN) for each in self.cleaned_data["points"])
        return [(code, point) for code, _between, point in parts]


class AnswerForm(forms.Form):
    """What the billing system answered about one row, typed by hand."""

    row = forms.TypedChoiceField(label=pgettext_lazy("of an order", "Row"), coerce=int, choices=[])
    state = forms.ChoiceField(
        label=pgettext_lazy("a row of an order", "Answer"), choices=RowState.choices[1:]
    )
    reason = forms.CharField(label=_("Why it is refused"), max_length=200, required=False)

    def __init__(self, *args: Any, rows: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, auto_id="answer_%s", **options)
        box: Any = self.fields["row"]
        box.choices = list(rows)


class SupportForm(forms.Form):
    """What support is ordered from the operations center, and until when."""

    need = forms.ChoiceField(label=_("What support"), choices=SupportNeed.choices)
    wanted_on = forms.DateField(label=_("Wanted until"), widget=DayInput)
    text = forms.CharField(
        label=_("What is to be done for it"), max_length=4000, widget=forms.Textarea({"rows": 4})
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="support_%s", **options)


class BatchForm(forms.Form):
    """Collected data as one file, and what is to be done with it."""

    file = forms.FileField(
        label=_("The file"),
        help_text=_(
            "Excel or CSV: the number in the first column, what is to be done in the second; "
            "from 30 rows on."
        ),
    )
    text = forms.CharField(
        label=_("What is to be done for it"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, auto_id="batch_%s", **options)
