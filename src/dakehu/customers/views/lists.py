"""The lists of customers: all, by kind, former, proposed for the archive, removed; products."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from dakehu.customers import queries
from dakehu.customers.choices import CustomerKind
from dakehu.customers.filters import (
    ContactFilter,
    CustomerFilter,
    DayFilter,
    GiftFilter,
    GroupFilter,
    IndividualFilter,
    OrganisationFilter,
    PlainFilter,
    ProductFilter,
)
from dakehu.customers.pages.sheets import Tab, customer_url, tabs_for
from dakehu.customers.tables import (
    ContactTable,
    CustomerTable,
    DayTable,
    FormerTable,
    GiftTable,
    GroupTable,
    IndividualTable,
    LeavingTable,
    ProductTable,
    ProspectTable,
    RemovedTable,
    custom_columns,
)
from dakehu.ui import lists

ENTER = lists.Action(
    _("Enter a prospect"), "user-plus", "customers:prospect_add", "customers.create", primary=True
)
RETIRE = lists.BulkAction(
    _("Move to the archive"),
    "customers:retire_chosen",
    "customers.retire",
    icon="archive",
    drawer=True,
)
# Those without a level, a manager or a date follow, whatever the direction. Managers stand in
# the order of their numbers, for which there is an index: what counts is that one's are together.
INDIVIDUAL_SORTS = {
    "number": ("city_code", "number"),
    "level": lists.Grades(queries.by_level),
    "manager": ("manager_id",),
    "open_date": ("open_date",),
}
ORGANISATION_SORTS = {
    "name": ("name",),
    "manager": ("manager__name",),
    "unit": ("unit__path",),
    "industry": ("profile__industry",),
    "employees": ("profile__employees",),
}


def page_of(customer: Any) -> str:
    """Return the address of a row's page."""
    return customer_url(customer.pk)


