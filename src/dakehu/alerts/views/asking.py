"""How alerts ask people: quiet hours, limits and merging; and what is kept for later."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.alerts import operations, queries
from dakehu.alerts.errors import UnableToSetAsking
from dakehu.alerts.forms import AskingForm
from dakehu.people.policies import may, require

NAMES = ("merges", "most_cards", "quiet_from", "quiet_to", "urgent_passes")
AT_ONCE = 5
SHOWN = 200


@require_GET
def asking(request: HttpRequest) -> HttpResponse:
    """How alerts ask, for all to read."""
    require(request.user, "alerts.view")
    rule = queries.asking_rule()
    initial = {name: getattr(rule, name) for name in NAMES}
    initial["version"] = rule.version if rule.pk else 0
    return show_asking(request, AskingForm(initial=initial))


@require_http_methods(["POST"])
def asking_set(request: HttpRequest) -> HttpResponse:
    """Set how alerts ask."""
    require(request.user, "alerts.rules")
    form = AskingForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            operations.set_asking(
                rule=queries.new_asking_rule({name: typed[name] for name in NAMES}),
                version=typed["version"],
                by=request.user,
                at=timezone.now(),
            )
        except UnableToSetAsking as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Set. It holds at once."))
            return redirect("alerts:asking")
    return show_asking(request, form, status=422)


def show_asking(request: HttpRequest, form: Any, *, status: int = 200) -> HttpResponse:
    """Show the settings."""
    context = {"form": form, "may_set": may(request.user, "alerts.rules")}
    return render(request, "alerts/asking.html", context, status=status)


@require_GET
def kept(request: HttpRequest) -> HttpResponse:
    """The person's own cards that wait, in the order in which they come."""
    require(request.user, "alerts.handle")
    operations.arrange_after_quiet_hours(at=timezone.now())
    waiting = queries.held_cards(request.user)
    lines = [
        {
            "customer": str(todo.customer),
            "words": queries.alert_words(todo.facts),
            "url": reverse("alerts:detail", args=[todo.source_id]),
            "due": todo.due_date,
            "urgency": todo.get_urgency_display(),
        }
        for todo in waiting[:SHOWN]
    ]
    context = {"lines": lines, "count": len(waiting), "at_once": AT_ONCE}
    return render(request, "alerts/kept.html", context)


@require_POST
def take_more(request: HttpRequest) -> HttpResponse:
    """Open the next cards that wait for the person."""
    require(request.user, "alerts.handle")
    taken = operations.take_more(count=AT_ONCE, by=request.user, at=timezone.now())
    words = ngettext("%(count)s card was opened.", "%(count)s cards were opened.", taken)
    messages.success(request, words % {"count": taken})
    return redirect("alerts:kept")
