"""What was told to whom, and what was answered."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from dakehu.hooks import operations, pages, queries
from dakehu.hooks.errors import UnableToKeepSubscription
from dakehu.hooks.filters import DeliveryFilter
from dakehu.hooks.policies import MANAGE
from dakehu.hooks.tables import DeliveryTable
from dakehu.people.policies import require
from dakehu.ui import lists

DELIVERIES = lists.ListScreen(
    name="hooks:delivery_list",
    title=gettext_lazy("Events sent"),
    permission=MANAGE,
    rows=queries.deliveries_visible_to,
    table=DeliveryTable,
    filterset=DeliveryFilter,
    sorts={"at": ("event__at",)},
    default_sort="-at",
    icon="send",
    help_text=gettext_lazy(
        "Every event to every system for 30 days, with what was answered. What was given up can "
        "be sent again."
    ),
    empty_title=gettext_lazy("Nothing was sent yet"),
    empty_text=gettext_lazy("Events appear here as soon as a subscription wants them."),
    row_url=lambda row: reverse("hooks:delivery", args=[row.pk]),
    actions=(lists.Action(gettext_lazy("Subscriptions"), "webhook", "hooks:list", MANAGE),),
    export_permission=MANAGE,
)


@require_GET
def delivery_list(request: HttpRequest) -> HttpResponseBase:
    """The deliveries of the last weeks."""
    return lists.show(request, DELIVERIES)


@require_GET
def delivery_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One delivery, with every try."""
    require(request.user, MANAGE)
    page = pages.delivery_page(queries.get_delivery(request.user, pk))
    return render(request, "hooks/delivery.html", {"page": page})


@require_POST
def delivery_replay(request: HttpRequest, pk: int) -> HttpResponse:
    """Send one event again, under its number."""
    require(request.user, MANAGE)
    delivery = queries.get_delivery(request.user, pk)
    try:
        operations.replay_event(delivery=delivery, by=request.user, at=timezone.now())
    except UnableToKeepSubscription as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The event is sent again in a moment."))
    return redirect("hooks:delivery", pk)
