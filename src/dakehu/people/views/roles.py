"""Screens of roles: the list, one role with its grid, making, changing and retiring one (M5)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.audit.errors import EditedMeanwhile
from dakehu.people import operations, queries
from dakehu.people.choices import ROLES
from dakehu.people.errors import UnableToKeepRole
from dakehu.people.forms.roles import RoleForm
from dakehu.people.pages import roles as pages
from dakehu.people.policies import require, role_of
from dakehu.people.values import Role
from dakehu.people.views.forms import UNPROCESSABLE, refuse
from dakehu.ui import conflicts
from dakehu.ui.forms import sent

PERMISSION = "people.roles"
EMPTY = Role("", "", "", "OWN", frozenset())


@require_GET
def role_list(request: HttpRequest) -> HttpResponse:
    """Every role: the file's, and those made here."""
    require(request.user, PERMISSION)
    return render(request, "people/role_list.html", {"lines": pages.role_lines()})


@require_GET
def role_page(request: HttpRequest, code: str) -> HttpResponse:
    """One role and what it permits."""
    require(request.user, PERMISSION)
    role = ROLES.get(code) or queries.get_stored_role(code).as_role()
    return render(request, "people/role_page.html", {"page": pages.role_page(request.user, role)})


@require_http_methods(["GET", "POST"])
def role_add(request: HttpRequest) -> HttpResponse:
    """Make a role, by copying another one."""
    require(request.user, PERMISSION)
    known = queries.roles()
    model = known.get(request.GET.get("like", ""), EMPTY)
    own = role_of(request.user).permissions
    begun = Role("", "", model.description, model.scope, model.permissions & own)
    form = role_form(request, begun)
    if form.is_valid():
        draft = form.draft(like=model.kind)
        try:
            made = operations.create_role(draft, by=request.user, at=timezone.now())
        except UnableToKeepRole as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The role is made. Give it to people on their pages."))
            return redirect("people:role_page", made.code)
    context = {"title": _("Make a role"), "models": list(known.values()), "model": model}
    return show_role_form(request, form, **context)


@require_http_methods(["GET", "POST"])
def role_change(request: HttpRequest, code: str) -> HttpResponse:
    """Change a role that was made here."""
    require(request.user, PERMISSION)
    stored = queries.get_stored_role(code)
    form = role_form(request, stored.as_role(), version=stored.version)
    if form.is_valid():
        try:
            operations.change_role(
                stored,
                form.draft(),
                version=form.known_version,
                by=request.user,
                at=timezone.now(),
            )
        except EditedMeanwhile as clash:
            return conflicts.show(request, form, clash)
        except UnableToKeepRole as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved. It holds from everybody's next click on."))
            return redirect("people:role_page", code)
    return show_role_form(request, form, title=_("Change the role"), stored=stored)


@require_POST
def role_retire(request: HttpRequest, code: str) -> HttpResponse:
    """Take a role out of use."""
    require(request.user, PERMISSION)
    try:
        operations.retire_role(queries.get_stored_role(code), by=request.user, at=timezone.now())
    except UnableToKeepRole as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The role is out of use. It can be brought back."))
    return redirect("people:role_page", code)


@require_POST
def role_revive(request: HttpRequest, code: str) -> HttpResponse:
    """Bring a role back into use."""
    require(request.user, PERMISSION)
    try:
        operations.revive_role(queries.get_stored_role(code), by=request.user, at=timezone.now())
    except UnableToKeepRole as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The role is in use again."))
    return redirect("people:role_page", code)


def role_form(request: HttpRequest, role: Role, *, version: int = 0) -> RoleForm:
    """Return the form of a role, with what was sent if something was."""
    return RoleForm(
        sent(request),
        role=role,
        own=role_of(request.user).permissions,
        known=queries.known_permissions(),
        version=version,
    )


def show_role_form(request: HttpRequest, form: RoleForm, **context: object) -> HttpResponse:
    """Answer with the form and its grid; with status 422 if it was sent and cannot stand."""
    rows = pages.grid(form.ticked, form.own)
    context = {**context, "form": form, "rows": rows, "address": request.get_full_path()}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "people/role_form.html", context, status=status)
