"""Prospects entered, edited, removed and restored; customers retired and brought back (V6)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from dakehu.audit.errors import EditedMeanwhile
from dakehu.customers import operations, queries
from dakehu.customers.choices import CustomerKind
from dakehu.customers.errors import UnableToEditCustomer, UnableToRemove, UnableToRetire
from dakehu.customers.forms.custom import ReasonForm
from dakehu.customers.forms.prospects import ProspectForm
from dakehu.customers.pages.sheets import Sheet, customer_url
from dakehu.customers.views.answers import moved_on, posted, refused, show_sheet, warned
from dakehu.customers.views.lists import FORMER, REMOVED, RETIRED_FROM
from dakehu.people.policies import require
from dakehu.ui import conflicts, lists


@require_http_methods(["GET", "POST"])
def prospect_add(request: HttpRequest) -> HttpResponse:
    """Enter a prospect."""
    require(request.user, "customers.create")
    now = timezone.now()
    form = ProspectForm(posted(request), actor=request.user, now=now)
    sheet = Sheet(
        title=_("Enter a prospect"),
        form=form,
        submit=_("Save"),
        back=reverse("customers:prospect_list"),
        hint=_("It gets a number of its own. When the city delivers it, merge the two."),
        sections=form.sections,
    )
    if not form.is_bound or not form.is_valid():
        return show_sheet(request, sheet)
    if told := warned(request, sheet, queries.likely_duplicates(request.user, form.traits)):
        return told
    try:
        made = operations.create_prospect(facts=form.facts, by=request.user, at=now)
    except UnableToEditCustomer as refusal:
        return refused(request, sheet, refusal)
    words = _("Entered as %(number)s.") % {"number": made.number}
    return moved_on(request, customer_url(made.pk), words)


@require_http_methods(["GET", "POST"])
def prospect_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit a prospect as a whole."""
    require(request.user, "customers.edit")
    prospect, now = prospect_of(request, pk), timezone.now()
    form = ProspectForm(posted(request), actor=request.user, now=now, prospect=prospect)
    sheet = Sheet(
        title=_("Edit the prospect"),
        form=form,
        submit=_("Save"),
        back=customer_url(pk),
        about=f"{prospect} {prospect.number}",
        sections=form.sections,
    )
    if not form.is_bound or not form.is_valid():
        return show_sheet(request, sheet)
    try:
        operations.edit_prospect(
            prospect=prospect,
            facts=form.facts,
            version=form.known_version,
            by=request.user,
            at=now,
        )
    except EditedMeanwhile as clash:
        return conflicts.show(request, form, clash)
    except UnableToEditCustomer as refusal:
        return refused(request, sheet, refusal)
    return moved_on(request, customer_url(pk), _("Saved."))


@require_http_methods(["GET", "POST"])
def prospect_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a prospect that should not have been entered, with the reason."""
    require(request.user, "customers.remove")
    prospect = prospect_of(request, pk)
    form = ReasonForm(posted(request))
    sheet = Sheet(
        title=_("Remove the prospect"),
        form=form,
        submit=_("Remove"),
        back=customer_url(pk),
        about=f"{prospect} {prospect.number}",
        hint=_("It leaves all lists. Whoever leads the unit can restore it."),
        is_danger=True,
    )
    if not form.is_bound or not form.is_valid():
        return show_sheet(request, sheet)
    try:
        operations.remove_prospect(
            prospect=prospect,
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        )
    except UnableToRemove as refusal:
        return refused(request, sheet, refusal)
    return moved_on(request, reverse("customers:prospect_list"), _("Removed."))


@require_POST
def prospects_restore(request: HttpRequest) -> HttpResponse:
    """Bring the chosen removed prospects back."""
    require(request.user, "customers.restore")
    count = operations.restore_prospects(
        prospects=lists.chosen(request, REMOVED), by=request.user, at=timezone.now()
    )
    words = ngettext("%(count)s prospect restored.", "%(count)s prospects restored.", count)
    return moved_on(request, reverse(REMOVED.name), words % {"count": count})


def prospect_of(request: HttpRequest, pk: int) -> Any:
    """Return a prospect within the person's reach.

    :raises Http404: if there is none of that number.
    """
    found = queries.get_customer(request.user, pk)
    if found.kind != CustomerKind.PROSPECT:
        raise Http404(pk)
    return found


@require_http_methods(["GET", "POST"])
def customer_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Move one customer into the retained archive, with the reason."""
    require(request.user, "customers.retire")
    customer = queries.get_customer(request.user, pk)
    form = ReasonForm(posted(request))
    sheet = retire_sheet(form, str(customer), customer_url(pk))
    if not form.is_bound or not form.is_valid():
        return show_sheet(request, sheet)
    try:
        operations.retire_customers(
            customers=queries.customers_visible_to(request.user).filter(pk=pk),
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        )
    except UnableToRetire as refusal:
        return refused(request, sheet, refusal)
    return moved_on(request, customer_url(pk), _("The customer rests in the archive now."))


