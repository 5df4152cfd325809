"""Several alerts at once: handed out, or given one outcome; what became of each is told."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from dakehu.alerts import operations, queries
from dakehu.alerts.choices import MOST_AT_ONCE, Act, Outcome
from dakehu.alerts.errors import UnableToAssignAlerts
from dakehu.alerts.forms import AssignForm, SettleForm
from dakehu.alerts.views.alerts import ALERTS
from dakehu.people.policies import require
from dakehu.ui import lists
from dakehu.ui.lists.addresses import whole_number
from dakehu.ui.responses import back, safe_next

MOST_TOLD = 100
"""So many alerts to which nothing was done are named one by one."""


@require_POST
def alert_assign(request: HttpRequest) -> HttpResponse:
    """Ask to whom the chosen alerts go; hand them out once that is answered."""
    require(request.user, "alerts.assign")
    alerts = lists.chosen(request, ALERTS)
    answered = "owner" in request.POST
    form = AssignForm(request.POST if answered else None, actor=request.user)
    if not answered or not form.is_valid():
        context = {
            "form": form,
            "count": alerts.count(),
            "posted": lists.posted_choice(request),
        }
        status = 422 if answered else 200
        return render(request, "alerts/_alert_assign.html", context, status=status)
    owner = form.cleaned_data["owner"]
    try:
        told = operations.assign_several(
            alerts=alerts, owner=owner, by=request.user, at=timezone.now()
        )
    except UnableToAssignAlerts as refused:
        raise BadRequest("Alerts are handed out within one's own units.") from refused
    words = ngettext(
        "%(count)s alert handed out to %(owner)s.",
        "%(count)s alerts handed out to %(owner)s.",
        done(told),
    )
    return tell(request, told, words % {"count": done(told), "owner": owner})


@require_POST
def alert_settle(request: HttpRequest) -> HttpResponse:
    """Ask what came of the chosen alerts; record it for each once that is answered."""
    require(request.user, "alerts.handle")
    if "outcome" not in request.POST and "answered" not in request.POST:
        alerts = lists.chosen(request, ALERTS)
        form = SettleForm(today=timezone.localdate())
        rows = list(alerts[: MOST_AT_ONCE + 1])
        return ask(request, form, [(each.pk, each.version) for each in rows])
    versions = rows_sent(request)
    form = SettleForm(request.POST, today=timezone.localdate())
    if not form.is_valid() or not versions:
        return ask(request, form, list(versions.items()), status=422)
    alerts = queries.alerts_open_to(request.user).filter(pk__in=versions).order_by("pk")
    typed = form.cleaned_data
    told = operations.handle_several(
        alerts=[(alert, versions[alert.pk]) for alert in alerts],
        contact=operations.Contact(
            outcome=Outcome(typed["outcome"]),
            contacted=typed["contacted"],
            note=typed["note"],
            follow_up_date=typed["follow_up_date"],
        ),
        by=request.user,
        at=timezone.now(),
    )
    words = ngettext(
        "Recorded for %(count)s alert: %(outcome)s.",
        "Recorded for %(count)s alerts: %(outcome)s.",
        done(told),
    )
    facts = {"count": done(told), "outcome": Outcome(typed["outcome"]).label}
    return tell(request, told, words % facts)


def rows_sent(request: HttpRequest) -> dict[int, int]:
    """Return the alerts that the form was about, each with its version on the screen."""
    pairs = (sent.partition(":") for sent in request.POST.getlist("row")[:MOST_AT_ONCE])
    return {
        pk: version
        for number, _sign, counted in pairs
        if (pk := whole_number(number)) and (version := whole_number(counted))
    }


def ask(
    request: HttpRequest, form: SettleForm, rows: Sequence[tuple[int, int]], *, status: int = 200
) -> HttpResponse:
    """Show the form for one outcome; too many alerts are refused in words."""
    context = {
        "form": form,
        "rows": [f"{pk}:{version}" for pk, version in rows],
        "count": len(rows),
        "is_too_many": len(rows) > MOST_AT_ONCE,
        "most": MOST_AT_ONCE,
        "next": safe_next(request) or "",
    }
    return render(request, "alerts/_alert_settle.html", context, status=status)


def done(told: Sequence[operations.Acted]) -> int:
    """Return for how many alerts something was done."""
    return sum(each.act == Act.DONE for each in told)


def tell(request: HttpRequest, told: Sequence[operations.Acted], words: str) -> HttpResponse:
    """Go back to the list with what was done; first show the alerts to which nothing was."""
    left = [each for each in told if each.act != Act.DONE]
    if not left:
        messages.success(request, words)
        return back(request, "alerts:list")
    counts = Counter(each.act for each in left)
    context: dict[str, Any] = {
        "words": words,
        "left": left[:MOST_TOLD],
        "counts": [(act.label, counts[act]) for act in Act if counts[act]],
        "more": max(len(left) - MOST_TOLD, 0),
        "next": safe_next(request) or reverse("alerts:list"),
    }
    return render(request, "alerts/_alert_acts.html", context)
