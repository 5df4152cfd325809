"""Adding to a customer's file, correcting it, taking out of it and putting back."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.audit.errors import EditedMeanwhile
from dakehu.customers import operations, queries
from dakehu.customers.choices import CustomerKind, DetailKind
from dakehu.customers.errors import UnableToEditCustomer
from dakehu.customers.forms.custom import CustomValuesForm
from dakehu.customers.forms.details import DETAIL_FORMS, PersonForm
from dakehu.customers.pages import archive as pages
from dakehu.customers.pages.sheets import Sheet, customer_url
from dakehu.customers.views.answers import (
    moved_on,
    posted,
    refused,
    saved,
    show_sheet,
    warned,
)
from dakehu.people.policies import require
from dakehu.ui import conflicts
from dakehu.ui.responses import render_page

SHOWN_BY = {
    DetailKind.CONTACT: ("people", "days", "gifts", "opinions"),
    DetailKind.ADDRESS: ("addresses",),
    DetailKind.ANNIVERSARY: ("days",),
    DetailKind.GIFT: ("gifts",),
    DetailKind.NOTE: ("notes",),
    DetailKind.OPINION: ("opinions",),
}


def kind_of(name: str) -> DetailKind:
    """Return the kind of detail that an address names.

    :raises Http404: if there is no such kind.
    """
    if name not in DetailKind.values:
        raise Http404(name)
    return DetailKind(name)


def titles() -> dict[DetailKind, tuple[str, str]]:
    """Return what the forms are called, adding and editing."""
    return {
        DetailKind.CONTACT: (_("Add a person"), _("Edit a person")),
        DetailKind.ADDRESS: (_("Add an address"), _("Edit an address")),
        DetailKind.ANNIVERSARY: (_("Add a day to remember"), _("Edit a day to remember")),
        DetailKind.GIFT: (_("Record a gift"), _("Edit a gift")),
        DetailKind.NOTE: (_("Add a market note"), _("Edit a market note")),
        DetailKind.OPINION: (_("Record an opinion"), _("Edit an opinion")),
    }


def sheet_of(customer: Any, title: str, form: Any) -> Sheet:
    """Return a form about a customer."""
    return Sheet(title, form, _("Save"), customer_url(customer.pk), about=str(customer))


@require_http_methods(["GET", "POST"])
def detail_add(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Add a person, address, day, gift, note or opinion."""
    require(request.user, "customers.edit")
    known, now = kind_of(kind), timezone.now()
    customer = queries.get_customer(request.user, pk)
    form = DETAIL_FORMS[known](posted(request), customer=customer, actor=request.user, now=now)
    sheet = sheet_of(customer, titles()[known][0], form)
    if not form.is_bound or not form.is_valid():
        return show_sheet(request, sheet)
    if known == DetailKind.CONTACT:
        likely = queries.likely_contacts(request.user, customer, form.instance)
        if told := warned(request, sheet, likely):
            return told
    try:
        operations.add_detail(customer=customer, detail=form.instance, by=request.user, at=now)
    except UnableToEditCustomer as refusal:
        return refused(request, sheet, refusal)
    return saved(request, pk, _("Added to the file."), panels=SHOWN_BY[known])


@require_http_methods(["GET", "POST"])
def detail_edit(request: HttpRequest, pk: int, kind: str, number: int) -> HttpResponse:
    """Correct a detail."""
    require(request.user, "customers.edit")
    known, now = kind_of(kind), timezone.now()
    customer = queries.get_customer(request.user, pk)
    detail = queries.get_detail(customer, known, number)
    form = DETAIL_FORMS[known](
        posted(request), instance=detail, customer=customer, actor=request.user, now=now
    )
    sheet = sheet_of(customer, titles()[known][1], form)
    if not form.is_bound or not form.is_valid():
        return show_sheet(request, sheet)
    try:
        operations.edit_detail(
            detail=form.instance, version=form.known_version, by=request.user, at=now
        )
    except EditedMeanwhile as clash:
        return conflicts.show(request, form, clash)
    except UnableToEditCustomer as refusal:
        return refused(request, sheet, refusal)
    return saved(request, pk, _("Saved."), panels=SHOWN_BY[known])


