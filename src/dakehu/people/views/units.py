"""Screens of units: the tree, one unit, its place and its duties (M2, M10)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.audit.errors import EditedMeanwhile
from dakehu.people import operations, queries
from dakehu.people.errors import (
    UnableToKeepUnit,
    UnableToPlaceUnit,
    UnableToRelease,
    UnableToSetDuties,
)
from dakehu.people.forms import (
    DutiesForm,
    NewUnitForm,
    ReasonForm,
    UnitForm,
    UnitMoveForm,
    field_labels,
)
from dakehu.people.pages import files, units
from dakehu.people.pages.forms import FormPage, one_section
from dakehu.people.policies import require
from dakehu.people.views.forms import refuse, show_form
from dakehu.ui import conflicts
from dakehu.ui.forms import sent


@require_GET
def unit_list(request: HttpRequest) -> HttpResponse:
    """The tree of units."""
    require(request.user, "people.view")
    return render(request, "people/unit_list.html", {"tree": units.unit_tree(request.user)})


@require_GET
def unit_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit: who leads it, where it stands, what it does."""
    require(request.user, "people.view")
    unit = queries.get_unit(request.user, pk)
    page = units.unit_page(request.user, unit)
    return render(request, "people/unit_page.html", {"page": page})


@require_GET
def children_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The units directly below a unit."""
    require(request.user, "people.view")
    children = units.children_of(request.user, queries.get_unit(request.user, pk))
    return render(request, "people/_children_panel.html", {"children": children})


@require_GET
def duties_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The services that a unit leads or supports."""
    require(request.user, "people.view")
    duties = units.unit_duties(request.user, queries.get_unit(request.user, pk))
    return render(request, "people/_duties_panel.html", {"duties": duties})


@require_GET
def places_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a unit stood in the tree."""
    require(request.user, "people.view")
    places = queries.places_of(queries.get_unit(request.user, pk))
    return render(request, "people/_places_panel.html", {"places": places})


@require_GET
def unit_changes_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """What was changed about a unit, when and by whom."""
    require(request.user, "people.view")
    lines = files.change_lines(queries.get_unit(request.user, pk), field_labels())
    return render(request, "people/_changes_panel.html", {"lines": lines})


@require_GET
def duty_list(request: HttpRequest) -> HttpResponse:
    """Which unit leads and which supports each service."""
    require(request.user, "people.view")
    return render(request, "people/duty_list.html", {"lines": units.duty_lines(request.user)})


@require_http_methods(["GET", "POST"])
def unit_add(request: HttpRequest) -> HttpResponse:
    """Add a unit under another one."""
    require(request.user, "people.manage")
    initial = {"parent": request.GET.get("parent")}
    form = NewUnitForm(sent(request), actor=request.user, initial=initial)
    if form.is_valid():
        parent = form.cleaned_data["parent"]
        try:
            made = operations.create_unit(
                form.unit, parent=parent, by=request.user, at=timezone.now()
            )
        except (UnableToKeepUnit, UnableToPlaceUnit) as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("%(name)s was added.") % {"name": made.name})
            return redirect("people:unit_page", made.pk)
    page = FormPage(
        title=_("Add a unit"),
        submit=_("Add"),
        icon="plus",
        back=reverse("people:unit_list"),
        sections=one_section(form),
    )
    return show_form(request, form, page)


@require_http_methods(["GET", "POST"])
def unit_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is known of a unit."""
    require(request.user, "people.manage")
    unit = queries.get_unit(request.user, pk)
    form = UnitForm(sent(request), unit=unit, actor=request.user)
    if form.is_valid():
        try:
            operations.change_unit(
                unit,
                values=form.values,
                version=form.known_version,
                by=request.user,
                at=timezone.now(),
            )
        except EditedMeanwhile as clash:
            return conflicts.show(request, form, clash)
        except UnableToKeepUnit as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("people:unit_page", pk)
    page = FormPage(
        title=_("Change %(name)s") % {"name": unit.name},
        submit=_("Save"),
        back=unit_url(pk),
        sections=one_section(form),
        hint=_("Code and kind stay: the daily files know the unit by them."),
    )
    return show_form(request, form, page)


@require_http_methods(["GET", "POST"])
def unit_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a unit with everything below it under another one."""
    require(request.user, "people.manage")
    unit = queries.get_unit(request.user, pk)
    form = UnitMoveForm(sent(request), unit=unit, actor=request.user)
    if form.is_valid():
        try:
            operations.move_unit(
                unit,
                parent=form.cleaned_data["parent"],
                version=form.known_version,
                by=request.user,
                at=timezone.now(),
                reason=form.cleaned_data["reason"],
            )
        except EditedMeanwhile as clash:
            return conflicts.show(request, form, clash)
        except UnableToPlaceUnit as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("%(name)s was moved.") % {"name": unit.name})
            return redirect("people:unit_page", pk)
    page = FormPage(
        title=_("Move %(name)s") % {"name": unit.name},
        submit=_("Move"),
        icon="arrows-move",
        back=unit_url(pk),
        sections=one_section(form),
        hint=_(
            "All units, people and customers below go with it. Who leads the new place sees them "
            "at once; who led the old one no longer does. Where it stood is kept."
        ),
    )
    return show_form(request, form, page)


@require_http_methods(["GET", "POST"])
def unit_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a unit on which nothing hangs; ask first, and say what does."""
    require(request.user, "people.manage")
    unit = queries.get_unit(request.user, pk)
    form = ReasonForm(sent(request))
    held = queries.held_by("unit", unit)
    if form.is_valid():
        try:
            operations.remove_unit(
                unit, by=request.user, at=timezone.now(), reason=form.cleaned_data["reason"]
            )
        except UnableToRelease as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("%(name)s was removed.") % {"name": unit.name})
            return redirect("people:unit_list")
    page = FormPage(
        title=_("Remove %(name)s") % {"name": unit.name},
        submit=_("Remove"),
        icon="trash",
        back=unit_url(pk),
        sections=one_section(form),
        hint=_("The unit can be restored from the tree."),
        held=held,
        is_final=True,
    )
    return show_form(request, form, page)


@require_POST
def unit_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a removed unit back."""
    require(request.user, "people.manage")
    unit = queries.get_unit(request.user, pk)
    try:
        operations.restore_unit(unit, by=request.user, at=timezone.now())
    except UnableToPlaceUnit as refusal:
        messages.error(request, str(refusal))
        return redirect("people:unit_list")
    messages.success(request, _("%(name)s is there again.") % {"name": unit.name})
    return redirect("people:unit_page", pk)


@require_http_methods(["GET", "POST"])
def unit_duties(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which services a unit leads or supports."""
    require(request.user, "people.manage")
    unit = queries.get_unit(request.user, pk)
    form = DutiesForm(sent(request), unit=unit)
    context = {"unit": unit, "form": form, "refusal": ""}
    if form.is_valid():
        try:
            operations.set_duties(
                unit,
                wanted=form.wanted,
                seen=form.cleaned_data["seen"],
                by=request.user,
                at=timezone.now(),
            )
        except UnableToSetDuties as refusal:
            context |= {"form": DutiesForm(unit=unit), "refusal": str(refusal)}
        else:
            messages.success(request, _("Saved."))
            return redirect("people:unit_page", pk)
    status = 422 if form.errors or context["refusal"] else 200
    return render(request, "people/unit_duties.html", context, status=status)


def unit_url(pk: int) -> str:
    """Return the address of a unit's page."""
    return reverse("people:unit_page", args=[pk])
