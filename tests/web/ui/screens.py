"""A list of customers as an app would describe it, with everything the engine offers."""

import django_filters
from django.db.models import QuerySet
from django.urls import reverse

from dakehu.customers.models import Customer
from dakehu.people.models import Staff
from dakehu.ui.filters import DayRangeFilter, YesNoFilter
from dakehu.ui.lists import Action, BulkAction, ListScreen
from dakehu.ui.tables import (
    BadgeColumn,
    CodeColumn,
    DayColumn,
    ListTable,
    TextColumn,
    YesNoColumn,
    YuanColumn,
)


class ExampleTable(ListTable):
    """Every kind of column, two of them hidden at first."""

    name = TextColumn("Name")
    number = CodeColumn("Number")
    phone = CodeColumn("Phone")
    manager = TextColumn("Manager", accessor="manager__name")
    status = BadgeColumn("Status", tones={0: "success", 4: "danger"})
    contract_end = DayColumn("Contract end")
    credit_limit_fen = YuanColumn("Credit limit")
    managed = YesNoColumn("Managed")
    city_code = CodeColumn("City")
    brand = TextColumn("Brand")

    optional_columns = ("city_code", "brand")


class ExampleFilter(django_filters.FilterSet):
    """Text, choice, dates and a yes or no."""

    name = django_filters.CharFilter(lookup_expr="contains", label="Name")
    manager = django_filters.ModelChoiceFilter(queryset=Staff.objects.all(), label="Manager")
    contract_end = DayRangeFilter(label="Contract end")
    managed = YesNoFilter(label="Managed")
    credit = django_filters.NumberFilter(
        field_name="credit_limit_fen", lookup_expr="gte", label="Credit from"
    )

    class Meta:
        model = Customer
        fields = ()


def rows_of(actor: Staff) -> QuerySet[Customer]:
    """Return a manager's own customers; the administrator sees all."""
    rows = Customer.objects.select_related("manager")
    return rows if actor.may("people.manage") else rows.filter(manager=actor)


EXAMPLES = ListScreen(
    name="examples:list",
    title="Example customers",
    permission="customers.view",
    rows=rows_of,
    table=ExampleTable,
    filterset=ExampleFilter,
    sorts={
        "name": ("name",),
        "number": ("number",),
        "manager": ("manager__name", "name"),
        "contract_end": ("contract_end",),
        "credit_limit_fen": ("-credit_limit_fen",),
    },
    default_sort="name",
    empty_title="No customers",
    row_url=lambda row: reverse("examples:detail", args=[row.pk]),
    row_drawer=True,
    actions=(Action("Gallery", "palette", "ui:gallery", "people.manage"),),
    bulk=(
        BulkAction("Mark", "examples:mark", "customers.export", confirm="Mark these customers?"),
        BulkAction("Refuse", "examples:mark", "people.manage"),
    ),
    export_permission="customers.export",
)
