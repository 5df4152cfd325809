"""What was handed to me: the list, one receipt with its customers, and my word (M3)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from dakehu.ownership import operations, queries
from dakehu.ownership.errors import UnableToConfirm
from dakehu.ownership.filters import ReceiptFilter
from dakehu.ownership.forms import ReceiptForm
from dakehu.ownership.tables import ReceiptTable
from dakehu.people.policies import require
from dakehu.ui import lists
from dakehu.ui.responses import render_page

RECEIVED = lists.ListScreen(
    name="ownership:received",
    title=gettext_lazy("Handed to me"),
    permission="ownership.view",
    rows=queries.receipts_of,
    table=ReceiptTable,
    filterset=ReceiptFilter,
    sorts={"at": ("pk",), "received": ("received_at",)},
    default_sort="-at",
    icon="inbox",
    help_text=gettext_lazy("Customers that came to you or went to others; confirm what came."),
    empty_text=gettext_lazy("Nobody has handed you customers yet."),
    row_url=lambda receipt: reverse("ownership:receipt", args=[receipt.pk]),
    row_drawer=True,
)
SHOWN = 100


@require_GET
def received(request: HttpRequest) -> HttpResponseBase:
    """What changes of ownership meant for the person."""
    return lists.show(request, RECEIVED)


@require_GET
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """One receipt with its customers."""
    require(request.user, "ownership.view")
    return show_receipt(request, pk, ReceiptForm(auto_id="receipt_%s"))


def show_receipt(
    request: HttpRequest, pk: int, form: ReceiptForm, *, status: int = 200
) -> HttpResponse:
    """Show a receipt with its form."""
    found = queries.get_receipt(request.user, pk)
    lines = queries.receipt_lines(found)
    context = {
        "receipt": found,
        "came": told(lines.filter(to_staff=request.user)),
        "gone": told(lines.filter(from_staff=request.user)),
        "shown": SHOWN,
        "form": form,
    }
    return render_page(
        request,
        "ownership/receipt_detail.html",
        "ownership/_receipt_detail.html",
        context,
        status=status,
    )


def told(lines: Any) -> list[tuple[Any, str]]:
    """Return the first customers of some lines, each with the address of its page."""
    return [(line, reverse("desk:customer", args=[line.customer_id])) for line in lines[:SHOWN]]


@require_POST
def receipt_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm that one has taken note of a handover."""
    require(request.user, "ownership.view")
    found = queries.get_receipt(request.user, pk)
    form = ReceiptForm(request.POST, auto_id="receipt_%s")
    if not form.is_valid():
        return show_receipt(request, pk, form, status=422)
    try:
        operations.confirm_receipt(
            receipt=found,
            remark=form.cleaned_data["remark"],
            by=request.user,
            at=timezone.now(),
        )
    except UnableToConfirm as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Confirmed."))
    return redirect("ownership:received")
