"""Measures: those that come with Dakehu, and those the operator defines."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.audit.errors import EditedMeanwhile
from dakehu.people.policies import may, require
from dakehu.tiering.errors import UnableToDefineMeasure
from dakehu.tiering.forms.levels import MeasureForm
from dakehu.tiering.forms.measures import DescribeForm
from dakehu.tiering.operations import measuring
from dakehu.tiering.pages.measures import measure_lines, measure_sample, source_words
from dakehu.tiering.policies import RULES, VIEW
from dakehu.tiering.queries import measures
from dakehu.tiering.queries.uses import uses_of
from dakehu.ui import conflicts


@require_GET
def measure_list(request: HttpRequest) -> HttpResponse:
    """All measures: what they are called, about whom, where they come from."""
    require(request.user, VIEW)
    context = {"groups": measure_lines(), "may_change": may(request.user, RULES)}
    return render(request, "tiering/measure_list.html", context)


@require_http_methods(["GET", "POST"])
def measure_add(request: HttpRequest) -> HttpResponse:
    """Define a measure from delivered columns."""
    require(request.user, RULES)
    form = MeasureForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = measuring.define_measure(
                values=form.values(), by=request.user, at=timezone.now()
            )
        except UnableToDefineMeasure as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Defined. Rules can name it now."))
            return redirect("tiering:measure", made.code)
    status = 422 if form.errors else 200
    return render(request, "tiering/measure_add.html", {"form": form}, status=status)


@require_GET
def measure_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One measure: its source in words, and how its values lie as of the newest data day."""
    require(request.user, VIEW)
    measure = measures.get_measure(code)
    context = {
        "measure": measure,
        "sample": measure_sample(measure),
        "may_change": may(request.user, RULES),
        "source": source_words(measures.engine_measure(measure).source),
        "uses": uses_of(measure),
        "may_remove": may(request.user, RULES) and not measure.is_shipped,
    }
    return render(request, "tiering/measure_detail.html", context)


@require_http_methods(["GET", "POST"])
def measure_describe(request: HttpRequest, code: str) -> HttpResponse:
    """Give a measure other names, another unit or note."""
    require(request.user, RULES)
    measure = measures.get_measure(code)
    form = DescribeForm(request.POST if request.method == "POST" else None, instance=measure)
    if form.is_bound and form.is_valid():
        try:
            measuring.describe_measure(
                measure=measures.get_measure(code),
                values=form.values(),
                version=form.known_version,
                by=request.user,
                at=timezone.now(),
            )
        except EditedMeanwhile as clash:
            return conflicts.show(request, form, clash)
        except UnableToDefineMeasure as refusal:
            form.add_error("unit", str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("tiering:measure", code)
    status = 422 if form.errors else 200
    context = {"form": form, "measure": measures.get_measure(code)}
    return render(request, "tiering/measure_describe.html", context, status=status)


@require_POST
def measure_remove(request: HttpRequest, code: str) -> HttpResponse:
    """Take away a measure that no rules name."""
    require(request.user, RULES)
    try:
        measuring.remove_measure(
            measure=measures.get_measure(code), by=request.user, at=timezone.now()
        )
    except UnableToDefineMeasure as refusal:
        messages.error(request, str(refusal))
        return redirect("tiering:measure", code)
    messages.success(request, _("Removed."))
    return redirect("tiering:measures")
