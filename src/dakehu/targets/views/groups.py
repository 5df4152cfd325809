"""Screens of target groups: the list, the editor, one group, its members (T23)."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.audit.errors import EditedMeanwhile
from dakehu.people.policies import require
from dakehu.targets import jobs
from dakehu.targets.errors import UnableToLock
from dakehu.targets.filters import GroupFilter, MemberFilter
from dakehu.targets.forms import CloseForm, GroupForm
from dakehu.targets.operations import groups as operations
from dakehu.targets.pages import groups as pages
from dakehu.targets.policies import DEFINE, VIEW
from dakehu.targets.queries import groups as queries
from dakehu.targets.queries.operands import comparables
from dakehu.targets.tables import GroupTable, MemberTable
from dakehu.ui import conflicts, lists
from dakehu.ui.conditions import LeafForm, UnableToCompare, changed_condition
from dakehu.ui.forms import sent
from dakehu.ui.lists.addresses import whole_number
from dakehu.ui.responses import render_page

GROUPS = lists.ListScreen(
    name="targets:group_list",
    title=gettext_lazy("Target groups"),
    permission=VIEW,
    rows=queries.groups_counted,
    table=GroupTable,
    filterset=GroupFilter,
    sorts={"name": ("name",), "made": ("created_at",)},
    default_sort="-made",
    icon="target",
    help_text=gettext_lazy(
        "Customers chosen for a purpose by measures and fields, locked, handed out as tasks, and "
        "followed to the result."
    ),
    empty_title=gettext_lazy("No target group yet"),
    empty_text=gettext_lazy("Name one, say who belongs to it, and lock it."),
    row_url=lambda row: reverse("targets:group", args=[row.pk]),
    actions=(
        lists.Action(
            gettext_lazy("New target group"), "plus", "targets:group_new", DEFINE, primary=True
        ),
    ),
)
MEMBERS = lists.ListScreen(
    name="targets:member_list",
    title=gettext_lazy("Members of a target group"),
    permission=VIEW,
    rows=queries.members_visible_to,
    table=MemberTable,
    filterset=MemberFilter,
    sorts={"number": ("customer__number",), "joined": ("joined_on",)},
    default_sort="number",
    icon="users",
    help_text=gettext_lazy("As far as these customers are within your reach."),
    empty_title=gettext_lazy("No such members"),
    empty_text=gettext_lazy("Open the list from a group, or ask for less."),
    row_url=lambda row: reverse("desk:customer", args=[row.customer_id]),
    export_permission="customers.export",
    personal=True,
)


@require_GET
def group_list(request: HttpRequest) -> HttpResponseBase:
    """The target groups that concern the person."""
    return lists.show(request, GROUPS)


@require_GET
def member_list(request: HttpRequest) -> HttpResponseBase:
    """The members of a target group."""
    return lists.show(request, MEMBERS)


@require_http_methods(["GET", "HEAD", "POST"])
def group_new(request: HttpRequest) -> HttpResponse:
    """Name a target group; who belongs to it is said next."""
    require(request.user, DEFINE)
    form = GroupForm(sent(request), actor=request.user, initial={"unit": request.user.unit_id})
    if form.is_bound and form.is_valid():
        try:
            made = operations.create_group(group=form.instance, by=request.user, at=timezone.now())
        except UnableToLock as refusal:
            form.add_error("unit", str(refusal))
        else:
            return redirect("targets:condition", made.pk)
    context = {"form": form, "group": None}
    return render(request, "targets/group_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def group_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a target group is called and for; of a draft also its population."""
    require(request.user, DEFINE)
    group: Any = queries.get_group(request.user, pk)
    form = GroupForm(sent(request), instance=group, actor=request.user)
    if form.is_bound and form.is_valid():
        try:
            operations.edit_group(
                group=form.instance,
                version=form.known_version,
                by=request.user,
                at=timezone.now(),
            )
        except EditedMeanwhile as clash:
            return conflicts.show(request, form, clash)
        except UnableToLock as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("targets:group", pk)
    context = {"form": form, "group": queries.get_group(request.user, pk)}
    return render(request, "targets/group_form.html", context, status=422 if form.errors else 200)


