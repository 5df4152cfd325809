"""How the forms of customers' files answer: shown, refused, saved."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event

from dakehu.customers.pages.sheets import Sheet, customer_url
from dakehu.customers.values import Likely
from dakehu.ui.responses import render_page, wants_fragment

# What shows any change of a customer's file.
ALWAYS = ("timeline", "changes")


def posted(request: HttpRequest) -> Any:
    """Return what was sent, or nothing if the form is asked for."""
    return request.POST if request.method == "POST" else None


def show_sheet(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Show a form, in the drawer or as a page; one that was refused with what is wrong."""
    status = 422 if sheet.form.is_bound else 200
    return render_page(
        request, "customers/form.html", "customers/_form.html", {"sheet": sheet}, status=status
    )


def warned(request: HttpRequest, sheet: Sheet, likely: tuple[Likely, ...]) -> HttpResponse | None:
    """Show whom somebody may be before it is stored; nothing once just these were seen."""
    seen = ",".join(f"{each.pk or each.unit}:{each.score}" for each in likely)
    if not likely or request.POST.get("seen") == seen:
        return None
    hidden = [*sheet.hidden, ("seen", seen)]
    told = replace(sheet, likely=likely, hidden=hidden, submit=_("Save all the same"))
    return show_sheet(request, told)


def refused(request: HttpRequest, sheet: Sheet, refusal: Exception) -> HttpResponse:
    """Show a form again with why it could not be kept."""
    sheet.form.add_error(None, str(refusal))  # type: ignore[attr-defined]
    return show_sheet(request, sheet)


def saved(request: HttpRequest, pk: int, words: str, *, panels: Iterable[str]) -> HttpResponse:
    """Report what was done; close the drawer and renew the panels, or go back to the customer."""
    messages.success(request, words)
    if not wants_fragment(request):
        return HttpResponseRedirect(customer_url(pk))
    response = HttpResponse()
    trigger_client_event(response, "dakehu:close-drawer")
    for name in (*panels, *ALWAYS):
        trigger_client_event(response, f"panel-{name}-changed")
    return response


def moved_on(
    request: HttpRequest, url: str, words: str, *, is_error: bool = False
) -> HttpResponse:
    """Report what was done, or why not, and go on to another page."""
    messages.add_message(request, messages.ERROR if is_error else messages.SUCCESS, words)
    is_part = wants_fragment(request)
    return HttpResponseClientRedirect(url) if is_part else HttpResponseRedirect(url)
