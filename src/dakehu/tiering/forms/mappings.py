"""Which level of another scheme each level means, from when on, and why."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dakehu.tiering.queries.wording import name_of
from dakehu.tiering.rules.matching import Match, by_rank
from dakehu.ui.filters import DayInput


class MappingForm(forms.Form):
    """A choice for every level of the first scheme, from the top; from when; why."""

    active_from = forms.DateField(label=_("Holds from"), widget=DayInput)
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(
        self,
        *args: Any,
        levels: Mapping[int, Any],
        others: Mapping[int, Any],
        matches: Iterable[Match] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.ranks = list(levels)
        listed = [("", "–"), *((str(rank), name_of(each)) for rank, each in others.items())]
        known = list(matches)
        meant = by_rank(known)
        open_ones = {each.rank for each in known if each.to_confirm}
        for rank, level in levels.items():
            self.fields[f"to_{rank}"] = forms.ChoiceField(
                label=name_of(level), choices=listed, required=False, initial=meant.get(rank, "")
            )
            self.fields[f"open_{rank}"] = forms.BooleanField(
                label=_("To be confirmed"),
                required=False,
                initial=rank in open_ones,
                widget=forms.CheckboxInput(
                    {"aria-label": _now("%(level)s: to be confirmed") % {"level": name_of(level)}}
                ),
            )

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """Return the choice and the mark of every level, from the top."""
        return [(self[f"to_{rank}"], self[f"open_{rank}"]) for rank in self.ranks]

    def matches(self) -> list[Match]:
        """Return what was chosen."""
        typed = self.cleaned_data
        return [
            Match(rank, int(typed[f"to_{rank}"]), typed[f"open_{rank}"])
            for rank in self.ranks
            if typed[f"to_{rank}"]
        ]
