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
from dakehu.tiering.forms.own_limits import OwnLimitsForm
from dakehu.tiering.operations import versions
from dakehu.tiering.policies import RULES
from dakehu.tiering.queries import schemes
from dakehu.tiering.queries.measures import measures_for
from dakehu.tiering.rules.bodies import body_to_data
from dakehu.tiering.rules.localizing import limits_in, with_own
from dakehu.tiering.values import TierRules
from dakehu.ui.forms import sent
from dakehu.ui.lists.addresses import whole_number


@require_http_methods(["GET", "POST"])
def own_limits(request: HttpRequest, code: str, number: int, city: str) -> HttpResponse:
    """Show the limits of a draft with those of one city, or keep what was typed."""
    require(request.user, RULES)
    scheme, places = schemes.get_scheme(code), cities()
    rule_set = schemes.get_version(scheme, number)
    rules = schemes.body_of(rule_set)
    if city not in places or not isinstance(rules, TierRules):
        raise Http404
    if rule_set.state != "DRAFT":
        return redirect("tiering:version", code, number)
    form = OwnLimitsForm(
        sent(request),
        city=city,
        limits=list(limits_in(rules)),
        measures={each.code: each for each in measures_for(scheme.kind)},
    )
    if request.method == "POST" and form.is_valid() and keep(request, rule_set, rules, city, form):
        messages.success(request, _("The limits of %(city)s are kept.") % {"city": places[city]})
        return redirect("tiering:edit", code, number)
    names = schemes.level_names(scheme)
    context = {
        "scheme": scheme,
        "rule_set": rule_set,
        "city": places[city],
        "form": form,
        "levels": [
            (names.get(each.rank), [row for row in form.rows() if row.rank == each.rank])
            for each in rules.levels
            if each.when is not None
        ],
    }
    status = 422 if form.errors else 200
    return render(request, "tiering/own_limits.html", context, status=status)


def keep(
    request: HttpRequest, rule_set: Any, rules: TierRules, city: str, form: OwnLimitsForm
) -> bool:
    """Keep the limits of a city in a draft; tells whether that was possible."""
    try:
        versions.save_draft(
            rule_set=rule_set,
            body=body_to_data(with_own(rules, city, form.numbers)),
            version=whole_number(request.POST.get("version", "")) or 0,
            by=request.user,
            at=timezone.now(),
        )
    except UnableToChangeRules as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
