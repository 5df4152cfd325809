"""The panels of a customer's page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from dakehu.customers import queries
from dakehu.customers.choices import PersonalValue
from dakehu.customers.forms.access import RevealForm
from dakehu.customers.pages import panels as pages
from dakehu.people.policies import may, require


@require_GET
def profile_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """Who the customer is."""
    require(request.user, "customers.view")
    customer = queries.get_customer(request.user, pk)
    return render(
        request,
        "customers/_profile_panel.html",
        {
            "customer": customer,
            "may_reveal": may(request.user, "customers.reveal"),
            "phone_form": RevealForm(initial={"value": PersonalValue.PHONE}),
            "address_form": RevealForm(initial={"value": PersonalValue.ADDRESS}),
        },
    )


@require_GET
def group_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The group of a member, or the members of a group."""
    require(request.user, "customers.view")
    panel = pages.group_panel(request.user, pk)
    return render(request, "customers/_group_panel.html", {"panel": panel})


@require_GET
def products_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The products that the customer holds."""
    require(request.user, "customers.view")
    customer = queries.get_customer(request.user, pk)
    products = queries.subscriptions_of(customer)
    return render(request, "customers/_products_panel.html", {"products": products})


@require_GET
def months_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """What the customer brought month by month."""
    require(request.user, "customers.view")
    panel = pages.months_panel(request.user, pk)
    return render(request, "customers/_months_panel.html", {"panel": panel})


@require_GET
def logs_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """What managers did for the customer."""
    require(request.user, "customers.view")
    customer = queries.get_customer(request.user, pk)
    logs = queries.service_logs_of(customer)
    return render(request, "customers/_logs_panel.html", {"logs": logs})


@require_GET
def changes_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """What was changed about the customer, when and by whom."""
    require(request.user, "customers.view")
    lines = pages.change_lines(request.user, pk)
    return render(request, "customers/_changes_panel.html", {"lines": lines})
