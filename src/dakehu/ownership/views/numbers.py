"""The numbers for owners: versions, proposing with a simulation, approving by another person."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.ownership import operations, queries
from dakehu.ownership.choices import RULE_TONES
from dakehu.ownership.errors import UnableToSetNumbers
from dakehu.ownership.forms import NumbersForm, differences, stated
from dakehu.ownership.pages.proposing import simulation
from dakehu.people.policies import may, require
from dakehu.ui.lists.addresses import whole_number

PERMISSION = "ownership.rules"


@require_GET
def number_list(request: HttpRequest) -> HttpResponse:
    """The numbers in force in words, and all versions."""
    require(request.user, "ownership.view")
    today = timezone.localdate()
    versions = [
        {"rule": rule, "state": state, "tone": RULE_TONES[state]}
        for rule in queries.rules_known()
        if (state := queries.state_of(rule, on=today))
    ]
    context = {
        "stated": stated(queries.numbers_in_force(on=today)),
        "rule": queries.rule_in_force(on=today),
        "versions": versions,
        "may_propose": may(request.user, PERMISSION),
    }
    return render(request, "ownership/number_list.html", context)


@require_http_methods(["GET", "POST"])
def number_propose(request: HttpRequest) -> HttpResponse:
    """Type other numbers, see what they would change, then propose them."""
    require(request.user, PERMISSION)
    today = timezone.localdate()
    numbers = queries.numbers_in_force(on=today)
    typed = request.POST if request.method == "POST" else None
    form = NumbersForm(typed, numbers=numbers, today=today)
    simulated = None
    if form.is_valid():
        if "simulate" not in request.POST:
            return proposed(request, form)
        simulated = simulation(request.user, numbers=form.numbers, on=today)
    status = 422 if form.errors else 200
    context = {"form": form, "simulated": simulated}
    return render(request, "ownership/number_propose.html", context, status=status)


def proposed(request: HttpRequest, form: NumbersForm) -> HttpResponse:
    """Propose the numbers typed."""
    try:
        rule = operations.propose_numbers(
            numbers=form.numbers,
            active_from=form.cleaned_data["active_from"],
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        )
    except UnableToSetNumbers as refusal:
        form.add_error("active_from", str(refusal))
        context = {"form": form, "simulated": None}
        return render(request, "ownership/number_propose.html", context, status=422)
    messages.success(request, _("Proposed. They hold once somebody else approves them."))
    return redirect("ownership:number", rule.pk)


@require_GET
def number_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One version beside the numbers in force, and what it would change."""
    require(request.user, "ownership.view")
    rule, today = queries.get_rule(pk), timezone.localdate()
    numbers, before = queries.numbers_from(rule.numbers), queries.numbers_in_force(on=today)
    state = queries.state_of(rule, on=today)
    may_set = may(request.user, PERMISSION)
    waits = state == "PROPOSED"
    context = {
        "rule": rule,
        "state": state,
        "tone": RULE_TONES[state],
        "differences": differences(before, numbers),
        "stated": stated(numbers),
        "simulated": simulation(request.user, numbers=numbers, on=today) if waits else None,
        "may_approve": may_set and waits and rule.proposed_by != request.user,
        "is_mine": waits and rule.proposed_by == request.user,
        "may_withdraw": may_set and state in {"PROPOSED", "COMING"},
    }
    return render(request, "ownership/number_detail.html", context)


@require_POST
def number_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Let proposed numbers hold."""
    require(request.user, PERMISSION)
    version = whole_number(request.POST.get("version", "")) or 0
    try:
        operations.approve_numbers(
            rule=queries.get_rule(pk), version=version, by=request.user, at=timezone.now()
        )
    except UnableToSetNumbers as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Approved."))
    return redirect("ownership:number", pk)


@require_POST
def number_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw numbers that do not hold yet."""
    require(request.user, PERMISSION)
    try:
        operations.withdraw_numbers(rule=queries.get_rule(pk), by=request.user, at=timezone.now())
    except UnableToSetNumbers as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Withdrawn."))
    return redirect("ownership:number", pk)
