"""What the customers who stand in two schemes can be narrowed by (T24)."""

from typing import Any

import django_filters
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters.fields import ModelChoiceField

from dakehu.people.queries import person_named, units_within
from dakehu.tiering.queries.mappings import (
    agreeing,
    beside,
    mapping_numbered,
    mappings_to_look_at,
    matches_in,
    pair_words,
    with_meant,
)
from dakehu.tiering.queries.schemes import levels_of
from dakehu.tiering.queries.wording import name_of
from dakehu.ui.lists.addresses import whole_number
from dakehu.ui.picking import PickFilter

NOBODY = "none"
STANDS = (
    ("differ", _("Differently")),
    ("higher", _("Higher than matched")),
    ("lower", _("Lower than matched")),
    ("agree", _("As matched")),
    ("unmatched", _("Level without a match")),
)


class MappingField(ModelChoiceField):
    """A version of matches by its schemes."""

    def label_from_instance(self, mapping: Any) -> str:
        """Return matches in words."""
        return pair_words(mapping)


class MappingPick(django_filters.ModelChoiceFilter):
    """One version of matches."""

    field_class = MappingField


class TwinFilter(django_filters.FilterSet):
    """Customers in both schemes of some matches: where they stand, and whether as matched."""

    mapping = MappingPick(
        label=_("Matches"),
        empty_label=_("– choose one –"),
        queryset=lambda request: mappings_to_look_at(),
        method="filter_nothing",
    )
    stands = django_filters.ChoiceFilter(
        label=_("Compared with the match"),
        empty_label=_("All"),
        choices=STANDS,
        method="filter_nothing",
    )
    here = django_filters.ChoiceFilter(
        label=_("Level in the first scheme"), empty_label=_("All"), field_name="level__rank"
    )
    there = django_filters.ChoiceFilter(
        label=_("Level in the second scheme"), empty_label=_("All"), method="filter_nothing"
    )
    unit = django_filters.ModelChoiceFilter(
        label=_("Unit"),
        empty_label=_("All"),
        queryset=lambda request: units_within(request.user),
        method="filter_unit",
    )
    manager = PickFilter(
        field_name="customer__manager",
        label=_("Manager"),
        find=person_named,
        options="people:staff_options",
        fixed={NOBODY: _("Nobody")},
        null=NOBODY,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        mapping = mapping_numbered(whole_number(str((self.data or {}).get("mapping", ""))))
        for name, scheme in (
            ("here", mapping and mapping.scheme),
            ("there", mapping and mapping.other),
        ):
            levels = levels_of(scheme) if scheme else []
            self.filters[name].extra["choices"] = [(str(e.rank), name_of(e)) for e in levels]

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep who stands in both schemes; without matches there is nobody to show."""
        chosen = self.form.cleaned_data
        mapping = chosen.get("mapping")
        if mapping is None:
            return queryset.none()
        rows = super().filter_queryset(queryset)
        rows = with_meant(beside(rows, mapping.scheme_id, mapping.other_id), matches_in(mapping))
        if chosen.get("there"):
            rows = rows.filter(own=chosen["there"])
        match chosen.get("stands"):
            case "agree":
                return agreeing(rows, agree=True)
            case "differ":
                return agreeing(rows, agree=False)
            case "higher":
                return rows.filter(own__gt=F("meant"))
            case "lower":
                return rows.filter(own__lt=F("meant"))
            case "unmatched":
                return rows.filter(meant__isnull=True)
        return rows

    def filter_nothing(self, rows: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """Leave a field to :meth:`filter_queryset`, which looks at several at once."""
        return rows

    def filter_unit(self, rows: QuerySet[Any], name: str, unit: Any) -> QuerySet[Any]:
        """Keep the customers of a unit and of all below it."""
        below = list(units_within(self.request.user).below(unit).values_list("pk", flat=True))
        return rows.filter(customer__unit__in=below)
