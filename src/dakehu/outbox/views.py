"""Screens of messages to customers, and of who wants none (G5)."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.audit.errors import EditedMeanwhile
from dakehu.customers.queries import get_customer
from dakehu.outbox import operations, pages, queries
from dakehu.outbox.errors import KnockedTooOften, UnableToSend
from dakehu.outbox.filters import MessageFilter, RefusalFilter
from dakehu.outbox.forms import LimitForm, RefusalForm, WriteForm
from dakehu.outbox.policies import EDIT, EXPORT, RESTORE, RULES, VIEW, WRITE
from dakehu.outbox.queries import contacts
from dakehu.outbox.tables import MessageTable, RefusalTable
from dakehu.people.policies import require
from dakehu.ui import conflicts, lists
from dakehu.ui.forms import sent
from dakehu.ui.progress import progress_of
from dakehu.ui.responses import unlisted

UNPROCESSABLE = 422

MESSAGES = lists.ListScreen(
    name="outbox:list",
    title=gettext_lazy("Messages to customers"),
    permission=VIEW,
    rows=queries.messages_visible_to,
    table=MessageTable,
    filterset=MessageFilter,
    sorts={"asked": ("asked_at",)},
    default_sort="-asked",
    icon="send",
    help_text=gettext_lazy(
        "By SMS and e-mail: what waits, what was sent, what could not be sent."
    ),
    empty_title=gettext_lazy("No messages"),
    empty_text=gettext_lazy("Write one from the page of a customer or of a request."),
    row_url=lambda row: reverse("outbox:message", args=[row.pk]),
    actions=(
        lists.Action(
            gettext_lazy("Who wants no messages"), "bell-off", "outbox:refusal_list", VIEW
        ),
        lists.Action(gettext_lazy("Limits of contact"), "gauge", "outbox:limit_list", VIEW),
    ),
    export_permission=EXPORT,
    personal=True,
)
REFUSALS = lists.ListScreen(
    name="outbox:refusal_list",
    title=gettext_lazy("Who wants no messages"),
    permission=VIEW,
    rows=queries.refusals_visible_to,
    table=RefusalTable,
    filterset=RefusalFilter,
    sorts={"noted": ("noted_at",)},
    default_sort="-noted",
    icon="bell-off",
    help_text=gettext_lazy(
        "To these numbers and addresses nothing is sent for the purpose named."
    ),
    empty_title=gettext_lazy("Nobody has refused messages"),
    empty_text=gettext_lazy(
        "Note it as soon as a customer says so, so that nothing more is sent."
    ),
    row_url=lambda row: reverse("outbox:refusal", args=[row.pk]),
    actions=(
        lists.Action(
            gettext_lazy("Note a refusal"), "plus", "outbox:refusal_add", EDIT, primary=True
        ),
    ),
    export_permission=EXPORT,
    personal=True,
)


@require_GET
def message_list(request: HttpRequest) -> HttpResponseBase:
    """The messages within reach; above them, by what nothing can be sent yet."""
    missing = pages.missing_words()
    return lists.show(request, MESSAGES, template="outbox/message_list.html", missing=missing)


@require_GET
def message_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One message."""
    require(request.user, VIEW)
    page = pages.message_page(request.user, queries.get_message(request.user, pk))
    return render(request, "outbox/message.html", {"page": page})


@require_http_methods(["GET", "POST"])
def message_write(request: HttpRequest, customer_id: int) -> HttpResponse:
    """Write to a customer."""
    require(request.user, WRITE)
    customer = get_customer(request.user, customer_id)
    addresses = queries.addresses_of(customer)
    form = WriteForm(sent(request), customer=customer, addresses=addresses)
    back = reverse("desk:customer", args=[customer_id])
    if form.is_bound and form.is_valid():
        try:
            kept = operations.send_message(message=form.told(), by=request.user, at=timezone.now())
        except UnableToSend as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The message leaves in a moment."))
            return redirect("outbox:message", kept.pk)
    sheet = pages.Sheet(
        _("Write to the customer"), form, back, _("Send the message"), "send", str(customer)
    )
    return show(request, sheet)


@require_POST
def message_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a message back that has not left."""
    return deal(request, pk, operations.withdraw_message, _("The message is withdrawn."))


@require_POST
def message_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a message once more that was given up."""
    return deal(request, pk, operations.try_again, _("The message leaves in a moment."))


def deal(request: HttpRequest, pk: int, operation: Any, words: str) -> HttpResponse:
    """Do something with a message, and tell what came of it on its page."""
    require(request.user, WRITE)
    message = queries.get_message(request.user, pk)
    try:
        operation(message=message, by=request.user, at=timezone.now())
    except UnableToSend as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    return redirect("outbox:message", pk)


