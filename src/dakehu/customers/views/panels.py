"""The panels of a customer's page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from dakehu.customers import queries
from dakehu.customers.pages import archive
from dakehu.customers.pages import panels as pages
from dakehu.people.policies import require


@require_GET
def profile_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """Who the customer is."""
    require(request.user, "customers.view")
    customer = queries.get_customer(request.user, pk)
    return render(request, "customers/_profile_panel.html", {"customer": customer})


@require_GET
def group_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The group of a member, or the members of a group."""
    require(request.user, "customers.view")
    panel = pages.group_panel(request.user, pk)
    return render(request, "customers/_group_panel.html", {"panel": panel})


@require_GET
def products_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The products that the customer holds, and the sticky ones it lacks."""
    require(request.user, "customers.view")
    panel = archive.products_panel(request.user, pk)
    return render(request, "customers/_products_panel.html", {"panel": panel})


@require_GET
def people_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The people of a group or prospect; of an individual what people learned of it."""
    require(request.user, "customers.view")
    panel = archive.people_panel(request.user, pk, on=timezone.localdate())
    return render(request, "customers/_people_panel.html", {"panel": panel})


@require_GET
def days_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """Birthdays and anniversaries, the next one first."""
    require(request.user, "customers.view")
    panel = archive.days_panel(request.user, pk, on=timezone.localdate())
    return render(request, "customers/_days_panel.html", {"panel": panel})


@require_GET
def addresses_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The addresses that people added."""
    require(request.user, "customers.view")
    panel = archive.addresses_panel(request.user, pk)
    return render(request, "customers/_addresses_panel.html", {"panel": panel})


@require_GET
def gifts_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The presents that were given."""
    require(request.user, "customers.view")
    panel = archive.gifts_panel(request.user, pk)
    return render(request, "customers/_gifts_panel.html", {"panel": panel})


@require_GET
def notes_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """What was learned about competitors and the market."""
    require(request.user, "customers.view")
    panel = archive.notes_panel(request.user, pk)
    return render(request, "customers/_notes_panel.html", {"panel": panel})


@require_GET
def opinions_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """What the customer said at visits and on the telephone."""
    require(request.user, "customers.view")
    panel = archive.opinions_panel(request.user, pk)
    return render(request, "customers/_opinions_panel.html", {"panel": panel})


@require_GET
def fields_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """What the customer has in the fields that the operator added."""
    require(request.user, "customers.view")
    panel = archive.fields_panel(request.user, pk)
    return render(request, "customers/_fields_panel.html", {"panel": panel})


@require_GET
def credit_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """What limit and arrears tell of the customer's standing."""
    require(request.user, "customers.view")
    panel = archive.credit_panel(request.user, pk)
    return render(request, "customers/_credit_panel.html", {"panel": panel})


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
