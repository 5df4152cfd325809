"""What the customers whom a simulation would move can be narrowed by."""

from typing import Any

import django_filters
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters.fields import ModelChoiceField

from dakehu.people.queries import person_named, units_within
from dakehu.tiering.choices import Basis, SimulationState
from dakehu.tiering.queries.schemes import schemes_known
from dakehu.tiering.queries.simulations import (
    FIELDS,
    levels_in,
    on_basis,
    simulations_known,
)
from dakehu.tiering.queries.tried import what_was_tried
from dakehu.tiering.queries.wording import name_of
from dakehu.ui.lists.addresses import whole_number
from dakehu.ui.picking import PickFilter

NOBODY = "none"
UP, DOWN = "up", "down"


class SimulationFilter(django_filters.FilterSet):
    """Simulations by scheme and by how far they are."""

    scheme = django_filters.ModelChoiceFilter(
        label=_("Scheme"), empty_label=_("All"), queryset=lambda request: schemes_known()
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=SimulationState.choices, empty_label=_("All")
    )


class SimulationField(ModelChoiceField):
    """A simulation by what it tried out, of which day."""

    def label_from_instance(self, simulation: Any) -> str:
        """Return a simulation in words."""
        scheme = name_of(simulation.scheme)
        return f"{scheme} · {what_was_tried(simulation)} · {simulation.day:%Y-%m-%d}"


class SimulationPick(django_filters.ModelChoiceFilter):
    """One simulation."""

    field_class = SimulationField


class MoverFilter(django_filters.FilterSet):
    """Movers of one simulation: compared with what, from where, to where, whose."""

    simulation = SimulationPick(
        label=_("Simulation"),
        empty_label=_("– choose one –"),
        queryset=lambda request: simulations_known(request.user).order_by("-asked_at"),
    )
    basis = django_filters.ChoiceFilter(
        label=_("Compared with"),
        choices=Basis.choices,
        empty_label=None,
        method="filter_nothing",
    )
    was = django_filters.ChoiceFilter(
        label=_("Level before"), empty_label=_("All"), method="filter_nothing"
    )
    becomes = django_filters.ChoiceFilter(
        label=_("Level after"), empty_label=_("All"), field_name="level"
    )
    way = django_filters.ChoiceFilter(
        label=_("Up or down"),
        empty_label=_("All"),
        choices=((UP, _("Upgrade")), (DOWN, _("Downgrade"))),
        method="filter_nothing",
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
        number = whole_number(str((self.data or {}).get("simulation", "")))
        choices = [(str(level.rank), name_of(level)) for level in levels_in(number)]
        for name in ("was", "becomes"):
            self.filters[name].extra["choices"] = choices

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Compare with what was chosen; without a simulation there are no movers."""
        chosen = self.form.cleaned_data
        if not chosen.get("simulation"):
            return queryset.none()
        basis = chosen.get("basis") or Basis.RULES
        field = FIELDS[Basis(basis)]
        rows = on_basis(super().filter_queryset(queryset), basis)
        if chosen.get("was"):
            rows = rows.filter(**{field: chosen["was"]})
        way = chosen.get("way")
        if way:
            rows = rows.filter(Q(**{f"level__{'gt' if way == UP else 'lt'}": F(field)}))
        return rows

    def filter_nothing(self, rows: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """Leave a field to :meth:`filter_queryset`, which looks at several at once."""
        return rows

    def filter_unit(self, rows: QuerySet[Any], name: str, unit: Any) -> QuerySet[Any]:
        """Keep the customers of a unit and of all below it."""
        below = list(units_within(self.request.user).below(unit).values_list("pk", flat=True))
        return rows.filter(customer__unit__in=below)
