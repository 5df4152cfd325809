"""What lists of campaigns can be narrowed by."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dakehu.campaigns.choices import Form, LeftOut, Result, RowState, State
from dakehu.campaigns.queries.reading import campaigns_visible_to
from dakehu.people.queries import person_named
from dakehu.ui.filters import DayRangeFilter, YesNoFilter
from dakehu.ui.picking import WhoseFilter


class CampaignFilter(django_filters.FilterSet):
    """Campaigns by name, state, form and days."""

    name = django_filters.CharFilter(
        label=_("Name or words"), max_length=60, lookup_expr="icontains"
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=State.choices, empty_label=_("All")
    )
    form = django_filters.ChoiceFilter(
        label=_("By what customers are contacted"), choices=Form.choices, empty_label=_("All")
    )
    begins = DayRangeFilter(field_name="first_day", label=_("Begins between"))


class RowFilter(django_filters.FilterSet):
    """Customers of campaigns by campaign, customer, state, result, reason and caller."""

    words = django_filters.CharFilter(
        label=_("Customer or words"), max_length=60, method="filter_words"
    )
    campaign = django_filters.ModelChoiceFilter(
        label=_("Campaign"),
        empty_label=_("All"),
        queryset=lambda request: campaigns_visible_to(request.user),
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=RowState.choices, empty_label=_("All")
    )
    result = django_filters.ChoiceFilter(
        label=_("Result"), choices=Result.choices, empty_label=_("All")
    )
    left_out = django_filters.ChoiceFilter(
        label=_("Reason for leaving out"), choices=LeftOut.choices, empty_label=_("All")
    )
    opportunity = YesNoFilter(
        label=_("Led to an opportunity"), field_name="opportunity", method="filter_led"
    )
    staff = WhoseFilter(
        label=_("Who makes the call"), field_name="staff", nobody=True, find=person_named
    )
    called = DayRangeFilter(field_name="called_at", label=_("Called between"))

    def filter_words(self, rows: QuerySet[Any], name: str, typed: str) -> QuerySet[Any]:
        """Keep the customers who are called so, or have the number."""
        return rows.filter(Q(customer__name__icontains=typed) | Q(customer__number=typed))

    def filter_led(self, rows: QuerySet[Any], name: str, wanted: bool) -> QuerySet[Any]:
        """Keep the customers of whom an opportunity came, or of whom none did."""
        return rows.filter(opportunity__isnull=not wanted)
