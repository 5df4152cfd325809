"""Screens of shares: what is shared with whom, sharing a manager or a unit, withdrawing."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.people import operations, queries
from dakehu.people.errors import UnableToShare
from dakehu.people.filters import ShareFilter
from dakehu.people.forms.shares import ShareForm
from dakehu.people.pages import shares as pages
from dakehu.people.pages.forms import FormPage, one_section
from dakehu.people.policies import require
from dakehu.people.tables import ShareTable
from dakehu.people.values import Shareable
from dakehu.people.views.forms import refuse, show_form
from dakehu.ui import lists
from dakehu.ui.forms import sent
from dakehu.ui.picking import words_of
from dakehu.ui.responses import back, render_page

PERMISSION = "people.share"


def share_url(share: Any) -> str:
    """Return the address of a share."""
    return reverse("people:share_page", args=[share.pk])


SHARES = lists.ListScreen(
    name="people:share_list",
    title=gettext_lazy("Shares"),
    permission="customers.view",
    rows=queries.shares_visible_to,
    table=ShareTable,
    filterset=ShareFilter,
    sorts={"starts_at": ("starts_at",), "expires_at": ("expires_at",)},
    default_sort="-starts_at",
    icon="share",
    help_text=gettext_lazy(
        "What people see beyond their own reach, until it expires or is withdrawn. Customers are "
        "shared on their pages, all customers of a manager or a unit on theirs."
    ),
    empty_title=gettext_lazy("Nothing is shared"),
    empty_text=gettext_lazy("What is shared with you, or by you, stands here."),
    row_url=share_url,
    row_drawer=True,
)


@require_GET
def share_list(request: HttpRequest) -> HttpResponseBase:
    """The shares that concern the person."""
    return lists.show(request, SHARES)


@require_GET
def share_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One share, as a page or in the drawer."""
    require(request.user, "customers.view")
    found = queries.get_share(request.user, pk)
    page = pages.share_page(request.user, found, at=timezone.now())
    context = {"page": page}
    return render_page(request, "people/share_page.html", "people/_share_page.html", context)


@require_GET
def receiver_options(request: HttpRequest) -> HttpResponse:
    """Suggestions of people with whom something can be shared."""
    require(request.user, PERMISSION)
    typed = request.GET.get(request.GET.get("box", ""), "")
    found = queries.receivers_suggested(request.user, typed)
    options = [words_of(person) for person in found]
    return render(request, "ui/widgets/_pick_options.html", {"options": options})


@require_GET
def shares_panel(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """With whom something is shared; of a person also what is shared with them."""
    shareable = shareable_of(kind)
    require(request.user, shareable.permission)
    subject = shareable.find(request.user, pk)
    context = {"panel": pages.shares_panel(request.user, shareable, subject)}
    return render(request, "people/_shares_panel.html", context)


@require_http_methods(["GET", "POST"])
def share_add(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Ask with whom, until when and why; share, and go back to the page of the subject."""
    require(request.user, PERMISSION)
    shareable = shareable_of(kind)
    subject, at, url = shareable.find(request.user, pk), timezone.now(), shareable.url(pk)
    form = ShareForm(sent(request), actor=request.user, today=timezone.localdate(at))
    if form.is_valid():
        share = form.share
        try:
            shareable.give(subject, share=share, by=request.user, at=at)
        except UnableToShare as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Shared with %(name)s.") % {"name": share.staff})
            return redirect(url)
    page = FormPage(
        title=str(shareable.title) % {"name": subject},
        submit=_("Share"),
        back=url,
        sections=one_section(form),
        icon="share",
        hint=_("They see what you see of it, with the permissions of their own role."),
    )
    return show_form(request, form, page)


def shareable_of(kind: str) -> Shareable:
    """Return how a kind of thing is shared.

    :raises Http404: if nothing of that kind is.
    """
    try:
        return operations.SHAREABLES[kind]
    except KeyError as error:
        raise Http404 from error


@require_POST
def share_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """End a share at once."""
    require(request.user, PERMISSION)
    found = queries.get_share(request.user, pk)
    try:
        operations.withdraw_share(found, by=request.user, at=timezone.now())
    except UnableToShare as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("Withdrawn. %(name)s sees it no more.") % {"name": found.staff}
        )
    return back(request, "people:share_list")