def retire_sheet(form: Any, about: str, back: str) -> Sheet:
    """Return the form that asks why customers move into the archive."""
    return Sheet(
        title=_("Move to the retained archive"),
        form=form,
        submit=_("Move to the archive"),
        back=back,
        about=about,
        hint=_(
            "The file stays as it is and can be read. The customer leaves the working lists, and "
            "what still asks for action closes with the next night."
        ),
        is_danger=True,
    )


@require_http_methods(["GET", "POST"])
def customer_bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring one former customer back into the working lists."""
    require(request.user, "customers.retire")
    customer = queries.get_customer(request.user, pk)
    form = ReasonForm(posted(request))
    sheet = Sheet(
        title=_("Bring back from the archive"),
        form=form,
        submit=_("Bring back"),
        back=customer_url(pk),
        about=str(customer),
    )
    if not form.is_bound or not form.is_valid():
        return show_sheet(request, sheet)
    try:
        operations.bring_back_customers(
            customers=queries.former_customers(request.user).filter(pk=pk),
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        )
    except UnableToRetire as refusal:
        return refused(request, sheet, refusal)
    return moved_on(request, customer_url(pk), _("The customer is back in the working lists."))


@require_POST
def customers_retire(request: HttpRequest) -> HttpResponse:
    """Ask why the chosen customers move into the archive; move them once that is answered."""
    require(request.user, "customers.retire")
    screen = lists.posted_screen(request, *RETIRED_FROM)
    chosen = lists.chosen(request, screen)
    form = ReasonForm(request.POST if "reason" in request.POST else None)
    count = chosen.count()
    about = ngettext("%(count)s customer", "%(count)s customers", count) % {"count": count}
    sheet = retire_sheet(form, about, reverse(screen.name))
    sheet.hidden.extend(lists.posted_choice(request))
    if not form.is_bound or not form.is_valid():
        return show_sheet(request, sheet)
    try:
        moved = operations.retire_customers(
            customers=chosen,
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        )
    except UnableToRetire as refusal:
        return refused(request, sheet, refusal)
    words = ngettext("%(count)s customer moved.", "%(count)s customers moved.", moved)
    return moved_on(request, reverse(FORMER.name), words % {"count": moved})


@require_POST
def customers_bring_back(request: HttpRequest) -> HttpResponse:
    """Bring the chosen former customers back into the working lists."""
    require(request.user, "customers.retire")
    chosen = lists.chosen(request, FORMER)
    try:
        moved = operations.bring_back_customers(
            customers=chosen, reason="", by=request.user, at=timezone.now()
        )
    except UnableToRetire as refusal:
        return moved_on(request, reverse(FORMER.name), str(refusal), is_error=True)
    words = ngettext("%(count)s customer is back.", "%(count)s customers are back.", moved)
    return moved_on(request, reverse(FORMER.name), words % {"count": moved})
