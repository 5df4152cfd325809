"""What the operator sets up on screen: fields of customers' files, and names of products (F10)."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.audit.errors import EditedMeanwhile
from dakehu.customers import operations, queries
from dakehu.customers.choices import CustomerKind
from dakehu.customers.errors import UnableToDefineField
from dakehu.customers.forms.custom import CustomFieldForm, ProductForm
from dakehu.customers.pages import setup as pages
from dakehu.customers.pages.sheets import Sheet
from dakehu.customers.views.answers import moved_on, posted, refused, show_sheet
from dakehu.people.policies import require
from dakehu.ui import conflicts

FIELDS = "customers:field_list"
PRODUCTS = "customers:product_list"


@require_GET
def field_list(request: HttpRequest) -> HttpResponse:
    """The fields of each kind of customer, in their order, and those out of use."""
    require(request.user, "customers.fields")
    return render(request, "customers/field_list.html", {"page": pages.fields_page()})


@require_http_methods(["GET", "POST"])
def field_add(request: HttpRequest) -> HttpResponse:
    """Add a field to a kind of customer."""
    require(request.user, "customers.fields")
    asked = request.GET.get("kind", "")
    kind = asked if asked in CustomerKind.values else CustomerKind.GROUP
    form = CustomFieldForm(posted(request), initial={"kind": kind})
    sheet = Sheet(_("Add a field"), form, _("Save"), reverse(FIELDS))
    return kept(request, sheet, operations.define_field, FIELDS)


@require_http_methods(["GET", "POST"])
def field_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a field's name, options, help, or whether it must be filled in."""
    require(request.user, "customers.fields")
    field = queries.get_field(pk)
    form = CustomFieldForm(posted(request), instance=field)
    sheet = Sheet(_("Edit the field"), form, _("Save"), reverse(FIELDS), about=str(field))
    return kept(request, sheet, operations.edit_field, FIELDS)


def kept(
    request: HttpRequest, sheet: Sheet, keep: Callable[..., Any], back_to: str
) -> HttpResponse:
    """Keep what a form of this page says, or show it again with why not."""
    form: Any = sheet.form
    if not form.is_bound or not form.is_valid():
        return show_sheet(request, sheet)
    name = "product" if back_to == PRODUCTS else "field"
    given: dict[str, Any] = {name: form.instance}
    if not form.instance._state.adding:
        given["version"] = form.known_version
    try:
        keep(**given, by=request.user, at=timezone.now())
    except EditedMeanwhile as clash:
        return conflicts.show(request, form, clash)
    except UnableToDefineField as refusal:
        return refused(request, sheet, refusal)
    return moved_on(request, reverse(back_to), _("Saved."))


@require_POST
def field_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a field out of use; values are kept."""
    require(request.user, "customers.fields")
    field = queries.get_field(pk)
    operations.remove_field(field=field, by=request.user, at=timezone.now())
    words = _("“%(field)s” is out of use. What customers have in it is kept.")
    return moved_on(request, reverse(FIELDS), words % {"field": field})


@require_POST
def field_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a field back into use."""
    require(request.user, "customers.fields")
    field = queries.get_removed_field(pk)
    operations.restore_field(field=field, by=request.user, at=timezone.now())
    return moved_on(request, reverse(FIELDS), _("“%(field)s” is back.") % {"field": field})


@require_POST
def field_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a field change places with the one above or below it."""
    require(request.user, "customers.fields")
    field = queries.get_field(pk)
    is_up = request.POST.get("to") == "up"
    operations.move_field(field=field, is_up=is_up, by=request.user, at=timezone.now())
    return moved_on(request, reverse(FIELDS), _("Moved."))


@require_http_methods(["GET", "POST"])
def product_add(request: HttpRequest) -> HttpResponse:
    """Give a product code a name."""
    require(request.user, "customers.fields")
    sheet = Sheet(_("Name a product"), ProductForm(posted(request)), _("Save"), reverse(PRODUCTS))
    return kept(request, sheet, operations.describe_product, PRODUCTS)


@require_http_methods(["GET", "POST"])
def product_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a product is called, or whether it binds."""
    require(request.user, "customers.fields")
    product = queries.get_product(pk)
    form = ProductForm(posted(request), instance=product)
    sheet = Sheet(_("Edit the product"), form, _("Save"), reverse(PRODUCTS), about=product.code)
    return kept(request, sheet, operations.edit_product, PRODUCTS)
