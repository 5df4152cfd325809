"""The public form for whoever wants something of us; no log-in (CH7)."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from dakehu.channels.queries import body_in_force
from dakehu.opportunities import operations, queries
from dakehu.opportunities.errors import UnableToKeepOpportunity
from dakehu.opportunities.forms.public import PublicForm, consent_words
from dakehu.outbox.errors import KnockedTooOften
from dakehu.outbox.operations import count_knock
from dakehu.ui.forms import sent
from dakehu.ui.responses import unlisted

TOO_OFTEN, UNPROCESSABLE = 429, 422


@login_not_required
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Take in what somebody outside wants; what no person filled in is thanked for and dropped."""
    now = timezone.now()
    try:
        # A form that is sent counts as much as a link that opens nothing: ten a minute.
        count_knock(request.META["REMOTE_ADDR"], at=now, is_miss=request.method == "POST")
    except KnockedTooOften as refusal:
        context = {"seconds": refusal.seconds}
        return shown(render(request, "opportunities/public_wait.html", context, status=TOO_OFTEN))
    form = PublicForm(sent(request), body=body_in_force(on=timezone.localdate(now)))
    if form.is_bound and form.is_trapped:
        return thanks(request, None)
    if form.is_bound and form.is_valid():
        try:
            taken = operations.take_public(written=written(form), area=form.area, at=now)
        except UnableToKeepOpportunity as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            return thanks(request, taken)
    status = UNPROCESSABLE if form.errors else 200
    context = {"form": form, "consent": consent_words()}
    return shown(render(request, "opportunities/public.html", context, status=status))


def written(form: PublicForm) -> operations.Written:
    """Return what was written; of a form that holds."""
    typed = form.cleaned_data
    names = ("company", "contact_name", "contact_phone", "product", "text")
    return operations.Written(
        **{name: typed[name] for name in names},
        plans=typed["wish"] == "plans",
        words=consent_words(),
        language=get_language() or "",
    )


def thanks(request: HttpRequest, taken: Any) -> HttpResponse:
    """Say that it has arrived, with its number and the link to follow it by."""
    made = taken.opportunity if taken else None
    link = queries.customer_link(made, on=timezone.localdate()) if made else ""
    context = {"made": made, "is_known": bool(taken and not taken.is_new), "link": link}
    return shown(render(request, "opportunities/public_thanks.html", context))


def shown(response: HttpResponse) -> HttpResponse:
    """Keep the page out of caches; its form is known by where it comes from."""
    return unlisted(response, referrer="same-origin")