@require_POST
def detail_remove(request: HttpRequest, pk: int, kind: str, number: int) -> HttpResponse:
    """Take a detail out of the file; it can be put back."""
    require(request.user, "customers.edit")
    known = kind_of(kind)
    customer = queries.get_customer(request.user, pk)
    detail = queries.get_detail(customer, known, number)
    return settled(
        request,
        customer,
        lambda: operations.remove_detail(detail=detail, by=request.user, at=timezone.now()),
        words=_("Removed. It can be put back from “Removed entries”."),
        kind=known,
    )


@require_POST
def detail_restore(request: HttpRequest, pk: int, kind: str, number: int) -> HttpResponse:
    """Put a removed detail back into the file."""
    require(request.user, "customers.edit")
    known = kind_of(kind)
    customer = queries.get_customer(request.user, pk)
    detail = queries.get_removed_detail(customer, known, number)
    return settled(
        request,
        customer,
        lambda: operations.restore_detail(detail=detail, by=request.user, at=timezone.now()),
        words=_("Put back."),
        kind=known,
    )


def settled(
    request: HttpRequest, customer: Any, act: Any, *, words: str, kind: DetailKind
) -> HttpResponse:
    """Do what was asked of a detail and report it, or say why it was refused."""
    try:
        act()
    except UnableToEditCustomer as refusal:
        return moved_on(request, customer_url(customer.pk), str(refusal), is_error=True)
    return saved(request, customer.pk, words, panels=SHOWN_BY[kind])


@require_GET
def detail_list(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """All entries of one kind, to edit or remove them."""
    require(request.user, "customers.edit")
    known = kind_of(kind)
    panel = pages.details_page(request.user, pk, known)
    context = {"panel": panel, "kind": kind, "title": known.label}
    return render_page(
        request, "customers/detail_list.html", "customers/_detail_list.html", context
    )


@require_GET
def removed_details(request: HttpRequest, pk: int) -> HttpResponse:
    """What was taken out of a customer's file and can be put back."""
    require(request.user, "customers.edit")
    context = {"panel": pages.removed_page(request.user, pk)}
    return render_page(
        request, "customers/removed_details.html", "customers/_removed_details.html", context
    )


@require_http_methods(["GET", "POST"])
def person_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what was learned of an individual."""
    require(request.user, "customers.edit")
    customer, now = queries.get_customer(request.user, pk), timezone.now()
    if customer.kind != CustomerKind.INDIVIDUAL:
        raise Http404(pk)
    form = PersonForm(posted(request), instance=queries.person_of(customer))
    sheet = sheet_of(customer, _("Habits and preferences"), form)
    if not form.is_bound or not form.is_valid():
        return show_sheet(request, sheet)
    try:
        operations.save_person(
            customer=customer,
            person=form.instance,
            version=form.known_version,
            by=request.user,
            at=now,
        )
    except EditedMeanwhile as clash:
        return conflicts.show(request, form, clash)
    except UnableToEditCustomer as refusal:
        return refused(request, sheet, refusal)
    return saved(request, pk, _("Saved."), panels=("people",))


@require_http_methods(["GET", "POST"])
def fields_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill in the fields that the operator added."""
    require(request.user, "customers.edit")
    customer, now = queries.get_customer(request.user, pk), timezone.now()
    form = CustomValuesForm(posted(request), customer=customer)
    sheet = sheet_of(customer, _("Own fields"), form)
    if not form.is_bound or not form.is_valid():
        return show_sheet(request, sheet)
    try:
        operations.set_custom_values(
            customer=customer,
            contents=form.contents,
            version=form.known_version,
            by=request.user,
            at=now,
        )
    except EditedMeanwhile as clash:
        return conflicts.show(request, form, clash)
    except UnableToEditCustomer as refusal:
        return refused(request, sheet, refusal)
    return saved(request, pk, _("Saved."), panels=("fields",))
