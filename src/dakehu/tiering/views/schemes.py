"""Schemes, the versions of their rules, and evaluating them when somebody asks."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.people.policies import may, require
from dakehu.tiering.choices import CARD_LEVEL
from dakehu.tiering.errors import UnableToChangeRules
from dakehu.tiering.forms.levels import EvaluateForm, ProposeForm
from dakehu.tiering.operations import versions
from dakehu.tiering.pages import schemes as pages
from dakehu.tiering.pages.mappings import pair_lines
from dakehu.tiering.policies import RULES, VIEW
from dakehu.tiering.queries import moves, schemes
from dakehu.tiering.queries.runs import newest_run
from dakehu.ui.lists.addresses import whole_number


@require_GET
def scheme_list(request: HttpRequest) -> HttpResponse:
    """All schemes with their levels and how many customers stand at each."""
    require(request.user, VIEW)
    lines = pages.scheme_lines(request.user, on=timezone.localdate())
    context = {"lines": lines, "may_change": may(request.user, RULES)}
    return render(request, "tiering/scheme_list.html", context)


@require_GET
def scheme_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One scheme: levels, versions of the rules, evaluations, matching levels elsewhere."""
    require(request.user, VIEW)
    scheme, today = schemes.get_scheme(code), timezone.localdate()
    context = {
        "line": pages.scheme_line(request.user, scheme, on=today),
        "versions": pages.version_lines(scheme, on=today),
        "pairs": pair_lines(on=today, of=scheme),
        "evaluations": [
            (each, pages.turn_words(each)) for each in moves.evaluations_of(scheme)[:12]
        ],
        "may_change": may(request.user, RULES),
        "is_card": scheme.code == CARD_LEVEL,
        "form": EvaluateForm(),
        "run": newest_run(scheme),
    }
    return render(request, "tiering/scheme_detail.html", context)


@require_GET
def version_detail(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One version of the rules in words, what it changes, and what can be done with it."""
    require(request.user, VIEW)
    return shown(request, code, number, ProposeForm())


def shown(
    request: HttpRequest, code: str, number: int, form: ProposeForm, *, status: int = 200
) -> HttpResponse:
    """Show one version with the form by which it is proposed."""
    scheme, today = schemes.get_scheme(code), timezone.localdate()
    rule_set = schemes.get_version(scheme, number)
    in_force = schemes.rules_in_force(scheme, on=today)
    may_change = may(request.user, RULES)
    context = {
        "page": pages.version_page(scheme, rule_set, on=today),
        "scheme": scheme,
        "in_force": in_force,
        "differences": pages.differences(
            scheme, schemes.body_of(in_force), schemes.body_of(rule_set)
        )
        if in_force
        else [],
        "others": [e for e in pages.version_lines(scheme, on=today) if e.rule_set != rule_set],
        "form": form,
        "may_change": may_change,
        "is_mine": rule_set.proposed_by_id == request.user.pk,
    }
    return render(request, "tiering/version_detail.html", context, status=status)


@require_GET
def version_impact(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What a version would do as of the newest data day; a fragment, as it takes a moment."""
    require(request.user, VIEW)
    scheme = schemes.get_scheme(code)
    body = schemes.body_of(schemes.get_version(scheme, number))
    impact = pages.impact_of(scheme, body, on=timezone.localdate())
    return render(request, "tiering/_version_impact.html", {"impact": impact})


@require_GET
def version_compare(request: HttpRequest, code: str, number: int, other: int) -> HttpResponse:
    """Two versions of the rules side by side."""
    require(request.user, VIEW)
    scheme = schemes.get_scheme(code)
    left, right = (schemes.get_version(scheme, each) for each in (number, other))
    context = {
        "scheme": scheme,
        "left": left,
        "right": right,
        "differences": pages.differences(scheme, schemes.body_of(left), schemes.body_of(right)),
    }
    return render(request, "tiering/version_compare.html", context)


@require_POST
def version_draft(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Begin a draft from a version, which may be an earlier one."""
    require(request.user, RULES)
    based_on = schemes.get_version(schemes.get_scheme(code), number)
    try:
        draft = versions.draft_rules(based_on=based_on, by=request.user, at=timezone.now())
    except UnableToChangeRules as refusal:
        messages.error(request, str(refusal))
        return redirect("tiering:version", code, number)
    return redirect("tiering:edit", code, draft.number)


@require_http_methods(["POST"])
def version_propose(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Ask a second person to publish a draft; many moves are asked about once more."""
    require(request.user, RULES)
    scheme = schemes.get_scheme(code)
    rule_set, form = schemes.get_version(scheme, number), ProposeForm(request.POST)
    if not form.is_valid():
        return shown(request, code, number, form, status=422)
    if not form.cleaned_data["confirmed"]:
        impact = pages.impact_of(scheme, schemes.body_of(rule_set), on=timezone.localdate())
        if impact is not None and impact.is_large:
            said = _("This moves %(percent)s %% of the customers. Tick that you mean it.")
            form.add_error("confirmed", said % {"percent": impact.percent})
            return shown(request, code, number, form, status=422)
    try:
        versions.propose_rules(
            rule_set=rule_set,
            active_from=form.cleaned_data["active_from"],
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        )
    except UnableToChangeRules as refusal:
        form.add_error(None, str(refusal))
        return shown(request, code, number, form, status=422)
    messages.success(request, _("Proposed. The rules hold once somebody else publishes them."))
    return redirect("tiering:version", code, number)


@require_POST
def version_publish(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Publish what somebody else proposed."""
    require(request.user, RULES)
    rule_set = schemes.get_version(schemes.get_scheme(code), number)
    try:
        versions.publish_rules(
            rule_set=rule_set,
            version=whole_number(request.POST.get("version", "")) or 0,
            by=request.user,
            at=timezone.now(),
        )
    except UnableToChangeRules as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Published."))
    return redirect("tiering:version", code, number)


@require_POST
def version_withdraw(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Take back a draft, a proposal, or rules that do not hold yet."""
    require(request.user, RULES)
    rule_set = schemes.get_version(schemes.get_scheme(code), number)
    try:
        versions.withdraw_rules(rule_set=rule_set, by=request.user, at=timezone.now())
    except UnableToChangeRules as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Withdrawn."))
    return redirect("tiering:version", code, number)
