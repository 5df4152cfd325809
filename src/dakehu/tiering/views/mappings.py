"""Screens of matching levels: every two schemes, the grid of two, proposing and publishing."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.people.policies import may, require
from dakehu.tiering.errors import UnableToMatchLevels
from dakehu.tiering.filters.mappings import TwinFilter
from dakehu.tiering.forms.mappings import MappingForm
from dakehu.tiering.operations import mapping as operations
from dakehu.tiering.pages import mappings as pages
from dakehu.tiering.policies import RULES, VIEW
from dakehu.tiering.queries import mappings as queries
from dakehu.tiering.queries.schemes import level_names
from dakehu.tiering.tables.mappings import TwinTable
from dakehu.ui import lists
from dakehu.ui.lists.addresses import whole_number


def standings_today(actor: Any) -> Any:
    """Return the standings that hold today, within the actor's reach."""
    return queries.standings_beside(actor, on=timezone.localdate())


TWINS = lists.ListScreen(
    name="tiering:twin_list",
    title=gettext_lazy("Levels in two schemes"),
    permission=VIEW,
    rows=standings_today,
    table=TwinTable,
    filterset=TwinFilter,
    sorts={"number": ("customer__number",), "level": ("level__rank",)},
    default_sort="number",
    icon="arrows-left-right",
    help_text=gettext_lazy(
        "Customers who stand in both schemes today: their level, what it means by the matches, "
        "and where they stand themselves."
    ),
    empty_title=gettext_lazy("Nobody to show"),
    empty_text=gettext_lazy("Choose matches, or ask for less."),
    row_url=lambda row: reverse("desk:customer", args=[row.customer_id]),
    export_permission="customers.export",
    personal=True,
)


@require_GET
def twin_list(request: HttpRequest) -> HttpResponseBase:
    """Who stands in both schemes of some matches, and whether as matched."""
    return lists.show(request, TWINS)


@require_GET
def mapping_list(request: HttpRequest) -> HttpResponse:
    """Every two schemes, and how far their levels are matched."""
    require(request.user, VIEW)
    lines = pages.pair_lines(on=timezone.localdate())
    return render(request, "tiering/mapping_list.html", {"lines": lines})


@require_GET
def mapping_detail(request: HttpRequest, code: str, other: str) -> HttpResponse:
    """Two schemes side by side: who stands where, the matches and their versions."""
    require(request.user, VIEW)
    page = pages.mapping_page(request.user, code, other, on=timezone.localdate())
    context = {"page": page, "may_change": may(request.user, RULES)}
    return render(request, "tiering/mapping_detail.html", context)


@require_http_methods(["GET", "POST"])
def mapping_propose(request: HttpRequest, code: str, other: str) -> HttpResponse:
    """Propose other matches; the address may name the version to begin with."""
    require(request.user, RULES)
    scheme, twin = between = queries.get_pair(code, other)
    begun = whole_number(request.GET.get("from", ""))
    begin = (
        queries.get_mapping(scheme, twin, begun)
        if begun is not None
        else queries.mapping_in_force(scheme, twin, on=timezone.localdate())
    )
    form = MappingForm(
        request.POST if request.method == "POST" else None,
        levels=level_names(scheme),
        others=level_names(twin),
        matches=queries.matches_in(begin),
        initial={"active_from": timezone.localdate()},
    )
    if form.is_valid() and proposed(request, between, form):
        messages.success(
            request, _("Proposed. The matches hold once somebody else publishes them.")
        )
        return redirect("tiering:mapping", scheme.code, twin.code)
    context = {"form": form, "scheme": scheme, "other": twin, "begin": begin}
    status = 422 if form.errors else 200
    return render(request, "tiering/mapping_propose.html", context, status=status)


def proposed(request: HttpRequest, between: Any, form: MappingForm) -> bool:
    """Propose what the form says; a refusal is said on the form."""
    try:
        operations.propose_mapping(
            between=between,
            matches=form.matches(),
            active_from=form.cleaned_data["active_from"],
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        )
    except UnableToMatchLevels as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@require_POST
def mapping_decide(request: HttpRequest, code: str, other: str, number: int) -> HttpResponse:
    """Publish matches that somebody else proposed, or withdraw proposed ones."""
    require(request.user, RULES)
    scheme, twin = queries.get_pair(code, other)
    mapping, now = queries.get_mapping(scheme, twin, number), timezone.now()
    try:
        if request.POST.get("withdraw"):
            operations.withdraw_mapping(mapping=mapping, by=request.user, at=now)
            messages.success(request, _("Withdrawn."))
        else:
            version = whole_number(request.POST.get("version", "")) or 0
            operations.publish_mapping(mapping=mapping, version=version, by=request.user, at=now)
            messages.success(request, _("Published."))
    except UnableToMatchLevels as refusal:
        messages.error(request, str(refusal))
    return redirect("tiering:mapping", scheme.code, twin.code)
