"""Schemes of the operator's own: made on screen, loaded from a file, written to one, given up."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.people.policies import require
from dakehu.tiering.errors import UnableToChangeRules
from dakehu.tiering.forms.schemes import LevelFormSet, SchemeFileForm, SchemeForm, pack_typed
from dakehu.tiering.operations import schemes as operations
from dakehu.tiering.policies import RULES, VIEW
from dakehu.tiering.queries import schemes
from dakehu.tiering.queries.loading import text_of
from dakehu.ui.forms import sent


@require_http_methods(["GET", "POST"])
def scheme_new(request: HttpRequest) -> HttpResponse:
    """Make a scheme: what it is called, whom it is about, its levels from the top."""
    require(request.user, RULES)
    form = SchemeForm(sent(request))
    levels = LevelFormSet(sent(request), prefix="level")
    if request.method == "POST" and form.is_valid() and levels.is_valid():
        pack = pack_typed(form, levels)
        try:
            if pack is not None:
                draft = operations.create_scheme(pack=pack, by=request.user, at=timezone.now())
                return made(request, draft)
        except UnableToChangeRules as refusal:
            form.add_error(None, str(refusal))
    return shown(request, form, levels, SchemeFileForm())


@require_POST
def scheme_load(request: HttpRequest) -> HttpResponse:
    """Take a scheme from a file; of a known one the rules become a draft."""
    require(request.user, RULES)
    file = SchemeFileForm(request.POST, request.FILES)
    if file.is_valid() and file.pack is not None:
        try:
            draft = operations.load_scheme(pack=file.pack, by=request.user, at=timezone.now())
        except UnableToChangeRules as refusal:
            file.add_error("file", str(refusal))
        else:
            return made(request, draft)
    return shown(request, SchemeForm(), LevelFormSet(prefix="level"), file)


def shown(
    request: HttpRequest, form: SchemeForm, levels: LevelFormSet, file: SchemeFileForm
) -> HttpResponse:
    """Show both ways to a scheme."""
    context = {"form": form, "levels": levels, "file": file}
    status = 200 if request.method == "GET" else 422
    return render(request, "tiering/scheme_new.html", context, status=status)


def made(request: HttpRequest, draft: Any) -> HttpResponse:
    """Go on to the draft."""
    messages.success(
        request, _("The rules are a draft. Look at who matches, then propose them to a colleague.")
    )
    return redirect("tiering:edit", draft.scheme.code, draft.number)


@require_GET
def version_file(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A version of the rules with its scheme as YAML, which can be loaded again."""
    require(request.user, VIEW)
    rule_set = schemes.get_version(schemes.get_scheme(code), number)
    name = f"{code}-{number}.yaml"
    return HttpResponse(
        text_of(rule_set),
        content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_POST
def scheme_remove(request: HttpRequest, code: str) -> HttpResponse:
    """Give up a scheme whose rules never held."""
    require(request.user, RULES)
    scheme = schemes.get_scheme(code)
    try:
        operations.remove_scheme(scheme=scheme, by=request.user, at=timezone.now())
    except UnableToChangeRules as refusal:
        messages.error(request, str(refusal))
        return redirect("tiering:scheme", code)
    messages.success(request, _("Given up."))
    return redirect("tiering:schemes")
