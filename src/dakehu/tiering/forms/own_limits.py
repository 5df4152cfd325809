"""The limits that a city has of its own (T21)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from dakehu.tiering.forms.levels import card_field, card_numbers_typed
from dakehu.tiering.models import Measure
from dakehu.tiering.queries.card_words import card_number_words
from dakehu.tiering.queries.comparing import read_measure
from dakehu.tiering.queries.trees import typed_words
from dakehu.tiering.queries.wording import CARD_LABELS, leaf_words, value_words
from dakehu.tiering.rules.localizing import PlacedLimit, limits_in, with_own
from dakehu.tiering.values import CardNumbers, TierRules


@dataclass(frozen=True)
class OwnLimitRow:
    """
    One limit of a level: its words, the province's number, and the field for the city's.

    Without ``rank`` it belongs to no level.
    """

    rank: int | None
    words: str
    province: str
    field: forms.BoundField


class OwnLimitsForm(forms.Form):
    """One field for each limit of the rules; empty takes the province's number."""

    def __init__(
        self,
        *args: Any,
        city: str,
        kept: TierRules,
        measures: Mapping[str, Measure],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.city, self.kept, self.measures = city, kept, measures
        self.limits: Sequence[PlacedLimit] = list(limits_in(kept))
        for each in self.limits:
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

    def ranks(self) -> list[int | None]:
        """Return the levels that the page shows, from the top."""
        return [each.rank for each in self.kept.levels if each.when is not None]

    def rules(self) -> TierRules:
        """Return the rules in which the city has exactly the limits that were typed."""
        return with_own(self.kept, self.city, self.numbers)

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


class OwnCardForm(forms.Form):
    """One field for each number of the card level; empty takes the province's number."""

    def __init__(self, *args: Any, city: str, kept: CardNumbers, **options: Any) -> None:
        super().__init__(*args, **options)
        self.city, self.kept, own = city, kept, kept.own_of(city)
        for name, label in CARD_LABELS.items():
            field = card_field(name, label=label, initial=own.get(name), required=False)
            province = card_number_words(name, getattr(kept, name))
            field.widget.attrs |= {"class": "form-control", "placeholder": province}
            self.fields[name] = field

    def ranks(self) -> list[int | None]:
        """Return the levels that the page shows: the numbers stand together."""
        return [None]

    def rules(self) -> CardNumbers:
        """Return the numbers of the province with exactly those of the city that were typed."""
        return self.kept.with_own(self.city, card_numbers_typed(self.cleaned_data))

    def rows(self) -> list[OwnLimitRow]:
        """Return the numbers as the page shows them."""
        return [
            OwnLimitRow(
                None,
                str(label),
                _("Province: %(number)s")
                % {"number": card_number_words(name, getattr(self.kept, name))},
                self[name],
            )
            for name, label in CARD_LABELS.items()
        ]