@require_GET
def customer_panel(request: HttpRequest, customer_id: int) -> HttpResponse:
    """The last messages to a customer, for the customer's page."""
    require(request.user, VIEW)
    customer = get_customer(request.user, customer_id)
    panel = pages.customer_panel(request.user, customer)
    return render(request, "outbox/_message_panel.html", {"panel": panel})


@require_GET
def refusal_list(request: HttpRequest) -> HttpResponseBase:
    """Who wants no messages."""
    return lists.show(request, REFUSALS)


@require_http_methods(["GET", "POST"])
def refusal_add(request: HttpRequest) -> HttpResponse:
    """Note that somebody wants no messages."""
    require(request.user, EDIT)
    form = RefusalForm(sent(request))
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        try:
            operations.note_refusal(**typed, by=request.user, at=timezone.now())
        except UnableToSend as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Noted. Nothing more is sent there."))
            return redirect(REFUSALS.name)
    back = reverse(REFUSALS.name)
    return show(
        request, pages.Sheet(_("Note a refusal"), form, back, _("Keep the refusal"), "check")
    )


@require_GET
def refusal_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One refusal, and the way to take it off the list."""
    require(request.user, VIEW)
    refusal = queries.get_refusal(request.user, pk)
    may_lift = request.user.may(RESTORE)
    return render(request, "outbox/refusal.html", {"refusal": refusal, "may_lift": may_lift})


@require_POST
def refusal_lift(request: HttpRequest, pk: int) -> HttpResponse:
    """Take somebody off the list who wants messages again."""
    require(request.user, RESTORE)
    refusal = queries.get_refusal(request.user, pk)
    operations.lift_refusal(refusal=refusal, by=request.user, at=timezone.now())
    messages.success(request, _("Messages may be sent there again."))
    return redirect(REFUSALS.name)


@require_GET
def limit_list(request: HttpRequest) -> HttpResponse:
    """How often customers of each grade are contacted unasked."""
    require(request.user, VIEW)
    page = pages.limit_page(request.user)
    return render(request, "outbox/limits.html", {"page": page})


@require_http_methods(["GET", "POST"])
def limit_edit(request: HttpRequest, grade: str) -> HttpResponse:
    """Write the numbers of a grade."""
    require(request.user, RULES)
    limit = contacts.limit_to_edit(grade)
    form = LimitForm(sent(request), instance=limit)
    if form.is_bound and form.is_valid():
        told = {"version": form.known_version, "by": request.user, "at": timezone.now()}
        try:
            operations.keep_limit(limit=form.instance, **told)
        except EditedMeanwhile as clash:
            return conflicts.show(request, form, clash)
        except UnableToSend as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved. It holds from now on."))
            return redirect("outbox:limit_list")
    title = _("How often customers are contacted")
    back = reverse("outbox:limit_list")
    return show(request, pages.Sheet(title, form, back, _("Save"), "check", str(limit)))


@require_POST
def limit_drop(request: HttpRequest, grade: str) -> HttpResponse:
    """Let the numbers of the installation hold for a grade again."""
    require(request.user, RULES)
    limit = contacts.limit_to_edit(grade)
    operations.drop_limit(grade=limit.grade, by=request.user, at=timezone.now())
    messages.success(request, _("The usual numbers hold for this grade again."))
    return redirect("outbox:limit_list")


def refuse(form: Any, refusal: UnableToSend) -> None:
    """Show a refusal at the input that it concerns, if the form has it."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


def show(request: HttpRequest, sheet: pages.Sheet) -> HttpResponse:
    """Show a form as a page; one that was refused with what is wrong."""
    status = UNPROCESSABLE if sheet.form.errors else 200
    return render(request, "outbox/form.html", {"sheet": sheet}, status=status)


@login_not_required
@require_GET
def progress(request: HttpRequest, token: str) -> HttpResponse:
    """Where a customer's own matter stands, for whoever holds the link (CH7)."""
    now = timezone.now()
    leaf = queries.opened_by(token)
    found = progress_of(leaf.subject, leaf.pk) if leaf else None
    try:
        operations.count_knock(request.META["REMOTE_ADDR"], at=now, is_miss=found is None)
    except KnockedTooOften as refusal:
        return barred(request, "often", 429, seconds=refusal.seconds)
    if leaf is None or found is None:
        return barred(request, "unknown", 404)
    if leaf.last_day < timezone.localdate(now):
        return barred(request, "expired", 410)
    page = {"found": found, "last_day": leaf.last_day}
    return unlisted(render(request, "outbox/progress.html", page))


def barred(request: HttpRequest, why: str, status: int, **told: Any) -> HttpResponse:
    """Say why a link opens nothing."""
    page = {"why": why, **told}
    return unlisted(render(request, "outbox/barred.html", page, status=status))
