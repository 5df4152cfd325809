"""The limits that a city has of its own (T21)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from dakehu.tiering.models import Measure
from dakehu.tiering.queries.comparing import read_measure
from dakehu.tiering.queries.trees import typed_words
from dakehu.tiering.queries.wording import leaf_words, value_words
from dakehu.tiering.rules.localizing import PlacedLimit


@dataclass(frozen=True)
class OwnLimitRow:
    """One limit of a level: its words, the province's number, and the field for the city's."""

    rank: int
    words: str
    province: str
    field: forms.BoundField


class OwnLimitsForm(forms.Form):
    """One field for each limit of the rules; empty takes the province's number."""

    def __init__(
        self,
        *args: Any,
        city: str,
        limits: Sequence[PlacedLimit],
        measures: Mapping[str, Measure],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.limits, self.measures = limits, measures
        for each in limits:
            limit = each.limit.at_city("")
            own = each.limit.own_numbers.get(city)
            measure = measures.get(limit.measure)
            self.fields[each.key] = forms.CharField(
                label=leaf_words(limit, measures),
                required=False,
                max_length=20,
                initial="" if own is None else typed_words(measure, own),
                widget=forms.TextInput(
                    attrs={
                        "class": "form-control",
                        "inputmode": "decimal",
                        "placeholder": typed_words(measure, limit.value),
                    }
                ),
            )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        self.numbers: dict[str, int] = {}
        for each in self.limits:
            word = (typed.get(each.key) or "").strip().replace(",", "")
            measure = self.measures.get(each.limit.measure)
            if not word or measure is None:
                continue
            try:
                self.numbers[each.key] = int(read_measure(word, measure))
            except forms.ValidationError as refusal:
                self.add_error(each.key, refusal)
        return typed

    def rows(self) -> list[OwnLimitRow]:
        """Return the limits as the page shows them."""
        return [
            OwnLimitRow(
                each.rank,
                leaf_words(each.limit.at_city(""), self.measures),
                _("Province: %(number)s")
                % {"number": value_words(self.measures.get(each.limit.measure), each.limit.value)},
                self[each.key],
            )
            for each in self.limits
        ]