CUSTOMERS = lists.ListScreen(
    name="customers:list",
    title=_("Customers"),
    permission="customers.view",
    rows=queries.customers_with_levels,
    table=CustomerTable,
    filterset=CustomerFilter,
    sorts=INDIVIDUAL_SORTS,
    default_sort="number",
    icon="users",
    help_text=_("Everybody within your reach: what the cities deliver, and prospects."),
    empty_title=_("No customers"),
    empty_text=_("The files of the cities bring customers overnight."),
    row_url=page_of,
    actions=(ENTER,),
    bulk=(RETIRE,),
    export_permission="customers.export",
    personal=True,
)
INDIVIDUALS = lists.ListScreen(
    name="customers:individual_list",
    title=_("Individuals"),
    permission="customers.view",
    rows=queries.individuals,
    table=IndividualTable,
    filterset=IndividualFilter,
    sorts=INDIVIDUAL_SORTS,
    default_sort="number",
    icon="user",
    help_text=_("Key customers with a number of their own, and the members of groups."),
    empty_title=_("No individuals"),
    empty_text=_("The files of the cities bring customers overnight."),
    row_url=page_of,
    bulk=(RETIRE,),
    export_permission="customers.export",
    personal=True,
    more_columns=custom_columns(CustomerKind.INDIVIDUAL),
)
GROUPS = lists.ListScreen(
    name="customers:group_list",
    title=_("Groups"),
    permission="customers.view",
    rows=queries.groups,
    table=GroupTable,
    filterset=GroupFilter,
    sorts={**ORGANISATION_SORTS, "number": ("city_code", "number")},
    default_sort="number",
    icon="building",
    help_text=_("Organisations that are customers."),
    empty_title=_("No groups"),
    empty_text=_("The files of the cities bring customers overnight."),
    row_url=page_of,
    bulk=(RETIRE,),
    export_permission="customers.export",
    personal=True,
    more_columns=custom_columns(CustomerKind.GROUP),
)
PROSPECTS = lists.ListScreen(
    name="customers:prospect_list",
    title=_("Prospects"),
    permission="customers.view",
    rows=queries.prospects,
    table=ProspectTable,
    filterset=OrganisationFilter,
    sorts={**ORGANISATION_SORTS, "number": ("number",)},
    default_sort="-number",
    icon="user-search",
    help_text=_("Who may become a customer, as people entered them."),
    empty_title=_("No prospects"),
    empty_text=_("Enter the first one with the button above."),
    row_url=page_of,
    actions=(ENTER,),
    bulk=(RETIRE,),
    export_permission="customers.export",
    personal=True,
    more_columns=custom_columns(CustomerKind.PROSPECT),
)
CONTACTS = lists.ListScreen(
    name="customers:contact_list",
    title=_("People of groups"),
    permission="customers.view",
    rows=queries.people_of_groups,
    table=ContactTable,
    filterset=ContactFilter,
    sorts={"customer": ("customer_id",), "name": ("name",)},
    default_sort="customer",
    icon="address-book",
    help_text=_("Unit leaders, key persons, contacts and product users of groups and prospects."),
    empty_title=_("No people"),
    empty_text=_("Enter people on the page of a group, or import them here."),
    row_url=lambda person: customer_url(person.customer_id),
    export_permission="customers.export",
    personal=True,
)
GIFTS = lists.ListScreen(
    name="customers:gift_list",
    title=_("Gifts"),
    permission="customers.view",
    rows=queries.gifts_within,
    table=GiftTable,
    filterset=GiftFilter,
    sorts={"on": ("on",), "customer": ("customer_id",)},
    default_sort="-on",
    icon="gift",
    help_text=_("What customers and their people were given, when and by whom."),
    empty_title=_("No gifts"),
    empty_text=_("Enter gifts on the page of a customer, or import them here."),
    row_url=lambda gift: customer_url(gift.customer_id),
    export_permission="customers.export",
    personal=True,
)
DAYS = lists.ListScreen(
    name="customers:day_list",
    title=_("Days to remember"),
    permission="customers.view",
    rows=queries.days_within,
    table=DayTable,
    filterset=DayFilter,
    sorts={"on": ("on",), "customer": ("customer_id",)},
    default_sort="customer",
    icon="cake",
    help_text=_("Days of customers and their people that come again every year."),
    empty_title=_("No days to remember"),
    empty_text=_("Enter days on the page of a customer, or import them here."),
    row_url=lambda day: customer_url(day.customer_id),
    export_permission="customers.export",
    personal=True,
)
FORMER = lists.ListScreen(
    name="customers:former_list",
    title=_("Retained archive"),
    permission="customers.view",
    rows=queries.former_customers,
    table=FormerTable,
    filterset=PlainFilter,
    sorts={"retained": ("retained_at",), "number": ("number",)},
    default_sort="-retained",
    icon="archive",
    help_text=_("Former customers: their files stay, and can be read and brought back."),
    empty_title=_("The archive is empty"),
    empty_text=_("Customers who have left move here by hand, with the reason."),
    row_url=page_of,
    bulk=(
        lists.BulkAction(
            _("Bring back"),
            "customers:bring_back_chosen",
            "customers.retire",
            confirm=_("Bring the chosen customers back into the working lists?"),
            icon="archive-off",
        ),
    ),
    export_permission="customers.export",
    personal=True,
)
LEAVING = lists.ListScreen(
    name="customers:leaving_list",
    title=_("Proposed for the archive"),
    permission="customers.retire",
    rows=lambda actor: queries.leaving_customers(actor, on=timezone.localdate()),
    table=LeavingTable,
    filterset=PlainFilter,
    sorts={"number": ("city_code", "number")},
    default_sort="number",
    icon="door-exit",
    help_text=_("Pre-deregistered for 30 days or longer, as far as the cities tell."),
    empty_title=_("Nobody is proposed"),
    empty_text=_("Who has been pre-deregistered for 30 days appears here by itself."),
    row_url=page_of,
    bulk=(RETIRE,),
)
REMOVED = lists.ListScreen(
    name="customers:removed_list",
    title=_("Removed prospects"),
    permission="customers.restore",
    rows=queries.removed_customers,
    table=RemovedTable,
    filterset=PlainFilter,
    sorts={"removed": ("removed_at",)},
    default_sort="-removed",
    icon="trash",
    help_text=_("Prospects that somebody removed. Restored ones are back in their list."),
    empty_title=_("Nothing was removed"),
    bulk=(
        lists.BulkAction(
            _("Restore"),
            "customers:restore_chosen",
            "customers.restore",
            confirm=_("Restore the chosen prospects?"),
            icon="restore",
        ),
    ),
)
PRODUCTS = lists.ListScreen(
    name="customers:product_list",
    title=_("Product names"),
    permission="customers.fields",
    rows=lambda actor: queries.products(),
    table=ProductTable,
    filterset=ProductFilter,
    sorts={"code": ("code",), "name": ("name",)},
    default_sort="code",
    icon="package",
    help_text=_("What the product codes of the files are called, and which of them bind."),
    empty_title=_("No product has a name"),
    row_url=lambda product: reverse("customers:product_edit", args=[product.pk]),
    row_drawer=True,
    actions=(
        lists.Action(
            _("Name a product"),
            "plus",
            "customers:product_add",
            "customers.fields",
            primary=True,
            drawer=True,
        ),
    ),
)
TABS = (
    CUSTOMERS, GROUPS, CONTACTS, INDIVIDUALS, PROSPECTS, GIFTS, DAYS, FORMER, LEAVING, REMOVED,
)  # fmt: skip
RETIRED_FROM = (CUSTOMERS.name, GROUPS.name, INDIVIDUALS.name, PROSPECTS.name, LEAVING.name)


