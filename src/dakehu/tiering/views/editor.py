"""The editor of a draft: conditions built from measures, part by part, with live counts."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from dakehu.people.policies import require
from dakehu.tiering.errors import UnableToChangeRules
from dakehu.tiering.forms.levels import CardForm, GraceForm, LeafForm
from dakehu.tiering.operations import versions
from dakehu.tiering.pages import schemes as pages
from dakehu.tiering.pages.averages import look_of
from dakehu.tiering.policies import RULES, VIEW
from dakehu.tiering.queries import schemes
from dakehu.tiering.rules.bodies import body_to_data
from dakehu.tiering.values import CardNumbers, TierRules
from dakehu.ui.conditions import UnableToCompare, changed_condition, refuse_errors
from dakehu.ui.lists.addresses import whole_number


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Show a draft in the editor, or change one part of it."""
    require(request.user, RULES)
    scheme = schemes.get_scheme(code)
    rule_set = schemes.get_version(scheme, number)
    if rule_set.state != "DRAFT":
        return redirect("tiering:version", code, number)
    errors: list[str] = []
    if request.method == "POST":
        errors = take(request, scheme, rule_set)
        if not errors and not request.htmx:
            return redirect("tiering:edit", code, number)
        rule_set = schemes.get_version(scheme, number)
    body = schemes.body_of(rule_set)
    context = {
        "scheme": scheme,
        "rule_set": rule_set,
        "page": pages.version_page(scheme, rule_set, on=timezone.localdate()),
        "leaf": LeafForm(kind=scheme.kind),
        "grace": GraceForm(initial={**vars(body.grace), "period": body.period})
        if isinstance(body, TierRules)
        else None,
        "places": pages.all_cities(body),
        "card": CardForm(kept=body) if isinstance(body, CardNumbers) else None,
        "errors": errors,
    }
    template = "tiering/_editor.html" if request.htmx else "tiering/version_edit.html"
    return render(request, template, context, status=422 if errors else 200)


def take(request: HttpRequest, scheme: Any, rule_set: Any) -> list[str]:
    """Make the change that was asked for; return what is wrong with it."""
    try:
        body = changed_body(request.POST, scheme, rule_set)
        versions.save_draft(
            rule_set=rule_set,
            body=body,
            version=whole_number(request.POST.get("version", "")) or 0,
            by=request.user,
            at=timezone.now(),
        )
    except (UnableToChangeRules, UnableToCompare) as refusal:
        return [str(refusal)]
    return []


def changed_body(typed: Any, scheme: Any, rule_set: Any) -> dict[str, Any]:
    """
    Return the rules with the change that was asked for.

    :raises UnableToChangeRules: if a level would have no condition left.
    :raises UnableToCompare: if it makes no sense.
    """
    body, act = rule_set.body, typed.get("act", "")
    if act == "card":
        kept = schemes.body_of(rule_set)
        assert isinstance(kept, CardNumbers)
        form = CardForm(typed, kept=kept)
        refuse_errors(form)
        return body_to_data(form.numbers())
    if act == "grace":
        grace = GraceForm(typed)
        refuse_errors(grace)
        return {**body, "grace": grace.grace(), "period": grace.cleaned_data["period"]}
    rank = whole_number(typed.get("rank", ""))
    levels = [
        changed_level(level, typed, scheme) if level["rank"] == rank else level
        for level in body["levels"]
    ]
    return {**body, "levels": levels}


def changed_level(level: dict[str, Any], typed: Any, scheme: Any) -> dict[str, Any]:
    """
    Return a level with one part of its condition changed.

    :raises UnableToChangeRules: if it would have none left.
    """
    node = changed_condition(
        level.get("when"), typed, lambda posted: LeafForm(posted, kind=scheme.kind)
    )
    if node is None:
        raise UnableToChangeRules(_("A level needs at least one condition. Add another first."))
    return {**level, "when": node}


@require_GET
def counts(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """How many meet each level's condition and would stand there, and what they are like."""
    require(request.user, RULES)
    scheme = schemes.get_scheme(code)
    body = schemes.body_of(schemes.get_version(scheme, number))
    look = look_of(scheme, body, is_draft=True)
    return render(request, "tiering/_level_look.html", {"look": look, "is_draft": True})


@require_GET
def averages(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What the levels of a version are like on average; a fragment, as it takes a moment."""
    require(request.user, VIEW)
    scheme = schemes.get_scheme(code)
    look = look_of(scheme, schemes.body_of(schemes.get_version(scheme, number)))
    return render(request, "tiering/_level_look.html", {"look": look, "is_draft": False})
