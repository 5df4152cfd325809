"""Filters of the lists of opportunities and of contracts."""

from datetime import timedelta
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dakehu.cases.queries.callers import caller_named
from dakehu.channels.choices import Channel, Class, Kind
from dakehu.channels.queries.wording import product_choices
from dakehu.opportunities.choices import (
    LOW_POINTS,
    OPEN,
    QUEUE,
    SATISFACTION,
    LossReason,
    PaperState,
    SalesStage,
    State,
    TemplateState,
    VisitForm,
)
from dakehu.opportunities.rules.numbers import key_in
from dakehu.people.queries import person_named, units_within
from dakehu.ui.filters import DayRangeFilter, YesNoFilter
from dakehu.ui.picking import WhoseFilter

OPEN_ONES, WAITING, COMPLETE, LACKING = "open", "waiting", "complete", "lacking"


class UnitFilter(django_filters.ModelChoiceFilter):
    """Opportunities of a unit or of one below it."""

    def filter(self, rows: QuerySet[Any], unit: Any) -> QuerySet[Any]:
        if unit is None:
            return rows
        below = type(unit).objects.below(unit).values_list("pk", flat=True)
        return rows.filter(unit__in=list(below))


class OpportunityFilter(django_filters.FilterSet):
    """Opportunities by number or customer, state, class, product, channel, people and days."""

    words = django_filters.CharFilter(
        label=_("Opportunity number, customer or company"), max_length=80, method="filter_words"
    )
    whether = django_filters.ChoiceFilter(
        label=_("Open or not"),
        choices=((OPEN_ONES, _("All that are open")), (WAITING, _("At the operations center"))),
        empty_label=_("All"),
        method="filter_whether",
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=State.choices[2:], empty_label=_("All")
    )
    stage = django_filters.ChoiceFilter(
        label=pgettext_lazy("an opportunity", "Stage"),
        choices=SalesStage.choices,
        empty_label=_("All"),
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Kind.choices, empty_label=_("All"))
    customer_class = django_filters.ChoiceFilter(
        label=_("Class"), choices=Class.choices, empty_label=_("All")
    )
    product = django_filters.ChoiceFilter(
        label=_("Product"), choices=product_choices, empty_label=_("All"), method="filter_product"
    )
    channel = django_filters.ChoiceFilter(
        label=_("Contact channel"), choices=Channel.choices, empty_label=_("All")
    )
    receiver = WhoseFilter(
        label=pgettext_lazy("an opportunity", "With whom"), find=person_named, nobody=True
    )
    captured_by = WhoseFilter(label=_("Taken in by"), find=person_named, nobody=True)
    unit = UnitFilter(
        label=pgettext_lazy("an opportunity", "Unit"),
        empty_label=_("All"),
        queryset=lambda request: units_within(request.user),
    )
    elements = django_filters.ChoiceFilter(
        label=_("Elements"),
        choices=((COMPLETE, _("All six known")), (LACKING, _("Some are missing"))),
        empty_label=_("All"),
        method="filter_elements",
    )
    captured = DayRangeFilter(field_name="captured_at", label=_("Captured between"))
    loss = django_filters.ChoiceFilter(
        label=_("Reason of loss"), choices=LossReason.choices, empty_label=_("All")
    )

    def filter_words(self, rows: QuerySet[Any], name: str, typed: str) -> QuerySet[Any]:
        if pk := key_in(typed):
            return rows.filter(pk=pk)
        customer = caller_named(self.request.user, typed)
        about = Q(company__icontains=typed)
        return rows.filter(about | Q(customer=customer.pk) if customer else about)

    def filter_whether(self, rows: QuerySet[Any], name: str, picked: str) -> QuerySet[Any]:
        return rows.filter(state__in=OPEN if picked == OPEN_ONES else QUEUE)

    def filter_product(self, rows: QuerySet[Any], name: str, code: str) -> QuerySet[Any]:
        return rows.filter(products__contains=f" {code} ")

    def filter_elements(self, rows: QuerySet[Any], name: str, picked: str) -> QuerySet[Any]:
        return rows.filter(known=6) if picked == COMPLETE else rows.filter(known__lt=6)


