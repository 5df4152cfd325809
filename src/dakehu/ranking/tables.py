"""Columns of the lists of models and of ranked customers, and the rank on the list of alerts."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from dakehu.ranking.choices import STATE_TONES
from dakehu.ranking.queries import percent_words
from dakehu.ui import tables


class RatioColumn(tables.NumericColumn):
    """A figure with three places."""

    excel_format = "0.000"

    def render(self, value: Any) -> str:
        return f"{value:.3f}"


class ProbabilityColumn(tables.NumericColumn):
    """A probability in per cent."""

    excel_format = "0.0%"

    def render(self, value: Any) -> str:
        return percent_words(value)


class PlaceColumn(tables.NumericColumn):
    """The place of a row's customer with the probability beside it; empty for the unranked."""

    def __init__(self, path: str, **options: Any) -> None:
        super().__init__(accessor=f"{path}__place", default="", **options)
        self.probability = tables.tables.A(f"{path}__probability")

    def render(self, value: Any, record: Any) -> str:
        return f"{value:,} · {percent_words(self.probability.resolve(record))}"


class ModelTable(tables.ListTable):
    """Models: what they were made of, how they did, where they stand."""

    number = tables.CodeColumn(accessor="number", verbose_name=_("Model"))
    state = tables.BadgeColumn(accessor="state", tones=STATE_TONES, verbose_name=_("State"))
    trained_at = tables.InstantColumn(accessor="trained_at", verbose_name=_("Trained at"))
    first_day = tables.DayColumn(accessor="first_day", verbose_name=_("From"))
    last_day = tables.DayColumn(accessor="last_day", verbose_name=_("To"))
    horizon = tables.NumberColumn(accessor="horizon", verbose_name=_("Horizon (days)"))
    left = tables.NumberColumn(accessor="left", verbose_name=_("Left in the examination"))
    roc_auc = RatioColumn(accessor="roc_auc", verbose_name=_("ROC AUC"))
    pr_auc = RatioColumn(accessor="pr_auc", verbose_name=_("PR AUC"))
    lift = RatioColumn(accessor="lift", verbose_name=_("Lift of the top tenth"))
    brier = RatioColumn(accessor="brier", verbose_name=_("Brier"))
    published_by = tables.TextColumn(
        accessor="published_by", verbose_name=_("Published by"), default="–"
    )
    proposed_by = tables.TextColumn(
        accessor="proposed_by", verbose_name=_("Proposed by"), default="–"
    )

    optional_columns = ("brier", "proposed_by")


class RankTable(tables.ListTable):
    """Customers by how likely they are to leave, beside the score of the rule."""

    customer = tables.TextColumn(accessor="customer", verbose_name=_("Customer"))
    number = tables.CodeColumn(accessor="customer__number", verbose_name=_("Number"))
    place = tables.NumberColumn(accessor="place", verbose_name=_("Place by the model"))
    probability = ProbabilityColumn(
        accessor="probability", verbose_name=_("Probability by the model")
    )
    score = tables.NumberColumn(accessor="score", verbose_name=_("Score of W10"), default="")
    manager = tables.TextColumn(
        accessor="customer__manager", verbose_name=_("Manager"), default=_("Nobody")
    )
    unit = tables.TextColumn(accessor="customer__unit", verbose_name=_("Unit"))
    day = tables.DayColumn(accessor="day", verbose_name=_("Data day"))
    phone = tables.TextColumn(accessor="customer__phone", verbose_name=_("Phone"))

    optional_columns = ("day", "phone")
