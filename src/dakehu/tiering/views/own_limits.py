"""The limits that one city has of its own in a draft (T21)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dakehu.people.policies import require
from dakehu.people.queries import cities
from dakehu.tiering.errors import UnableToChangeRules
from dakehu.tiering.forms.own_limits import OwnCardForm, OwnLimitsForm
from dakehu.tiering.operations import versions
from dakehu.tiering.policies import RULES
from dakehu.tiering.queries import schemes
from dakehu.tiering.queries.measures import measures_for
from dakehu.tiering.rules.bodies import body_to_data
from dakehu.tiering.values import Body, CardNumbers
from dakehu.ui.forms import sent
from dakehu.ui.lists.addresses import whole_number

OwnForm = OwnLimitsForm | OwnCardForm


@require_http_methods(["GET", "POST"])
def own_limits(request: HttpRequest, code: str, number: int, city: str) -> HttpResponse:
    """Show the limits of a draft with those of one city, or keep what was typed."""
    require(request.user, RULES)
    scheme, places = schemes.get_scheme(code), cities()
    rule_set = schemes.get_version(scheme, number)
    if city not in places:
        raise Http404
    if rule_set.state != "DRAFT":
        return redirect("tiering:version", code, number)
    form = form_for(request, scheme, schemes.body_of(rule_set), city)
    if request.method == "POST" and form.is_valid() and keep(request, rule_set, form):
        messages.success(request, _("The limits of %(city)s are kept.") % {"city": places[city]})
        return redirect("tiering:edit", code, number)
    rows = form.rows()
    names = schemes.level_names(scheme)
    context = {
        "scheme": scheme,
        "rule_set": rule_set,
        "city": places[city],
        "form": form,
        "levels": [
            (names.get(rank), [row for row in rows if row.rank == rank]) for rank in form.ranks()
        ],
    }
    status = 422 if form.errors else 200
    return render(request, "tiering/own_limits.html", context, status=status)


def form_for(request: HttpRequest, scheme: Any, body: Body, city: str) -> OwnForm:
    """Return the form for the numbers that a city has of its own in some rules."""
    if isinstance(body, CardNumbers):
        return OwnCardForm(sent(request), city=city, kept=body)
    measures = {each.code: each for each in measures_for(scheme.kind)}
    return OwnLimitsForm(sent(request), city=city, kept=body, measures=measures)


def keep(request: HttpRequest, rule_set: Any, form: OwnForm) -> bool:
    """Keep the limits of a city in a draft; tells whether that was possible."""
    try:
        versions.save_draft(
            rule_set=rule_set,
            body=body_to_data(form.rules()),
            version=whole_number(request.POST.get("version", "")) or 0,
            by=request.user,
            at=timezone.now(),
        )
    except UnableToChangeRules as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
