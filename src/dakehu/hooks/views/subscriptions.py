"""Who is told what, for the administrator; every act is recorded."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.audit.errors import EditedMeanwhile
from dakehu.hooks import operations, pages, queries
from dakehu.hooks.choices import DeliveryState
from dakehu.hooks.errors import UnableToKeepSubscription
from dakehu.hooks.filters import SubscriptionFilter
from dakehu.hooks.forms import PeriodForm, SubscriptionForm
from dakehu.hooks.policies import MANAGE
from dakehu.hooks.tables import SubscriptionTable
from dakehu.people.policies import require
from dakehu.ui import conflicts, lists
from dakehu.ui.forms import sent

UNPROCESSABLE = 422

SUBSCRIPTIONS = lists.ListScreen(
    name="hooks:list",
    title=gettext_lazy("Events for other systems"),
    permission=MANAGE,
    rows=queries.subscriptions_visible_to,
    table=SubscriptionTable,
    filterset=SubscriptionFilter,
    sorts={"name": ("name",)},
    default_sort="name",
    icon="webhook",
    help_text=gettext_lazy(
        "Which systems are told as soon as something happens, of which events and units."
    ),
    empty_title=gettext_lazy("No other system is told anything"),
    empty_text=gettext_lazy("Add a subscription, and give its keeper the secret shown once."),
    row_url=lambda row: reverse("hooks:subscription", args=[row.pk]),
    actions=(
        lists.Action(gettext_lazy("Events sent"), "send", "hooks:delivery_list", MANAGE),
        lists.Action(gettext_lazy("Add a subscription"), "plus", "hooks:add", MANAGE, True),
    ),
)


@require_GET
def subscription_list(request: HttpRequest) -> HttpResponseBase:
    """The systems that are told."""
    return lists.show(request, SUBSCRIPTIONS)


@require_GET
def subscription_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One subscription."""
    require(request.user, MANAGE)
    return show(request, pk)


def show(
    request: HttpRequest, pk: int, *, secret: str = "", form: Any = None, status: int = 200
) -> HttpResponse:
    """Show a subscription; a secret given a moment ago is shown this once."""
    at = timezone.now()
    found = queries.get_subscription(request.user, pk)
    page = pages.subscription_page(
        request.user, found, period=form or PeriodForm(at=at), secret=secret, at=at
    )
    return render(request, "hooks/subscription.html", {"page": page}, status=status)


@require_http_methods(["GET", "POST"])
def subscription_add(request: HttpRequest) -> HttpResponse:
    """Let a system be told, and show its secret this once."""
    require(request.user, MANAGE)
    form = SubscriptionForm(sent(request), actor=request.user)
    if form.is_bound and form.is_valid():
        try:
            made, secret = operations.create_subscription(
                form.draft, by=request.user, at=timezone.now()
            )
        except UnableToKeepSubscription as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            return show(request, made.pk, secret=secret)
    return show_form(request, form, title=_("Add a subscription"))


@require_http_methods(["GET", "POST"])
def subscription_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a system is told, and where."""
    require(request.user, MANAGE)
    found = queries.get_subscription(request.user, pk)
    form = SubscriptionForm(sent(request), subscription=found, actor=request.user)
    if form.is_bound and form.is_valid():
        try:
            operations.change_subscription(
                found, form.draft, version=form.known_version, by=request.user, at=timezone.now()
            )
        except EditedMeanwhile as clash:
            return conflicts.show(request, form, clash)
        except UnableToKeepSubscription as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("hooks:subscription", pk)
    return show_form(request, form, title=_("Change the subscription"), subscription=found)


def show_form(
    request: HttpRequest, form: SubscriptionForm, *, title: str, subscription: Any = None
) -> HttpResponse:
    """Show the form of a subscription."""
    status = UNPROCESSABLE if form.is_bound else 200
    context = {"form": form, "title": title, "subscription": subscription}
    return render(request, "hooks/subscription_form.html", context, status=status)


def deal(request: HttpRequest, pk: int, operation: Callable[..., Any], words: str) -> HttpResponse:
    """Do something with a subscription, and tell what came of it on its page."""
    require(request.user, MANAGE)
    found = queries.get_subscription(request.user, pk)
    try:
        operation(found, by=request.user, at=timezone.now())
    except UnableToKeepSubscription as refusal:
        messages.error(request, str(refusal))
    except PermissionDenied:
        messages.error(request, _("Somebody else than whoever wrote it has to release it."))
    else:
        messages.success(request, words)
    return redirect("hooks:subscription", pk)


@require_POST
def subscription_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a system be told of people, as a second person."""
    words = _("Released. It is told from now on.")
    return deal(request, pk, operations.release_subscription, words)


@require_POST
def subscription_pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Send nothing for a while."""
    words = _("Paused. What happens waits for three days at most.")
    return deal(request, pk, operations.pause_subscription, words)


@require_POST
def subscription_resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Send again."""
    words = _("It sends again, beginning with what waits.")
    return deal(request, pk, operations.resume_subscription, words)


@require_POST
def subscription_secret(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a system a new secret, and show it this once."""
    require(request.user, MANAGE)
    found = queries.get_subscription(request.user, pk)
    secret = operations.renew_secret(found, by=request.user, at=timezone.now())
    return show(request, pk, secret=secret)


@require_POST
def subscription_test(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a test event at once, and tell what came of it."""
    require(request.user, MANAGE)
    found = queries.get_subscription(request.user, pk)
    try:
        sent_one = operations.send_test(subscription=found, by=request.user, at=timezone.now())
    except UnableToKeepSubscription as refusal:
        messages.error(request, str(refusal))
        return redirect("hooks:subscription", pk)
    values = {"status": sent_one.status or "–", "answer": sent_one.answer}
    if sent_one.state == DeliveryState.DONE:
        messages.success(request, _("The system took the test event (%(status)s).") % values)
    else:
        words = _("The system did not take the test event: %(status)s %(answer)s")
        messages.error(request, words % values)
    return redirect("hooks:delivery", sent_one.pk)


@require_POST
def subscription_replay(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the events of a period again."""
    require(request.user, MANAGE)
    found = queries.get_subscription(request.user, pk)
    form = PeriodForm(sent(request), at=timezone.now())
    if form.is_valid():
        try:
            count = operations.replay_period(
                subscription=found, period=form.period, by=request.user, at=timezone.now()
            )
        except UnableToKeepSubscription as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            words = ngettext(
                "%(count)s event is sent again in a moment.",
                "%(count)s events are sent again in a moment.",
                count,
            )
            messages.success(request, words % {"count": count})
            return redirect("hooks:subscription", pk)
    return show(request, pk, form=form, status=UNPROCESSABLE)


@require_POST
def subscription_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell a system nothing any more, for good."""
    require(request.user, MANAGE)
    found = queries.get_subscription(request.user, pk)
    try:
        operations.end_subscription(found, by=request.user, at=timezone.now())
    except UnableToKeepSubscription as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Ended. The system is not told anything any more."))
    return redirect("hooks:list")