class ContractFilter(django_filters.FilterSet):
    """Contracts by number or customer, state, how soon they end, unit, and who has them."""

    words = django_filters.CharFilter(
        label=_("Number of the contract, customer or company"),
        max_length=80,
        method="filter_words",
    )
    running_out = django_filters.ChoiceFilter(
        label=_("Runs out"),
        choices=(
            ("30", _("Within 30 days")),
            ("90", _("Within 90 days")),
            ("over", _("Is over and not renewed")),
            ("begun", _("Its renewal has begun")),
        ),
        empty_label=_("All"),
        method="filter_running_out",
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=PaperState.choices, empty_label=_("All")
    )
    receiver = WhoseFilter(
        field_name="opportunity__receiver",
        label=pgettext_lazy("an opportunity", "With whom"),
        find=person_named,
    )
    ends = DayRangeFilter(field_name="ends_on", label=_("Ends between"))

    def filter_words(self, rows: QuerySet[Any], name: str, typed: str) -> QuerySet[Any]:
        about = Q(number__icontains=typed) | Q(opportunity__company__icontains=typed)
        return rows.filter(about | Q(opportunity__customer__name__contains=typed))

    def filter_running_out(self, rows: QuerySet[Any], name: str, picked: str) -> QuerySet[Any]:
        if picked == "begun":
            return rows.filter(renewal__isnull=False)
        signed, on = rows.filter(state=PaperState.SIGNED, renewal__isnull=True), localdate()
        if picked == "over":
            return signed.filter(ends_on__lt=on)
        return signed.filter(ends_on__range=(on, on + timedelta(days=int(picked))))


class TemplateFilter(django_filters.FilterSet):
    """Words of solutions by name, product and state."""

    words = django_filters.CharFilter(
        field_name="name", lookup_expr="contains", label=_("Name"), max_length=60
    )
    product = django_filters.ChoiceFilter(
        label=_("Product"), choices=product_choices, empty_label=_("All")
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=TemplateState.choices, empty_label=_("All")
    )


class SaleVisitFilter(django_filters.FilterSet):
    """Return visits by customer, how content, what is left, how they were asked, and when."""

    words = django_filters.CharFilter(
        label=_("Customer or company"), max_length=80, method="filter_words"
    )
    satisfaction = django_filters.ChoiceFilter(
        label=_("How content the customer is"), choices=SATISFACTION, empty_label=_("All")
    )
    whether = django_filters.ChoiceFilter(
        label=_("Whether"),
        choices=(
            ("low", _("Not content")),
            ("left", _("Something is still to be done")),
            ("next", _("A need was named")),
            ("unreached", _("Nobody was reached")),
        ),
        empty_label=_("All"),
        method="filter_whether",
    )
    form = django_filters.ChoiceFilter(
        label=_("How they were asked"), choices=VisitForm.choices, empty_label=_("All")
    )
    receiver = WhoseFilter(
        field_name="opportunity__receiver",
        label=pgettext_lazy("an opportunity", "With whom"),
        find=person_named,
    )
    at = DayRangeFilter(field_name="at", label=_("Visited between"))

    def filter_words(self, rows: QuerySet[Any], name: str, typed: str) -> QuerySet[Any]:
        about = Q(opportunity__company__icontains=typed)
        return rows.filter(about | Q(opportunity__customer__name__contains=typed))

    def filter_whether(self, rows: QuerySet[Any], name: str, picked: str) -> QuerySet[Any]:
        if picked == "low":
            return rows.filter(satisfaction__lte=LOW_POINTS)
        if picked == "left":
            return rows.exclude(left_open="")
        wanted = {"next": {"following__isnull": False}, "unreached": {"is_reached": False}}
        return rows.filter(**wanted[picked])


class PartnerFilter(django_filters.FilterSet):
    """Partners by name and core flag."""

    words = django_filters.CharFilter(
        field_name="name", lookup_expr="contains", label=_("Name"), max_length=60
    )
    is_core_partner = YesNoFilter(label=_("Core partner"))