def show(request: HttpRequest, screen: lists.ListScreen) -> HttpResponseBase:
    """Answer for one of the lists of customers, with the others as tabs above it."""
    tabs: list[Tab] = tabs_for(request.user, TABS, screen)
    return lists.show(request, screen, template="customers/list.html", tabs=tabs)


@require_GET
def customer_list(request: HttpRequest) -> HttpResponseBase:
    """The customers within the person's reach."""
    return show(request, CUSTOMERS)


@require_GET
def individual_list(request: HttpRequest) -> HttpResponseBase:
    """The individuals within the person's reach."""
    return show(request, INDIVIDUALS)


@require_GET
def group_list(request: HttpRequest) -> HttpResponseBase:
    """The groups within the person's reach."""
    return show(request, GROUPS)


@require_GET
def contact_list(request: HttpRequest) -> HttpResponseBase:
    """The people of the groups and prospects within the person's reach."""
    return show(request, CONTACTS)


@require_GET
def gift_list(request: HttpRequest) -> HttpResponseBase:
    """The gifts of the customers within the person's reach."""
    return show(request, GIFTS)


@require_GET
def day_list(request: HttpRequest) -> HttpResponseBase:
    """The days to remember of the customers within the person's reach."""
    return show(request, DAYS)


@require_GET
def prospect_list(request: HttpRequest) -> HttpResponseBase:
    """The prospects within the person's reach."""
    return show(request, PROSPECTS)


@require_GET
def former_list(request: HttpRequest) -> HttpResponseBase:
    """The retained archive."""
    return show(request, FORMER)


@require_GET
def leaving_list(request: HttpRequest) -> HttpResponseBase:
    """Who may belong into the archive."""
    return show(request, LEAVING)


@require_GET
def removed_list(request: HttpRequest) -> HttpResponseBase:
    """Removed prospects, for those who may restore them."""
    return show(request, REMOVED)


@require_GET
def product_list(request: HttpRequest) -> HttpResponseBase:
    """What the product codes are called."""
    return lists.show(request, PRODUCTS)
