"""Trying numbers: previews of a day, back-tests over many, and what they found."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from dakehu.alerts import operations, queries
from dakehu.alerts.choices import TrialKind, TrialState
from dakehu.alerts.errors import UnableToTryNumbers
from dakehu.alerts.filters import TrialAlertFilter
from dakehu.alerts.forms import BacktestForm
from dakehu.alerts.pages import trials as pages
from dakehu.alerts.tables import TrialAlertTable
from dakehu.people.policies import require
from dakehu.ui import lists
from dakehu.ui.responses import render_page

PERMISSION = "alerts.try"


def customer_url(found: Any) -> str:
    """Return the address of the customer of a preview's line."""
    return reverse("desk:customer", args=[found.customer_id])


TRIAL_ALERTS = lists.ListScreen(
    name="alerts:trial_alerts",
    title=gettext_lazy("What a preview found"),
    permission=PERMISSION,
    rows=queries.trial_alerts_visible_to,
    table=TrialAlertTable,
    filterset=TrialAlertFilter,
    sorts={"rule": ("rule",)},
    default_sort="rule",
    icon="test-pipe",
    help_text=gettext_lazy("Nothing of this was raised: it is what the numbers tried would do."),
    empty_text=gettext_lazy("With these numbers nothing would have been raised."),
    row_url=customer_url,
)


@require_GET
def trial_list(request: HttpRequest) -> HttpResponse:
    """All trials, the newest first."""
    require(request.user, PERMISSION)
    found = queries.trials_known(request.user)[:50]
    context = {"trials": [pages.trial_line(trial) for trial in found]}
    return render(request, "alerts/trial_list.html", context)


@require_POST
def trial_preview(request: HttpRequest, number: int) -> HttpResponse:
    """Ask what a version would have raised on the newest day that a night has judged."""
    require(request.user, PERMISSION)
    day = queries.newest_judged_day()
    if day is None:
        messages.error(request, _("No night has judged a day yet. Try again after the first."))
        return redirect("alerts:number", number)
    return started(request, operations.Wish(TrialKind.PREVIEW, number, day, day))


@require_POST
def trial_backtest(request: HttpRequest, number: int) -> HttpResponse:
    """Ask how a version would have done over some days."""
    require(request.user, PERMISSION)
    form = BacktestForm(request.POST)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(errors))
        return redirect("alerts:number", number)
    return started(request, operations.Wish(TrialKind.BACKTEST, number, **form.cleaned_data))


def started(request: HttpRequest, wish: operations.Wish) -> HttpResponse:
    """Start a trial and go to its page."""
    try:
        trial = operations.ask_for_trial(wish=wish, by=request.user, at=timezone.now())
    except UnableToTryNumbers as refusal:
        messages.error(request, str(refusal))
        return redirect("alerts:number", wish.number)
    return redirect("alerts:trial", trial.pk)


@require_GET
def trial_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One trial: how far it is, then what it found."""
    trial = queries.get_trial(request.user, pk)
    is_done = trial.state == TrialState.DONE
    is_preview = trial.kind == TrialKind.PREVIEW
    context = {
        "trial": trial,
        "line": pages.trial_line(trial),
        "goes_on": trial.state in {TrialState.WAITING, TrialState.RUNNING},
        "percent": 100 * trial.done // trial.wanted if trial.wanted else 0,
        "preview": pages.preview_page(request.user, trial) if is_done and is_preview else None,
        "backtest": pages.backtest_page(
            trial,
            outcome=request.GET.get("outcome", ""),
            code=request.GET.get("rule", ""),
        )
        if is_done and not is_preview
        else None,
    }
    return render_page(request, "alerts/trial_detail.html", "alerts/_trial_detail.html", context)


@require_GET
def trial_alerts(request: HttpRequest) -> HttpResponseBase:
    """What previews found, customer by customer, within reach."""
    return lists.show(request, TRIAL_ALERTS)
