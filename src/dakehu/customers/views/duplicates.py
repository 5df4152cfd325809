"""Duplicates: the list, two side by side, merging, dismissing, undoing (V4)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from dakehu.common.events import announce
from dakehu.customers import operations, queries
from dakehu.customers.errors import UnableToDecidePair, UnableToMerge, UnableToUndoMerge
from dakehu.customers.filters import DuplicateFilter
from dakehu.customers.forms.duplicates import MergeForm
from dakehu.customers.pages import duplicates as pages
from dakehu.customers.pages.sheets import customer_url
from dakehu.customers.tables import DuplicateTable
from dakehu.customers.views.answers import moved_on
from dakehu.people.policies import may, require
from dakehu.ui import lists
from dakehu.ui.events import RecordOpened


def pair_url(pair: Any) -> str:
    """Return the address at which a pair is compared."""
    return reverse("customers:duplicate", args=[pair.pk])


DUPLICATES = lists.ListScreen(
    name="customers:duplicate_list",
    title=gettext_lazy("Duplicates"),
    permission="customers.merge",
    rows=queries.pairs_visible_to,
    table=DuplicateTable,
    filterset=DuplicateFilter,
    sorts={"score": ("score",), "found_on": ("found_on",)},
    default_sort="-score",
    icon="copy",
    help_text=gettext_lazy(
        "Every night groups and prospects are compared by name, sound, number and address. "
        "Nothing is merged by itself: compare, then merge or say that they are not the same."
    ),
    empty_title=gettext_lazy("No duplicates"),
    empty_text=gettext_lazy("Nobody within your reach is there twice, as far as can be told."),
    row_url=pair_url,
    export_permission="customers.export",
    personal=True,
)


@require_GET
def duplicate_list(request: HttpRequest) -> HttpResponseBase:
    """The pairs of customers that may be the same."""
    return lists.show(request, DUPLICATES)


@require_GET
def duplicate(request: HttpRequest, pk: int) -> HttpResponse:
    """Two customers side by side."""
    require(request.user, "customers.merge")
    page = pages.compare_page(request.user, pk)
    for side in page.sides:
        announce(RecordOpened(actor=request.user, subject=side.customer, at=timezone.now()))
    return render(request, "customers/duplicate_compare.html", {"page": page})


@require_POST
def duplicate_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Make one of two customers, with the chosen values."""
    require(request.user, "customers.merge")
    pair = queries.get_pair(request.user, pk)
    form = MergeForm(request.POST, pair=pair)
    if not form.is_valid():
        return moved_on(request, pair_url(pair), _("Choose which one is kept."), is_error=True)
    try:
        merger = operations.merge_customers(
            kept=form.kept,
            gone=form.gone,
            chosen=form.chosen,
            by=request.user,
            at=timezone.now(),
            reason=form.cleaned_data["reason"],
        )
    except UnableToMerge as refusal:
        return moved_on(request, reverse("customers:duplicate_list"), str(refusal), is_error=True)
    words = _("%(gone)s was merged into %(kept)s.") % {"gone": form.gone, "kept": form.kept}
    return moved_on(request, customer_url(merger.kept_id), words)


@require_POST
def duplicate_dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that two customers are not the same."""
    require(request.user, "customers.merge")
    pair = queries.get_pair(request.user, pk)
    try:
        operations.dismiss_pair(pair=pair, by=request.user, at=timezone.now())
    except UnableToDecidePair as refusal:
        return moved_on(request, pair_url(pair), str(refusal), is_error=True)
    url = f"{reverse('customers:duplicate_list')}?state=OPEN"
    return moved_on(request, url, _("They are not the same, and are not proposed again."))


@require_POST
def duplicate_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back that two customers are not the same."""
    require(request.user, "customers.merge")
    pair = queries.get_pair(request.user, pk)
    try:
        operations.reopen_pair(pair=pair, by=request.user, at=timezone.now())
    except UnableToDecidePair as refusal:
        return moved_on(request, pair_url(pair), str(refusal), is_error=True)
    return moved_on(request, pair_url(pair), _("They are proposed again."))


@require_POST
def merger_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take two merged customers apart again."""
    require(request.user, "customers.merge")
    merger = queries.get_merger(request.user, pk)
    try:
        operations.undo_merger(merger=merger, by=request.user, at=timezone.now())
    except UnableToUndoMerge as refusal:
        return moved_on(request, customer_url(merger.kept_id), str(refusal), is_error=True)
    words = _("%(gone)s and %(kept)s are two customers again.")
    told = words % {"gone": merger.gone, "kept": merger.kept}
    return moved_on(request, customer_url(merger.gone_id), told)


@require_GET
def merged_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file of a merged customer, to be read."""
    require(request.user, "customers.view")
    page = pages.merged_file(request.user, pk)
    announce(RecordOpened(actor=request.user, subject=page.merger.gone, at=timezone.now()))
    return render(request, "customers/merged_file.html", {"page": page})


@require_GET
def duplicates_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """What may be the same as a customer, and what was merged into it."""
    require(request.user, "customers.view")
    panel = pages.duplicates_panel(request.user, pk)
    return render(
        request,
        "customers/_duplicates_panel.html",
        {"panel": panel, "may_merge": may(request.user, "customers.merge")},
    )