@require_GET
def group_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One target group: who belongs to it, its history, what was done with it."""
    require(request.user, VIEW)
    page = pages.group_page(request.user, queries.get_group(request.user, pk))
    context = {"page": page, "close": CloseForm(auto_id="close_%s")}
    return render_page(request, "targets/group.html", "targets/_group_body.html", context)


@require_http_methods(["GET", "POST"])
def condition(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the condition of a draft in the editor, or change one part of it."""
    require(request.user, DEFINE)
    group = queries.get_group(request.user, pk)
    if group.state != "DRAFT" or not queries.may_change(request.user, group):
        return redirect("targets:group", pk)
    errors: list[str] = []
    if request.method == "POST":
        errors = take(request, group)
        if not errors and not request.htmx:  # type: ignore[attr-defined]
            return redirect("targets:condition", pk)
        group = queries.get_group(request.user, pk)
    context = {
        "group": group,
        "told": queries.told_of(group),
        "leaf": leaf_form(group.kind),
        "errors": errors,
    }
    return render_page(
        request,
        "targets/condition.html",
        "targets/_condition.html",
        context,
        status=422 if errors else 200,
    )


def leaf_form(kind: str, typed: Any = None) -> LeafForm:
    """Return the form of one comparison for groups of a kind."""
    return LeafForm(typed, comparables=comparables(kind), without=("to_confirm", "firm"))


def take(request: HttpRequest, group: Any) -> list[str]:
    """Make the change that was asked for; return what is wrong with it."""
    try:
        changed = changed_condition(
            group.condition or None, request.POST, lambda typed: leaf_form(group.kind, typed)
        )
        group.condition = changed or {}
        operations.edit_group(
            group=group,
            version=whole_number(request.POST.get("version", "")) or 0,
            by=request.user,
            at=timezone.now(),
        )
    except EditedMeanwhile:
        return [_("Somebody else has changed the condition meanwhile; this is how it is now.")]
    except (UnableToCompare, UnableToLock) as refusal:
        return [str(refusal)]
    return []


@require_GET
def counts(request: HttpRequest, pk: int) -> HttpResponse:
    """How many the condition takes in at this moment, and ten of them."""
    require(request.user, DEFINE)
    group = queries.get_group(request.user, pk)
    found = pages.counted(request.user, group, limit=settings.TARGET_MEMBERS_LIMIT)
    return render(request, "targets/_counts.html", {"found": found, "group": group})


@require_POST
def group_lock(request: HttpRequest, pk: int) -> HttpResponse:
    """Lock a target group."""
    require(request.user, DEFINE)
    group = queries.get_group(request.user, pk)
    version = whole_number(request.POST.get("version", "")) or 0
    try:
        jobs.lock(group, version=version, by=request.user, at=timezone.now())
    except (UnableToLock, EditedMeanwhile) as refusal:
        messages.error(request, str(refusal))
        return redirect("targets:group", pk)
    messages.success(request, _("Locked. The members are being read."))
    return redirect("targets:group", pk)


@require_POST
def group_unlock(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the condition of a target group be changed again."""
    require(request.user, DEFINE)
    group = queries.get_group(request.user, pk)
    try:
        operations.unlock_group(group=group, by=request.user, at=timezone.now())
    except UnableToLock as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Unlocked. Lock it again when the condition is right."))
    return redirect("targets:group", pk)


@require_POST
def group_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a target group whose purpose is done."""
    require(request.user, DEFINE)
    group = queries.get_group(request.user, pk)
    form = CloseForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    try:
        count = operations.close_group(group=group, note=note, by=request.user, at=timezone.now())
    except UnableToLock as refusal:
        messages.error(request, str(refusal))
    else:
        said = ngettext(
            "Closed. %(count)s open task is needed no more.",
            "Closed. %(count)s open tasks are needed no more.",
            count,
        )
        messages.success(request, said % {"count": count})
    return redirect("targets:group", pk)


@require_POST
def group_refresh(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the members of a target group anew."""
    require(request.user, DEFINE)
    group = queries.get_group(request.user, pk)
    try:
        is_wanted = jobs.ask_to_read(group, by=request.user)
    except UnableToLock as refusal:
        messages.error(request, str(refusal))
    else:
        words = (
            _("The members are being read.")
            if is_wanted
            else _("Only locked groups are read, frozen ones once.")
        )
        messages.success(request, words)
    return redirect("targets:group", pk)


@require_POST
def group_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a target group from the lists."""
    require(request.user, DEFINE)
    group = queries.get_group(request.user, pk)
    try:
        operations.remove_group(group=group, by=request.user, at=timezone.now())
    except UnableToLock as refusal:
        messages.error(request, str(refusal))
        return redirect("targets:group", pk)
    messages.success(request, _("The group was removed."))
    return redirect("targets:group_list")
