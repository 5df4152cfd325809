"""What is chosen when two customers are merged (V4)."""

from typing import Any

from django import forms

from dakehu.customers import queries

FIRST, SECOND = "first", "second"
SIDES = ((FIRST, FIRST), (SECOND, SECOND))


class MergeForm(forms.Form):
    """Which of two is kept, whose value counts field by field, and why."""

    kept_side = forms.ChoiceField(choices=SIDES)
    reason = forms.CharField(max_length=200, required=False)

    def __init__(self, *args: Any, pair: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.pair = pair

    @property
    def kept(self) -> Any:
        """The customer that stays."""
        is_first = self.cleaned_data["kept_side"] == FIRST
        return self.pair.first if is_first else self.pair.second

    @property
    def gone(self) -> Any:
        """The customer that is merged into the other."""
        is_first = self.cleaned_data["kept_side"] == FIRST
        return self.pair.second if is_first else self.pair.first

    @property
    def chosen(self) -> set[str]:
        """The places whose values are those of the customer that goes."""
        other = SECOND if self.cleaned_data["kept_side"] == FIRST else FIRST
        return {place.key for place in queries.PLACES if self.data.get(place.key) == other}
